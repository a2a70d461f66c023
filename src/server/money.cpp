// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/billing/books.h"
#include "server/arbiter.h"

// The part of the arbiter that checks money: an issued invoice is frozen, and a result of several PCs that
// no single PC would have allowed is flagged. Facts are applied.
namespace clinic::server {
namespace {

bool isIssued(const PictureRow &invoice)
{
    return invoice.exists && invoice.text("state") == u"issued";
}

} // namespace

Result<Judged> Arbiter::notIssuedYet(const QByteArray &entity, const PictureRow &row)
{
    bool frozen = entity == "invoice" && isIssued(row);
    if (entity == "invoice_line") {
        const auto invoice = m_picture.row({"invoice", row.id("invoice_id")});
        if (!invoice)
            return fail(invoice);
        frozen = isIssued(*invoice);
    }
    return frozen ? Judged(tl::unexpected(Refusal{"frozen", "invoice"})) : Judged();
}

Result<QList<PictureRow>> Arbiter::rowsUnder(const QByteArray &entity, const Id &invoice, bool withDraft)
{
    const auto ids = m_picture.children(entity, invoice);
    if (!ids)
        return fail(ids);
    QSet<Id> fresh;
    for (const Edit &edit : m_picture.draft()) {
        if (edit.isNew && edit.key.first == entity)
            fresh.insert(edit.key.second);
    }
    QList<PictureRow> rows;
    for (const Id &id : *ids) {
        if (!withDraft && fresh.contains(id))
            continue;
        const auto row = m_picture.row({entity, id});
        if (!row)
            return fail(row);
        rows << *row;
    }
    return rows;
}

// The sums of an invoice, with or without the changes of the group that is being judged.
Result<domain::Books> Arbiter::booksOf(const Id &invoice, bool withDraft)
{
    const auto row = m_picture.row({"invoice", invoice});
    if (!row)
        return fail(row);
    domain::Books books(row->number("total_minor"));
    const auto lines = rowsUnder("invoice_line", invoice, true);
    if (!lines)
        return fail(lines);
    const auto ids = m_picture.children("invoice_line", invoice);
    if (!ids)
        return fail(ids);
    for (qsizetype i = 0; i < lines->size(); ++i) {
        if ((*lines)[i].number("active") != 0)
            books.addLine((*ids)[i], (*lines)[i].number("total_minor"));
    }
    const auto payments = rowsUnder("payment", invoice, withDraft);
    const auto credits = rowsUnder("credit_note", invoice, withDraft);
    if (!payments)
        return fail(payments);
    if (!credits)
        return fail(credits);
    for (const PictureRow &payment : *payments)
        books.addPayment(payment.id("line_id"), payment.number("amount_minor"));
    for (const PictureRow &note : *credits)
        books.addCredit(note.id("line_id"), note.number("amount_minor"));
    return books;
}

// Whether another PC wrote rows of an invoice after this group's PC last contacted the server.
Result<bool> Arbiter::hasUnseen(const QByteArray &entity, const Id &invoice, const sync::WireGroup &group)
{
    const auto rows = m_session.run(
        "SELECT DISTINCT a.device FROM record r JOIN change_log a ON a.hospital_id=r.hospital_id AND "
        "a.seq=r.seq WHERE r.hospital_id=$1 AND r.entity=$2 AND r.parent=$3 AND r.seq>$4",
        {idValue(m_hospital), textValue(entity), idValue(invoice), Value{group.header.seen}});
    if (!rows)
        return fail(rows);
    return std::ranges::any_of(*rows, [&](const Row &row) {
        return idAt(row, 0) != m_device.id && idAt(row, 0) != group.header.device;
    });
}

Result<Judged> Arbiter::judgeMoney(const sync::WireGroup &group)
{
    if (m_history)
        return Judged();
    const auto refused = [](const char *what) {
        return Judged(tl::unexpected(Refusal{"not-adding-up", what}));
    };
    QSet<Id> charged; // invoices with a new payment, refund or credit note
    QSet<Id> issued;
    QSet<Id> drafts;               // invoices whose lines changed
    QSet<Id> renamed;              // drafts that were issued here, or whose actor knew that they had been
    QHash<Id, qint64> notPaidBack; // by invoice: credit minus refund of this group
    const auto edits = m_picture.draft();
    for (const Edit &edit : edits) {
        const QByteArray &entity = edit.key.first;
        const qint64 amount = edit.after.number("amount_minor");
        if (edit.isNew && (entity == "payment" || entity == "credit_note")) {
            if (entity == "credit_note" && amount <= 0)
                return refused("amount_minor");
            const Id invoice = edit.after.id("invoice_id");
            notPaidBack[invoice] += amount; // a refund is negative
            charged.insert(invoice);
        } else if (entity == "invoice_line") {
            drafts.insert(edit.after.id("invoice_id"));
        } else if (entity == "invoice") {
            if (isIssued(edit.after))
                issued.insert(edit.key.second);
            else if (!edit.isNew && edit.changed.contains("number"))
                renamed.insert(edit.key.second);
        }
    }
    // With the permission to refund the group may credit the same amount, and no more.
    if (group.header.intention == domain::intentionInfo(domain::IntentionId::RefundPayment).name &&
        std::ranges::any_of(notPaidBack, [](qint64 more) { return more > 0; }))
        return refused("amount_minor");
    for (const Id &id : std::as_const(issued)) {
        const auto lines = rowsUnder("invoice_line", id, true);
        const auto invoice = m_picture.row({"invoice", id});
        if (!lines)
            return fail(lines);
        if (!invoice)
            return fail(invoice);
        qint64 sum = 0;
        for (const PictureRow &line : *lines)
            sum += line.number("active") != 0 ? line.number("total_minor") : 0;
        if (sum != invoice->number("total_minor"))
            return refused("total_minor");
    }
    bool late = false;
    bool twice = false;
    for (const Id &id : std::as_const(renamed)) {
        const auto unseen = hasUnseen("invoice_line", id, group);
        if (!unseen)
            return fail(unseen);
        late |= *unseen;
    }
    for (const auto &change : group.changes) {
        if (change.entity != "invoice" || change.op == sync::Change::Op::Insert)
            continue;
        const auto row = m_picture.row({"invoice", change.id});
        if (!row)
            return fail(row);
        for (const auto &f : change.fields)
            twice |= f.column == "number" && !f.value.isNull() && !isIssued(*row) &&
                     !(row->fields.value("number") == f.value);
    }
    for (const Id &id : std::as_const(drafts)) {
        const auto invoice = m_picture.row({"invoice", id});
        if (!invoice)
            return fail(invoice);
        late |= invoice->exists && !isIssued(*invoice) && !renamed.contains(id) && !issued.contains(id) &&
                !invoice->text("number").isEmpty();
    }
    if (twice)
        addFlag("issued-twice");
    else if (late)
        addFlag("issued-meanwhile");
    QByteArray fault;
    for (const Id &id : std::as_const(charged)) {
        const auto invoice = m_picture.row({"invoice", id});
        if (!invoice)
            return fail(invoice);
        if (!invoice->exists)
            continue;
        const auto before = booksOf(id, false);
        const auto after = booksOf(id, true);
        if (!before)
            return fail(before);
        if (!after)
            return fail(after);
        const QByteArray found = after->fault(*before);
        if (!found.isEmpty())
            fault = found;
        else if (after->owesMoreThan(*before)) {
            // Was a paid amount credited on purpose, or without knowing another PC's payment or credit?
            for (const char *entity : {"payment", "credit_note"}) {
                const auto unseen = hasUnseen(entity, id, group);
                if (!unseen)
                    return fail(unseen);
                if (*unseen)
                    fault = "overpaid";
            }
        }
    }
    if (!fault.isEmpty())
        addFlag(fault);
    return Judged();
}

} // namespace clinic::server
