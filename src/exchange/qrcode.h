// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace clinic::exchange {

// The text as a QR code, black on white with the quiet zone around it, `scale` pixels a module. Null when it
// does not fit into one (2,900 bytes).
[[nodiscard]] QImage qrCode(const QString &text, int scale = 4);

} // namespace clinic::exchange
