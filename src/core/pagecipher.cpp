// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pagecipher.h"

#include <cstring>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace clinic::pagecipher {
namespace {

constexpr int blockSize = 16;
constexpr int prefixSize = 12; // of the nonce: what the key is derived with

struct Freed
{
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); } // wipes it
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Freed>;

// Looked up once: that costs more than a page.
const EVP_CIPHER *blocks()
{
    static const EVP_CIPHER *const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr);
    return cipher;
}

const EVP_CIPHER *pages()
{
    static const EVP_CIPHER *const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return cipher;
}

bool encryptBlocks(unsigned char *inOut, int size, const unsigned char *key)
{
    const Context context(EVP_CIPHER_CTX_new());
    int done = 0;
    return context && EVP_EncryptInit_ex2(context.get(), blocks(), key, nullptr, nullptr) == 1 &&
           EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
           EVP_EncryptUpdate(context.get(), inOut, &done, inOut, size) == 1 && done == size;
}

// The key of one nonce's first half, wiped when it goes.
class Derived
{
public:
    Derived(const unsigned char *nonce, const unsigned char *key, const unsigned char *prepared)
    {
        for (int half = 0; half < 2; ++half) {
            unsigned char *const block = m_key + half * blockSize;
            const unsigned char head[] = {0, static_cast<unsigned char>(half + 1), 'X', 0};
            std::memcpy(block, head, sizeof head);
            std::memcpy(block + sizeof head, nonce, prefixSize);
            for (int i = 0; i < blockSize; ++i)
                block[i] ^= prepared[i];
        }
        m_isGood = encryptBlocks(m_key, keySize, key);
    }
    ~Derived() { OPENSSL_cleanse(m_key, sizeof m_key); }
    Derived(const Derived &) = delete;
    Derived &operator=(const Derived &) = delete;
    [[nodiscard]] const unsigned char *get() const { return m_isGood ? m_key : nullptr; }

private:
    unsigned char m_key[keySize];
    bool m_isGood = false;
};

} // namespace

QString libraryVersion()
{
    return QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION_STRING));
}

bool prepare(const unsigned char *key, unsigned char *prepared)
{
    std::memset(prepared, 0, blockSize);
    if (!encryptBlocks(prepared, blockSize, key))
        return false;
    // Twice the block, as a number of the field GF(2^128).
    unsigned carry = 0;
    for (int i = blockSize - 1; i >= 0; --i) {
        const unsigned twice = (unsigned(prepared[i]) << 1) | carry;
        carry = twice >> 8;
        prepared[i] = static_cast<unsigned char>(twice);
    }
    prepared[blockSize - 1] ^= static_cast<unsigned char>(carry * 0x87);
    return true;
}

bool seal(unsigned char *sealed, unsigned char *tag, Bytes plain, Bytes associated,
          const unsigned char *nonce, const unsigned char *key, const unsigned char *prepared)
{
    const Derived derived(nonce, key, prepared);
    const Context context(EVP_CIPHER_CTX_new());
    int done = 0;
    int rest = 0;
    return derived.get() && context &&
           EVP_EncryptInit_ex2(context.get(), pages(), derived.get(), nonce + prefixSize, nullptr) == 1 &&
           EVP_EncryptUpdate(context.get(), nullptr, &done, associated.data(), int(associated.size())) == 1 &&
           EVP_EncryptUpdate(context.get(), sealed, &done, plain.data(), int(plain.size())) == 1 &&
           EVP_EncryptFinal_ex(context.get(), sealed + done, &rest) == 1 &&
           EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tagSize, tag) == 1;
}

bool open(std::span<unsigned char> sealed, const unsigned char *tag, Bytes associated,
          const unsigned char *nonce, const unsigned char *key, const unsigned char *prepared)
{
    const Derived derived(nonce, key, prepared);
    const Context context(EVP_CIPHER_CTX_new());
    unsigned char expected[tagSize];
    std::memcpy(expected, tag, tagSize);
    int done = 0;
    int rest = 0;
    return derived.get() && context &&
           EVP_DecryptInit_ex2(context.get(), pages(), derived.get(), nonce + prefixSize, nullptr) == 1 &&
           EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tagSize, expected) == 1 &&
           EVP_DecryptUpdate(context.get(), nullptr, &done, associated.data(), int(associated.size())) == 1 &&
           EVP_DecryptUpdate(context.get(), sealed.data(), &done, sealed.data(), int(sealed.size())) == 1 &&
           EVP_DecryptFinal_ex(context.get(), sealed.data() + done, &rest) == 1;
}

} // namespace clinic::pagecipher
