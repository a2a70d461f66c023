// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <cstdio>

namespace clinic::bench {

// A demo clinic in `folder`, made by the program beside the benchmark; one that is there already is taken.
inline void makeDemo(const QString &folder, int patients)
{
    if (QFile::exists(folder + QStringLiteral("/clinic.db")))
        return;
    std::printf("making a clinic of %d patients in %s ...\n", patients, qPrintable(folder));
    std::fflush(stdout);
    QProcess maker;
    maker.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    maker.start(QCoreApplication::applicationDirPath() + QStringLiteral("/../src/clinicdeskctl"),
                {QStringLiteral("--data"), folder, QStringLiteral("demo"), QStringLiteral("--patients"),
                 QString::number(patients)});
    maker.waitForFinished(-1);
}

} // namespace clinic::bench
