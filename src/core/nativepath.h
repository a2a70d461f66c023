// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace clinic {

// An absolute path as Windows takes it at any length: with backslashes, and behind the mark without which
// names of more than 260 characters are refused. Paths of devices stay as they are.
[[nodiscard]] inline QString longWindowsPath(QString path)
{
    path.replace(u'/', u'\\');
    const QString mark = QStringLiteral("\\\\?\\");
    if (path.startsWith(mark) || path.startsWith(QStringLiteral("\\\\.\\")))
        return path;
    if (path.startsWith(QStringLiteral("\\\\")))
        return mark + QStringLiteral("UNC") + path.mid(1);
    return path.size() > 2 && path[1] == u':' ? mark + path : path;
}

// For the calls of the system itself.
#ifdef Q_OS_WIN
[[nodiscard]] inline std::wstring nativePath(const QString &path)
{
    return longWindowsPath(QDir::cleanPath(QFileInfo(path).absoluteFilePath())).toStdWString();
}
#else
[[nodiscard]] inline std::string nativePath(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}
#endif

} // namespace clinic
