// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/documents.h"
#include "exchange/qrcode.h"
#include "models/workspace.h"

namespace clinic::models {

// The text as a QR code (exchange/qrcode.h).
[[nodiscard]] inline QImage qrCode(const QString &text, int scale)
{
    return exchange::qrCode(text, scale);
}

// The head every printed page of this desk carries now.
[[nodiscard]] inline exchange::Letterhead letterhead(const Workspace &workspace)
{
    exchange::Letterhead head;
    head.hospital = workspace.place().hospital;
    head.branchName = workspace.session().branchName;
    head.zone = workspace.zone();
    head.printedAt = workspace.now();
    head.printedBy = workspace.session().displayName;
    return head;
}

} // namespace clinic::models
