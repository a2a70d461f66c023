// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/auditexport.h"

#include "core/crypto.h"
#include "storage/replica/enrolment.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace clinic::services {
namespace auditexport {

constexpr const char *keyState = "audit-export-key";

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

// Everything the signature says, in one order.
QByteArray signedText(const QJsonObject &said)
{
    QByteArray text = "clinicdesk audit export 1";
    for (const char *part :
         {"hospital", "device", "by", "at", "content", "events", "head", "countersigned", "key"}) {
        const QByteArray value = said.value(QLatin1StringView(part)).toVariant().toString().toUtf8();
        text += '\n' + QByteArray(part) + ' ' + QByteArray::number(value.size()) + ' ' + value;
    }
    return text;
}

} // namespace auditexport

using namespace auditexport;

Result<QByteArray> perform(WorkUnit &unit, const SignAuditExport &intent)
{
    storage::Connection &c = unit.tx.connection();
    const auto &identity = unit.tx.identity();
    const auto kept = storage::stateOf(c, keyState);
    const auto countersigned = storage::stateOf(c, "audit-signed");
    if (!kept || !countersigned) // a key that cannot be read must not be replaced by another
        return fail(kept ? countersigned : kept);
    QByteArray secret = QByteArray::fromBase64(kept->toLatin1());
    if (secret.size() != 64) {
        secret = crypto::newSigningKey().secretKey;
        if (auto stored = storage::setState(c, keyState, base64(secret)); !stored)
            return fail(stored);
    }
    unit.tx.setSubject("device", identity.device);
    storage::Query head = c.query("SELECT n, hash FROM audit_event ORDER BY n DESC LIMIT 1");
    const bool hasEvents = head.next();
    if (!head.ok())
        return head.failed();
    QJsonObject said{
        {QStringLiteral("hospital"), identity.hospital.toString()},
        {QStringLiteral("device"), identity.device.toString()},
        {QStringLiteral("by"), unit.session.displayName},
        {QStringLiteral("at"), QString::number(unit.now())},
        {QStringLiteral("content"), base64(crypto::hash(intent.content))},
        {QStringLiteral("events"), QString::number(hasEvents ? head.integer(0) : 0)},
        {QStringLiteral("head"), base64(hasEvents ? head.bytes(1) : QByteArray())},
        {QStringLiteral("countersigned"), *countersigned},
        {QStringLiteral("key"), base64(secret.right(32))}}; // an Ed25519 secret ends with its public half
    said.insert(QStringLiteral("signature"), base64(crypto::sign(signedText(said), secret)));
    return QJsonDocument(said).toJson(QJsonDocument::Indented);
}

Result<ExportFound> answer(ReadUnit &unit, const CheckAuditExport &question)
{
    const QJsonObject said = QJsonDocument::fromJson(question.signature).object();
    const auto text = [&said](const char *part) { return said.value(QLatin1StringView(part)).toString(); };
    const auto bytes = [&text](const char *part) { return QByteArray::fromBase64(text(part).toLatin1()); };
    ExportFound found;
    found.key = bytes("key");
    if (found.key.size() != 32)
        return fail(ErrorCode::Invalid, QStringLiteral("signature"));
    found.isWhole = crypto::verify(signedText(said), bytes("signature"), found.key) &&
                    crypto::equal(crypto::hash(question.content), bytes("content"));
    const auto kept = storage::stateOf(unit.connection, keyState);
    if (!kept)
        return fail(kept);
    const QByteArray own = QByteArray::fromBase64(kept->toLatin1());
    found.isOurs = own.size() == 64 && crypto::equal(own.right(32), found.key);
    found.device = Id::fromString(text("device"));
    found.by = text("by");
    found.at = text("at").toLongLong();
    found.events = text("events").toLongLong();
    found.signedUpTo = text("countersigned").section(u' ', 0, 0).toLongLong();
    return found;
}

Result<storage::AuditStanding> answer(ReadUnit &unit, const CheckAuditChain &)
{
    const auto hospital = storage::stateOf(unit.connection, "hospital");
    if (!hospital)
        return fail(hospital);
    storage::FileIdentity identity;
    identity.hospital = Id::fromString(*hospital);
    identity.sealer = unit.sealer;
    return storage::auditStanding(unit.connection, identity);
}

} // namespace clinic::services
