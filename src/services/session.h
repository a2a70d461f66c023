// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/roles.h"

#include "core/id.h"

#include <QTimeZone>

namespace clinic::services {

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
    QList<QPair<Id, QString>> otherRoles{}; // to switch to, asking for the password again
    Id branch{};
    QString branchCode;
    QString branchName;
    QByteArray timeZone; // IANA
    QString currency;
    Id resource{}; // the signed-in practitioner's own time, if any
    Id patient{};  // kiosk accounts
    domain::Grants grants;

    [[nodiscard]] bool isSignedIn() const { return !user.isNull(); }
    [[nodiscard]] bool may(QStringView permission) const { return grants.has(permission); }
    [[nodiscard]] QTimeZone zone() const
    {
        return timeZone.isEmpty() ? QTimeZone::utc() : QTimeZone(timeZone);
    }
};

} // namespace clinic::services
