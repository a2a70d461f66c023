// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logcheck.h"

#include "core/filewriter.h"

#include <QFile>
#include <QtEndian>
#include <optional>

namespace clinic::storage {
namespace logcheck {

// The WAL format (sqlite.org/fileformat2.html#walformat).
constexpr int headerSize = 32;
constexpr int frameHeaderSize = 24;
constexpr int frameSize = frameHeaderSize + FileKey::pageSize;
constexpr quint32 magic = 0x377f0682; // and 1 for checksums of big-endian words

struct Sum
{
    quint32 a = 0;
    quint32 b = 0;
    bool operator==(const Sum &) const = default;
};

Sum added(Sum sum, QByteArrayView bytes, bool isBigEndian)
{
    for (qsizetype at = 0; at + 8 <= bytes.size(); at += 8) {
        const char *words = bytes.data() + at;
        const quint32 first =
            isBigEndian ? qFromBigEndian<quint32>(words) : qFromLittleEndian<quint32>(words);
        const quint32 second =
            isBigEndian ? qFromBigEndian<quint32>(words + 4) : qFromLittleEndian<quint32>(words + 4);
        sum.a += first + sum.b;
        sum.b += second + sum.a;
    }
    return sum;
}

Sum storedAt(const QByteArray &bytes, qsizetype at)
{
    return {qFromBigEndian<quint32>(bytes.constData() + at),
            qFromBigEndian<quint32>(bytes.constData() + at + 4)};
}

// The salts of a damaged WAL, which identify it; nothing for a whole or cut one.
std::optional<QByteArray> saltsOfDamaged(const QString &log, const FileKey &key)
{
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly) || file.size() < headerSize + 2 * frameSize)
        return {};
    QByteArray header = file.read(headerSize);
    const quint32 kind = qFromBigEndian<quint32>(header.constData());
    const bool isBigEndian = (kind & 1) != 0;
    QByteArray salts = header.mid(16, 8);
    const auto isWhole = [&] {
        return (kind & ~1U) == magic &&
               added({}, QByteArrayView(header).first(24), isBigEndian) == storedAt(header, 24);
    };
    bool isBroken = !isWhole();
    if (isBroken) {
        // Frames with the header's salts belong to this WAL. Other frames are remains from before the last
        // restart, unless the header's salts are damaged.
        const QByteArray first = file.peek(frameHeaderSize).mid(8, 8);
        if (first != salts) {
            header.replace(16, 8, first);
            if (!isWhole())
                return {};
            salts = first;
        }
    }
    Sum before = storedAt(header, 24);
    QByteArray committed; // page and size, when the previous frame is whole and ends a commit
    for (quint64 number = 1;; ++number) {
        QByteArray frame = file.read(frameSize);
        if (frame.size() < frameSize)
            return {};
        const Sum stored = storedAt(frame, 16);
        const QByteArray what = frame.first(8);
        bool fits = frame.mid(8, 8) == salts;
        if (fits && !key.isNull())
            fits = key.open(reinterpret_cast<unsigned char *>(frame.data()) + frameHeaderSize, {'w', number});
        if (fits) {
            const Sum sum = added(added(before, what, isBigEndian),
                                  QByteArrayView(frame).sliced(frameHeaderSize), isBigEndian);
            fits = sum == stored;
        }
        isBroken |= !fits;
        // A commit may be padded with copies of its last frame.
        if (isBroken && fits && !committed.isEmpty() && what != committed)
            return salts;
        const bool isCommit = qFromBigEndian<quint32>(what.constData() + 4) != 0;
        committed = fits && isCommit ? what : QByteArray();
        before = stored;
    }
}

} // namespace logcheck

Result<void> checkLog(const QString &path, const FileKey &key, bool keep)
{
    const QString log = path + QStringLiteral("-wal");
    const auto salts = logcheck::saltsOfDamaged(log, key);
    if (!salts)
        return {};
    const QString copy = path + QStringLiteral("-damaged-") + QString::fromLatin1(salts->toHex());
    const QString copyOfLog = copy + QStringLiteral("-wal");
    if (QFile::exists(copyOfLog)) // the last of the copies
        return {};
    if (!keep)
        return fail(ErrorCode::Damaged, QStringLiteral("log"));
    for (const auto &[from, to] : {std::pair{path, copy}, {log, copyOfLog}}) {
        if (auto copied = copyFile(from, to); !copied)
            return copied;
    }
    return fail(ErrorCode::Damaged, QStringLiteral("log"), {copy});
}

} // namespace clinic::storage
