// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtGlobal>
#include <functional>

// A disk that fails, or a program that is killed, at any change it makes to a file, whoever makes it: SQLite,
// Qt or we. A test program that uses this has its own open(), write(), rename() ... in the place of the C
// library's (Linux only: isSupported()).
namespace clinic::test::faultcalls {

enum class Strike {
    Kill, // the process ends in the place of the call, as by SIGKILL
    Full, // this call and all that need room from now on fail: no space is left
    Once  // this call alone fails (EIO)
};
[[nodiscard]] bool isSupported();
// Strikes at change number n (1-based) from now on; 0 = never. Counts anew.
void strikeAt(qint64 n, Strike strike = Strike::Once);
[[nodiscard]] qint64 changes();
// The numbers of those changes where something new begins or ends: of a run of writes the first, one in the
// middle and the last.
[[nodiscard]] QList<qint64> turns();

// Runs it in a process of its own, as this one is now. True when it came to its end; false when it was killed
// by strikeAt().
[[nodiscard]] bool runsToItsEnd(const std::function<void()> &work);

} // namespace clinic::test::faultcalls
