// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filelock.h"

namespace clinic::storage {

using clinic::FileLock;

} // namespace clinic::storage
