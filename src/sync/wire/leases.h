// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

namespace clinic::sync {

// Part of a day of a resource that the server keeps for one PC, which goes off its network: what that PC
// books there is its own (docs/decisions/0019).
struct Lease
{
    Id id{};
    Id resource{};
    qint64 from = 0; // UTC ms
    qint64 to = 0;
};
inline constexpr int mostLeases = 100; // in one request
inline constexpr qint64 longestLeaseMs = 24LL * 60 * 60 * 1000;

// What is asked for: leases to be had (without ids), or ids to be given back. Neither: only the list.
struct LeaseRequest
{
    QList<Lease> take{};
    QList<Id> giveBack{};
};
[[nodiscard]] QByteArray encodeLeases(const Id &actor, const Id &role, const LeaseRequest &request);
[[nodiscard]] Result<LeaseRequest> decodeLeaseRequest(QByteArrayView message);

// Everything the server keeps for this PC from now on.
struct LeasesReply : Stamp
{
    QList<Lease> leases{};
};
[[nodiscard]] QByteArray encode(const LeasesReply &reply);
[[nodiscard]] Result<LeasesReply> decodeLeasesReply(QByteArrayView message);

} // namespace clinic::sync
