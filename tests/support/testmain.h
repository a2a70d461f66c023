// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"

#include <QStandardPaths>
#include <QTest>

namespace clinic::test {

// Runs one test class with English sentences, UTC and a quiet log, in the testing profile and nowhere else;
// the caller's init() announces failOnWarning.
template <class T, class App>
int run(int argc, char **argv)
{
    const QByteArray profile = qgetenv("CLINICDESK_PROFILE");
    if (!profile.isEmpty() && profile != "testing") {
        qCritical("Tests run in the testing profile only, not in %s.", profile.constData());
        return 3;
    }
    qputenv("CLINICDESK_PROFILE", "testing");
    qputenv("CLINICDESK_TEST", "1");
    QStandardPaths::setTestModeEnabled(true); // no folder of a person's is ever looked at
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    if (!crypto::initialise())
        return 1;
    App app(argc, argv);
    T test;
    return QTest::qExec(&test, argc, argv);
}

inline void failOnAnyWarning()
{
    // The offscreen platform says these of dialogs and menus; they are about the platform, not about us.
    QTest::failOnWarning(QRegularExpression(QStringLiteral(
        "^(?!This plugin does not support (propagateSizeHints|raise|grabbing the keyboard))")));
}

} // namespace clinic::test
