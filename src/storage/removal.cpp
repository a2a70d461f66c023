// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/removal.h"

#include <QDir>
#include <QFile>

namespace clinic::storage {

QStringList removeClinicFiles(const QString &path)
{
    const QFileInfo clinic(path);
    const QString name = clinic.fileName();
    QFileInfoList files =
        clinic.dir().entryInfoList({name, name + QStringLiteral("-*"), name + QStringLiteral(".before-*"),
                                    name + QStringLiteral(".keys*"), name + QStringLiteral(".sealing*"),
                                    name + QStringLiteral(".unopened-*"), name + QStringLiteral(".partial*"),
                                    QStringLiteral("secrets.sealed*")},
                                   QDir::Files | QDir::Hidden);
    files += QDir(clinic.dir().filePath(QStringLiteral("backups")))
                 .entryInfoList({QStringLiteral("clinic-*.db*")}, QDir::Files);
    QStringList left;
    for (const QFileInfo &file : std::as_const(files)) {
        if (!QFile::remove(file.absoluteFilePath()))
            left << file.absoluteFilePath();
    }
    return left;
}

void removeBegunFile(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm", "-journal", ".lock", ".keys", ".keys.copy"})
        QFile::remove(path + QString::fromLatin1(suffix));
}

} // namespace clinic::storage
