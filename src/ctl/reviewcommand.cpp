// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "core/pagecipher.h"
#include "ctl/commands.h"
#include "services/admin/breach.h"
#include "services/admin/review.h"
#include "storage/migrator.h"
#include "sync/engine/agent.h"

#include <QJsonArray>
#include <QTextStream>
#include <QTimeZone>

// What an administrator looks through once a quarter, and keeps.
namespace clinic::ctl {
namespace {

QString day(qint64 at)
{
    return at > 0 ? QDateTime::fromMSecsSinceEpoch(at, QTimeZone::utc()).date().toString(Qt::ISODate)
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
            {QStringLiteral("libsodium"), crypto::libraryVersion()},
            {QStringLiteral("OpenSSL"), pagecipher::libraryVersion()}};
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

// The first page of the letter a clinic writes when an account or a PC is in wrong hands. Numbers, not names.
int Commands::breachOfAccount(const QString &user)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const int days = m_parser.value(QStringLiteral("days")).toInt();
    const qint64 since = m_clock.nowMs() - qint64(days) * 86'400'000;
    if (!m_parser.isSet(QStringLiteral("everywhere")))
        return tellBreach(days, {user, since});
    const auto here = m_clinic->answerNow(services::ReachOfAccount{user, since});
    if (!here)
        return failed(here.error());
    constexpr qint64 clocksDiffer = 86'400'000; // by how much a PC's may be ahead of the server's
    return administer(domain::IntentionId::ViewAudit, [&](sync::Agent &agent,
                                                          const std::function<void(int)> &over) {
        sync::AuditQuestion question{m_clinic->session().user, m_clinic->session().role, {}, here->user};
        question.since = qMax<qint64>(0, since - clocksDiffer);
        agent.wholeAuditOf(question, [this, user, days, since, over](const Result<sync::AuditFound> &found) {
            over(found ? tellBreach(days, {user, since, *found}) : failed(found.error()));
        });
    });
}

int Commands::tellBreach(int days, const services::ReachOfAccount &question)
{
    const bool everywhere = m_parser.isSet(QStringLiteral("everywhere"));
    const auto reach = m_clinic->answerNow(question);
    if (!reach)
        return failed(reach.error());
    QStringList lines;
    lines << QStringLiteral("%1: %2, %3")
                 .arg(reach->userName,
                      reach->isLetIn ? QStringLiteral("may sign in") : QStringLiteral("shut out"),
                      reach->hasSecondFactor ? QStringLiteral("with a second factor")
                                             : QStringLiteral("password only"));
    lines << QStringLiteral("Roles: ") + reach->roles.join(QStringLiteral(", "));
    lines << QStringLiteral("May: ") + reach->permissions.join(QStringLiteral(", "));
    lines << QStringLiteral("Patients it could look at on this PC: %1").arg(reach->reachable);
    if (everywhere)
        lines << QStringLiteral("Also used on: %1")
                     .arg(reach->otherPcs.isEmpty() ? QStringLiteral("no other PC the server has heard from")
                                                    : reach->otherPcs.join(QStringLiteral(", ")));
    lines << QStringLiteral("In the last %1 days %5: signed in %2 times, refused %3 times, records "
                            "of %4 patients:")
                 .arg(days)
                 .arg(reach->signIns)
                 .arg(reach->refused)
                 .arg(reach->touched.size())
                 .arg(everywhere ? QStringLiteral("on all PCs, as far as the server has heard")
                                 : QStringLiteral("on this PC"));
    if (reach->takenOut > 0)
        lines.insert(lines.size() - 1, QStringLiteral("Lists, backups, copies or carried files taken out: %1 "
                                                      "(see the audit for their content)")
                                           .arg(reach->takenOut));
    QJsonArray touched;
    for (const auto &one : reach->touched) {
        lines << QStringLiteral("  %1: opened %2, changed %3, printed or exported %4, last %5")
                     .arg(one.number.isEmpty() ? one.patient.toString() : one.number)
                     .arg(one.opened)
                     .arg(one.changed)
                     .arg(one.out)
                     .arg(day(one.last));
        touched << QJsonObject{{QStringLiteral("patient"), one.number},
                               {QStringLiteral("opened"), one.opened},
                               {QStringLiteral("changed"), one.changed},
                               {QStringLiteral("out"), one.out},
                               {QStringLiteral("last"), one.last}};
    }
    print(lines.join(u'\n'), {{QStringLiteral("user"), reach->userName},
                              {QStringLiteral("reachable"), reach->reachable},
                              {QStringLiteral("permissions"), QJsonArray::fromStringList(reach->permissions)},
                              {QStringLiteral("sign_ins"), reach->signIns},
                              {QStringLiteral("refused"), reach->refused},
                              {QStringLiteral("taken_out"), reach->takenOut},
                              {QStringLiteral("other_pcs"), QJsonArray::fromStringList(reach->otherPcs)},
                              {QStringLiteral("touched"), touched}});
    return Ok;
}

int Commands::breachOfPc()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const auto reach = m_clinic->answerNow(services::ReachOfDevice{});
    if (!reach)
        return failed(reach.error());
    const bool isSealed = !m_database->key().isNull();
    print(
        QStringLiteral("%1\nKeeps %2: %3 patients, %4 appointments, %5 invoices, %6 documents.\nNot on the "
                       "server yet: %7 "
                       "groups. Last contact: %8.\nSigned in here: %9.")
            .arg(isSealed ? QStringLiteral("The file is sealed.") : QStringLiteral("THE FILE IS NOT SEALED."),
                 reach->scopes == "*" ? QStringLiteral("the whole hospital")
                                      : QString::fromLatin1(reach->scopes))
            .arg(reach->patients)
            .arg(reach->appointments)
            .arg(reach->invoices)
            .arg(reach->documents)
            .arg(reach->waiting)
            .arg(day(reach->lastContact), reach->people.join(QStringLiteral(", "))),
        {{QStringLiteral("sealed"), isSealed},
         {QStringLiteral("scopes"), QString::fromLatin1(reach->scopes)},
         {QStringLiteral("patients"), reach->patients},
         {QStringLiteral("appointments"), reach->appointments},
         {QStringLiteral("invoices"), reach->invoices},
         {QStringLiteral("documents"), reach->documents},
         {QStringLiteral("waiting"), reach->waiting},
         {QStringLiteral("people"), QJsonArray::fromStringList(reach->people)}});
    return Ok;
}

} // namespace clinic::ctl
