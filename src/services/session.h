// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/roles.h"
#include "domain/access/scope.h"

#include "core/id.h"

#include <QTimeZone>

namespace clinic::services {

// How long a proof of identity holds (domain::needsProof).
inline constexpr qint64 proofLastsMs = 5 * 60'000;
inline constexpr qint64 approvalLastsMs = 20'000; // somebody else's yes is for one thing

// Who is signed in, as what and where: immutable, handed to every unit of work.
struct Session
{
    Id id{};
    Id user{};
    QString userName;
    QString displayName;
    Id role{};
    QString roleCode;
    QString roleName;
    Id branch{};
    QString branchCode;
    QString branchName;
    QByteArray timeZone; // IANA
    QString currency;
    Id resource{}; // the signed-in practitioner's own time, if any
    Id patient{};  // kiosk accounts
    domain::Grants grants;
    domain::DataScope scope{}; // whose records the role reaches
    Id onlyBranch{};           // the one branch the role is held in; null = any
    qint64 startedAt = 0;      // monotonic ms: when all that signing in asks for was shown
    qint64 provenUntil = 0;    // monotonic ms: until then nobody is asked again who he is
    QString mark{};            // the session that had ended the person's others when this one began
    QString viewingAs{};       // shows what this role sees, and changes nothing; empty = works

    [[nodiscard]] bool isSignedIn() const { return !user.isNull(); }
    [[nodiscard]] bool may(QStringView permission) const { return grants.has(permission); }
    [[nodiscard]] QTimeZone zone() const
    {
        return timeZone.isEmpty() ? QTimeZone::utc() : QTimeZone(timeZone);
    }
};

} // namespace clinic::services
