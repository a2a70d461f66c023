// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "storage/database.h"

namespace clinic::services {

struct CopyTally
{
    qint64 patients = 0;
    qint64 appointments = 0;
    qint64 invoices = 0;
};

// Fills a new, empty file with what a clinic holds, without anybody in it: every sealed field is dropped or
// invented, so no list of names to hide can be incomplete; ids and document numbers are new and cannot be
// traced back; drafts, audit trail, outbox, photos, contacts and the people who work there do not come along.
// Kept on purpose, because a test needs them: sex, year of birth, severity of allergies, times of
// appointments and amounts. Who knows a clinic well may guess at the very old; such a copy is for trying out,
// not for publishing. The target is a demo file, where one signs in by role. Duplicate when the target holds
// a clinic already.
[[nodiscard]] Result<CopyTally> copyDeidentified(storage::Database &source, storage::Database &target,
                                                 const Clock &clock);

} // namespace clinic::services
