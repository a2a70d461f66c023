// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

// Codes for one use that the server sends by e-mail or text message, so that somebody without an
// authenticator app can show who he is (docs/decisions/0030).
namespace clinic::sync {

// Body of POST /v1/one-time: who is asked, in which session, and where the code goes.
struct CodeWish
{
    Id actor{};
    Id role{};
    Id session{};
    QByteArray channel; // "email" or "sms"
    QString to;
};
[[nodiscard]] QByteArray encode(const CodeWish &wish);
[[nodiscard]] Result<CodeWish> decodeCodeWish(QByteArrayView message);

// Body of POST /v1/one-time/check: what was typed.
struct CodeTry
{
    Id actor{};
    Id role{};
    Id session{};
    QString code;
};
[[nodiscard]] QByteArray encode(const CodeTry &attempt);
[[nodiscard]] Result<CodeTry> decodeCodeTry(QByteArrayView message);

// Whether it was right; then `signature` is the server's over codeProof().
struct CodeVerdict : Stamp
{
    bool isRight = false;
    QByteArray signature;
};
[[nodiscard]] QByteArray encode(const CodeVerdict &verdict);
[[nodiscard]] Result<CodeVerdict> decodeCodeVerdict(QByteArrayView message);

// That this person typed the right code in this session on this PC, at the server's time `at` (ms).
[[nodiscard]] QByteArray codeProof(const Id &hospital, const Id &device, const Id &actor, const Id &session,
                                   qint64 at);

} // namespace clinic::sync
