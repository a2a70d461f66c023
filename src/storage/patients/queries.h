// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/patients/reach.h"
#include "storage/records.h"

namespace clinic::storage {

// One line of a result list.
struct PatientHit
{
    qint64 rid = 0;
    Id id{};
    QString number;
    QString familyName;
    QString givenName;
    domain::Sex sex{};
    PartialDate birthDate;
    QString phone;
    bool active = true;
    qint64 lastVisitAt = 0;   // 0 = never
    bool hasConflict = false; // somebody has to decide between two values
    bool isOutside = false;   // of what the role reaches: no more than who it is
    int rank = 0;             // lower is better
    [[nodiscard]] QString displayName() const { return domain::displayName(familyName, givenName); }
};

// The people a typed text may mean, best first, at most limit. Words in any order, each by its start; phones
// by any run of digits; numbers and birth dates. When that finds fewer than a page, spelling mistakes, sounds
// and other forms of first names are forgiven. now decides what counts as a past visit.
// Only those that are reached.
[[nodiscard]] Result<QList<PatientHit>> searchPatients(Connection &connection, const QString &text, int limit,
                                                       qint64 nowMs, const Reach &reach = {});
// The first page of the register for an empty search: newest registrations first, or whose appointments are
// the newest for somebody who reaches his own.
[[nodiscard]] Result<QList<PatientHit>> newestPatients(Connection &connection, int limit, qint64 nowMs,
                                                       const Reach &reach = {});
// What this person opened last, newest first.
[[nodiscard]] Result<QList<PatientHit>> recentPatients(Connection &connection, const Id &user, int limit,
                                                       qint64 nowMs);
[[nodiscard]] Result<PatientHit> patientHit(Connection &connection, const Id &id, qint64 nowMs);
// Likely the same person: same name under search's forgiving rules with a near birth date, or the same phone
// or identifier.
[[nodiscard]] Result<QList<PatientHit>> probableDuplicates(Connection &connection,
                                                           const domain::Patient &typed,
                                                           const QStringList &identifiers, qint64 nowMs);
// Who else has this identifier, however it is spelled; those still active first, at most five.
[[nodiscard]] Result<QList<PatientHit>> bearersOf(Connection &connection, domain::IdentifierKind kind,
                                                  const QString &value, const Id &apartFrom, qint64 nowMs);
// Somebody else has exactly this name.
[[nodiscard]] Result<bool> hasNamesake(Connection &connection, const domain::Patient &patient);
// Identifiers that belong to one person and stand in several active records, as two PCs without a network or
// another clinic that was brought in leave them; at most 200.
struct SharedIdentifier
{
    domain::IdentifierKind kind{};
    QString value; // as one of them has it
    Id patient{};
    PatientHit other;
};
[[nodiscard]] Result<QList<SharedIdentifier>> sharedIdentifiers(Connection &connection, qint64 nowMs);
[[nodiscard]] Result<qint64> patientCount(Connection &connection);

} // namespace clinic::storage
