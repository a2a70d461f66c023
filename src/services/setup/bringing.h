// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "services/workunit.h"

namespace clinic::services {

// Another clinic's file, which until now worked alone, is brought into this hospital: its branches, services,
// practitioners, patients and everything about them, with the ids and dates they have. The file itself stays
// as it is, with its own chain of audit events (docs/decisions/0018). In pieces, so that nobody waits; a
// piece that is here already is passed over, so that an interrupted one goes on.

// What is in the file, or why it cannot be brought in.
struct OtherClinic
{
    QString hospitalName{};
    qint64 patients = 0;
    qint64 appointments = 0;
    qint64 invoices = 0;
    qint64 documents = 0;
    qint64 rows = 0; // of every kind that comes along
};
struct LookIntoClinic
{
    using Outcome = OtherClinic;
    static constexpr const char *permission = "data.restore";
    QString path{};
    FileKey key{}; // of a sealed file; without it the answer is SealedFile
};
[[nodiscard]] Result<OtherClinic> answer(ReadUnit &unit, const LookIntoClinic &question);

// The key to a sealed file, with the password of somebody who worked on it or its hospital's recovery key
// (then without a user), by the key file beside it.
struct UnlockOtherClinic
{
    using Outcome = FileKey;
    static constexpr const char *permission = "data.restore";
    QString path{};
    QString user{};
    QString password{};
};
[[nodiscard]] Result<FileKey> answer(ReadUnit &unit, const UnlockOtherClinic &question);

// Where the reading stands: a kind of row, and the last row of it.
struct BringPlace
{
    int kind = 0;
    qint64 rid = 0;
};
struct BroughtRows
{
    QList<storage::Record> records{};
    QHash<Id, QByteArray> bytes{}; // of documents, by row
    BringPlace next{};
    bool done = false;
};
struct ReadOtherClinic
{
    using Outcome = BroughtRows;
    static constexpr const char *permission = "data.restore";
    QString path{};
    BringPlace from{};
    FileKey key{};
};
[[nodiscard]] Result<BroughtRows> answer(ReadUnit &unit, const ReadOtherClinic &question);

// Stores them. Users come without a password and switched off, roles do not come: who may do what here is
// decided here. The number of rows that were new.
struct BringRows
{
    using Outcome = int;
    static constexpr auto intention = domain::IntentionId::BringClinic;
    BroughtRows rows{};
};
[[nodiscard]] Result<int> perform(WorkUnit &unit, const BringRows &intent);

} // namespace clinic::services
