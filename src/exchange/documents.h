// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "exchange/texts.h"
#include "services/billing/billing.h"
#include "services/patients/personexport.h"
#include "services/setup/setup.h"
#include "storage/appointments/queries.h"

#include <QPageLayout>
#include <QTextDocument>

namespace clinic::exchange {

// Head and foot of every document.
struct Letterhead
{
    domain::Hospital hospital;
    QString branchName;
    QTimeZone zone;
    qint64 printedAt = 0;
    QString printedBy;
    bool isCopy = false; // marks a reprint
};

// The body of a document as HTML. Names and texts are escaped: markup in a name is shown, not rendered.
[[nodiscard]] QString invoiceHtml(const Letterhead &head, const storage::InvoiceDetail &detail);
[[nodiscard]] QString receiptHtml(const Letterhead &head, const storage::InvoiceDetail &detail,
                                  const domain::Payment &payment);
[[nodiscard]] QString statementHtml(const Letterhead &head, const domain::Patient &patient,
                                    const QList<storage::StatementLine> &lines);
[[nodiscard]] QString appointmentHistoryHtml(const Letterhead &head, const domain::Patient &patient,
                                             const QList<storage::AppointmentView> &views);
// The day list of a front desk; with telephone numbers it is the downtime sheet.
[[nodiscard]] QString dayListHtml(const Letterhead &head, const QString &day,
                                  const QList<storage::AppointmentView> &views);

// All data about one patient, as a document.
[[nodiscard]] QString personHtml(const Letterhead &head, const services::PersonRecord &record);

// "A4", "Letter", "A5" or "80mm".
[[nodiscard]] QPageLayout pageLayout(const QString &paper);
// A partial date in words: "21 Jul 1980", "Jul 1980", "about 1996"; empty when there is none.
[[nodiscard]] QString dateText(const PartialDate &date);
// The same for a birth date: "not known" when there is none.
[[nodiscard]] QString birthText(const PartialDate &born);
[[nodiscard]] QString sexText(domain::Sex sex);
// The subject of a consent.
[[nodiscard]] QString consentText(domain::ConsentKind kind);
// Paragraphs and alignments for a right-to-left language; columns are in that order already.
[[nodiscard]] QString directed(const QString &html);
// Lays the HTML out for that paper. The text direction follows the language.
void layOut(QTextDocument &document, const QString &html, const QString &paper);
[[nodiscard]] Result<void> writePdf(const QString &html, const QString &paper, const QString &path,
                                    const QString &title);

} // namespace clinic::exchange
