// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/decoding.h"

#include <QBuffer>
#include <QImageReader>

namespace {

constexpr qint64 mostPixels = 60'000'000;
constexpr int longestSide = 4096;

} // namespace

QImage decodedPicture(QByteArray bytes, int side)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    // Pictures, not documents that are drawn.
    static const QList<QByteArray> taken{"png", "jpeg", "jpg", "gif", "bmp", "webp", "tiff", "tif"};
    const QSize size = reader.size();
    if (!QImageReader::supportedImageFormats().contains(reader.format()) ||
        !taken.contains(reader.format()) || !size.isValid() ||
        qint64(size.width()) * size.height() > mostPixels)
        return {};
    side = qBound(16, side, longestSide);
    if (qMax(size.width(), size.height()) > side)
        reader.setScaledSize(size.scaled(side, side, Qt::KeepAspectRatio));
    return reader.read().convertToFormat(QImage::Format_RGB32);
}
