// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/qrcode.h"

#include <memory>
#include <qrencode.h>

namespace clinic::exchange {

QImage qrCode(const QString &text, int scale)
{
    constexpr int quiet = 4; // modules, as ISO 18004 wants them
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.toUtf8().constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
    if (!code)
        return {};
    const int side = code->width + 2 * quiet;
    QImage image(side * scale, side * scale, QImage::Format_Grayscale8);
    image.fill(0xff);
    for (int y = 0; y < code->width * scale; ++y) {
        uchar *line = image.scanLine(y + quiet * scale) + quiet * scale;
        for (int x = 0; x < code->width * scale; ++x) {
            if (code->data[(y / scale) * code->width + x / scale] & 1)
                line[x] = 0;
        }
    }
    return image;
}

} // namespace clinic::exchange
