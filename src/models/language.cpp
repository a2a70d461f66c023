// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

static void loadLanguageResources()
{
    Q_INIT_RESOURCE(languages);
}

namespace clinic::models {

QStringList shippedLanguages()
{
    return {QStringLiteral("en")};
}

void installLanguage(const QString &code)
{
    loadLanguageResources();
    const QString system = QLocale::system().name().section(u'_', 0, 0);
    QString language = code.isEmpty() ? system : code;
    if (!shippedLanguages().contains(language))
        language = QStringLiteral("en");
    auto *qt = new QTranslator(qApp);
    if (qt->load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto *ours = new QTranslator(qApp);
    if (ours->load(QStringLiteral(":/languages/clinicdesk_") + language))
        QCoreApplication::installTranslator(ours);
}

} // namespace clinic::models
