// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "domain/statetable.h"

#include <QList>

namespace clinic::sync {

struct StateEvent
{
    Id id{};
    Id follows{}; // null for the first
    int state = 0;
    bool isVoid = false;
};

struct Folded
{
    int state = -1; // -1: no legal chain at all
    Id lastId{};    // the event that ends the winning chain
};

// The state that a set of events means, whatever order they arrived in: of the events that end a legal chain
// (it starts at state 0, every step is legal, none is void, nothing legal follows the last), the one of
// highest rank, ties by lowest id.
[[nodiscard]] Folded fold(const QList<StateEvent> &events, const domain::StateTable &table);

} // namespace clinic::sync
