// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/textfile.h"
#include "models/picturereader.h"
#include "preview/decoding.h"
#include "secrets/keyfile.h"

#include <QFile>
#include <QGuiApplication>
#include <QImageReader>
#include <QTemporaryDir>

using namespace clinic;

namespace {

// What the process needs, once.
struct Surroundings
{
    QTemporaryDir dir;
    FileKey key;

    Surroundings()
    {
        static int argc = 1;
        static char name[] = "fuzz_files";
        static char *argv[] = {name, nullptr};
        qputenv("QT_QPA_PLATFORM", "offscreen");
        new QCoreApplication(argc, argv);
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
        static_cast<void>(QImageReader::supportedImageFormats());
        if (!crypto::initialise())
            __builtin_trap();
        key = FileKey::fromRecord(QByteArray(FileKey::recordSize, 'k'));
    }
    [[nodiscard]] QString written(const QByteArray &bytes) const
    {
        const QString path = dir.filePath(QStringLiteral("input"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            __builtin_trap();
        return path;
    }
};

} // namespace

// Everything that reads a file somebody else may have written. The first byte says which.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Surroundings surroundings;
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    switch (data[0] % 6) {
    case 0: // beside the clinic's file: read, and written again by whoever has the key
        if (auto file = secrets::KeyFile::load(surroundings.written(bytes))) {
            file->openWith({surroundings.key});
            static_cast<void>(file->openWithRecovery(QStringLiteral("ABCD-EFGH")));
            if (!file->keys().isEmpty() && !file->save())
                __builtin_trap();
        }
        break;
    case 1: // what a decoder that was taken over may answer
        if (const QImage image = models::PictureReader::imageFrom(bytes, 64);
            !image.isNull() && (image.width() > 64 || image.height() > 64))
            __builtin_trap();
        break;
    case 2:
        static_cast<void>(decodedPicture(bytes, 64));
        break;
    case 3:
        if (const auto table = exchange::readTextTable(bytes);
            table && table->rows.size() != table->lines.size())
            __builtin_trap();
        break;
    case 4:
        static_cast<void>(exchange::readXlsx(surroundings.written(bytes)));
        break;
    default: {
        static_cast<void>(FileKey::fromRecords(bytes));
        // A page as it may lie on a disk, and one of that content as it is sealed.
        QByteArray page = bytes.leftJustified(FileKey::pageSize, '\0', true);
        auto *raw = reinterpret_cast<unsigned char *>(page.data());
        QByteArray sealed(FileKey::pageSize, '\0');
        auto *out = reinterpret_cast<unsigned char *>(sealed.data());
        const QByteArray nonce = bytes.leftJustified(FileKey::nonceSize, 'n', true);
        if (!surroundings.key.seal(out, raw, {'p', 7},
                                   reinterpret_cast<const unsigned char *>(nonce.constData())) ||
            !surroundings.key.open(out, {'p', 7}) ||
            sealed.first(FileKey::pageSize - FileKey::overhead) !=
                page.first(FileKey::pageSize - FileKey::overhead) ||
            surroundings.key.open(raw, {'p', 7}))
            __builtin_trap();
        break;
    }
    }
    return 0;
}
