// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/connection.h"

#include <QStringList>

namespace clinic::services {

// What a list keeps of one person; what it is imported from and exported to.
struct ListedPerson
{
    domain::Patient patient{};
    QList<domain::Identifier> identifiers{};
    QList<domain::Contact> contacts{};
    QList<domain::NextOfKin> nextOfKin{};
};

// The header of our own list, and a person's cells under it. Several identifiers, contacts or relatives stand
// in one cell, a line each: "national-id|8001015009087", "phone|0825550101|mother", "Ana|mother|0825550101";
// within them \n, \| and \\ stand for a line end, a bar and a backslash.
[[nodiscard]] QStringList listHeader();
[[nodiscard]] QStringList listCells(const ListedPerson &person);
// The rows of a person that are active.
[[nodiscard]] Result<ListedPerson> listedPerson(storage::Connection &connection,
                                                const domain::Patient &patient);
// Back from such cells; false, and nothing added, when one of the lines is not understood.
[[nodiscard]] bool addIdentifiers(const QString &cell, ListedPerson &person);
[[nodiscard]] bool addContacts(const QString &cell, ListedPerson &person);
[[nodiscard]] bool addNextOfKin(const QString &cell, ListedPerson &person);

} // namespace clinic::services
