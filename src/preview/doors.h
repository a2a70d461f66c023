// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From here on this process reads what it was given, writes its answer, and does nothing else: little memory
// and time; on Linux no system call but the few that decoding needs. Threads may still be begun. False when
// the system does not let it; elsewhere a process of its own is all there is.
[[nodiscard]] bool closeDoors();
