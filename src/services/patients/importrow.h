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
    QString number; // our own export only
    QList<ImportNote> notes{};

    // Adds a value to the remarks that is not valid in its field.
    void keep(const QString &text, const ImportNote &note);
    void keep(const QString &text, const QString &field)
    {
        keep(text, ImportNote{ImportNote::Kind::KeptInRemarks, field, {}});
    }
};
// The row's patient, or the error. No value of a mapped cell is lost: an invalid telephone number, e-mail
// address or sex goes into the remarks. If the PC's clock is doubted, today may be any day from `earliest`
// to `today`.
[[nodiscard]] Result<ImportedPerson> importedPerson(const ImportRow &row, const ImportMapping &mapping,
                                                    const QDate &today, const QDate &earliest = {});

// How a row and a record with the same names and birth date compare.
enum class Likeness {
    Different, // sex or an identity number differs
    Alike,     // may be the same
    Same,      // the record has every value of the row
};
// fields: where the row has a value that the record lacks.
[[nodiscard]] Likeness likeness(const ListedPerson &row, const ListedPerson &known, QStringList &fields);
// The same words, in any order and with any accents.
[[nodiscard]] bool haveSameNames(const domain::Patient &a, const domain::Patient &b);

} // namespace clinic::services
