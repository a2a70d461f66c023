// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"

#include <QTest>

namespace clinic::test {

// Runs one test class with English sentences, UTC and a quiet log; the caller's init() announces
// failOnWarning.
template <class T, class App>
int run(int argc, char **argv)
{
    qputenv("CLINICDESK_TEST", "1");
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
    // The offscreen platform says this of every dialog; it is about the platform, not about us.
    QTest::failOnWarning(
        QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
}

} // namespace clinic::test
