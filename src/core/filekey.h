// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <memory>

namespace clinic {

// The small file beside a sealed one that lets people in by their passwords (secrets/keyfile.h).
[[nodiscard]] inline QString keyFileOf(const QString &file)
{
    return file + QStringLiteral(".keys");
}

// The key one clinic file is sealed with, and that file's id. Copies share the same memory, which is neither
// swapped out nor part of a core dump and is wiped when the last of them goes.
class FileKey
{
public:
    static constexpr int pageSize = 4096;
    static constexpr int overhead = 40; // nonce (24) and tag (16) at the end of each page
    static constexpr int nonceSize = 24;
    static constexpr int idSize = 16;
    static constexpr int recordSize = 48;

    // Where a page stands; a page that is put elsewhere does not open.
    struct Place
    {
        char kind = 'p'; // 'p' page of the file, 'w' frame of its write-ahead log
        quint64 number = 0;
    };

    FileKey() = default; // null: a file that is not sealed
    [[nodiscard]] static FileKey create();
    // From what record() gave; null for anything else.
    [[nodiscard]] static FileKey fromRecord(QByteArrayView record);
    // Several of them, as a keychain keeps them while a file gets another key.
    [[nodiscard]] static QList<FileKey> fromRecords(QByteArrayView records);

    [[nodiscard]] bool isNull() const { return !m_material; }
    // Key and id in the clear, for a keychain or a wrapping; to be wiped after use.
    [[nodiscard]] QByteArray record() const;
    // 16 bytes that may stand anywhere.
    [[nodiscard]] QByteArray id() const;

    // Seals a page of 4096 bytes whose last 40 do not matter. `nonce` never repeats under one key.
    // False when there is no memory for it: then nothing may be written.
    [[nodiscard]] bool seal(unsigned char *sealed, const unsigned char *plain, Place place,
                            const unsigned char *nonce) const;
    // Opens a page in place; its last 40 bytes become zeros. False, and the page is worth nothing, when it
    // was not sealed with this key for this place.
    [[nodiscard]] bool open(unsigned char *page, Place place) const;
    // Says that whoever wrote `data` had the key. 32 bytes.
    [[nodiscard]] QByteArray mac(QByteArrayView data) const;

private:
    struct Material;
    std::shared_ptr<const Material> m_material;
};

} // namespace clinic
