// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriter.h"
#include "ctl/commands.h"
#include "models/admin/auditcsv.h"
#include "services/admin/accounts.h"
#include "services/admin/auditexport.h"

#include <QDateTime>
#include <QFile>
#include <QTimeZone>

// Exports of this PC's audit events with a signature, and their check.
namespace clinic::ctl {
namespace {

QString signatureOf(const QString &file)
{
    return file + QStringLiteral(".sig");
}

} // namespace

int Commands::exportAudit(const QString &path)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    storage::AuditFilter filter;
    filter.limit = 1'000'000;
    const auto events = m_clinic->answerNow(services::AuditTrail{filter});
    if (!events)
        return failed(events.error());
    const QByteArray content = models::auditCsv(*events, m_clinic->session().zone());
    const auto signature = m_clinic->performNow(services::SignAuditExport{content});
    if (!signature)
        return failed(signature.error());
    for (const auto &[file, bytes] : {std::pair{path, content}, {signatureOf(path), *signature}}) {
        if (const auto written = writeFile(file, bytes); !written)
            return failed(written.error());
    }
    print(QStringLiteral("%1 events written to %2, signed in %3.")
              .arg(events->size())
              .arg(path, signatureOf(path)),
          {{QStringLiteral("events"), events->size()}, {QStringLiteral("file"), path}});
    return Ok;
}

int Commands::checkAudit(const QString &path)
{
    if (const auto opened = open(true); !opened)
        return failed(opened.error());
    m_clinic->setSession(services::Clinic::founderSession()); // shows nothing of the clinic
    QFile content(path);
    QFile signature(signatureOf(path));
    if (!content.open(QIODevice::ReadOnly) || !signature.open(QIODevice::ReadOnly))
        return failed(Error(ErrorCode::FileMissing, {}, {path}));
    const auto found =
        m_clinic->answerNow(services::CheckAuditExport{content.readAll(), signature.readAll()});
    if (!found)
        return failed(found.error());
    const QString when = QDateTime::fromMSecsSinceEpoch(found->at, QTimeZone::utc())
                             .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss'Z'"));
    print(!found->isWhole
              ? QStringLiteral("NOT what was signed: the file or its signature was changed.")
              : QStringLiteral("What %1 signed on %2, %3; the chain had %4 events then, %5 of them "
                               "countersigned by the server.")
                    .arg(found->by, when,
                         found->isOurs
                             ? QStringLiteral("on this PC")
                             : QStringLiteral("on another PC (device %1)").arg(found->device.toString()))
                    .arg(found->events)
                    .arg(found->signedUpTo),
          {{QStringLiteral("whole"), found->isWhole},
           {QStringLiteral("thisPc"), found->isOurs},
           {QStringLiteral("by"), found->by},
           {QStringLiteral("at"), when},
           {QStringLiteral("events"), found->events},
           {QStringLiteral("countersigned"), found->signedUpTo},
           {QStringLiteral("key"), QString::fromLatin1(found->key.toBase64())}});
    return found->isWhole ? Ok : Unsound;
}

} // namespace clinic::ctl
