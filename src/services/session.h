// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/roles.h"
#include "domain/access/scope.h"

#include "core/id.h"

#include <QTimeZone>

namespace clinic::services {

// How long a proof is good (domain::needsProof).
inline constexpr qint64 proofLastsMs = 5 * 60'000;
inline constexpr qint64 approvalLastsMs = 20'000; // another user's approval is for one intention

// The signed-in user with role and branch: immutable, passed to every unit of work.
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
    Id resource{}; // the user's own calendar, if any
    Id patient{};  // kiosk accounts
    domain::Grants grants;
    domain::DataScope scope{}; // the role's scope
    Id onlyBranch{};           // the only branch of the role; null = any
    qint64 startedAt = 0;      // monotonic ms of the last complete sign-in
    qint64 provenUntil = 0;    // monotonic ms until which the last proof is good
    QString mark{};            // the user's session mark when this session began
    QString viewingAs{};       // views as this role without writing; empty = works

    [[nodiscard]] bool isSignedIn() const { return !user.isNull(); }
    [[nodiscard]] bool may(QStringView permission) const { return grants.has(permission); }
    [[nodiscard]] QTimeZone zone() const
    {
        return timeZone.isEmpty() ? QTimeZone::utc() : QTimeZone(timeZone);
    }
};

} // namespace clinic::services
