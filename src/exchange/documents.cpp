// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/documents.h"

#include "core/filewriter.h"
#include "core/money.h"
#include "core/walltime.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QPageLayout>
#include <QPdfWriter>
#include <algorithm>

namespace clinic::exchange {
namespace documents {

class Documents
{
    Q_DECLARE_TR_FUNCTIONS(Documents)
};

QString e(const QString &text)
{
    return text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

bool isRightToLeft()
{
    return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

// A value from the record: it keeps its direction in any context.
QString kept(const QString &text)
{
    return e(isolated(text));
}

QString when(qint64 ms, const QTimeZone &zone, bool withTime = true)
{
    const QString day = QLocale().toString(walltime::dayOf(ms, zone), QStringLiteral("d MMM yyyy"));
    return isolated(withTime ? day + u' ' + timeText(ms, zone) : day);
}

QString money(qint64 minor, const QString &currency)
{
    return e(leftToRight(money::formatWithCode(minor, currency, QLocale())));
}

QString headHtml(const Letterhead &head, const QString &title)
{
    const QString place = QStringLiteral("<td align='left'><b style='font-size:large'>%1</b><br>%2</td>");
    const QString what = QStringLiteral("<td align='right'><b style='font-size:large'>%3</b></td>");
    QString html = QStringLiteral("<table width='100%'><tr>") +
                   (isRightToLeft() ? what + place : place + what) + QStringLiteral("</tr></table>");
    QStringList address{head.branchName, head.hospital.address, leftToRight(head.hospital.phone),
                        head.hospital.taxNumber.isEmpty()
                            ? QString()
                            : Documents::tr("Tax number %1").arg(leftToRight(head.hospital.taxNumber))};
    address.removeAll(QString());
    html = html.arg(kept(head.hospital.name), kept(address.join(u'\n')), e(title));
    if (head.isCopy)
        html += QStringLiteral("<p align='center'><b>%1</b></p>").arg(e(Documents::tr("COPY")));
    return html + QStringLiteral("<hr>");
}

QString footHtml(const Letterhead &head)
{
    QString html = QStringLiteral("<hr>");
    if (!head.hospital.documentFooter.isEmpty())
        html += QStringLiteral("<p>%1</p>").arg(kept(head.hospital.documentFooter));
    return html + QStringLiteral("<p style='font-size:small'>%1</p>")
                      .arg(e(Documents::tr("Printed %1 by %2")
                                 .arg(when(head.printedAt, head.zone), isolated(head.printedBy))));
}

// Qt lays tables out from the left in any language; the cell at the right is written last.
QString row(const QStringList &cells, const QString &tag = QStringLiteral("td"), int firstNumber = 99)
{
    QStringList columns;
    for (int i = 0; i < cells.size(); ++i)
        columns << QStringLiteral("<%1 align='%2'>%3</%1>")
                       .arg(tag, i >= firstNumber ? QStringLiteral("right") : QStringLiteral("left"),
                            cells[i]);
    if (isRightToLeft())
        std::ranges::reverse(columns);
    return QStringLiteral("<tr>") + columns.join(QString()) + QStringLiteral("</tr>");
}

QString table(const QString &rows)
{
    return QStringLiteral("<table width='100%' cellpadding='3'>%1</table>").arg(rows);
}

QString methodName(domain::PaymentMethod method)
{
    static constexpr const char *names[] = {
        QT_TRANSLATE_NOOP("Labels", "Cash"), QT_TRANSLATE_NOOP("Labels", "Card"),
        QT_TRANSLATE_NOOP("Labels", "Bank transfer"), QT_TRANSLATE_NOOP("Labels", "Mobile money")};
    return QCoreApplication::translate("Labels", names[int(method)]);
}

QString stateName(domain::AppointmentState state)
{
    static constexpr const char *names[] = {
        QT_TRANSLATE_NOOP("Labels", "Booked"),          QT_TRANSLATE_NOOP("Labels", "Did not come"),
        QT_TRANSLATE_NOOP("Labels", "Cancelled"),       QT_TRANSLATE_NOOP("Labels", "Checked in"),
        QT_TRANSLATE_NOOP("Labels", "In consultation"), QT_TRANSLATE_NOOP("Labels", "Completed")};
    return QCoreApplication::translate("Labels", names[int(state)]);
}

// The balance after that payment: a copy of a receipt shows the receipt's balance.
qint64 balanceAfter(const storage::InvoiceDetail &detail, const domain::Payment &payment)
{
    qint64 balance = detail.view.invoice.totalMinor;
    for (const auto &other : detail.payments) {
        if (other.id == payment.id || other.paidAt <= payment.paidAt)
            balance -= other.amountMinor;
    }
    for (const auto &note : detail.credits) {
        if (note.createdAt <= payment.paidAt)
            balance -= note.amountMinor;
    }
    return balance;
}

} // namespace documents

using namespace documents;

QString invoiceHtml(const Letterhead &head, const storage::InvoiceDetail &detail)
{
    const auto &invoice = detail.view.invoice;
    const QString &currency = invoice.currency;
    const bool isDraft = invoice.state == domain::InvoiceState::Draft;
    QString html = headHtml(head, isDraft ? Documents::tr("Draft invoice") : Documents::tr("Invoice"));
    html +=
        QStringLiteral("<p>%1 <b>%2</b><br>%3<br>%4</p>")
            .arg(e(Documents::tr("Number")), e(isDraft ? QStringLiteral("–") : leftToRight(invoice.number)),
                 e(Documents::tr("Date: %1")
                       .arg(when(invoice.issuedAt ? invoice.issuedAt : head.printedAt, head.zone, false))),
                 e(Documents::tr("Patient: %1 (%2)")
                       .arg(isolated(detail.view.patientName), leftToRight(detail.view.patientNumber))));
    QString rows = row({e(Documents::tr("Description")), e(Documents::tr("Quantity")),
                        e(Documents::tr("Price")), e(Documents::tr("Tax")), e(Documents::tr("Total"))},
                       QStringLiteral("th"), 1);
    for (const auto &line : detail.lines)
        rows +=
            row({kept(line.description), QLocale().toString(line.quantity), money(line.unitMinor, currency),
                 money(line.taxMinor, currency), money(line.totalMinor, currency)},
                QStringLiteral("td"), 1);
    html += table(rows) + QStringLiteral("<hr>");
    QString sums = row({e(Documents::tr("Net")), money(invoice.netMinor, currency)}, QStringLiteral("td"), 1);
    sums += row({e(Documents::tr("Tax")), money(invoice.taxMinor, currency)}, QStringLiteral("td"), 1);
    sums += row({QStringLiteral("<b>%1</b>").arg(e(Documents::tr("Total"))),
                 QStringLiteral("<b>%1</b>").arg(money(invoice.totalMinor, currency))},
                QStringLiteral("td"), 1);
    if (detail.view.creditedMinor)
        sums += row({e(Documents::tr("Credited")), money(-detail.view.creditedMinor, currency)},
                    QStringLiteral("td"), 1);
    if (detail.view.paidMinor)
        sums +=
            row({e(Documents::tr("Paid")), money(-detail.view.paidMinor, currency)}, QStringLiteral("td"), 1);
    sums += row({QStringLiteral("<b>%1</b>").arg(e(Documents::tr("To pay"))),
                 QStringLiteral("<b>%1</b>").arg(money(detail.view.balanceMinor(), currency))},
                QStringLiteral("td"), 1);
    html += table(sums);
    if (!invoice.note.isEmpty())
        html += QStringLiteral("<p>%1</p>").arg(kept(invoice.note));
    return html + footHtml(head);
}

QString receiptHtml(const Letterhead &head, const storage::InvoiceDetail &detail,
                    const domain::Payment &payment)
{
    const bool refund = payment.amountMinor < 0;
    QString html = headHtml(head, refund ? Documents::tr("Refund") : Documents::tr("Receipt"));
    QString rows = row({e(Documents::tr("Number")), kept(payment.number)});
    rows += row({e(Documents::tr("Date")), e(when(payment.paidAt, head.zone))});
    rows += row({e(Documents::tr("Patient")),
                 e(QStringLiteral("%1 (%2)").arg(isolated(detail.view.patientName),
                                                 leftToRight(detail.view.patientNumber)))});
    rows += row({e(Documents::tr("Invoice")), kept(detail.view.invoice.number)});
    rows += row({e(Documents::tr("Method")), e(methodName(payment.method))});
    if (!payment.reference.isEmpty())
        rows += row({e(Documents::tr("Reference")), kept(payment.reference)});
    if (!payment.reason.isEmpty())
        rows += row({e(Documents::tr("Reason")), kept(payment.reason)});
    rows += row(
        {QStringLiteral("<b>%1</b>").arg(e(refund ? Documents::tr("Paid back") : Documents::tr("Received"))),
         QStringLiteral("<b>%1</b>").arg(money(qAbs(payment.amountMinor), payment.currency))});
    const qint64 left = documents::balanceAfter(detail, payment);
    rows += row({e(left < 0 ? Documents::tr("In your favour") : Documents::tr("Still to pay")),
                 money(qAbs(left), payment.currency)});
    return html + table(rows) + footHtml(head);
}

QString statementHtml(const Letterhead &head, const domain::Patient &patient,
                      const QList<storage::StatementLine> &lines)
{
    QString html = headHtml(head, Documents::tr("Statement"));
    html += QStringLiteral("<p>%1</p>")
                .arg(e(Documents::tr("Patient: %1 (%2)")
                           .arg(isolated(patient.displayName()), leftToRight(patient.number))));
    QString rows = row({e(Documents::tr("Date")), e(Documents::tr("Document")), e(Documents::tr("Amount")),
                        e(Documents::tr("Balance"))},
                       QStringLiteral("th"), 2);
    const char *kinds[] = {
        QT_TRANSLATE_NOOP("Documents", "Invoice"), QT_TRANSLATE_NOOP("Documents", "Payment"),
        QT_TRANSLATE_NOOP("Documents", "Refund"), QT_TRANSLATE_NOOP("Documents", "Credit note")};
    qint64 balance = 0;
    for (const auto &line : lines) {
        balance += line.amountMinor;
        rows += row({e(when(line.at, head.zone, false)),
                     e(Documents::tr(kinds[int(line.kind)]) + u' ' + leftToRight(line.number)),
                     money(line.amountMinor, head.hospital.currency), money(balance, head.hospital.currency)},
                    QStringLiteral("td"), 2);
    }
    html += table(rows);
    html += QStringLiteral("<p align='right'><b>%1 %2</b></p>")
                .arg(e(Documents::tr("Balance")), money(balance, head.hospital.currency));
    return html + footHtml(head);
}

QString appointmentHistoryHtml(const Letterhead &head, const domain::Patient &patient,
                               const QList<storage::AppointmentView> &views)
{
    QString html = headHtml(head, Documents::tr("Appointments"));
    html += QStringLiteral("<p>%1</p>")
                .arg(e(Documents::tr("Patient: %1 (%2)")
                           .arg(isolated(patient.displayName()), leftToRight(patient.number))));
    QString rows = row({e(Documents::tr("When")), e(Documents::tr("With")), e(Documents::tr("Service")),
                        e(Documents::tr("State"))},
                       QStringLiteral("th"));
    for (const auto &view : views)
        rows += row({e(when(view.appointment.startAt, head.zone)), kept(view.practitionerName),
                     kept(view.serviceName), e(stateName(view.appointment.state))});
    return html + table(rows) + footHtml(head);
}

QString dayListHtml(const Letterhead &head, const QString &day, const QList<storage::AppointmentView> &views)
{
    QString html = headHtml(head, Documents::tr("Day list"));
    html += QStringLiteral("<p><b>%1</b></p>").arg(kept(day));
    QString rows = row({e(Documents::tr("Time")), e(Documents::tr("Patient")), e(Documents::tr("Phone")),
                        e(Documents::tr("With")), e(Documents::tr("Service")), e(Documents::tr("State"))},
                       QStringLiteral("th"));
    for (const auto &view : views) {
        const auto &a = view.appointment;
        const bool isOverMidnight = walltime::dayOf(a.startAt, head.zone) !=
                                    walltime::dayOf(a.startAt + qint64(a.minutes) * 60'000 - 1, head.zone);
        rows += row({kept(isOverMidnight ? spanText(a.startAt, a.minutes, head.zone)
                                         : timeText(a.startAt, head.zone)),
                     e(isolated(view.patientName) + QStringLiteral("\n") + leftToRight(view.patientNumber)),
                     e(leftToRight(view.patientPhone)), kept(view.practitionerName), kept(view.serviceName),
                     e(stateName(view.appointment.state))});
    }
    return html + table(rows) + footHtml(head);
}

QString personHtml(const Letterhead &head, const services::PersonRecord &record)
{
    const auto &p = record.patient;
    QString html = headHtml(head, Documents::tr("What we have about you"));
    const auto part = [&html](const QString &title, const QString &rows) {
        if (!rows.isEmpty())
            html += QStringLiteral("<h3>%1</h3>").arg(e(title)) + table(rows);
    };
    const auto field = [](const char *label, const QString &value) {
        return value.isEmpty() ? QString()
                               : row({e(QCoreApplication::translate("Field", label)), kept(value)});
    };
    const auto ended = [](bool active) {
        return active ? QString() : u' ' + Documents::tr("(not any more)");
    };
    QString person = field("Number", p.number) + field("Family name", p.familyName) +
                     field("Given names", p.givenName) + field("Birth date", birthText(p.birthDate)) +
                     field("Sex", sexText(p.sex)) + field("Phone", p.phone) + field("E-mail", p.email) +
                     field("Address", p.address) + field("Remarks", p.remarks);
    for (const auto &c : record.contacts)
        person += row({e(isolated(c.label) + ended(c.active)), kept(c.value)});
    for (const auto &i : record.identifiers)
        person += row({e(Documents::tr("Identifier") + ended(i.active)), kept(i.value)});
    part(Documents::tr("You"), person);
    QString rows;
    for (const auto &k : record.nextOfKin)
        rows += row({e(isolated(k.name) + ended(k.active)), kept(k.relationship), e(leftToRight(k.phone))});
    part(Documents::tr("People to call"), rows);
    rows.clear();
    for (const auto &a : record.allergies)
        rows += row({e(isolated(a.substance) + ended(a.active)), kept(a.reaction)});
    part(Documents::tr("Allergies"), rows);
    rows.clear();
    for (const auto &c : record.conditions)
        rows += row({e(isolated(c.name) + ended(c.active)), kept(dateText(c.onset)), kept(c.note)});
    part(Documents::tr("Conditions"), rows);
    rows.clear();
    for (const auto &c : record.consents)
        rows += row({e(consentText(c.kind)),
                     e(c.given ? Documents::tr("agrees") : Documents::tr("does not agree")),
                     e(when(c.saidAt, head.zone, false)), kept(c.givenBy), kept(c.note)});
    part(Documents::tr("What was agreed to"), rows);
    rows.clear();
    for (const auto &view : record.appointments)
        rows += row({e(when(view.appointment.startAt, head.zone)), kept(view.practitionerName),
                     kept(view.serviceName), e(stateName(view.appointment.state)),
                     kept(view.appointment.reason)});
    part(Documents::tr("Appointments"), rows);
    rows.clear();
    for (const auto &i : record.invoices)
        rows += row({kept(i.number), i.issuedAt ? e(when(i.issuedAt, head.zone, false)) : QString(),
                     money(i.totalMinor, i.currency)},
                    QStringLiteral("td"), 2);
    part(Documents::tr("Invoices"), rows);
    rows.clear();
    for (const auto &payment : record.payments)
        rows += row({kept(payment.number), e(when(payment.paidAt, head.zone, false)),
                     e(methodName(payment.method)), money(payment.amountMinor, payment.currency)},
                    QStringLiteral("td"), 3);
    for (const auto &note : record.creditNotes)
        rows += row({kept(note.number), e(when(note.createdAt, head.zone, false)), kept(note.reason),
                     money(-note.amountMinor, note.currency)},
                    QStringLiteral("td"), 3);
    part(Documents::tr("Payments and credit notes"), rows);
    rows.clear();
    for (const auto &d : record.documents)
        rows += row({e(isolated(d.title) + ended(d.active)), kept(d.fileName),
                     e(when(d.createdAt, head.zone, false))});
    part(Documents::tr("Documents"), rows);
    if (!record.isWhole)
        html += QStringLiteral("<p><b>%1</b></p>")
                    .arg(e(Documents::tr("Other branches may have more: this PC keeps only some of them.")));
    return html + footHtml(head);
}

QPageLayout pageLayout(const QString &paper)
{
    if (paper == u"80mm")
        return QPageLayout(QPageSize(QSizeF(80, 200), QPageSize::Millimeter), QPageLayout::Portrait,
                           QMarginsF(4, 4, 4, 4), QPageLayout::Millimeter);
    const auto id = paper == u"Letter" ? QPageSize::Letter : paper == u"A5" ? QPageSize::A5 : QPageSize::A4;
    const qreal margin = paper == u"A5" ? 10 : 18;
    return QPageLayout(QPageSize(id), QPageLayout::Portrait, QMarginsF(margin, margin, margin, margin),
                       QPageLayout::Millimeter);
}

QString dateText(const PartialDate &date)
{
    if (date.isNull())
        return {};
    const QLocale locale;
    const QString text = date.isComplete() ? locale.toString(date.earliest(), QStringLiteral("d MMM yyyy"))
                         : date.month()    ? locale.toString(date.earliest(), QStringLiteral("MMM yyyy"))
                                           : QString::number(date.year());
    return date.isEstimated() ? Documents::tr("about %1").arg(text) : text;
}

QString birthText(const PartialDate &born)
{
    return born.isNull() ? Documents::tr("not known") : dateText(born);
}

QString sexText(domain::Sex sex)
{
    switch (sex) {
    case domain::Sex::Unknown:
        return Documents::tr("Not known");
    case domain::Sex::Female:
        return Documents::tr("Female");
    case domain::Sex::Male:
        return Documents::tr("Male");
    case domain::Sex::Other:
        return Documents::tr("Other", "sex");
    }
    return {};
}

QString consentText(domain::ConsentKind kind)
{
    switch (kind) {
    case domain::ConsentKind::Photo:
        return Documents::tr("Being photographed");
    case domain::ConsentKind::Sharing:
        return Documents::tr("Data going to others than this hospital");
    case domain::ConsentKind::Research:
        return Documents::tr("Being counted in copies for research and training");
    case domain::ConsentKind::Messages:
        return Documents::tr("Being written to and called");
    }
    return {};
}

QString directed(const QString &html)
{
    if (!documents::isRightToLeft())
        return html;
    QString mirrored = html;
    mirrored.replace(QStringLiteral("<p"), QStringLiteral("<p dir='rtl'"));
    mirrored.replace(QStringLiteral("align='left'"), QStringLiteral("align='start'"));
    mirrored.replace(QStringLiteral("align='right'"), QStringLiteral("align='left'"));
    mirrored.replace(QStringLiteral("align='start'"), QStringLiteral("align='right'"));
    return mirrored;
}

void layOut(QTextDocument &document, const QString &html, const QString &paper)
{
    QFont font(QStringLiteral("sans-serif"));
    font.setPointSizeF(paper == u"80mm" ? 7.5 : 10);
    document.setDefaultFont(font);
    QTextOption option;
    option.setTextDirection(QGuiApplication::layoutDirection());
    document.setDefaultTextOption(option);
    document.setHtml(directed(html));
}

Result<void> writePdf(const QString &html, const QString &paper, const QString &path, const QString &title)
{
    FileWriter file(path);
    if (!file.begin())
        return tl::unexpected(file.failure());
    {
        QPdfWriter writer(&file);
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("ClinicDesk"));
        writer.setPageLayout(pageLayout(paper));
        QTextDocument document;
        layOut(document, html, paper);
        document.documentLayout()->setPaintDevice(&writer);
        document.setPageSize(QSizeF(writer.width(), writer.height()));
        document.print(&writer);
    }
    return file.commit();
}

} // namespace clinic::exchange
