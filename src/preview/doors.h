// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From here on this process can only read its input and write its answer: little memory and time; on Linux
// only the few system calls that decoding needs. Threads may still be started. False when the system
// refuses; on other systems the separate process is the only protection.
[[nodiscard]] bool closeDoors();
