// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

// XAES-256-GCM (c2sp.org/XAES-256-GCM) by OpenSSL's AES: nonces may be random, and a processor with AES
// instructions does it in less than half the time of XChaCha20-Poly1305 (docs/decisions/0029). Nothing of a
// key stays in memory after a call but what the caller has.
namespace clinic::pagecipher {

inline constexpr int keySize = 32;
inline constexpr int nonceSize = 24;
inline constexpr int tagSize = 16;

// Of OpenSSL, as it runs.
[[nodiscard]] QString libraryVersion();

using Bytes = std::span<const unsigned char>;

// What derives a nonce's key from the key: once per key, 16 bytes that are as secret as the key. False when
// there is no memory.
[[nodiscard]] bool prepare(const unsigned char *key, unsigned char *prepared);
// `sealed` has room for `plain` (it may be the same place), `tag` for 16 bytes. False when there is no
// memory.
[[nodiscard]] bool seal(unsigned char *sealed, unsigned char *tag, Bytes plain, Bytes associated,
                        const unsigned char *nonce, const unsigned char *key, const unsigned char *prepared);
// Opens in place. False when key, nonce, tag, associated data or any byte differs; then what is there is
// worth nothing.
[[nodiscard]] bool open(std::span<unsigned char> sealed, const unsigned char *tag, Bytes associated,
                        const unsigned char *nonce, const unsigned char *key, const unsigned char *prepared);

} // namespace clinic::pagecipher
