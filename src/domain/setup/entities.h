// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

namespace clinic::domain {

// FHIR Organization. One per file.
struct Hospital : Row
{
    QString name;
    QString address;
    QString phone;
    QString email;
    QString taxNumber;
    QString currency; // ISO 4217
    bool pricesIncludeTax = true;
    QString documentFooter; // printed below invoices and receipts
    bool isDemo = false;
    QString recoveryKey; // the public half of the key on paper, base64; empty = none was made
    static const EntityInfo &entity();
};

// FHIR Location of kind site: where a desk stands. Its zone decides what "today" is.
struct Branch : Row
{
    QString code; // 2-4 letters, in every number this branch issues
    QString name;
    QString timeZone; // IANA
    QString address;
    QString phone;
    bool active = true;
    static const EntityInfo &entity();
};

enum class ResourceKind { Practitioner, Room, Equipment };

// What an appointment can occupy: a practitioner's time, a room, a piece of equipment (FHIR Schedule.actor).
struct Resource : Row
{
    ResourceKind kind{};
    QString name;
    Id practitionerId;
    int capacity = 1; // how many appointments at once
    bool active = true;
    static const EntityInfo &entity();
};

// FHIR Practitioner. Bookable through a Resource of kind practitioner that points here.
struct Practitioner : Row
{
    QString title;
    QString familyName;
    QString givenName;
    QString licenceNumber;
    QString speciality;
    bool active = true;
    static const EntityInfo &entity();
    [[nodiscard]] QString displayName() const;
};

// A weekly stretch in which a resource may be booked; minutes since midnight in the branch's zone.
struct Availability : Row
{
    Id resourceId;
    int weekday = 1; // 1 = Monday, as QDate
    int startMinute = 8 * 60;
    int endMinute = 17 * 60;
    static const EntityInfo &entity();
};

// Time in which a resource is away although its week says otherwise. UTC milliseconds, half open.
struct Leave : Row
{
    Id resourceId;
    qint64 startAt = 0;
    qint64 endAt = 0;
    QString reason;
    bool active = true;
    static const EntityInfo &entity();
};

// FHIR HealthcareService with its price; money in minor units of the hospital's currency.
struct Service : Row
{
    QString code;
    QString name;
    int minutes = 15;
    qint64 priceMinor = 0;
    int taxBasisPoints = 0; // 1500 = 15 %
    bool active = true;
    static const EntityInfo &entity();
};

// One entry of a code list (cancellation reasons, payment references, specialities ...).
struct Code : Row
{
    QString codeSet;
    QString code;
    QString label;
    int position = 0;
    bool active = true;
    static const EntityInfo &entity();
};

enum class SettingScope { Hospital, Branch, User };

// A stored setting; its key, type and default are in domain/setup/settings.h.
struct Setting : Row
{
    SettingScope scope{};
    Id ownerId; // branch or user; null for the hospital
    QString key;
    QString value;
    static const EntityInfo &entity();
};

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::ResourceKind>
{
    static constexpr const char *codes[] = {"practitioner", "room", "equipment"};
};
template <>
struct clinic::EnumCodes<clinic::domain::SettingScope>
{
    static constexpr const char *codes[] = {"hospital", "branch", "user"};
};
