// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/billing/printed.h"

namespace clinic::models {

using services::PrintedPapers;

} // namespace clinic::models
