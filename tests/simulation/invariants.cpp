// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"
#include "simulation/bugs.h"
#include "simulation/world.h"

#include "core/crypto.h"
#include "storage/auditlog.h"
#include "sync/wire/groupdecoder.h"
#include "sync/wire/unjudged.h"

// What must hold when everything is healed. Every sentence starts with the name of the invariant.
namespace clinic::test {
namespace {

QString hex(const Id &id)
{
    return id.toString().right(6);
}

} // namespace

server::Rows World::ask(const QByteArray &sql, const server::Row &parameters)
{
    server::Rows rows;
    const auto done = m_store->transact(m_hospital, [&](server::SqlSession &session) -> Result<void> {
        auto answer = session.run(sql, parameters);
        if (!answer)
            return fail(answer);
        rows = *answer;
        return {};
    });
    if (!done)
        qFatal("simulation: %s", qPrintable(done.error().detail));
    return rows;
}

QString World::check()
{
    if (auto wrong = checkSecrets(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkNumbers(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkSeries(); !wrong.isEmpty())
        return wrong;
    for (size_t i = 0; i < m_devices.size(); ++i) {
        if (auto wrong = checkGroups(*m_devices[i]); !wrong.isEmpty())
            return wrong;
        if (auto wrong = checkMoney(*m_devices[i]); !wrong.isEmpty())
            return wrong;
        if (auto wrong = checkReplica(*m_devices[i], int(i)); !wrong.isEmpty())
            return wrong;
        if (auto wrong = checkAudit(*m_devices[i], int(i)); !wrong.isEmpty())
            return wrong;
    }
    if (auto wrong = checkLedger(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkShutOut(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkRights(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkDocuments(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkKeys(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkAnonymised(); !wrong.isEmpty())
        return wrong;
    if (auto wrong = checkStranger(); !wrong.isEmpty())
        return wrong;
    return checkPlaces();
}

// I16: nothing sealed can be read on the line or in the server's own database.
QString World::checkSecrets()
{
    if (!m_overheard.isEmpty())
        return QStringLiteral("I16 a name was read on the line, %1").arg(QString::fromLatin1(m_overheard));
    const QList<QByteArray> texts{"SELECT fields FROM record WHERE hospital_id=$1",
                                  "SELECT body FROM change_log WHERE hospital_id=$1",
                                  "SELECT body FROM quarantine WHERE hospital_id=$1",
                                  "SELECT body FROM audit_chain WHERE hospital_id=$1",
                                  "SELECT detail FROM applied_change WHERE hospital_id=$1"};
    for (const QByteArray &sql : texts) {
        for (const auto &row : ask(sql, {server::idValue(m_hospital)})) {
            if (isReadable(server::bytesAt(row, 0)))
                return QStringLiteral("I16 the server can read a name: %1").arg(QString::fromLatin1(sql));
        }
    }
    return {};
}

// I12: while a PC was shut out nothing of it was applied.
QString World::checkShutOut()
{
    for (const ShutOut &out : m_shutOut) {
        const auto rows = ask("SELECT count(*) FROM applied_change WHERE hospital_id=$1 AND device=$2 AND "
                              "seq>$3 AND seq<=$4 AND status IN ('ok','merged','flagged')",
                              {server::idValue(m_hospital), server::idValue(out.device), Value{out.from},
                               Value{out.to < 0 ? std::numeric_limits<qint64>::max() : out.to}});
        if (const qint64 applied = server::integerAt(rows.first(), 0))
            return QStringLiteral("I12 %1 groups of a PC that was shut out were applied").arg(applied);
    }
    return {};
}

// I13: reception booked only while the server knew that it may.
QString World::checkRights()
{
    if (m_counts.contains(QStringLiteral("put-back")))
        return {}; // groups go by another device's name then
    auto q = m_devices.front()->database->writerConnection().query(
        "SELECT p.id FROM role_permission p JOIN role r ON r.id=p.role_id WHERE r.code='clerk' AND "
        "p.permission='appointments.book'");
    const Id right = q.next() ? q.id(0) : Id{};
    QMap<qint64, bool> may{{0, true}};
    QList<qint64> booked;
    for (const QByteArray &body : std::as_const(m_bodies)) {
        const auto group = sync::decodeGroup(body);
        if (!group)
            return QStringLiteral("I13 a group cannot be read");
        const bool books = group->header.intention == "book-appointment" && group->header.actor == m_clerk;
        if (!books && group->header.intention != "save-role")
            continue;
        const auto answer = ask(
            "SELECT seq FROM applied_change WHERE hospital_id=$1 AND device=$2 AND g=$3 AND status IN "
            "('ok','merged','flagged')",
            {server::idValue(m_hospital), server::idValue(group->header.device), Value{group->header.group}});
        if (answer.isEmpty())
            continue;
        if (books)
            booked << server::integerAt(answer.first(), 0);
        for (const auto &change : group->changes) {
            if (change.id != right)
                continue;
            for (const auto &f : change.fields) {
                if (f.column == "granted")
                    may.insert(server::integerAt(answer.first(), 0), f.value.clear == Value{qint64(1)});
            }
        }
    }
    for (const qint64 seq : std::as_const(booked)) {
        if (!*std::prev(may.upperBound(seq)))
            return QStringLiteral("I13 group %1 was applied without permission").arg(seq);
    }
    return {};
}

// I7: numbers without gaps, and every row's versions follow each other.
QString World::checkNumbers()
{
    const auto head = server::integerAt(
        ask("SELECT head FROM hospital_head WHERE hospital_id=$1", {server::idValue(m_hospital)}).first(), 0);
    const auto applied =
        ask("SELECT count(*), count(DISTINCT seq), max(seq) FROM applied_change WHERE hospital_id=$1",
            {server::idValue(m_hospital)});
    qint64 count = server::integerAt(applied.first(), 0);
    const bool twice = count != server::integerAt(applied.first(), 1);
    // What was kept aside unjudged and was taken when it came again has two numbers: the first stands in the
    // log.
    const auto earlier = ask(
        "SELECT count(DISTINCT seq) FROM change_log WHERE hospital_id=$1 AND g>0 AND seq NOT IN (SELECT seq "
        "FROM applied_change WHERE hospital_id=$1)",
        {server::idValue(m_hospital)});
    count += server::integerAt(earlier.first(), 0);
    const bool mayLack = m_counts.contains(QStringLiteral("forgets"));
    if (twice || server::integerAt(applied.first(), 2) != head || count > head || (count < head && !mayLack))
        return QStringLiteral("I7 %1 groups, %2 numbers, head %3")
            .arg(count)
            .arg(server::integerAt(applied.first(), 1))
            .arg(head);
    QHash<QPair<QByteArray, Id>, qint64> versions;
    const bool forgets = m_counts.contains(QStringLiteral("forgets"));
    for (const auto &row : ask("SELECT body FROM change_log WHERE hospital_id=$1 ORDER BY seq, ord",
                               {server::idValue(m_hospital)})) {
        const QByteArray message =
            "{\"epoch\":\"\",\"head\":0,\"now\":0,\"after\":\"\",\"done\":false,\"to\":0,\"rows\":[" +
            server::bytesAt(row, 0) + "]}";
        const auto parsed = sync::decodeBootReply(message);
        if (!parsed)
            return QStringLiteral("I7 a log row cannot be read");
        const auto &change = parsed->rows.first();
        const QPair<QByteArray, Id> key(change.entity, change.id);
        // What came before the first one that is left has been forgotten.
        if (forgets && !versions.contains(key) && change.previous > 0)
            versions.insert(key, change.previous);
        qint64 &version = versions[key];
        if (change.previous != version || change.version != version + 1)
            return QStringLiteral("I7 %1 %2 goes from version %3 to %4")
                .arg(QString::fromLatin1(change.entity), hex(change.id))
                .arg(version)
                .arg(change.version);
        version = change.version;
    }
    return {};
}

// I18: who was shut out has no key that was made meanwhile; everybody else has all of them, and nothing of
// what the server has now is still sealed with an older one.
QString World::checkKeys()
{
    if (!m_keyLeaked.isEmpty())
        return QStringLiteral("I18 %1 has a key that was made after it was shut out").arg(m_keyLeaked);
    QSet<int> all{sync::HospitalKeys::firstId};
    for (const auto &row :
         ask("SELECT key_id FROM data_key WHERE hospital_id=$1", {server::idValue(m_hospital)}))
        all << int(server::integerAt(row, 0));
    const int newest = *std::max_element(all.begin(), all.end());
    for (auto &device : m_devices) {
        const auto has = device->database->identity().sealer.keys().dataKeys.keys();
        if (QSet<int>(has.begin(), has.end()) != all)
            return QStringLiteral("I18 PC%1 has %2 of %3 keys")
                .arg(indexOf(*device))
                .arg(has.size())
                .arg(all.size());
    }
    const auto isOlder = [newest](const QByteArray &sealed) {
        return !sealed.isEmpty() && sync::keyIdOf(sealed) < newest;
    };
    for (const auto &row :
         ask("SELECT fields FROM record WHERE hospital_id=$1", {server::idValue(m_hospital)})) {
        const auto fields = sync::decodeFields(server::bytesAt(row, 0));
        for (const auto &value : *fields) {
            if (isOlder(value.envelope))
                return QStringLiteral("I18 a row is sealed with an older key");
        }
    }
    for (const auto &row :
         ask("SELECT body FROM audit_chain WHERE hospital_id=$1", {server::idValue(m_hospital)})) {
        const auto batch = sync::decodeAudit(server::bytesAt(row, 0));
        if (isOlder(batch->records.first().nameSealed) || isOlder(batch->records.first().detailSealed))
            return QStringLiteral("I18 an event is sealed with an older key");
    }
    for (const auto &row :
         ask("SELECT data FROM blob_piece WHERE hospital_id=$1", {server::idValue(m_hospital)})) {
        if (isOlder(server::bytesAt(row, 0)))
            return QStringLiteral("I18 a document is sealed with an older key");
    }
    return {};
}

// I14: no number stands on two papers. A file that was put back may give a number again before its server has
// told it so; such histories are left out.
QString World::checkSeries()
{
    if (m_counts.value(QStringLiteral("put-back")) > 0)
        return {};
    for (const char *table : {"patient", "invoice", "payment", "credit_note"}) {
        auto q = m_devices[0]->database->writerConnection().query(
            QByteArray("SELECT count(*) FROM (SELECT number FROM ") + table +
            // A draft is no paper; it may keep the number of what it became.
            (qstrcmp(table, "invoice") == 0 ? " WHERE state='issued'" : " WHERE number IS NOT NULL") +
            " GROUP BY number HAVING count(*)>1)");
        if (q.next() && q.integer(0))
            return QStringLiteral("I14 %1 numbers of %2 were given twice")
                .arg(q.integer(0))
                .arg(QString::fromLatin1(table));
    }
    return {};
}

// I6, I12: every device has exactly what the server has, as far as it is to keep it.
QString World::checkReplica(SimDevice &device, int index)
{
    auto &c = device.database->writerConnection();
    const auto &sealer = device.database->identity().sealer;
    QHash<QByteArray, qint64> counts;
    const auto who = ask("SELECT scopes, wished FROM device WHERE hospital_id=$1 AND id=$2",
                         {server::idValue(m_hospital), server::idValue(device.credentials.device)});
    const auto kept = storage::kept(c);
    if (who.isEmpty() || !kept || kept->scopes != server::bytesAt(who.first(), 0) ||
        !server::bytesAt(who.first(), 1).isEmpty())
        return QStringLiteral("I12 PC%1 does not keep what it is to keep").arg(index);
    const auto scopes = kept->scopes.split(' ');
    QSet<Id> charts;
    for (const auto &row : ask("SELECT patient FROM device_chart WHERE hospital_id=$1 AND device=$2",
                               {server::idValue(m_hospital), server::idValue(device.credentials.device)}))
        charts << server::idAt(row, 0);
    for (const auto &row : ask("SELECT entity, id, fields, scope, patient FROM record WHERE hospital_id=$1",
                               {server::idValue(m_hospital)})) {
        const QByteArray name = server::bytesAt(row, 0);
        const Id id = server::idAt(row, 1);
        if (!kept->everything() && !scopes.contains(server::bytesAt(row, 3)) &&
            !charts.contains(server::idAt(row, 4)))
            continue; // not its own: counted below
        ++counts[name];
        const EntityInfo *entity = domain::entityNamed(QString::fromLatin1(name));
        const auto fields = sync::decodeFields(server::bytesAt(row, 2));
        const auto record = storage::findRecord(c, *entity, id);
        if (!record)
            return QStringLiteral("I6 PC%1 lacks %2 %3").arg(index).arg(QString::fromLatin1(name), hex(id));
        for (size_t i = 0; i < entity->fields.size(); ++i) {
            const auto value =
                sync::localValue(fields->value(entity->fields[i].column), entity->fields[i], id, sealer);
            if (!value || *value != record->values[qsizetype(i)])
                return QStringLiteral("I6 PC%1 differs in %2 %3 %4")
                    .arg(index)
                    .arg(QString::fromLatin1(name), hex(id), QString::fromLatin1(entity->fields[i].column));
        }
    }
    for (const EntityInfo *entity : domain::allEntities()) {
        auto q = c.query(QByteArray("SELECT count(*) FROM ") + entity->name);
        if (q.next() && q.integer(0) != counts.value(entity->name))
            return QStringLiteral("%1 PC%2 has %3 rows of %4, the server %5")
                .arg(kept->everything() ? u"I6" : u"I12")
                .arg(index)
                .arg(q.integer(0))
                .arg(QString::fromLatin1(entity->name))
                .arg(counts.value(entity->name));
    }
    auto left = c.query("SELECT (SELECT count(*) FROM unsent) + (SELECT count(*) FROM base_row) + (SELECT "
                        "count(*) FROM repair)");
    if (left.next() && left.integer(0) != 0)
        return QStringLiteral("I6 PC%1 keeps bookkeeping of nothing: %2").arg(index).arg(left.integer(0));
    return {};
}

// I9: the chain of what happened holds, here and on the server, and both end in the same event.
QString World::checkAudit(SimDevice &device, int index)
{
    auto &c = device.database->writerConnection();
    const auto fault = storage::verifyAuditChain(c, device.database->identity());
    if (!fault || *fault)
        return QStringLiteral("I9 the audit chain of PC%1 is broken: event %2 %3")
            .arg(index)
            .arg(fault && *fault ? (*fault)->n : 0)
            .arg(fault && *fault ? (*fault)->what : QString());
    qint64 n = 0;
    QByteArray hash;
    auto local = c.query("SELECT n, hash FROM audit_event ORDER BY n DESC LIMIT 1");
    if (local.next()) {
        n = local.integer(0);
        hash = local.bytes(1);
    }
    const auto rows =
        ask("SELECT n, hash, (SELECT count(*) FROM audit_chain WHERE hospital_id=$1 AND device=$2), "
            "(SELECT min(n) FROM audit_chain WHERE hospital_id=$1 AND device=$2) FROM audit_chain "
            "WHERE hospital_id=$1 AND device=$2 ORDER BY n DESC LIMIT 1",
            {server::idValue(m_hospital), server::idValue(device.credentials.device)});
    const qint64 there = rows.isEmpty() ? 0 : server::integerAt(rows.first(), 0);
    // A successor that did nothing yet has nothing there.
    if (there != n && !(rows.isEmpty() && device.successor == device.credentials.device))
        return QStringLiteral("I9 PC%1 has %2 audit events, the server %3").arg(index).arg(n).arg(there);
    if (!rows.isEmpty() && server::bytesAt(rows.first(), 1) != hash)
        return QStringLiteral("I9 the audit chains of PC%1 and its server differ").arg(index);
    if (!rows.isEmpty() &&
        server::integerAt(rows.first(), 2) != there - server::integerAt(rows.first(), 3) + 1)
        return QStringLiteral("I9 the server lacks an audit event of PC%1").arg(index);
    return {};
}

// I10: groups are atomic: an appointment comes with its first event, an issued invoice with all its lines.
QString World::checkGroups(SimDevice &device)
{
    auto &c = device.database->writerConnection();
    auto events = c.query(
        "SELECT count(*) FROM appointment a WHERE NOT EXISTS (SELECT 1 FROM appointment_event e WHERE "
        "e.appointment_id=a.id)");
    if (events.next() && events.integer(0))
        return QStringLiteral("I10 PC%1 has an appointment without its first event")
            .arg(device.path.right(4).left(1));
    auto lines =
        c.query("SELECT count(*) FROM invoice i WHERE i.state='issued' AND i.total_minor <> (SELECT "
                "coalesce(sum(l.total_minor),0) FROM invoice_line l WHERE l.invoice_id=i.id AND l.active=1)");
    if (lines.next() && lines.integer(0))
        return QStringLiteral("I10 an invoice without its lines");
    return {};
}

// I20, I21: an issued invoice is what was printed, and the books balance: no refund made a debtor, and
// whatever does not fit together has been told to somebody.
QString World::checkMoney(SimDevice &device)
{
    if (!m_debtor.isEmpty())
        return QStringLiteral("I21 paid back on %1, and owed again").arg(m_debtor);
    auto &c = device.database->writerConnection();
    QSet<QString> told; // what was flagged, by the row that did it
    for (const auto &row : ask("SELECT fields FROM record WHERE hospital_id=$1 AND entity='attention'",
                               {server::idValue(m_hospital)})) {
        const auto fields = must(sync::decodeFields(server::bytesAt(row, 0)));
        const auto text = [&](const char *column) {
            const auto value = fields.value(column).clear;
            return std::holds_alternative<QString>(value) ? std::get<QString>(value) : QString();
        };
        if (text("code").startsWith(u"over") || text("detail").startsWith(u"over"))
            told.insert(text("subject_id"));
    }
    QList<Id> issued;
    {
        auto q = c.query("SELECT id FROM invoice WHERE state='issued'");
        while (q.next())
            issued << q.id(0);
    }
    for (const Id &id : std::as_const(issued)) {
        const auto detail = must(storage::invoiceDetail(c, id));
        const auto known = m_printed.constFind(id);
        if (known != m_printed.constEnd() && printed(detail) != *known)
            return QStringLiteral("I20 invoice %1 is another one than was printed: %2 / %3")
                .arg(hex(id), *known, printed(detail));
        const auto books =
            domain::Books::of(detail.view.invoice, detail.lines, detail.payments, detail.credits);
        domain::Books nothing(detail.view.invoice.totalMinor);
        if (*books.fault(nothing) == 0 && books.owedMinor() >= 0)
            continue;
        QSet<QString> rows;
        for (const auto &payment : detail.payments)
            rows << payment.id.toString();
        for (const auto &note : detail.credits)
            rows << note.id.toString();
        if (!rows.intersects(told))
            return QStringLiteral("I21 invoice %1 does not add up (%2 owed, \"%3\"), and nobody is told")
                .arg(hex(id))
                .arg(books.owedMinor())
                .arg(QString::fromLatin1(books.fault(nothing)));
    }
    return {};
}

// I26: what a person saved is on its PC, whole, until the server has taken or refused it; whatever was
// answered in between.
QString World::checkNothingLeft(SimDevice &device)
{
    const int index = indexOf(device);
    auto &c = device.database->writerConnection();
    for (const Group &group : std::as_const(m_groups)) {
        if (group.device != index)
            continue;
        const auto rows =
            ask("SELECT status, code FROM applied_change WHERE hospital_id=$1 AND g=$2 AND hash=$3",
                {server::idValue(m_hospital), Value{group.n}, Value{group.hash}});
        const auto status =
            rows.isEmpty()
                ? std::nullopt
                : enumFromCode<sync::GroupStatus>(QString::fromUtf8(server::bytesAt(rows.first(), 0)));
        const QByteArray code = rows.isEmpty() ? QByteArray() : server::bytesAt(rows.first(), 1);
        if (status && !(*status == sync::GroupStatus::Quarantined && sync::isUnjudged(code)))
            continue;
        auto q =
            c.query("SELECT body FROM outbox WHERE hash=?1 UNION ALL SELECT body FROM outbox_archive WHERE "
                    "hash=?1",
                    group.hash);
        if (!q.next() || crypto::hash(q.bytes(0)) != group.hash)
            return QStringLiteral("I26 group %1 left PC%2 before the server had it").arg(group.n).arg(index);
        auto waits = c.query("SELECT body, schema FROM outbox WHERE hash=? AND state IN ('waiting','held')",
                             group.hash);
        if (!waits.next()) {
            if (status)
                return QStringLiteral("I26 group %1 of PC%2 was kept aside, and is not tried again")
                    .arg(group.n)
                    .arg(index);
            continue; // the server was put back, and nobody has noticed yet
        }
        if (waits.integer(1) == 0)
            continue; // it was answered, and waits again since the server was put back; it may have been
                      // refused
        const auto content = sync::decodeGroup(waits.bytes(0));
        for (const auto &change : content ? content->changes : QList<sync::WireChange>()) {
            if (change.op != sync::Change::Op::Insert)
                continue;
            auto here = c.query("SELECT 1 FROM " + change.entity + " WHERE id=?", change.id);
            if (!here.next())
                return QStringLiteral("I26 %1 %2 left PC%3 before the server had it")
                    .arg(QString::fromLatin1(change.entity), hex(change.id))
                    .arg(index);
        }
    }
    return {};
}

// I1, I2, I3, I8: what people did is somewhere, once.
QString World::checkLedger()
{
    // I1: every group is answered, and the answer stands on the server.
    for (const auto &[device, n, hash] : std::as_const(m_groups)) {
        const auto rows =
            ask("SELECT status, device FROM applied_change WHERE hospital_id=$1 AND g=$2 AND hash=$3",
                {server::idValue(m_hospital), Value{n}, Value{hash}});
        if (rows.size() > 1)
            return QStringLiteral("I2 group %1 of PC%2 was answered under two names").arg(n).arg(device);
        if (rows.isEmpty())
            return QStringLiteral("I1 group %1 of PC%2 ended nowhere").arg(n).arg(device);
        const QByteArray status = server::bytesAt(rows.first(), 0);
        ++m_counts[QStringLiteral("answer ") + QString::fromLatin1(status)];
        if (status == "rejected" || status == "quarantined") {
            const auto attention =
                ask("SELECT 1 FROM record WHERE hospital_id=$1 AND entity='attention' AND id=$2",
                    {server::idValue(m_hospital),
                     server::idValue(
                         Id::derived(server::idAt(rows.first(), 1), "attention/" + QByteArray::number(n)))});
            if (attention.isEmpty())
                return QStringLiteral("I1 group %1 of PC%2 was refused without a word").arg(n).arg(device);
        }
    }
    // Every answer names the number the group has in the server's history; another one means that a group was
    // answered in two ways.
    for (size_t i = 0; i < m_devices.size(); ++i) {
        auto q = m_devices[i]->database->writerConnection().query("SELECT n FROM outbox_archive WHERE seq=0");
        if (q.next())
            return QStringLiteral("I1 group %1 of PC%2 was answered in two ways").arg(q.integer(0)).arg(i);
    }
    // I3: money. A payment is a fact: nothing that others did makes it vanish.
    for (auto it = m_payments.begin(); it != m_payments.end(); ++it) {
        const auto rows = ask("SELECT fields FROM record WHERE hospital_id=$1 AND entity='payment' AND id=$2",
                              {server::idValue(m_hospital), server::idValue(it.key())});
        if (rows.isEmpty()) {
            // Only beside a refused invoice, and then kept aside with it.
            const auto kept =
                ask("SELECT 1 FROM quarantine WHERE hospital_id=$1 AND body LIKE '%' || $2 || '%'",
                    {server::idValue(m_hospital), Value{it.key().toString()}});
            if (kept.isEmpty())
                return QStringLiteral("I3 payment %1 of %2 is gone").arg(hex(it.key())).arg(*it);
            continue;
        }
        const auto fields = sync::decodeFields(server::bytesAt(rows.first(), 0));
        if (fields->value("amount_minor").clear != Value{*it})
            return QStringLiteral("I3 payment %1 has another amount").arg(hex(it.key()));
    }
    const auto payments = ask("SELECT count(*) FROM record WHERE hospital_id=$1 AND entity='payment'",
                              {server::idValue(m_hospital)});
    if (server::integerAt(payments.first(), 0) > m_payments.size())
        return QStringLiteral("I2 more payments than were taken");
    // I8: a value that somebody wrote stands, or was seen by whoever wrote over it, or waits in a conflict.
    const auto &sealer = m_devices[0]->database->identity().sealer;
    QHash<QPair<Id, QByteArray>, QSet<QByteArray>>
        seen; // fingerprints that were a base, or stand, or are kept
    for (const auto &row : ask("SELECT id, fields FROM record WHERE hospital_id=$1 AND entity='patient'",
                               {server::idValue(m_hospital)})) {
        const auto fields = sync::decodeFields(server::bytesAt(row, 1));
        for (const char *column : {"family_name", "address"})
            seen[{server::idAt(row, 0), column}].insert(fields->value(column).fingerprint);
    }
    for (const auto &row : ask("SELECT fields FROM record WHERE hospital_id=$1 AND entity='conflict'",
                               {server::idValue(m_hospital)})) {
        const auto fields = sync::decodeFields(server::bytesAt(row, 0));
        const auto text = [&](const char *column) {
            const auto value = fields->value(column).clear;
            return std::holds_alternative<QString>(value) ? std::get<QString>(value) : QString();
        };
        for (const char *column : {"kept", "lost"}) {
            const auto value = sync::decodeWireValue(text(column).toUtf8());
            if (!value)
                continue; // of somebody who was anonymised
            seen[{Id::fromString(text("row_id")), text("field").toLatin1()}].insert(value->fingerprint);
        }
    }
    for (const QByteArray &body : std::as_const(m_bodies)) {
        const auto group = sync::decodeGroup(body);
        for (const auto &change : group->changes) {
            for (const auto &f : change.fields) {
                if (change.entity == "patient" && std::holds_alternative<QString>(f.base.clear))
                    seen[{change.id, f.column}].insert(std::get<QString>(f.base.clear).toLatin1());
            }
        }
    }
    for (const Write &write : std::as_const(m_writes)) {
        if (m_anonymised.contains(write.row))
            continue; // that it is gone is the point
        const QByteArray print = sealer.fingerprint(Value{write.value}, write.row, write.column);
        if (!seen[{write.row, write.column}].contains(print)) {
            const auto gone =
                ask("SELECT 1 FROM quarantine WHERE hospital_id=$1 AND body LIKE '%' || $2 || '%'",
                    {server::idValue(m_hospital), Value{QString::fromLatin1(print)}});
            if (gone.isEmpty())
                return QStringLiteral("I8 %1 of PC%2 was overwritten unseen")
                    .arg(write.value)
                    .arg(write.device);
        }
    }
    return {};
}

// I5: nobody is booked over anybody, except walk-ins, which are said to be.
QString World::checkPlaces()
{
    auto &c = m_devices[0]->database->writerConnection();
    auto q = c.query(
        "SELECT count(*) FROM appointment a JOIN appointment b ON a.id < b.id AND a.start_at < b.start_at + "
        "b.minutes*60000 AND b.start_at < a.start_at + a.minutes*60000 WHERE a.state NOT IN "
        "('cancelled','no-show') AND b.state NOT IN ('cancelled','no-show') AND (a.practitioner_id="
        "b.practitioner_id OR a.room_id=b.room_id OR a.patient_id=b.patient_id) AND NOT EXISTS (SELECT 1 "
        "FROM "
        "attention t WHERE t.kind='flagged' AND t.subject_id IN (a.id, b.id)) AND NOT EXISTS (SELECT 1 FROM "
        "attention t JOIN appointment_event e ON e.id=t.subject_id WHERE t.kind='flagged' AND "
        "e.appointment_id IN (a.id, b.id))");
    if (q.next() && q.integer(0))
        return QStringLiteral("I5 %1 pairs stand in one place").arg(q.integer(0));
    return {};
}

} // namespace clinic::test
