// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/wrongpasswords.h"

#include "core/filewriter.h"
#include "core/trydelay.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QThread>

namespace clinic::secrets {
namespace {

constexpr int otherProgramMs = 20'000; // time to wait for another program's try
// Age at which a lock is stale. A program killed while it made the lock leaves one without a process id, and
// without this limit nobody could try a password again. A try that takes longer is still counted before it
// is made.
constexpr int forgottenMs = 1'000;
constexpr unsigned long unkeptMs = 2'000;

struct Kept
{
    TryDelay delay{};
    int untold = 0;
};

QString noteOf(const QString &file)
{
    return file + QStringLiteral(".tries");
}

Kept read(const QString &file)
{
    Kept kept;
    QFile note(noteOf(file));
    if (!note.exists())
        return kept;
    // An unreadable file does not reset the delay.
    kept.delay.failures = TryDelay::freeAttempts;
    if (!note.open(QIODevice::ReadOnly))
        return kept;
    const QJsonObject all = QJsonDocument::fromJson(note.read(4096)).object();
    const auto number = [&all](const char *key) {
        return all.value(QLatin1StringView(key)).toVariant().toLongLong();
    };
    if (number("format") != 1)
        return kept;
    kept.delay = {int(qBound(qint64(0), number("failures"), qint64(1'000'000))), number("until"),
                  number("steady")};
    kept.untold = int(qBound(qint64(0), number("untold"), qint64(1'000'000)));
    return kept;
}

bool write(const QString &file, const Kept &kept)
{
    if (kept.delay.failures == 0 && kept.untold == 0)
        return QFile::remove(noteOf(file)) || !QFile::exists(noteOf(file));
    const QByteArray text = QJsonDocument(QJsonObject{{QStringLiteral("format"), 1},
                                                      {QStringLiteral("failures"), kept.delay.failures},
                                                      {QStringLiteral("until"), kept.delay.untilMs},
                                                      {QStringLiteral("steady"), kept.delay.steadyMs},
                                                      {QStringLiteral("untold"), kept.untold}})
                                .toJson(QJsonDocument::Compact);
    return writeFile(noteOf(file), text).has_value();
}

} // namespace

WrongPasswords::WrongPasswords(const QString &file, const Clock &clock)
    : m_file(file),
      m_clock(clock),
      m_lock(std::make_unique<QLockFile>(noteOf(file) + QStringLiteral(".lock")))
{
    m_lock->setStaleLockTime(forgottenMs);
}

WrongPasswords::~WrongPasswords()
{
    if (m_isTrying && !m_isKept)
        QThread::msleep(unkeptMs);
}

Result<void> WrongPasswords::begin()
{
    const bool isAlone = m_lock->tryLock(otherProgramMs);
    if (!isAlone && m_lock->error() == QLockFile::LockFailedError)
        return fail(ErrorCode::WaitBeforeLogin, {}, {QStringLiteral("1")});
    Kept kept = read(m_file);
    const qint64 until = kept.delay.untilMs;
    if (const qint64 left = kept.delay.left(m_clock); left > 0) {
        if (kept.delay.untilMs != until)
            static_cast<void>(write(m_file, kept));
        return fail(ErrorCode::WaitBeforeLogin, {}, {QString::number((left + 999) / 1000)});
    }
    kept.delay.noteFailure(m_clock);
    ++kept.untold;
    m_isTrying = true;
    // False in a read-only folder and on a full disk: then each wrong password is answered late.
    m_isKept = isAlone && write(m_file, kept);
    return {};
}

void WrongPasswords::succeeded()
{
    if (!m_isTrying)
        return;
    m_isTrying = false;
    Kept kept = read(m_file);
    kept.delay = {};
    if (m_isKept && kept.untold > 0)
        --kept.untold; // this try was right
    static_cast<void>(write(m_file, kept));
}

qint64 WrongPasswords::secondsToWait(const QString &file, const Clock &clock)
{
    return (read(file).delay.left(clock) + 999) / 1000;
}

int WrongPasswords::takeUntold(const QString &file)
{
    if (!QFile::exists(noteOf(file)))
        return 0;
    QLockFile lock(noteOf(file) + QStringLiteral(".lock"));
    lock.setStaleLockTime(forgottenMs);
    if (!lock.tryLock(otherProgramMs))
        return 0;
    Kept kept = read(file);
    const int untold = std::exchange(kept.untold, 0);
    return write(file, kept) ? untold : 0;
}

} // namespace clinic::secrets
