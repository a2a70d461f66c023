// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/preferences.h"

#include "core/filewriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QStandardPaths>

namespace clinic {
namespace {

QString preferencesFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
           QStringLiteral("/preferences.json");
}

QJsonObject preferencesStored()
{
    QFile file(preferencesFile());
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.read(1 << 20)).object()
                                          : QJsonObject();
}

} // namespace

QString preference(const QString &name)
{
    const QJsonObject stored = preferencesStored();
    if (stored.contains(name))
        return stored.value(name).toString();
    return QSettings().value(name).toString(); // older versions stored them there
}

Result<void> setPreference(const QString &name, const QString &value)
{
    const QString file = preferencesFile();
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return fail(ErrorCode::ReadOnly, {}, {file});
    QJsonObject stored = preferencesStored();
    stored.insert(name, value);
    return writeFile(file, QJsonDocument(stored).toJson());
}

void forgetPreferences()
{
    QFile::remove(preferencesFile());
    QSettings().clear();
}

} // namespace clinic
