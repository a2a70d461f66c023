// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filekey.h"

#include <QtEndian>
#include <cstring>
#include <sodium.h>

namespace clinic {

// One use, one key: pages and marks are made with two that follow from the one that is kept.
struct FileKey::Material
{
    unsigned char master[crypto_kdf_KEYBYTES];
    unsigned char id[idSize];
    unsigned char page[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
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
    key.m_material = std::shared_ptr<const Material>(
        material, [](const Material *m) { sodium_free(const_cast<Material *>(m)); });
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

void FileKey::seal(unsigned char *sealed, const unsigned char *plain, Place place,
                   const unsigned char *nonce) const
{
    const Associated associated(m_material->id, place);
    unsigned char *const tail = sealed + bodySize;
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(sealed, tail + nonceSize, nullptr, plain, bodySize,
                                                        associated.bytes, sizeof associated.bytes, nullptr,
                                                        nonce, m_material->page);
    std::memcpy(tail, nonce, nonceSize);
}

bool FileKey::open(unsigned char *page, Place place) const
{
    const Associated associated(m_material->id, place);
    unsigned char *const tail = page + bodySize;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached(page, nullptr, page, bodySize, tail + nonceSize,
                                                            associated.bytes, sizeof associated.bytes, tail,
                                                            m_material->page) != 0)
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
