// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/billing/queries.h"

#include "domain/patients/entities.h"
#include "storage/billing/printed.h"

namespace clinic::storage {
namespace billingqueries {

QByteArray viewSql()
{
    QByteArray sql =
        "SELECT i.rid, i.id, i.branch_id, i.created_at, i.created_by, i.updated_at, i.updated_by";
    for (const FieldInfo &f : domain::Invoice::entity().fields)
        sql += ", i." + QByteArray(f.column);
    sql += ", p.family_name, p.given_name, p.number, d.name,"
           " (SELECT coalesce(sum(amount_minor),0) FROM payment y WHERE y.invoice_id=i.id),"
           " (SELECT coalesce(sum(amount_minor),0) FROM credit_note n WHERE n.invoice_id=i.id)";
    for (const char *sum : {"net_minor", "tax_minor", "total_minor"})
        sql += ", CASE WHEN i.state='draft' THEN (SELECT coalesce(sum(l." + QByteArray(sum) +
               "),0) FROM invoice_line l WHERE l.invoice_id=i.id AND l.active=1) ELSE i." + sum + " END";
    sql += " FROM invoice i LEFT JOIN patient p ON p.id=i.patient_id LEFT JOIN appointment a ON "
           "a.id=i.appointment_id"
           " LEFT JOIN resource d ON d.id=a.practitioner_id ";
    return sql;
}

InvoiceView readView(const Query &q)
{
    InvoiceView view;
    view.invoice = fromRecord<domain::Invoice>(readRecord(q, domain::Invoice::entity()));
    const int at = 7 + static_cast<int>(domain::Invoice::entity().fields.size());
    domain::Patient patient;
    patient.familyName = q.text(at);
    patient.givenName = q.text(at + 1);
    view.patientName = patient.displayName();
    view.patientNumber = q.text(at + 2);
    view.practitionerName = q.text(at + 3);
    view.paidMinor = q.integer(at + 4);
    view.creditedMinor = q.integer(at + 5);
    view.invoice.netMinor = q.integer(at + 6);
    view.invoice.taxMinor = q.integer(at + 7);
    view.invoice.totalMinor = q.integer(at + 8);
    return view;
}

} // namespace billingqueries

Result<QList<InvoiceView>> invoiceViews(Connection &c, const InvoiceFilter &filter, const Reach &reach)
{
    static const QByteArray base = billingqueries::viewSql();
    const bool ofPatient = !filter.patient.isNull();
    QByteArray sql = base;
    if (filter.unpaidOnly)
        sql += "JOIN unpaid u ON u.invoice_id=i.id ";
    sql += ofPatient           ? "WHERE i.patient_id=?1"
           : filter.unpaidOnly ? "WHERE u.branch_id=?1"
                               : "WHERE i.branch_id=?1";
    // A draft without lines has been issued.
    if (!filter.unpaidOnly)
        sql += " AND (i.state='issued' OR EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id=i.id AND "
               "l.active=1))";
    if (reach.scope == domain::DataScope::Own)
        sql += " AND " + reachedSql("i.patient_id", "?5", "?6");
    const QByteArray at = filter.unpaidOnly && !ofPatient ? "u.created_at" : "i.created_at";
    sql += " AND " + at + ">=?2 AND " + at + "<?3 ORDER BY " + at + " DESC LIMIT ?4";
    const Id &whose = ofPatient ? filter.patient : filter.branch;
    Query q = reach.scope == domain::DataScope::Own
                  ? c.query(sql, whose, filter.from, filter.to, filter.limit, reach.user, reach.now)
                  : c.query(sql, whose, filter.from, filter.to, filter.limit);
    QList<InvoiceView> views;
    while (q.next())
        views << billingqueries::readView(q);
    if (!q.ok())
        return q.failed();
    return views;
}

Result<qint64> unpaidCount(Connection &c, const Id &branch, const Reach &reach)
{
    QByteArray sql = "SELECT count(*) FROM unpaid u WHERE u.branch_id=?1";
    const bool own = reach.scope == domain::DataScope::Own;
    if (own)
        sql += " AND " + reachedSql("u.patient_id", "?2", "?3");
    Query q = own ? c.query(sql, branch, reach.user, reach.now) : c.query(sql, branch);
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

QList<Id> InvoiceDetail::lineIds() const
{
    QList<Id> ids;
    for (const auto &line : lines)
        ids << line.id;
    return ids;
}

Result<QSet<Id>> printedPapers(Connection &c, const Id &invoice)
{
    QSet<Id> printed;
    Query q =
        c.query("SELECT subject FROM audit_event WHERE intention='print-billing-document' AND (subject=?1 OR "
                "subject IN (SELECT id FROM payment WHERE invoice_id=?1))",
                invoice);
    while (q.next())
        printed.insert(q.id(0));
    return q.ok() ? Result<QSet<Id>>(printed) : q.failed();
}

Result<InvoiceDetail> invoiceDetail(Connection &c, const Id &id)
{
    static const QByteArray sql = billingqueries::viewSql() + "WHERE i.id=?";
    InvoiceDetail detail;
    {
        Query q = c.query(sql, id);
        if (!q.next())
            return q.ok() ? fail(ErrorCode::NotFound, QStringLiteral("invoice")) : q.failed();
        detail.view = billingqueries::readView(q);
    }
    const auto lines =
        select<domain::InvoiceLine>(c, "WHERE invoice_id=? AND active=1 ORDER BY position, rid", id);
    const auto payments = select<domain::Payment>(c, "WHERE invoice_id=? ORDER BY rid", id);
    const auto credits = select<domain::CreditNote>(c, "WHERE invoice_id=? ORDER BY rid", id);
    if (!lines)
        return fail(lines);
    if (!payments)
        return fail(payments);
    if (!credits)
        return fail(credits);
    detail.lines = *lines;
    detail.payments = *payments;
    detail.credits = *credits;
    return detail;
}

Result<domain::Books> booksOf(Connection &c, const domain::Invoice &invoice)
{
    const auto lines = select<domain::InvoiceLine>(c, "WHERE invoice_id=? AND active=1", invoice.id);
    const auto payments = select<domain::Payment>(c, "WHERE invoice_id=?", invoice.id);
    const auto credits = select<domain::CreditNote>(c, "WHERE invoice_id=?", invoice.id);
    if (!lines)
        return fail(lines);
    if (!payments)
        return fail(payments);
    if (!credits)
        return fail(credits);
    return domain::Books::of(invoice, *lines, *payments, *credits);
}

Result<qint64> patientBalance(Connection &c, const Id &patient)
{
    Query q = c.query(
        "SELECT (SELECT coalesce(sum(total_minor),0) FROM invoice WHERE patient_id=?1 AND state='issued')"
        " - (SELECT coalesce(sum(amount_minor),0) FROM payment WHERE patient_id=?1)"
        " - (SELECT coalesce(sum(amount_minor),0) FROM credit_note WHERE patient_id=?1)",
        patient);
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

Result<QList<StatementLine>> statement(Connection &c, const Id &patient, qint64 from, qint64 to)
{
    QList<StatementLine> lines;
    Query q =
        c.query("SELECT issued_at, number, 0, total_minor FROM invoice WHERE patient_id=?1 AND state='issued'"
                " UNION ALL SELECT paid_at, number, CASE WHEN amount_minor<0 THEN 2 ELSE 1 END, "
                "-amount_minor FROM payment WHERE patient_id=?1"
                " UNION ALL SELECT created_at, number, 3, -amount_minor FROM credit_note WHERE patient_id=?1 "
                "ORDER BY 1, 2",
                patient);
    while (q.next()) {
        if (q.integer(0) >= from && q.integer(0) < to)
            lines << StatementLine{q.integer(0), q.text(1), static_cast<StatementLine::Kind>(q.integer(2)),
                                   q.integer(3)};
    }
    if (!q.ok())
        return q.failed();
    return lines;
}

Result<domain::CashSession> openCashSession(Connection &c, const Id &branch)
{
    Id here;
    QList<Id> former;
    {
        Query q = c.query("SELECT \"key\"='device', value FROM local_state WHERE \"key\"='device' OR \"key\" "
                          "LIKE 'former-device/%'");
        while (q.next()) {
            const Id device = Id::fromString(q.text(1));
            if (q.integer(0))
                here = device;
            else
                former << device;
        }
        if (!q.ok())
            return q.failed();
    }
    former.prepend(here);
    for (const Id &device : std::as_const(former)) {
        const auto sessions = select<domain::CashSession>(
            c,
            "WHERE branch_id=?1 AND closed_at=0 AND origin_device=?2 AND (?3 OR NOT EXISTS (SELECT 1 FROM "
            "device d WHERE d.id=?2 AND d.active=1)) ORDER BY rid DESC LIMIT 1",
            branch, device, device == here);
        if (!sessions)
            return fail(sessions);
        if (!sessions->isEmpty())
            return sessions->first();
    }
    return fail(ErrorCode::CashClosed);
}

Result<qint64> expectedCash(Connection &c, const domain::CashSession &session)
{
    Query q =
        c.query("SELECT coalesce(sum(amount_minor),0) FROM payment WHERE cash_session_id=? AND method='cash'",
                session.id);
    if (!q.next())
        return q.failed();
    return session.floatMinor + q.integer(0);
}

Result<DayTakings> takings(Connection &c, const Id &branch, qint64 from, qint64 to)
{
    DayTakings day;
    Query q = c.query("SELECT method, sum(amount_minor), count(*) FROM payment WHERE branch_id=? AND "
                      "paid_at>=? AND paid_at<? GROUP BY method",
                      branch, from, to);
    while (q.next()) {
        const auto method =
            enumFromCode<domain::PaymentMethod>(q.text(0)).value_or(domain::PaymentMethod::Cash);
        day.byMethod[static_cast<int>(method)] += q.integer(1);
        day.payments += q.number(2);
    }
    if (!q.ok())
        return q.failed();
    return day;
}

} // namespace clinic::storage
