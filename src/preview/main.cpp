// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decodes one picture, in a process of its own: a file that was made to break a decoder breaks this one,
// which has nothing open, may open nothing, and has little memory and time (docs/decisions/0025).
//
//   clinicdesk-preview LARGEST_SIDE < picture > pixels
//
// pixels: "CDP1", width and height (4 bytes each, little-endian), then 4 bytes a pixel
// (QImage::Format_RGB32). Nothing is written for what is no picture, or one larger than any screen could
// show.
#include "preview/decoding.h"
#include "preview/doors.h"

#include <QGuiApplication>
#include <QImageReader>
#include <QtEndian>
#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

namespace {

constexpr qint64 largestInput = 64LL * 1024 * 1024;

QByteArray readAll()
{
    QByteArray bytes;
    char buffer[65536];
    size_t got = 0;
    while ((got = fread(buffer, 1, sizeof buffer, stdin)) > 0 && bytes.size() <= largestInput)
        bytes.append(buffer, qsizetype(got));
    return bytes.size() <= largestInput ? bytes : QByteArray();
}

} // namespace

int main(int argc, char **argv)
{
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QCoreApplication app(argc, argv);      // decoders are plug-ins, found relative to the program
    QImageReader::supportedImageFormats(); // loads them
    if (!closeDoors())
        return 2;
    const QImage image = decodedPicture(readAll(), argc > 1 ? atoi(argv[1]) : 0x7fffffff);
    if (image.isNull())
        return 1;
    uchar head[12] = {'C', 'D', 'P', '1'};
    qToLittleEndian(quint32(image.width()), head + 4);
    qToLittleEndian(quint32(image.height()), head + 8);
    fwrite(head, 1, sizeof head, stdout);
    for (int y = 0; y < image.height(); ++y)
        fwrite(image.constScanLine(y), 4, size_t(image.width()), stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}
