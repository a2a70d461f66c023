// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/subjects.h"

#include "domain/patients/entities.h"

namespace clinic::storage {
namespace subjects {

QString textOf(Connection &c, QByteArrayView sql, const Id &row)
{
    Query q = c.query(sql, row);
    return q.next() ? q.text(0) : QString();
}

} // namespace subjects

QString rowTitle(Connection &c, const EntityInfo &entity, const Id &row)
{
    const auto patient = [&](const QByteArray &which) {
        Query q = c.query("SELECT family_name, given_name FROM patient WHERE id=" + which, row);
        return q.next() ? domain::displayName(q.text(0), q.text(1)) : QString();
    };
    const QByteArray table = QByteArray("\"") + entity.name + "\"";
    if (std::string_view(entity.name) == "patient")
        return patient("?");
    for (const char *column : {"number", "display_name"}) {
        if (entity.indexOf(column) >= 0)
            return subjects::textOf(c, "SELECT " + QByteArray(column) + " FROM " + table + " WHERE id=?",
                                    row);
    }
    if (entity.indexOf("patient_id") >= 0)
        return patient("(SELECT patient_id FROM " + table + " WHERE id=?)");
    if (entity.indexOf("name") >= 0)
        return subjects::textOf(c, "SELECT name FROM " + table + " WHERE id=?", row);
    return {};
}

QString patientNumber(Connection &c, const Id &patient)
{
    return subjects::textOf(c, "SELECT number FROM patient WHERE id=?", patient);
}

} // namespace clinic::storage
