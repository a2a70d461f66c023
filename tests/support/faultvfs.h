// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace clinic::test {

// SQLite VFSs for tests, chosen by name in the URI.
//
// "clinic-fault": counts every read, write, sync, truncate and delete of files, and fails the one it is told
// to (and every one after it until reset, as a dying disk does).
namespace faultvfs {
void install();
// The one that is used where none is named, in this process from now on.
void makeDefault();
// Fail access number n (1-based) and all that follow; 0 = none. Resets the count.
void failFrom(qint64 n);
[[nodiscard]] qint64 accesses();
[[nodiscard]] bool hasFailed();
} // namespace faultvfs

// "clinic-powercut": keeps what was written but not yet synced apart. cut() after access number n makes every
// later access fail; recover() then leaves on disk what was synced, plus a random choice of the 512-byte
// sectors that were not.
namespace powercutvfs {
void install();
// Cut the power at access n (1-based), with this seed choosing what survives; 0 = never. Resets the count.
void cutAt(qint64 n, quint32 seed);
[[nodiscard]] qint64 accesses();
[[nodiscard]] bool isCut();
// Call with no connection open: writes the surviving bytes, deletes the -shm, and turns the power on again.
void recover();
} // namespace powercutvfs

} // namespace clinic::test
