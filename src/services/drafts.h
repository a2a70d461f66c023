// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"

namespace clinic::services {

class Clinic;

// What somebody was typing into a form. Local to this file, never synced, no audit: it is not a record yet.
struct Draft
{
    Id id{};
    Id user{};
    QString form;       // which form opens it again
    Id subject{};       // the row being edited, if any
    QString title;      // what to call it in a list
    QByteArray content; // the form's own JSON
    qint64 savedAt = 0;
};

// Posts the write to the writer thread and returns at once.
void saveDraft(Clinic &clinic, const Draft &draft);
void dropDraft(Clinic &clinic, const Id &draft);

// The signed-in person's unfinished forms, newest first.
struct Drafts
{
    using Outcome = QList<Draft>;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<QList<Draft>> answer(ReadUnit &unit, const Drafts &question);

} // namespace clinic::services
