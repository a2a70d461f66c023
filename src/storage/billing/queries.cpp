// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/billing/queries.h"

#include "domain/patients/entities.h"

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
           " (SELECT coalesce(sum(amount_minor),0) FROM credit_note n WHERE n.invoice_id=i.id)"
           " FROM invoice i LEFT JOIN patient p ON p.id=i.patient_id LEFT JOIN appointment a ON "
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
    return view;
}

} // namespace billingqueries

Result<QList<InvoiceView>> invoiceViews(Connection &c, const InvoiceFilter &filter)
{
    static const QByteArray base = billingqueries::viewSql();
    const bool ofPatient = !filter.patient.isNull();
    QByteArray sql = base + (ofPatient ? "WHERE i.patient_id=?1" : "WHERE i.branch_id=?1");
    sql += " AND i.created_at>=?2 AND i.created_at<?3 ORDER BY i.created_at DESC LIMIT ?4";
    Query q = c.query(sql, ofPatient ? filter.patient : filter.branch, filter.from, filter.to,
                      filter.unpaidOnly ? 100'000 : filter.limit);
    QList<InvoiceView> views;
    while (views.size() < filter.limit && q.next()) {
        InvoiceView view = billingqueries::readView(q);
        const bool isUnpaid = view.invoice.state == domain::InvoiceState::Draft || view.balanceMinor() > 0;
        if (!filter.unpaidOnly || isUnpaid)
            views << view;
    }
    if (!q.ok())
        return q.failed();
    return views;
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

Result<InvoiceSums> invoiceSums(Connection &c, const Id &invoice)
{
    Query q = c.query("SELECT (SELECT coalesce(sum(amount_minor),0) FROM payment WHERE invoice_id=?1),"
                      " (SELECT coalesce(sum(amount_minor),0) FROM credit_note WHERE invoice_id=?1)",
                      invoice);
    if (!q.next())
        return q.failed();
    return InvoiceSums{q.integer(0), q.integer(1)};
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
    const auto sessions =
        select<domain::CashSession>(c, "WHERE branch_id=? AND closed_at=0 ORDER BY rid DESC LIMIT 1", branch);
    if (!sessions)
        return fail(sessions);
    if (sessions->isEmpty())
        return fail(ErrorCode::CashClosed);
    return sessions->first();
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
