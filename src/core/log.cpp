// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <memory>
#include <mutex>

namespace clinic {
Q_LOGGING_CATEGORY(logStorage, "clinic.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(logServices, "clinic.services", QtInfoMsg)
Q_LOGGING_CATEGORY(logGui, "clinic.gui", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "clinic.app", QtInfoMsg)
Q_LOGGING_CATEGORY(logSql, "clinic.sql", QtInfoMsg)

namespace {

constexpr qint64 maximumLogBytes = 2 * 1024 * 1024;
constexpr int keptLogs = 5;

class LogFile
{
public:
    LogFile(const QString &folder, const QString &name)
        : m_path(folder + u'/' + name + QStringLiteral(".log"))
    {
        QDir().mkpath(folder);
        open();
    }

    void write(const QByteArray &line)
    {
        const std::lock_guard lock(m_mutex);
        // The folder is not writable: a warning here would recurse.
        if (!m_file.isOpen())
            return;
        if (m_file.size() > maximumLogBytes)
            rotate();
        m_file.write(line);
        m_file.flush();
    }

private:
    void open()
    {
        m_file.setFileName(m_path);
        if (m_file.open(QIODevice::Append))
            m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    void rotate()
    {
        m_file.close();
        const auto numbered = [this](int n) { return m_path + u'.' + QString::number(n); };
        QFile::remove(numbered(keptLogs - 1));
        for (int n = keptLogs - 2; n >= 1; --n)
            QFile::rename(numbered(n), numbered(n + 1));
        QFile::rename(m_path, numbered(1));
        open();
    }

    std::mutex m_mutex;
    QString m_path;
    QFile m_file;
};

// Qt's message handler is a plain function, so its file has to be global.
std::unique_ptr<LogFile> logFile;
QtMessageHandler previousHandler = nullptr;
bool terminalGetsEverything = false;

void writeMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    static constexpr char letters[] = {'D', 'W', 'C', 'F', 'I'};
    QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8();
    line += ' ';
    line += letters[type];
    line += ' ';
    line += context.category ? context.category : "default";
    line += ": " + text.toUtf8() + '\n';
    logFile->write(line);
    const bool forPeople = type != QtDebugMsg && type != QtInfoMsg;
    if (previousHandler && (forPeople || terminalGetsEverything))
        previousHandler(type, context, text);
}

} // namespace

void startLogging(const QString &folder, bool verbose, const QString &name)
{
    QLoggingCategory::setFilterRules(verbose ? QStringLiteral("clinic.*.debug=true") : QString());
    terminalGetsEverything = verbose;
    logFile = std::make_unique<LogFile>(folder, name);
    // Another profile starts the log again: the handler must not call itself as the previous one.
    if (const auto before = qInstallMessageHandler(writeMessage); before != writeMessage)
        previousHandler = before;
}

void keepTerminalQuiet()
{
    QLoggingCategory::setFilterRules(QStringLiteral("clinic.*.info=false"));
}

Error logged(Error error, const QLoggingCategory &category)
{
    if (error.errorId.isEmpty()) {
        static constexpr char alphabet[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (int i = 0; i < 6; ++i)
            error.errorId += QLatin1Char(alphabet[QRandomGenerator::global()->bounded(30)]);
    }
    qCInfo(category).noquote() << "error" << error.errorId << int(error.code) << error.field << error.detail;
    return error;
}

} // namespace clinic
