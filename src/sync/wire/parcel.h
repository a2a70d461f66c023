// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "core/id.h"
#include "core/result.h"

#include <QList>

// The exchange without a network: the very requests and answers a PC and its server would send each other,
// one a line, in a file that somebody carries. What is asked can be read by the server alone, what is
// answered by that PC alone; each line is signed. Any number of times, in any order.
namespace clinic::sync {

// First line of either file.
struct ParcelHead
{
    bool isAnswer = false;
    Id hospital{};
    Id device{};
    QByteArray name; // of the PC, for whoever carries it
    qint64 madeAt = 0;
    qint64 lines = 0;
};
[[nodiscard]] QByteArray encode(const ParcelHead &head);
[[nodiscard]] Result<ParcelHead> decodeParcelHead(QByteArrayView line);

// One request of a PC, as /v1/parcel takes it. from: where a first load or the news go on that one answer did
// not hold; whoever carries the file asks again with it.
struct SealedRequest
{
    Id hospital{};
    Id device{};
    QByteArray sealed;
    QByteArray signature; // of the device
    QByteArray from;
};
[[nodiscard]] SealedRequest sealRequest(const Id &hospital, const Id &device, QByteArrayView path,
                                        QByteArrayView body, const QByteArray &signSecret,
                                        const QByteArray &serverKey);
[[nodiscard]] QByteArray encode(const SealedRequest &request);
[[nodiscard]] Result<SealedRequest> decodeSealedRequest(QByteArrayView message);
// Path and body. Nothing when it was not written by that device for this server.
struct OpenedRequest
{
    QByteArray path;
    QByteArray body;
};
[[nodiscard]] std::optional<OpenedRequest> open(const SealedRequest &request, const QByteArray &deviceKey,
                                                const crypto::SigningKey &server);

// The server's answer to one of them.
struct SealedAnswer
{
    QByteArray sealed;
    QByteArray signature; // of the server
    QByteArray next;      // where the next part starts; empty: that was all
};
struct OpenedAnswer
{
    QByteArray path;
    QByteArray from; // what it was asked with
    int status = 0;
    QByteArray body;
};
[[nodiscard]] SealedAnswer sealAnswer(const Id &hospital, const Id &device, const OpenedAnswer &answer,
                                      const QByteArray &deviceBoxKey, const crypto::SigningKey &server);
[[nodiscard]] QByteArray encode(const SealedAnswer &answer);
[[nodiscard]] Result<SealedAnswer> decodeSealedAnswer(QByteArrayView message);
[[nodiscard]] std::optional<OpenedAnswer> open(const SealedAnswer &answer, const Id &hospital,
                                               const Id &device, const crypto::BoxKey &deviceKey,
                                               const QByteArray &serverKey);

} // namespace clinic::sync
