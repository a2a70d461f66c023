// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deidentify.h"

#include "core/crypto.h"
#include "domain/admin/entities.h"
#include "domain/appointments/entities.h"
#include "domain/billing/entities.h"
#include "domain/setup/entities.h"
#include "services/clinic.h"
#include "services/invented.h"
#include "services/patients/consents.h"
#include "services/setup/setup.h"

namespace clinic::services {
namespace deidentify {

using domain::Patient;

// What comes along, in the order in which rows refer to each other. Drafts of invoices become real ones last.
const EntityInfo *const copied[] = {
    &domain::Branch::entity(),           &domain::Practitioner::entity(), &domain::Resource::entity(),
    &domain::Availability::entity(),     &domain::Leave::entity(),        &domain::Service::entity(),
    &domain::Patient::entity(),          &domain::Identifier::entity(),   &domain::Allergy::entity(),
    &domain::Condition::entity(),        &domain::Appointment::entity(),  &domain::AppointmentEvent::entity(),
    &domain::WaitingListEntry::entity(), &domain::VoidMark::entity(),     &domain::CashSession::entity(),
    &domain::Invoice::entity(),          &domain::InvoiceLine::entity(),  &domain::Payment::entity(),
    &domain::CreditNote::entity()};

constexpr int batch = 150;

class Copier
{
public:
    Copier(storage::Database &source, storage::Database &target, const Clock &clock)
        : m_source(source),
          m_target(target),
          m_clock(clock),
          m_secret(Id::fromBytes(crypto::randomBytes(16))),
          m_dice(quint32(clock.nowMs()))
    {}

    Result<CopyTally> run()
    {
        if (auto begun = begin(); !begun)
            return fail(begun);
        const auto refused = consents::refusedBy(m_source.writerConnection(), domain::ConsentKind::Research);
        if (!refused)
            return fail(refused);
        m_refused = *refused;
        for (const EntityInfo *entity : copied) {
            if (auto done = copyAll(*entity); !done)
                return fail(done);
        }
        if (auto done = issueInvoices(); !done)
            return fail(done);
        // What was written here has nowhere to go.
        if (auto done =
                m_target.transactLocal([](storage::Connection &c) { return c.exec("DELETE FROM outbox"); });
            !done)
            return fail(done);
        return m_tally;
    }

private:
    [[nodiscard]] storage::UnitHeader header() const
    {
        storage::UnitHeader h;
        h.intention = "load-demo";
        h.actorName = QStringLiteral("copy");
        h.at = m_clock.nowMs();
        h.audited = false;
        return h;
    }

    Result<void> begin()
    {
        auto &from = m_source.writerConnection();
        const auto hospitals = storage::select<domain::Hospital>(from, "LIMIT 1");
        const auto branches = storage::select<domain::Branch>(from, "ORDER BY rid LIMIT 1");
        if (!hospitals)
            return fail(hospitals);
        if (!branches)
            return fail(branches);
        if (hospitals->isEmpty() || branches->isEmpty())
            return fail(ErrorCode::NotFound, QStringLiteral("hospital"));
        InitialiseHospital start;
        start.hospitalName = hospitals->first().name;
        start.branchName = branches->first().name;
        start.branchCode = branches->first().code;
        start.timeZone = branches->first().timeZone;
        start.currency = hospitals->first().currency;
        start.adminUserName = QStringLiteral("demo-admin");
        start.adminDisplayName = QStringLiteral("Administrator");
        start.adminPassword = QString::fromLatin1(crypto::randomBytes(24).toBase64());
        start.isDemo = true;
        Clinic clinic(m_target, m_clock);
        clinic.setSession(Clinic::founderSession());
        if (auto made = clinic.performNow(start); !made)
            return fail(made);
        clinic.setSession({});
        const auto here = storage::select<domain::Branch>(m_target.writerConnection(), "LIMIT 1");
        if (!here || here->isEmpty())
            return fail(ErrorCode::Internal);
        m_firstBranch = here->first().id;
        m_firstBranchBefore = branches->first().id;
        m_branchCode = start.branchCode;
        return m_target.transact(header(), [](storage::Transaction &tx) { return addDemoUsers(tx, Id{}); });
    }

    // The same row always gets the same new id, which nobody can compute without the secret of this run.
    [[nodiscard]] Id renamed(const Id &id) const
    {
        if (id.isNull())
            return id;
        return id == m_firstBranchBefore ? m_firstBranch : Id::derived(m_secret, id.toBytes());
    }

    Result<void> copyAll(const EntityInfo &entity)
    {
        qint64 last = 0;
        while (true) {
            const auto rows = storage::selectRecords(m_source.writerConnection(), entity,
                                                     "WHERE rid>? ORDER BY rid LIMIT ?", last, batch);
            if (!rows)
                return fail(rows);
            if (rows->isEmpty())
                return {};
            last = rows->last().row.rid;
            auto stored = m_target.transact(header(), [&](storage::Transaction &tx) -> Result<void> {
                for (const storage::Record &row : *rows) {
                    const auto mayCome = agrees(row);
                    if (!mayCome)
                        return fail(mayCome);
                    if (!*mayCome)
                        continue;
                    auto fresh = withoutPeople(tx, row);
                    if (!fresh)
                        return fail(fresh);
                    if (fresh->row.id == m_firstBranch)
                        continue;
                    if (auto inserted = tx.insertRecord(*fresh); !inserted)
                        return inserted;
                }
                return {};
            });
            if (!stored)
                return stored;
            const std::string_view name(entity.name);
            if (name == "patient")
                m_tally.patients += std::ranges::count_if(
                    *rows, [this](const auto &row) { return !m_refused.contains(row.row.id); });
            else if (name == "appointment")
                m_tally.appointments += rows->size();
            else if (name == "invoice")
                m_tally.invoices += rows->size();
        }
    }

    // Nothing about who does not want to be counted in such a copy.
    Result<bool> agrees(const storage::Record &row)
    {
        if (m_refused.isEmpty())
            return true;
        const auto owner = storage::ownerOf(m_source.writerConnection(), row.entity->name, row.row.id);
        return owner ? Result<bool>(!m_refused.contains(owner->patient)) : fail(owner);
    }

    Result<storage::Record> withoutPeople(storage::Transaction &tx, const storage::Record &before)
    {
        storage::Record after{before.entity, {}, before.values};
        after.row.id = renamed(before.row.id);
        after.row.branchId = renamed(before.row.branchId);
        const std::string_view entity(before.entity->name);
        for (size_t i = 0; i < before.entity->fields.size(); ++i) {
            const FieldInfo &field = before.entity->fields[i];
            Value &value = after.values[qsizetype(i)];
            if (field.sealing == Sealing::Sealed)
                value = Value{};
            else if (const auto *bytes = std::get_if<QByteArray>(&value); bytes && bytes->size() == 16)
                value = renamed(Id::fromBytes(*bytes)).toBytes();
        }
        const auto set = [&](std::string_view column, const Value &value) {
            const int index = before.entity->indexOf(column);
            Q_ASSERT(index >= 0);
            after.values[index] = value;
        };
        const auto number = [&](QStringView kind) -> Result<void> {
            const auto next = tx.nextNumber(kind, m_branchCode);
            if (!next)
                return fail(next);
            set("number", *next);
            return {};
        };
        if (entity == "patient") {
            const Patient real = storage::fromRecord<Patient>(before);
            const int year = real.birthDate.isNull() ? 0 : real.birthDate.year();
            Patient nobody = inventedPatient(m_dice, year ? year + 1 : 2000, true);
            set("family_name", nobody.familyName);
            set("given_name", nobody.givenName);
            set("sex", enumCode(real.sex));
            if (year)
                set("birth_date", PartialDate::create(year, 1 + m_dice.below(12), 1 + m_dice.below(28))
                                      .value_or(PartialDate{})
                                      .toStored());
            if (!real.phone.isEmpty())
                set("phone", nobody.phone.isEmpty() ? QStringLiteral("080 000 0000") : nobody.phone);
            set("anonymised_at", Value{qint64(0)}); // invented people are known
            if (auto numbered = number(u"P"); !numbered)
                return fail(numbered);
        } else if (entity == "practitioner") {
            const Patient nobody = inventedPatient(m_dice, 1990, false);
            set("family_name", nobody.familyName);
            set("given_name", nobody.givenName);
            set("licence_number", Value{});
            m_practitioners.insert(after.row.id, QStringLiteral("Dr ") + nobody.displayName());
        } else if (entity == "resource") {
            const auto resource = storage::fromRecord<domain::Resource>(after);
            if (!resource.practitionerId.isNull())
                set("name", m_practitioners.value(resource.practitionerId));
        } else if (entity == "branch") {
            set("address", Value{});
            set("phone", Value{});
        } else if (entity == "identifier") {
            set("value", QString::number(100'000'000 + m_dice.below(900'000'000)));
        } else if (entity == "allergy") {
            set("substance", m_dice.word(u"Penicillin Aspirin Latex Peanuts Sulphonamides Iodine"));
            set("severity", enumCode(storage::fromRecord<domain::Allergy>(before).severity));
        } else if (entity == "condition") {
            set("name", m_dice.word(u"Asthma Hypertension Diabetes Epilepsy Migraine Arthritis"));
        } else if (entity == "void") {
            set("reason", QStringLiteral("-"));
        } else if (entity == "cash_session") {
            set("opened_by", Value{});
        } else if (entity == "invoice") {
            // Issued again once its lines are there, under a number of its own.
            set("state", enumCode(domain::InvoiceState::Draft));
            set("number", Value{});
            set("issued_at", qint64(0));
            m_states.insert(after.row.id, storage::fromRecord<domain::Invoice>(before));
        } else if (entity == "invoice_line") {
            set("description", QStringLiteral("Service"));
        } else if (entity == "payment" || entity == "credit_note") {
            if (auto numbered = number(entity == "payment" ? u"R" : u"C"); !numbered)
                return fail(numbered);
            if (!isNull(before.values[before.entity->indexOf("reason")]))
                set("reason", QStringLiteral("-"));
        }
        return after;
    }

    Result<void> issueInvoices()
    {
        const auto drafts = storage::select<domain::Invoice>(m_target.writerConnection(), "ORDER BY rid");
        if (!drafts)
            return fail(drafts);
        for (qsizetype from = 0; from < drafts->size(); from += batch) {
            const auto part = drafts->mid(from, batch);
            auto stored = m_target.transact(header(), [&](storage::Transaction &tx) -> Result<void> {
                for (domain::Invoice invoice : part) {
                    const domain::Invoice before = m_states.value(invoice.id);
                    if (before.state == domain::InvoiceState::Draft)
                        continue;
                    const auto number = tx.nextNumber(u"I", m_branchCode);
                    if (!number)
                        return fail(number);
                    invoice.number = *number;
                    invoice.state = before.state;
                    invoice.issuedAt = before.issuedAt;
                    if (auto updated = tx.update(invoice); !updated)
                        return updated;
                }
                return {};
            });
            if (!stored)
                return stored;
        }
        return {};
    }

    storage::Database &m_source;
    storage::Database &m_target;
    const Clock &m_clock;
    Id m_secret;
    Dice m_dice;
    Id m_firstBranchBefore;
    Id m_firstBranch;
    QString m_branchCode;
    QHash<Id, QString> m_practitioners;
    QHash<Id, domain::Invoice> m_states;
    QSet<Id> m_refused; // do not want to be in it
    CopyTally m_tally;
};

} // namespace deidentify

Result<CopyTally> copyDeidentified(storage::Database &source, storage::Database &target, const Clock &clock)
{
    if (target.identity().isSetUp())
        return fail(ErrorCode::Duplicate, QStringLiteral("file"));
    return deidentify::Copier(source, target, clock).run();
}

} // namespace clinic::services
