// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/scope.h"
#include "domain/appointments/entities.h"
#include "storage/connection.h"

#include <QSet>

namespace clinic::storage {

// Whose records somebody reaches, in his role, at a time. A branch reaches who was registered or has an
// appointment, an invoice or a place on the waiting list there; a person who was or is booked with him, and
// whom he registered. What was opened in an emergency is reached by whoever opened it until that ends.
struct Reach
{
    domain::DataScope scope{};
    Id user{};
    Id branch{};
    QString branchCode{};
    qint64 now = 0;
    [[nodiscard]] bool isEverybody() const { return scope == domain::DataScope::Hospital; }
};

// `except`: appointments, invoices and places on the list that do not count, because they are being made just
// now.
[[nodiscard]] Result<bool> reaches(Connection &connection, const Reach &reach, const Id &patient,
                                   const QSet<Id> &except = {});
// The same as a condition on a column with a patient's id, for lists of one's own people: with the marks that
// are bound to the reach's user and time.
[[nodiscard]] QByteArray reachedSql(const QByteArray &patient, const QByteArray &user, const QByteArray &now);
// How many people that is, without emergencies.
[[nodiscard]] Result<qint64> reachedCount(Connection &connection, const Reach &reach);
// Whose calendar it stands in; the patient is another question.
[[nodiscard]] Result<bool> reachesCalendar(Connection &connection, const Reach &reach, const Id &branch,
                                           const Id &practitioner);
// The calendars of the person himself.
[[nodiscard]] Result<QList<Id>> ownCalendars(Connection &connection, const Id &user);
// When the emergency ends for which that record is open; 0 = it is not.
[[nodiscard]] Result<qint64> emergencyUntil(Connection &connection, const Id &user, const Id &patient,
                                            qint64 now);
// The patient a row is about and the appointment it hangs on, null where there is none: of a patient, his
// parts, his appointments and invoices and theirs, and what somebody has to decide about them.
struct Owner
{
    Id patient{};
    Id appointment{};
};
[[nodiscard]] Result<Owner> ownerOf(Connection &connection, QByteArrayView entity, const Id &row);

} // namespace clinic::storage
