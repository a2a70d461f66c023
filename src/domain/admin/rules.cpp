// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/admin/rules.h"

namespace clinic::domain {

bool isWithin(const QString &from, const QString &until, const QDate &day)
{
    const QString text = day.toString(Qt::ISODate);
    return (from.isEmpty() || from <= text) && (until.isEmpty() || text <= until);
}

Result<QString> checkedDay(const QString &typed, const QString &field)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return QString();
    for (const char *form : {"yyyy-M-d", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy"}) {
        const QDate day = QDate::fromString(text, QString::fromLatin1(form));
        if (day.isValid() && day.year() >= 1900)
            return day.toString(Qt::ISODate);
    }
    return fail(ErrorCode::BadDate, field, {text.left(30)});
}

Result<void> checkSpan(const QString &from, const QString &until, const QString &field)
{
    if (!from.isEmpty() && !until.isEmpty() && until < from)
        return fail(ErrorCode::EndsBeforeStart, field);
    return {};
}

bool isBlocked(const AppUser &user, const QDate &day)
{
    return (!user.blockedFrom.isEmpty() || !user.blockedUntil.isEmpty()) &&
           isWithin(user.blockedFrom, user.blockedUntil, day);
}

} // namespace clinic::domain
