// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/language.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

static void loadLanguageResources()
{
    Q_INIT_RESOURCE(languages);
}

namespace clinic::models {
namespace languages {

QString spoken;

// Dates and numbers as the system writes them where it speaks the same language. Arabic elsewhere gets the
// digits that keyboards type, so that what is shown can be typed.
QLocale localeFor(const QString &language)
{
    const QLocale system = QLocale::system();
    if (system.name().section(u'_', 0, 0) == language)
        return system;
    return language == u"ar" ? QLocale(QLocale::Arabic, QLocale::UnitedArabEmirates) : QLocale(language);
}

} // namespace languages

QStringList shippedLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("ar")};
}

QString languageName(const QString &code)
{
    const QString name = QLocale(code).nativeLanguageName();
    return code == u"en" ? QStringLiteral("English") : name;
}

QString spokenFor(const QString &wanted)
{
    const QString system = QLocale::system().name().section(u'_', 0, 0);
    for (const QString &language : {wanted, wanted.isEmpty() ? system : QString()}) {
        if (shippedLanguages().contains(language))
            return language;
    }
    return QStringLiteral("en");
}

QString currentLanguage()
{
    return languages::spoken;
}

void installLanguage(const QString &code)
{
    loadLanguageResources();
    const QString language = spokenFor(code);
    if (language == languages::spoken)
        return;
    languages::spoken = language;
    static QList<QTranslator *> installed;
    for (auto *translator : std::as_const(installed)) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
    installed.clear();
    const auto install = [](const QString &file, const QString &folder) {
        auto *translator = new QTranslator(qApp);
        if (translator->load(file, folder))
            QCoreApplication::installTranslator(translator);
        installed << translator;
    };
    install(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("clinicdesk_") + language, QStringLiteral(":/languages"));
    QLocale::setDefault(languages::localeFor(language));
    if (qobject_cast<QGuiApplication *>(QCoreApplication::instance()))
        QGuiApplication::setLayoutDirection(QLocale(language).textDirection());
}

} // namespace clinic::models
