// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value.h"

namespace clinic::domain {

// Whose records and appointments a role reaches: everybody's of the hospital; of the branch one works in; of
// those one treats or has registered, and one's own calendar. Set-up, accounts and the audit have no scope.
enum class DataScope { Hospital, Branch, Own };

[[nodiscard]] constexpr DataScope narrower(DataScope a, DataScope b)
{
    return a > b ? a : b;
}

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::DataScope>
{
    static constexpr const char *codes[] = {"hospital", "branch", "own"};
};
