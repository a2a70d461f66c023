// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/drafts.h"

#include "core/log.h"
#include "services/clinic.h"

namespace clinic::services {

void saveDraft(Clinic &clinic, const Draft &draft)
{
    auto &database = clinic.database();
    database.writer().post([&database, draft, user = clinic.session().user, now = clinic.clock().nowMs()] {
        const auto saved = database.transactLocal([&](storage::Connection &c) {
            return c.exec("INSERT INTO draft VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET "
                          "subject=excluded.subject, "
                          "title=excluded.title, content=excluded.content, saved_at=excluded.saved_at",
                          draft.id, user, draft.form, draft.subject,
                          draft.title.isNull() ? QStringLiteral("") : draft.title,
                          QString::fromUtf8(draft.content), now);
        });
        if (!saved)
            qCWarning(logServices) << "a draft could not be kept:" << saved.error().detail;
    });
}

void dropDraft(Clinic &clinic, const Id &draft)
{
    auto &database = clinic.database();
    database.writer().post([&database, draft] {
        static_cast<void>(database.transactLocal(
            [&](storage::Connection &c) { return c.exec("DELETE FROM draft WHERE id=?", draft); }));
    });
}

Result<QList<Draft>> answer(ReadUnit &unit, const Drafts &)
{
    QList<Draft> drafts;
    storage::Query q = unit.connection.query(
        "SELECT id, user_id, form, subject, title, content, saved_at FROM draft WHERE user_id=? "
        "ORDER BY saved_at DESC LIMIT 100",
        unit.session.user);
    while (q.next())
        drafts << Draft{q.id(0), q.id(1), q.text(2), q.id(3), q.text(4), q.text(5).toUtf8(), q.integer(6)};
    if (!q.ok())
        return q.failed();
    return drafts;
}

} // namespace clinic::services
