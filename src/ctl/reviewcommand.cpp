// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "ctl/commands.h"
#include "services/admin/review.h"
#include "storage/migrator.h"

#include <QJsonArray>
#include <QTextStream>

// What an administrator looks through once a quarter, and keeps.
namespace clinic::ctl {
namespace {

QString day(qint64 at)
{
    return at > 0 ? QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).date().toString(Qt::ISODate)
                  : QStringLiteral("never");
}

QStringList sorted(const QSet<QString> &set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list;
}

// Of what does most of the work; everything else is in the list that comes with the package.
QList<QPair<QString, QString>> versions()
{
    return {{QStringLiteral("ClinicDesk"), QStringLiteral(CLINIC_VERSION)},
            {QStringLiteral("Qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("SQLite"), storage::engineVersion()},
            {QStringLiteral("libsodium"), crypto::libraryVersion()}};
}

} // namespace

int Commands::review()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const auto review = m_clinic->answerNow(services::AccessReview{});
    if (!review)
        return failed(review.error());
    QStringList lines;
    QJsonArray people;
    QJsonArray roles;
    QJsonArray unused;
    QJsonObject parts;
    lines << QStringLiteral("People");
    for (const auto &person : review->people) {
        const auto &user = person.view.user;
        QStringList remarks;
        if (!user.active)
            remarks << QStringLiteral("inactive");
        if (person.isStale)
            remarks << QStringLiteral("NOT SEEN FOR 90 DAYS");
        if (user.active && !person.view.hasSecondFactor)
            remarks << QStringLiteral("password only");
        lines << QStringLiteral("  %1 (%2): %3; signed in here %4, last work %5%6")
                     .arg(user.userName, user.displayName,
                          person.view.roleNames.isEmpty() ? QStringLiteral("no role") : person.view.roleNames,
                          day(person.lastSignIn), day(person.lastWork),
                          remarks.isEmpty() ? QString()
                                            : QStringLiteral("; ") + remarks.join(QStringLiteral(", ")));
        lines << QStringLiteral("    may: ") + sorted(person.permissions).join(QStringLiteral(", "));
        people << QJsonObject{
            {QStringLiteral("user"), user.userName},
            {QStringLiteral("name"), user.displayName},
            {QStringLiteral("active"), user.active},
            {QStringLiteral("roles"), person.view.roleNames},
            {QStringLiteral("second_factor"), person.view.hasSecondFactor},
            {QStringLiteral("last_sign_in"), person.lastSignIn},
            {QStringLiteral("last_work"), person.lastWork},
            {QStringLiteral("stale"), person.isStale},
            {QStringLiteral("permissions"), QJsonArray::fromStringList(sorted(person.permissions))}};
    }
    lines << QString() << QStringLiteral("Roles");
    for (const auto &role : review->roles) {
        const QSet<QString> inherited = role.effective - role.own;
        lines << QStringLiteral("  %1: %2%3")
                     .arg(role.role.name, sorted(role.own).join(QStringLiteral(", ")),
                          inherited.isEmpty() ? QString()
                                              : QStringLiteral("; inherited: ") +
                                                    sorted(inherited).join(QStringLiteral(", ")));
        roles << QJsonObject{{QStringLiteral("role"), role.role.name},
                             {QStringLiteral("own"), QJsonArray::fromStringList(sorted(role.own))},
                             {QStringLiteral("inherited"), QJsonArray::fromStringList(sorted(inherited))}};
    }
    QStringList names;
    for (const auto &role : review->unused) {
        names << role.role.name;
        unused << role.role.name;
    }
    lines << QString()
          << QStringLiteral("Roles nobody active has: ") +
                 (names.isEmpty() ? QStringLiteral("none") : names.join(QStringLiteral(", ")));
    lines << QString() << QStringLiteral("Parts");
    for (const auto &[name, version] : versions()) {
        lines << QStringLiteral("  %1 %2").arg(name, version);
        parts.insert(name, version);
    }
    print(lines.join(u'\n'), {{QStringLiteral("people"), people},
                              {QStringLiteral("roles"), roles},
                              {QStringLiteral("unused_roles"), unused},
                              {QStringLiteral("parts"), parts}});
    return Ok;
}

} // namespace clinic::ctl
