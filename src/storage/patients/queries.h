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
    bool hasConflict = false; // an open conflict
    bool isOutside = false;   // outside the role's scope: only identifying values
    int rank = 0;             // lower is better
    [[nodiscard]] QString displayName() const { return domain::displayName(familyName, givenName); }
};

// Patients who match a typed text, best first, at most limit. Words in any order, each by its start;
// telephone numbers by any run of digits; numbers and birth dates. When that finds fewer than a page, also
// misspellings, sounds and nicknames. now decides which visits are past.
// Only patients in scope.
[[nodiscard]] Result<QList<PatientHit>> searchPatients(Connection &connection, const QString &text, int limit,
                                                       qint64 nowMs, const Reach &reach = {});
// The result of an empty search: newest registrations first, or, with the scope "own", newest appointments
// first.
[[nodiscard]] Result<QList<PatientHit>> newestPatients(Connection &connection, int limit, qint64 nowMs,
                                                       const Reach &reach = {});
// The patients that this user opened last, newest first.
[[nodiscard]] Result<QList<PatientHit>> recentPatients(Connection &connection, const Id &user, int limit,
                                                       qint64 nowMs);
[[nodiscard]] Result<PatientHit> patientHit(Connection &connection, const Id &id, qint64 nowMs);
// Probably the same patient: same name under search's forgiving rules with a near birth date, or the same
// telephone number or identifier.
[[nodiscard]] Result<QList<PatientHit>> probableDuplicates(Connection &connection,
                                                           const domain::Patient &typed,
                                                           const QStringList &identifiers, qint64 nowMs);
// Other patients with this identifier, however it is written; active ones first, at most five.
[[nodiscard]] Result<QList<PatientHit>> bearersOf(Connection &connection, domain::IdentifierKind kind,
                                                  const QString &value, const Id &apartFrom, qint64 nowMs);
// Whether another patient has exactly this name.
[[nodiscard]] Result<bool> hasNamesake(Connection &connection, const domain::Patient &patient);
// Identifiers of one patient in several active records, as left by two PCs without a network or another
// clinic that was brought in; at most 200.
struct SharedIdentifier
{
    domain::IdentifierKind kind{};
    QString value; // as one of them writes it
    Id patient{};
    PatientHit other;
};
[[nodiscard]] Result<QList<SharedIdentifier>> sharedIdentifiers(Connection &connection, qint64 nowMs);
[[nodiscard]] Result<qint64> patientCount(Connection &connection);

} // namespace clinic::storage
