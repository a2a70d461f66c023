// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/patients/importing.h"
#include "services/patients/patientlist.h"

namespace clinic::services {

// A patient as read from one row of a list.
struct ImportedPerson
{
    ListedPerson person{};
    QString number;          // of our own export
    bool saysActive = false; // the row says whether the record is in use
    QList<ImportNote> notes{};

    // Adds a value to the remarks that is not valid in its field.
    void keep(const QString &text, const ImportNote &note);
    void keep(const QString &text, const QString &field)
    {
        keep(text, ImportNote{ImportNote::Kind::KeptInRemarks, field, {}});
    }
};
// The row as it may be stored, or what is wrong with it. Nothing a mapped cell holds is lost: what is no
// telephone, e-mail address or sex stays in the remarks, and so does a second name, birth date or sex that
// says something else than the first. Where the PC's clock is doubted, today may be any
// day from `earliest` to `today`.
[[nodiscard]] Result<ImportedPerson> importedPerson(const ImportRow &row, const ImportMapping &mapping,
                                                    const QDate &today, const QDate &earliest = {});

// How a row and a record with the same names and birth date compare.
enum class Likeness {
    Different, // sex or an identity number differs
    Alike,     // may be the same
    Same,      // the record has every value of the row
};
// fields: where the row has something the record has not. Labels, relationships, and whether the record is in
// use, are among them without making anybody another person.
[[nodiscard]] Likeness likeness(const ImportedPerson &row, const ListedPerson &known, QStringList &fields);
// The same words, in whatever order and accents.
[[nodiscard]] bool haveSameNames(const domain::Patient &a, const domain::Patient &b);

} // namespace clinic::services
