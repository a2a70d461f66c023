// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "models/errortext.h"
#include "models/language.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <QSettings>
#include <QStyleFactory>
#include <QTimer>

int main(int argc, char **argv)
{
    QApplication::setApplicationName(QStringLiteral("ClinicDesk"));
    QApplication::setOrganizationName(QStringLiteral("ClinicDesk"));
    QApplication::setApplicationVersion(QStringLiteral(CLINIC_VERSION));
    QApplication qt(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    clinic::models::installLanguage(QSettings().value(QStringLiteral("language")).toString());
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("Folder of the clinic."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption profile(QStringLiteral("profile"),
                                     QStringLiteral("production, testing or development."),
                                     QStringLiteral("NAME"), QStringLiteral("production"));
    parser.addOptions({data, profile});
    parser.process(qt);

    clinic::app::Application application;
    const auto started = application.start({parser.value(data), parser.value(profile)});
    if (!started) {
        auto *box = new QMessageBox(QMessageBox::Critical, QStringLiteral("ClinicDesk"),
                                    clinic::models::errorText(started.error()));
        box->setTextFormat(Qt::PlainText);
        QObject::connect(box, &QMessageBox::finished, &qt, [] { QApplication::exit(1); });
        box->open();
        return QApplication::exec();
    }
    application.windows().open();
    return QApplication::exec();
}
