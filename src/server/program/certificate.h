// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace clinic::server {

// A self-signed certificate (P-256, ten years) and its key, made once; devices know it by its fingerprint.
// False when the files cannot be written.
[[nodiscard]] bool makeCertificate(const QString &certificateFile, const QString &keyFile,
                                   const QString &name);
// SHA-256 of the certificate in a PEM file; empty when there is none.
[[nodiscard]] QByteArray certificateFingerprint(const QString &certificateFile);

} // namespace clinic::server
