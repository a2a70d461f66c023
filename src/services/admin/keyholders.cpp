// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/keyholders.h"

#include "core/log.h"
#include "core/profile.h"
#include "domain/setup/entities.h"
#include "secrets/recoverykey.h"
#include "services/admin/accounts.h"
#include "services/admin/standing.h"

namespace clinic::services {

Result<void> holdFile(WorkUnit &unit, const domain::AppUser &user, const QString &password)
{
    if (!unit.keys)
        return {};
    if (auto held = unit.keys->hold(user.id, user.userName, password, user.verifier,
                                    passwordCost(testHooksAllowed()));
        !held)
        return held;
    return unit.keys->save();
}

void settleFile(WorkUnit &unit, const domain::AppUser &user, const QString &password)
{
    if (!unit.keys)
        return;
    bool changed = false;
    Result<void> done;
    if (!unit.keys->isHeld(user.id, user.verifier)) {
        done = unit.keys->hold(user.id, user.userName, password, user.verifier,
                               passwordCost(testHooksAllowed()));
        changed = true;
    }
    QSet<Id> active;
    storage::Query q = unit.tx.connection().query("SELECT id FROM app_user WHERE active=1");
    while (q.next())
        active.insert(q.id(0));
    if (done && q.ok())
        changed |= unit.keys->settle(user.id, user.verifier, active);
    storage::Query paper = unit.tx.connection().query("SELECT recovery_key FROM hospital LIMIT 1");
    if (paper.next())
        changed |= unit.keys->setRecovery(paper.text(0));
    if (done && changed)
        done = unit.keys->save();
    if (!done)
        qCWarning(logServices) << "the key file could not be kept up to date:" << done.error().detail;
}

Result<QString> perform(WorkUnit &unit, const MakeRecoveryKey &intent)
{
    if (const auto user = standing::selfByPassword(unit, intent.password, "password"); !user)
        return fail(user);
    auto hospitals = unit.tx.all<domain::Hospital>("LIMIT 1");
    if (!hospitals)
        return fail(hospitals);
    if (hospitals->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("hospital"));
    const QString text = secrets::recovery::create();
    domain::Hospital hospital = hospitals->first();
    hospital.recoveryKey = secrets::recovery::publicHalf(text);
    unit.tx.setSubject("hospital", hospital.id);
    if (auto done = unit.tx.update(hospital); !done)
        return fail(done);
    if (unit.keys) {
        // The commit is not certain yet: until then both recovery keys open (Clinic::execute).
        if (auto offered = unit.keys->offerRecovery(hospital.recoveryKey); !offered)
            return fail(offered);
    }
    return text;
}

} // namespace clinic::services
