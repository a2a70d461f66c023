// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/admin/auditcsv.h"

#include "core/walltime.h"
#include "exchange/textfile.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace clinic::models {
namespace {

struct AuditCsv
{
    Q_DECLARE_TR_FUNCTIONS(AuditCsv)
};

} // namespace

QString changeSummary(const storage::AuditEntry &entry)
{
    QStringList parts;
    const auto changes = QJsonDocument::fromJson(entry.detail.toUtf8()).array();
    for (const auto &item : changes) {
        const QString entity = item.toObject().value(u"e").toString();
        const QJsonObject fields = item.toObject().value(u"f").toObject();
        for (auto it = fields.begin(); it != fields.end(); ++it) {
            const auto pair = it.value().toArray();
            const auto text = [](const QJsonValue &v) {
                return v.isNull()     ? QStringLiteral("–")
                       : v.isDouble() ? QString::number(v.toInteger())
                                      : storedText(v.toString());
            };
            parts << QStringLiteral("%1: %2 → %3")
                         .arg(fieldLabel(entity, it.key()), text(pair.at(0)), text(pair.at(1)));
        }
    }
    return parts.join(QStringLiteral("; "));
}

QByteArray auditCsv(const QList<storage::AuditEntry> &entries, const QTimeZone &zone)
{
    QByteArray out("\xef\xbb\xbf");
    const auto add = [&out](const QStringList &cells) { out += exchange::csvLine(cells).toUtf8() + "\r\n"; };
    add({AuditCsv::tr("Number"), AuditCsv::tr("PC"), AuditCsv::tr("When"), AuditCsv::tr("Who"),
         AuditCsv::tr("Role"), AuditCsv::tr("What"), AuditCsv::tr("Outcome"), AuditCsv::tr("On"),
         AuditCsv::tr("Record"), AuditCsv::tr("Changed")});
    for (const auto &e : entries)
        add({QString::number(e.n), e.pc, walltime::shown(e.at, zone).toString(Qt::ISODate), e.actorName,
             roleLabel(e.role), intentionLabel(e.intention), outcomeLabel(e.outcome),
             e.about.isEmpty() ? entityLabel(e.entity)
                               : QStringLiteral("%1 %2").arg(entityLabel(e.entity), e.about),
             e.subject.isNull() ? QString() : e.subject.toString(), changeSummary(e)});
    return out;
}

} // namespace clinic::models
