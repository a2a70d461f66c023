// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

namespace clinic::sync {

enum class FieldOutcome {
    Same,        // the wanted value stands there already
    Take,        // nobody changed it meanwhile
    KeepCurrent, // somebody did: theirs stands, the wanted one is kept beside
    TakeWanted,  // somebody did: the wanted one stands, theirs is kept beside
};

// The three-way merge of one field. Server and device use this one function, so that a device shows what the
// server is going to decide.
[[nodiscard]] constexpr FieldOutcome mergeField(bool currentIsBase, bool currentIsWanted,
                                                ConflictPolicy policy)
{
    if (currentIsWanted)
        return FieldOutcome::Same;
    if (currentIsBase)
        return FieldOutcome::Take;
    return policy == ConflictPolicy::TakeLater ? FieldOutcome::TakeWanted : FieldOutcome::KeepCurrent;
}

} // namespace clinic::sync
