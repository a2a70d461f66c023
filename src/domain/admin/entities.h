// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "domain/access/scope.h"

namespace clinic::domain {

// A person who signs in. The verifier is Argon2id and leaves the device only sealed.
struct AppUser : Row
{
    QString userName;
    QString email;
    QString displayName;
    QString verifier;
    Id practitionerId; // set when this person is bookable
    Id patientId;      // set for kiosk accounts
    bool active = true;
    QString inactiveReason;
    QString secondFactor;  // secret of the authenticator app, base32; empty = none
    QString recoveryCodes; // prints of those that were not used, with blanks between them
    QString blockedFrom;   // days, yyyy-mm-dd, both included: no signing in and no bookings; empty = open
    QString blockedUntil;
    QString sessionMark; // the session that ended all others; empty = none did
    QString phone;       // for one-time codes by text message
    static const EntityInfo &entity();
};

// A named set of permissions; may inherit another role's.
struct Role : Row
{
    QString code; // of the built-in role it is; empty for any other
    QString name;
    Id parentId;
    bool active = true;
    bool needsSecondFactor = false; // who works in it without one may do nothing but set one up
    DataScope scope{};              // its own, not the one of the role it inherits
    static const EntityInfo &entity();
};

struct RolePermission : Row
{
    Id roleId;
    QString permission;
    bool granted = true;
    static const EntityInfo &entity();
};

struct UserRole : Row
{
    Id userId;
    Id roleId;
    bool active = true;
    QString validFrom; // days, yyyy-mm-dd, both included; empty = open
    QString validUntil;
    Id onlyBranchId; // the branch it is held in; null = in all of them
    static const EntityInfo &entity();
};

enum class AccessReview { Waiting, Justified, NotJustified };

// Somebody opened a record his role does not reach, for a time and a reason; somebody else looks at it
// afterwards. ("Break the glass".)
struct EmergencyAccess : Row
{
    Id userId;
    Id patientId;
    QString reason;
    qint64 openedAt = 0;
    qint64 expiresAt = 0;
    AccessReview review{};
    Id reviewedBy;
    qint64 reviewedAt = 0;
    QString reviewNote;
    static const EntityInfo &entity();
};

// A PC. Until it enrols with a server its code is 0 and two random letters.
struct Device : Row
{
    QString code;
    QString name;
    bool active = true;
    static const EntityInfo &entity();
};

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::AccessReview>
{
    static constexpr const char *codes[] = {"waiting", "justified", "not-justified"};
};
