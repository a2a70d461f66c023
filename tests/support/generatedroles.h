// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/permissions.h"
#include "services/admin/accounts.h"
#include "support/must.h"
#include "support/testclinic.h"

#include <random>

namespace clinic::test {

struct GeneratedRole
{
    Id id;
    QString user; // holds it alone, password "correct horse"
    QSet<QString> may;
};

// Roles of the hospital's own with any permissions, inheriting from any other: some from one that is
// deactivated afterwards, two from each other. `may` is worked out from what was asked for, not from the
// rows. Whoever is signed in may edit roles and users.
inline QList<GeneratedRole> generateRoles(TestClinic &t, quint32 seed, int count)
{
    struct Asked
    {
        domain::Role role;
        QSet<QString> own;
    };
    std::mt19937 random(seed);
    const auto pick = [&random](qsizetype n) { return qsizetype(random() % quint32(n)); };
    QHash<Id, Asked> all;
    QList<Id> order;
    const auto remember = [&](const domain::Role &role, const QSet<QString> &own) {
        all.insert(role.id, {role, own});
        order << role.id;
    };
    for (const auto &view : must(t.clinic->answerNow(services::Roles{}))) {
        if (view.role.code != u"patient") // its permission makes a desk a kiosk
            remember(view.role, view.own + domain::grantedAnyway(view.role.code));
    }
    QList<Id> made;
    for (int i = 0; i < count; ++i) {
        services::SaveRole save;
        save.role.name = QStringLiteral("Generated %1").arg(i);
        if (pick(3) > 0)
            save.role.parentId = order[pick(order.size())];
        const int share = int(pick(5)); // from none to most
        for (const auto &permission : domain::allPermissions()) {
            if (int(pick(5)) < share &&
                QLatin1StringView(permission.name) != QLatin1StringView("appointments.own"))
                save.permissions.insert(QString::fromLatin1(permission.name));
        }
        const auto role = must(t.clinic->performNow(save));
        remember(role, save.permissions);
        made << role.id;
    }
    const auto change = [&](const Id &id, const auto &how) {
        Asked &asked = all[id];
        how(asked.role);
        asked.role = must(t.clinic->performNow(services::SaveRole{asked.role, asked.own}));
    };
    // Two inherit each other; an odd one is taken out of use.
    change(made[0], [&](domain::Role &role) { role.parentId = made[1]; });
    change(made[1], [&](domain::Role &role) { role.parentId = made[0]; });
    change(made[3], [&](domain::Role &role) { role.parentId = made[2]; });
    change(made[2], [](domain::Role &role) { role.active = false; });

    QList<GeneratedRole> roles;
    for (const Id &id : std::as_const(made)) {
        if (!all[id].role.active)
            continue;
        GeneratedRole role{id, QStringLiteral("role-%1").arg(roles.size()), {}};
        QSet<Id> seen;
        for (Id at = id; all.contains(at) && all[at].role.active && !seen.contains(at);
             at = all[at].role.parentId) {
            seen.insert(at);
            role.may.unite(all[at].own);
        }
        services::SaveUser user;
        user.user.userName = role.user;
        user.user.displayName = role.user;
        user.password = QStringLiteral("correct horse");
        user.quickHash = true;
        user.roles = {id};
        must(t.clinic->performNow(user));
        roles << role;
    }
    return roles;
}

} // namespace clinic::test
