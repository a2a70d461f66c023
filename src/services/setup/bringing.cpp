// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/setup/bringing.h"

#include "domain/admin/entities.h"
#include "domain/appointments/entities.h"
#include "domain/billing/entities.h"
#include "domain/patients/entities.h"
#include "domain/setup/entities.h"
#include "services/opening.h"
#include "storage/database.h"
#include "storage/migrator.h"
#include "storage/replica/documentqueue.h"
#include "storage/replica/replica.h"

namespace clinic::services {
namespace bringing {

constexpr int rowsAtOnce = 150;
const QString otherClinic = QStringLiteral("other-clinic"); // the subject of errors

// The entities to bring, parents first.
const EntityInfo *const kinds[] = {&domain::Branch::entity(),
                                   &domain::Practitioner::entity(),
                                   &domain::Resource::entity(),
                                   &domain::Availability::entity(),
                                   &domain::Leave::entity(),
                                   &domain::Service::entity(),
                                   &domain::Code::entity(),
                                   &domain::AppUser::entity(),
                                   &domain::Patient::entity(),
                                   &domain::Identifier::entity(),
                                   &domain::Contact::entity(),
                                   &domain::NextOfKin::entity(),
                                   &domain::Allergy::entity(),
                                   &domain::Condition::entity(),
                                   &domain::Photo::entity(),
                                   &domain::Document::entity(),
                                   &domain::Appointment::entity(),
                                   &domain::AppointmentEvent::entity(),
                                   &domain::AppointmentAmendment::entity(),
                                   &domain::WaitingListEntry::entity(),
                                   &domain::CashSession::entity(),
                                   &domain::Invoice::entity(),
                                   &domain::InvoiceLine::entity(),
                                   &domain::Payment::entity(),
                                   &domain::CreditNote::entity(),
                                   &domain::VoidMark::entity()};

Result<std::unique_ptr<storage::Database>> openOther(const QString &path, const FileKey &key)
{
    static const SystemClock clock; // needed only for a migration, which does not happen here
    storage::Database::Options options;
    options.path = path;
    options.key = key;
    options.readOnly = true;
    options.inlineExecutors = true;
    auto other = storage::Database::open(options, clock);
    if (!other)
        return other;
    const auto version = storage::fileVersion((*other)->writerConnection());
    if (!version)
        return fail(version);
    if (*version != storage::schemaVersion())
        return fail(ErrorCode::VersionUnknown, otherClinic);
    return other;
}

Result<qint64> count(storage::Connection &c, const QByteArray &table)
{
    storage::Query q = c.query("SELECT count(*) FROM " + table);
    return q.next() ? Result<qint64>(q.integer(0)) : q.failed();
}

Result<bool> exists(storage::Connection &c, const QByteArray &sql, const QString &value)
{
    storage::Query q = c.query(sql, value);
    const bool found = q.next();
    return q.ok() ? Result<bool>(found) : q.failed();
}

// Appends a number until the value is unique here.
Result<void> makeUnique(storage::Connection &c, storage::Record &record, const char *column)
{
    const int index = record.entity->indexOf(column);
    QString value;
    ValueCodec<QString>::from(record.values[index], value);
    const QByteArray sql =
        QByteArray("SELECT 1 FROM ") + record.entity->name + " WHERE \"" + column + "\"=? COLLATE NOCASE";
    QString free = value;
    for (int n = 2;; ++n) {
        const auto taken = exists(c, sql, free);
        if (!taken)
            return fail(taken);
        if (!*taken)
            break;
        free = value + QString::number(n);
    }
    record.values[index] = free;
    return {};
}

// The row for this hospital; nothing when it exists already.
Result<std::optional<storage::Record>> fitted(storage::Connection &c, storage::Record record)
{
    storage::Query here =
        c.query(QByteArray("SELECT 1 FROM ") + record.entity->name + " WHERE id=?", record.row.id);
    if (here.next())
        return std::optional<storage::Record>();
    Result<void> done;
    if (record.entity == &domain::AppUser::entity()) {
        auto user = storage::fromRecord<domain::AppUser>(record);
        user.verifier.clear();
        user.secondFactor.clear();
        user.recoveryCodes.clear();
        user.active = false;
        const Row row = record.row;
        record = storage::toRecord(user);
        record.row = row;
        done = makeUnique(c, record, "user_name");
    } else if (record.entity == &domain::Branch::entity() || record.entity == &domain::Service::entity()) {
        done = makeUnique(c, record, "code");
    } else if (record.entity == &domain::Code::entity()) {
        const auto code = storage::fromRecord<domain::Code>(record);
        storage::Query q = c.query("SELECT 1 FROM code WHERE code_set=? AND code=?", code.codeSet, code.code);
        if (q.next())
            return std::optional<storage::Record>();
    }
    if (!done)
        return fail(done);
    record.row.rid = 0;
    return std::optional(record);
}

} // namespace bringing

using namespace bringing;

Result<FileKey> answer(ReadUnit &, const UnlockOtherClinic &question)
{
    static const SystemClock clock;
    auto opening = Opening::lookAtCopy(question.path, {}, clock);
    if (opening.stage() == Opening::Stage::NeedsPassword) {
        const auto opened = question.user.isEmpty()
                                ? opening.openWithRecovery(question.password)
                                : opening.openWithPassword(question.user, question.password);
        if (!opened)
            return fail(opened);
    }
    return opening.key();
}

Result<OtherClinic> answer(ReadUnit &unit, const LookIntoClinic &question)
{
    const auto kept = storage::kept(unit.connection);
    if (!kept)
        return fail(kept);
    if (!kept->everything())
        return fail(ErrorCode::Forbidden, otherClinic);
    const auto other = openOther(question.path, question.key);
    if (!other)
        return fail(other);
    const auto &identity = (*other)->identity();
    if (!identity.isSetUp())
        return fail(ErrorCode::NotADatabase);
    if (identity.isDemo)
        return fail(ErrorCode::WrongProfile, otherClinic);
    // Rows of a server's hospital come from the server.
    if (identity.isEnrolled)
        return fail(ErrorCode::OtherHospital, otherClinic);
    auto &c = (*other)->writerConnection();
    const auto hospitals = storage::select<domain::Hospital>(c, "LIMIT 1");
    const auto mine = storage::select<domain::Hospital>(unit.connection, "LIMIT 1");
    if (!hospitals || !mine)
        return fail(hospitals ? mine : hospitals);
    if (hospitals->isEmpty() || mine->isEmpty())
        return fail(ErrorCode::NotADatabase);
    if (hospitals->first().id == mine->first().id)
        return fail(ErrorCode::Duplicate, otherClinic);
    if (hospitals->first().currency != mine->first().currency)
        return fail(ErrorCode::Invalid, otherClinic, {mine->first().currency});
    OtherClinic clinic;
    clinic.hospitalName = hospitals->first().name;
    for (const EntityInfo *kind : kinds) {
        const auto rows = count(c, kind->name);
        if (!rows)
            return fail(rows);
        clinic.rows += *rows;
        const std::pair<const EntityInfo *, qint64 *> shown[] = {
            {&domain::Patient::entity(), &clinic.patients},
            {&domain::Appointment::entity(), &clinic.appointments},
            {&domain::Invoice::entity(), &clinic.invoices},
            {&domain::Document::entity(), &clinic.documents}};
        for (const auto &[entity, into] : shown) {
            if (entity == kind)
                *into = *rows;
        }
    }
    return clinic;
}

Result<BroughtRows> answer(ReadUnit &, const ReadOtherClinic &question)
{
    const auto other = openOther(question.path, question.key);
    if (!other)
        return fail(other);
    auto &c = (*other)->writerConnection();
    BroughtRows out;
    out.next = question.from;
    const EntityInfo &kind = *kinds[question.from.kind];
    // A document or a photo is as large as a page of other rows.
    const bool large = &kind == &domain::Document::entity() || &kind == &domain::Photo::entity();
    const auto records = storage::selectRecords(c, kind, "WHERE rid>? ORDER BY rid LIMIT ?",
                                                question.from.rid, large ? 1 : rowsAtOnce);
    if (!records)
        return fail(records);
    if (records->isEmpty()) {
        out.next = {question.from.kind + 1, 0};
        out.done = out.next.kind == int(std::size(kinds));
        return out;
    }
    out.records = *records;
    out.next.rid = records->last().row.rid;
    for (const storage::Record &record : *records) {
        if (&kind != &domain::Document::entity())
            break;
        const auto bytes = storage::documentBytes(c, storage::fromRecord<domain::Document>(record).content);
        if (!bytes && bytes.error().code != ErrorCode::NotFound)
            return fail(bytes);
        if (bytes)
            out.bytes.insert(record.row.id, *bytes);
    }
    return out;
}

Result<int> perform(WorkUnit &unit, const BringRows &intent)
{
    storage::Connection &c = unit.tx.connection();
    // Issued invoices come with their lines, which the triggers refuse otherwise.
    if (auto opened = c.exec("INSERT INTO maintenance VALUES (1,'another clinic is brought in')"); !opened)
        return fail(opened);
    int stored = 0;
    for (const storage::Record &record : intent.rows.records) {
        auto fresh = fitted(c, record);
        if (!fresh)
            return fail(fresh);
        if (!*fresh)
            continue;
        storage::Record &row = **fresh;
        if (row.entity == &domain::Document::entity()) {
            if (!intent.rows.bytes.contains(row.row.id))
                continue;
            const QByteArray bytes = intent.rows.bytes.value(row.row.id);
            const QString content = QString::fromLatin1(unit.tx.identity().sealer.contentName(bytes));
            row.values[row.entity->indexOf("content")] = content; // named with this hospital's fingerprint
                                                                  // key
            if (auto kept = storage::keepDocument(c, content, bytes, unit.now()); !kept)
                return fail(kept);
        }
        if (auto done = unit.tx.insertAsItWas(row); !done)
            return fail(done);
        ++stored;
    }
    if (auto closed = c.exec("DELETE FROM maintenance"); !closed)
        return fail(closed);
    if (stored == 0)
        unit.tx.setSubject("", {});
    return stored;
}

} // namespace clinic::services
