// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/replica/replica.h"

namespace clinic::sync {

// What people are told about the connection to the server.
struct SyncStatus
{
    enum class Phase {
        NotEnrolled,
        WorkingOffline, // somebody wished so
        Connecting,
        Loading, // the first load
        Exchanging,
        UpToDate,
        Waiting, // for the next try
        Refused, // this PC is not accepted any more
    };
    Phase phase = Phase::NotEnrolled;
    storage::ReplicaState replica{};
    qint64 lastContact = 0; // the server's time of the last answer; 0 = never
    qint64 clockOffMs = 0;  // how far this PC's clock is ahead of the server's, as of that answer
    qint64 nextTryMs = 0;   // Waiting: how long from when this was told
    QByteArray codes;       // how the server sends codes for one use: "email", "sms", both or none
    QByteArray problem;     // no-answer, busy, token, device-revoked, family-revoked, store ...
    // There is nothing more to do for now.
    [[nodiscard]] bool isAtRest() const
    {
        return phase == Phase::UpToDate && replica.waiting == 0 && replica.documentsWaiting == 0;
    }
    // Green only when nothing waits anywhere, and nothing was set aside here.
    [[nodiscard]] bool isCalm() const { return isAtRest() && replica.held == 0; }
};

} // namespace clinic::sync
