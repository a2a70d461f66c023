// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/scope.h"
#include "domain/appointments/entities.h"
#include "storage/connection.h"

#include <QSet>

namespace clinic::storage {

// The patients that a user reaches in his role, at a time. The scope "branch" reaches patients who were
// registered or have an appointment, an invoice or a waiting list entry there; "own" those with an
// appointment with him, and those he registered. The user who opened a record in an emergency reaches it
// until that ends.
struct Reach
{
    domain::DataScope scope{};
    Id user{};
    Id branch{};
    QString branchCode{};
    qint64 now = 0;
    [[nodiscard]] bool isEverybody() const { return scope == domain::DataScope::Hospital; }
};

// `except`: appointments, invoices and waiting list entries that do not count, because the unit inserts
// them.
[[nodiscard]] Result<bool> reaches(Connection &connection, const Reach &reach, const Id &patient,
                                   const QSet<Id> &except = {});
// The same as an SQL condition on a column with a patient's id, for lists: with named parameters for the
// scope's user and time.
[[nodiscard]] QByteArray reachedSql(const QByteArray &patient, const QByteArray &user, const QByteArray &now);
// The number of these patients, without emergencies.
[[nodiscard]] Result<qint64> reachedCount(Connection &connection, const Reach &reach);
// Whether the appointment is in a calendar in scope; its patient is checked apart.
[[nodiscard]] Result<bool> reachesCalendar(Connection &connection, const Reach &reach, const Id &branch,
                                           const Id &practitioner);
// The user's own calendars.
[[nodiscard]] Result<QList<Id>> ownCalendars(Connection &connection, const Id &user);
// The end of the emergency access to that record; 0 = none.
[[nodiscard]] Result<qint64> emergencyUntil(Connection &connection, const Id &user, const Id &patient,
                                            qint64 now);
// The patient and the appointment that a row belongs to, null if none: for a patient's parts, appointments
// and invoices, their parts, and attention rows and conflicts about them.
struct Owner
{
    Id patient{};
    Id appointment{};
};
[[nodiscard]] Result<Owner> ownerOf(Connection &connection, QByteArrayView entity, const Id &row);

} // namespace clinic::storage
