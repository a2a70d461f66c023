// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "domain/setup/entities.h"
#include "services/clinic.h"
#include "support/fakeclock.h"

namespace clinic::test {

// A small clinic to test on: hospital "Hill Clinic" in Johannesburg's zone or UTC, one user per role named
// like the role's code with password "correct horse", two doctors, a room and two services. In memory unless
// a path is given.
class TestClinic
{
public:
    struct Options
    {
        QString path{};
        QByteArray vfs{};
        FileKey key{}; // the file is sealed with it
        QString timeZone = QStringLiteral("UTC");
        bool setUp = true;
        bool demo = false;
        bool threads = false;
    };
    TestClinic() : TestClinic(Options{}) {}
    explicit TestClinic(const Options &options);

    // Signs the user of that role in; fails the test when that does not work.
    void signIn(const QString &user, const QString &password = QStringLiteral("correct horse"));
    void signOut() { clinic->setSession({}); }
    // Registered with what is given; birth date 1980-05-17, sex female.
    domain::Patient patient(const QString &family, const QString &given, const QString &phone = {});
    [[nodiscard]] qint64 count(const char *table);
    // One value of a hand-written query.
    [[nodiscard]] qint64 number(const QByteArray &sql);

    FakeClock clock;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<services::Clinic> clinic;
    domain::Resource doctor;
    domain::Resource secondDoctor;
    domain::Resource room;
    domain::Service consultation; // 115.00 including 15 % tax, 15 minutes
    domain::Service dressing;     // 50.00 without tax, 10 minutes
};

} // namespace clinic::test
