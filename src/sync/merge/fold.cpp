// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/merge/fold.h"

#include <QHash>

namespace clinic::sync {

Folded fold(const QList<StateEvent> &events, const domain::StateTable &table)
{
    QHash<Id, const StateEvent *> byId;
    for (const StateEvent &event : events)
        byId.insert(event.id, &event);

    // An event is legal when the whole chain before it is. Chains are short; a cycle cannot be legal because
    // it never reaches a first event.
    const auto isLegal = [&](const StateEvent &event) {
        const StateEvent *at = &event;
        for (qsizetype hops = 0; hops <= events.size(); ++hops) {
            if (at->isVoid)
                return false;
            if (at->follows.isNull())
                return at->state == 0;
            const auto before = byId.constFind(at->follows);
            if (before == byId.constEnd() || !table.allows((*before)->state, at->state))
                return false;
            at = *before;
        }
        return false;
    };
    QList<const StateEvent *> legal;
    QHash<Id, int> followers;
    for (const StateEvent &event : events) {
        if (isLegal(event)) {
            legal << &event;
            if (!event.follows.isNull())
                ++followers[event.follows];
        }
    }
    Folded best;
    for (const StateEvent *event : legal) {
        if (followers.value(event->id) > 0)
            continue;
        if (event->state > best.state || (event->state == best.state && event->id < best.lastId))
            best = {event->state, event->id};
    }
    return best;
}

} // namespace clinic::sync
