// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/replica/replica.h"

namespace clinic::sync {

// The state of the connection to the server, for users.
struct SyncStatus
{
    enum class Phase {
        NotEnrolled,
        WorkingOffline, // by a user's choice
        Connecting,
        Loading, // the first load
        Exchanging,
        UpToDate,
        Waiting, // until the next try
        Refused, // this PC is no longer accepted
    };
    Phase phase = Phase::NotEnrolled;
    storage::ReplicaState replica{};
    qint64 lastContact = 0; // the server's time of the last answer; 0 = never
    qint64 clockOffMs = 0;  // this PC's clock minus the server's, at that answer
    qint64 nextTryMs = 0;   // Waiting: time from this report on
    QByteArray codes;       // channels for one-time codes: "email", "sms", both or none
    QByteArray problem;     // no-answer, busy, token, device-revoked, family-revoked, store ...
    // No work is left for now.
    [[nodiscard]] bool isAtRest() const
    {
        return phase == Phase::UpToDate && replica.waiting == 0 && replica.documentsWaiting == 0;
    }
    // Green only when nothing waits and nothing is held.
    [[nodiscard]] bool isCalm() const { return isAtRest() && replica.held == 0; }
};

} // namespace clinic::sync
