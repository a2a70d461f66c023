// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filekey.h"

#include "core/pagecipher.h"

#include <QtEndian>
#include <cstring>
#include <sodium.h>

namespace clinic {

// One use, one key: pages and marks are made with two that follow from the one that is kept.
struct FileKey::Material
{
    unsigned char master[crypto_kdf_KEYBYTES];
    unsigned char id[idSize];
    unsigned char page[pagecipher::keySize];
    unsigned char prepared[16]; // pagecipher::prepare of it
    unsigned char mark[crypto_generichash_KEYBYTES];
};

namespace {

constexpr int bodySize = FileKey::pageSize - FileKey::overhead;
constexpr char keyUse[] = "clinfile"; // crypto_kdf_CONTEXTBYTES

struct Associated
{
    unsigned char bytes[FileKey::idSize + 1 + 8];

    Associated(const unsigned char *id, FileKey::Place place)
    {
        std::memcpy(bytes, id, FileKey::idSize);
        bytes[FileKey::idSize] = static_cast<unsigned char>(place.kind);
        qToLittleEndian(place.number, bytes + FileKey::idSize + 1);
    }
};

} // namespace

FileKey FileKey::create()
{
    QByteArray record(recordSize, Qt::Uninitialized);
    randombytes_buf(record.data(), size_t(record.size()));
    const FileKey key = fromRecord(record);
    sodium_memzero(record.data(), size_t(record.size()));
    return key;
}

FileKey FileKey::fromRecord(QByteArrayView record)
{
    FileKey key;
    if (record.size() != recordSize)
        return key;
    auto *material = static_cast<Material *>(sodium_malloc(sizeof(Material)));
    if (!material)
        return key;
    std::memcpy(material->master, record.data(), sizeof material->master);
    std::memcpy(material->id, record.data() + sizeof material->master, idSize);
    crypto_kdf_derive_from_key(material->page, sizeof material->page, 1, keyUse, material->master);
    crypto_kdf_derive_from_key(material->mark, sizeof material->mark, 2, keyUse, material->master);
    const std::shared_ptr<const Material> held(
        material, [](const Material *m) { sodium_free(const_cast<Material *>(m)); });
    if (pagecipher::prepare(material->page, material->prepared))
        key.m_material = held;
    return key;
}

QList<FileKey> FileKey::fromRecords(QByteArrayView records)
{
    QList<FileKey> keys;
    for (qsizetype at = 0; at + recordSize <= records.size(); at += recordSize)
        keys << fromRecord(records.sliced(at, recordSize));
    return keys;
}

QByteArray FileKey::record() const
{
    if (!m_material)
        return {};
    return QByteArray(reinterpret_cast<const char *>(m_material->master), sizeof m_material->master) + id();
}

QByteArray FileKey::id() const
{
    return m_material ? QByteArray(reinterpret_cast<const char *>(m_material->id), idSize) : QByteArray();
}

bool FileKey::seal(unsigned char *sealed, const unsigned char *plain, Place place,
                   const unsigned char *nonce) const
{
    const Associated associated(m_material->id, place);
    unsigned char *const tail = sealed + bodySize;
    std::memcpy(tail, nonce, nonceSize);
    return pagecipher::seal(sealed, tail + nonceSize, {plain, size_t(bodySize)}, associated.bytes, tail,
                            m_material->page, m_material->prepared);
}

bool FileKey::open(unsigned char *page, Place place) const
{
    const Associated associated(m_material->id, place);
    unsigned char *const tail = page + bodySize;
    if (!pagecipher::open({page, size_t(bodySize)}, tail + nonceSize, associated.bytes, tail,
                          m_material->page, m_material->prepared))
        return false;
    std::memset(tail, 0, overhead);
    return true;
}

QByteArray FileKey::mac(QByteArrayView data) const
{
    QByteArray out(crypto_generichash_BYTES, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(out.data()), size_t(out.size()),
                       reinterpret_cast<const unsigned char *>(data.data()),
                       static_cast<unsigned long long>(data.size()), m_material->mark,
                       sizeof m_material->mark);
    return out;
}

} // namespace clinic
