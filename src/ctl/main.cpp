// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "core/log.h"
#include "core/privatememory.h"
#include "ctl/commands.h"
#include "models/language.h"

#include <QCoreApplication>
#include <QTextStream>

int main(int argc, char **argv)
{
    clinic::keepMemoryPrivate();
    QCoreApplication::setApplicationName(QStringLiteral("ClinicDesk"));
    QCoreApplication::setOrganizationName(QStringLiteral("ClinicDesk"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CLINIC_VERSION));
    QCoreApplication qt(argc, argv);
    if (!clinic::crypto::initialise())
        return 1;
    clinic::keepTerminalQuiet();
    clinic::models::installLanguage(QStringLiteral("en"));
    QTextStream out(stdout);
    QTextStream err(stderr);
    clinic::ctl::Commands commands(out, err);
    return commands.run(QCoreApplication::arguments());
}
