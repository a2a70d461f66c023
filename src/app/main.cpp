// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "core/preferences.h"
#include "core/privatememory.h"
#include "models/language.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStyleFactory>
#include <memory>
#include <string_view>

int main(int argc, char **argv)
{
    clinic::keepMemoryPrivate();
    QApplication::setApplicationName(QStringLiteral("ClinicDesk"));
    QApplication::setOrganizationName(QStringLiteral("ClinicDesk"));
    QApplication::setApplicationVersion(QStringLiteral(CLINIC_VERSION));
    // Help and version need no display.
    const std::string_view only = argc == 2 ? argv[1] : "";
    const bool isAsked = only == "-h" || only == "--help" || only == "-v" || only == "--version";
    const std::unique_ptr<QCoreApplication> qt(isAsked ? new QCoreApplication(argc, argv)
                                                       : new QApplication(argc, argv));
    clinic::models::installLanguage(clinic::preference(QStringLiteral("language")));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("Folder of the clinic."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption profile(QStringLiteral("profile"),
                                     QStringLiteral("production, testing or development."),
                                     QStringLiteral("NAME"));
    const QCommandLineOption secrets(
        QStringLiteral("secrets-password-file"),
        QStringLiteral("For a PC without a keychain: the password of the file that keeps the server's keys."),
        QStringLiteral("FILE"));
    parser.addOptions({data, profile, secrets});
    parser.process(*qt);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    clinic::app::Application application;
    const auto chosen = clinic::chosenProfile(parser.value(profile));
    if (chosen)
        application.start({parser.value(data), *chosen, parser.value(secrets)});
    else
        clinic::app::showAndQuit(chosen.error());
    return QApplication::exec();
}
