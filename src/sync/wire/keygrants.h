// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/messages.h"

// How the hospital's data key is replaced: the new one reaches every PC sealed to that PC's own key, and what
// lies on the server is sealed anew (docs/decisions/0026). The server carries all of it and can open nothing.
namespace clinic::sync {

// A PC's box key, vouched for by whoever has the hospital's keys: a server cannot put one of its own among
// them.
[[nodiscard]] QByteArray boxProof(const HospitalKeys &keys, const Id &hospital, const Id &device,
                                  QByteArrayView boxKey);

// One data key for one PC.
struct KeyGrant
{
    Id device{};
    int keyId = 0;
    QByteArray sealed{};
};
[[nodiscard]] KeyGrant sealGrant(const HospitalKeys &keys, int keyId, const Id &hospital, const Id &device,
                                 QByteArrayView boxKey);
// The data key. Nothing when it was made for another PC, hospital or key, or by somebody without the
// hospital's keys.
[[nodiscard]] std::optional<QByteArray> openGrant(const KeyGrant &grant, const HospitalKeys &keys,
                                                  const Id &hospital, const crypto::BoxKey &key);

// A PC as others see it who may have to seal a key to it.
struct KeyHolder
{
    Id device{};
    QByteArray boxKey{};
    QByteArray proof{};
    QList<int> lacks{}; // ids of keys that nobody has sealed to it yet
};

// All of the hospital's keys, sealed to its recovery key: with the paper and the server alone everything can
// be read again. id says which keys for which paper.
struct PaperKeys
{
    QByteArray id{};
    QByteArray sealed{};
};
// Empty without a paper. recoveryKey: its public half.
[[nodiscard]] QByteArray paperId(const HospitalKeys &keys, QByteArrayView recoveryKey);
[[nodiscard]] PaperKeys sealForPaper(const HospitalKeys &keys, const Id &hospital,
                                     QByteArrayView recoveryKey);
[[nodiscard]] std::optional<HospitalKeys> openWithPaper(const QByteArray &sealed, const Id &hospital,
                                                        const crypto::BoxKey &paper);

// Body of POST /v1/keys: which keys this PC has, and its proof; grants for others; ids of grants for this one
// that could not be opened.
struct KeysRequest
{
    QList<int> has{};
    QByteArray proof{};
    QList<KeyGrant> grants{};
    QList<int> refused{};
    PaperKeys paper{}; // with an empty id: there is no paper
};
[[nodiscard]] QByteArray encode(const KeysRequest &request);
[[nodiscard]] Result<KeysRequest> decodeKeysRequest(QByteArrayView message);
struct KeysReply : Stamp
{
    QList<KeyGrant> grants{};   // for this PC
    QList<KeyHolder> wanting{}; // others that lack keys
};
[[nodiscard]] QByteArray encode(const KeysReply &reply);
[[nodiscard]] Result<KeysReply> decodeKeysReply(QByteArrayView message);

// Body of POST /v1/rotate: from here on that key seals.
struct Rotation
{
    Id actor{};
    Id role{};
    int keyId = 0;
    QList<KeyGrant> grants{};
};
// Another data key, for this PC and for every accepted one whose key somebody vouches for; `later` are the
// names of the others. Its id is so many (at random) beyond the next: two that are made apart, because a
// server was put back from a backup between them, must not be the same.
inline constexpr int mostIdsPassedOver = 1 << 16;
[[nodiscard]] Rotation newRotation(const HospitalKeys &keys, const Id &hospital, const Id &self,
                                   QByteArrayView ownBoxKey, const QList<DeviceListing> &devices,
                                   int idsPassedOver, QStringList *later);
[[nodiscard]] QByteArray encode(const Rotation &rotation);
[[nodiscard]] Result<Rotation> decodeRotation(QByteArrayView message);

// What is to be sealed anew, as the server has it, and the same as it comes back (POST /v1/reseal). Values
// stay as they are, so no version changes and nobody hears of it.
struct Resealing
{
    struct Row
    {
        QByteArray entity;
        Id id{};
        WireFields fields{}; // the sealed ones
    };
    struct Event
    {
        Id device{};
        qint64 n = 0;
        Id id{};
        Id actor{};
        QByteArray name{};
        QByteArray detail{};
    };
    struct Piece
    {
        QByteArray content;
        qint64 n = 0;
        QByteArray data;
    };
    QByteArray from; // where the server's walk stood, and stands after it
    QByteArray to;
    QList<Row> rows{};
    QList<Event> events{};
    QList<Piece> pieces{};
    [[nodiscard]] bool isEmpty() const { return rows.isEmpty() && events.isEmpty() && pieces.isEmpty(); }
};
// The same under the newest key. What cannot be opened is left out.
[[nodiscard]] Resealing renewed(const Resealing &work, const Sealer &sealer);
// Body of the request, and with a stamp the answer; empty `to`: nothing more to do.
[[nodiscard]] QByteArray encode(const Resealing &work, const Stamp *stamp = nullptr);
[[nodiscard]] Result<Resealing> decodeResealing(QByteArrayView message);

} // namespace clinic::sync
