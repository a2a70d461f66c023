// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/connection.h"

#include <QStringList>

namespace clinic::services {

// One patient of a list, for import and export.
struct ListedPerson
{
    domain::Patient patient{};
    QList<domain::Identifier> identifiers{};
    QList<domain::Contact> contacts{};
    QList<domain::NextOfKin> nextOfKin{};
};

// The header of our own list, and a patient's cells under it. Several identifiers, contacts or next of kin
// are in one cell, one per line: "national-id|8001015009087", "phone|0825550101|mother",
// "Ana|mother|0825550101"; within them \n, \| and \\ stand for a line end, a bar and a backslash.
[[nodiscard]] QStringList listHeader();
[[nodiscard]] QStringList listCells(const ListedPerson &person);
// The patient's active rows.
[[nodiscard]] Result<ListedPerson> listedPerson(storage::Connection &connection,
                                                const domain::Patient &patient);
// Parses such cells; false, and nothing added, when a line is invalid.
[[nodiscard]] bool addIdentifiers(const QString &cell, ListedPerson &person);
[[nodiscard]] bool addContacts(const QString &cell, ListedPerson &person);
[[nodiscard]] bool addNextOfKin(const QString &cell, ListedPerson &person);

} // namespace clinic::services
