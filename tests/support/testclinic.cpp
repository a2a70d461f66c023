// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testclinic.h"

#include "services/admin/accounts.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "support/must.h"

#include <QTest>

namespace clinic::test {
namespace {

template <class T>
T save(services::Clinic &clinic, const T &object)
{
    return storage::fromRecord<T>(
        must(clinic.performNow(services::SaveSetupRow{storage::Record{}, storage::toRecord(object)})));
}

} // namespace

TestClinic::TestClinic(const Options &options)
{
    storage::Database::Options open;
    open.path = options.path;
    open.vfs = options.vfs;
    open.key = options.key;
    open.inlineExecutors = !options.threads;
    auto opened = storage::Database::open(open, clock);
    if (!opened)
        qFatal("cannot open: %s", qPrintable(opened.error().detail));
    database = std::move(*opened);
    clinic = std::make_unique<services::Clinic>(*database, clock);
    if (!options.setUp || clinic->isSetUp())
        return;
    clinic->setSession(services::Clinic::founderSession());
    services::InitialiseHospital start;
    start.hospitalName = QStringLiteral("Hill Clinic");
    start.branchName = QStringLiteral("Main");
    start.branchCode = QStringLiteral("MN");
    start.timeZone = options.timeZone;
    start.currency = QStringLiteral("ZAR");
    start.adminUserName = QStringLiteral("administrator");
    start.adminPassword = QStringLiteral("correct horse");
    start.isDemo = options.demo;
    start.quickHash = true;
    must(clinic->performNow(start));
    signIn(QStringLiteral("administrator"));

    domain::Practitioner moyo;
    moyo.title = QStringLiteral("Dr");
    moyo.givenName = QStringLiteral("Ada");
    moyo.familyName = QStringLiteral("Moyo");
    moyo = save(*clinic, moyo);
    domain::Practitioner lind;
    lind.title = QStringLiteral("Dr");
    lind.givenName = QStringLiteral("Per");
    lind.familyName = QStringLiteral("Lind");
    lind = save(*clinic, lind);
    domain::Resource aRoom;
    aRoom.kind = domain::ResourceKind::Room;
    aRoom.name = QStringLiteral("Room 1");
    room = save(*clinic, aRoom);
    domain::Service one;
    one.code = QStringLiteral("CONS");
    one.name = QStringLiteral("Consultation");
    one.priceMinor = 11500;
    one.taxBasisPoints = 1500;
    consultation = save(*clinic, one);
    domain::Service two;
    two.code = QStringLiteral("DRESS");
    two.name = QStringLiteral("Wound dressing");
    two.minutes = 10;
    two.priceMinor = 5000;
    dressing = save(*clinic, two);

    const auto places = must(clinic->answerNow(services::ReadSurroundings{}));
    for (const auto &resource : places.practitioners) {
        if (resource.practitionerId == moyo.id)
            doctor = resource;
        else
            secondDoctor = resource;
    }
    const auto roles = must(clinic->answerNow(services::Roles{}));
    for (const auto &view : roles) {
        if (view.role.code == u"administrator")
            continue;
        services::SaveUser user;
        user.user.userName = view.role.code;
        user.user.displayName = view.role.name;
        user.password = QStringLiteral("correct horse");
        user.quickHash = true;
        user.roles = {view.role.id};
        if (view.role.code == u"doctor")
            user.user.practitionerId = moyo.id;
        if (view.role.code == u"patient")
            user.user.patientId = patient(QStringLiteral("Kiosk"), QStringLiteral("Kim")).id;
        must(clinic->performNow(user));
    }
}

void TestClinic::signIn(const QString &user, const QString &password)
{
    const auto answer = must(clinic->performNow(services::SignIn{user, password}));
    if (!answer.session.isSignedIn())
        qFatal("cannot sign in as %s: %d", qPrintable(user), int(answer.refusal.code));
    clinic->setSession(answer.session);
}

domain::Patient TestClinic::patient(const QString &family, const QString &given, const QString &phone)
{
    services::RegisterPatient intent;
    intent.patient.familyName = family;
    intent.patient.givenName = given;
    intent.patient.phone = phone;
    intent.patient.sex = domain::Sex::Female;
    intent.patient.birthDate = PartialDate::create(1980, 5, 17).value_or(PartialDate{});
    return must(clinic->performNow(intent));
}

qint64 TestClinic::number(const QByteArray &sql)
{
    auto q = database->writerConnection().query(sql);
    return q.next() ? q.integer(0) : -1;
}

qint64 TestClinic::count(const char *table)
{
    return number(QByteArray("SELECT count(*) FROM ") + table);
}

} // namespace clinic::test
