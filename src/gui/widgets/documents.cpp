// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/documents.h"

#include "gui/widgets/controls.h"
#include "models/documents.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialog>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextEdit>

namespace clinic::gui {
namespace documentview {

class DocumentView
{
    Q_DECLARE_TR_FUNCTIONS(DocumentView)
};

} // namespace documentview

using documentview::DocumentView;

void showDocument(Shell &shell, const QString &title, const QString &html, const std::function<void()> &left)
{
    auto *dialog = new QDialog(shell.window());
    dialog->setObjectName(QStringLiteral("document"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->resize(760, 720);
    auto *layout = new QVBoxLayout(dialog);
    auto *row = new QHBoxLayout;
    auto *paper = new QComboBox;
    paper->setAccessibleName(DocumentView::tr("Paper"));
    paper->addItems(
        {QStringLiteral("A4"), QStringLiteral("Letter"), QStringLiteral("A5"), QStringLiteral("80mm")});
    paper->setCurrentText(shell.workspace().setting(domain::setting::paper));
    row->addWidget(label(title, "heading"));
    row->addStretch();
    row->addWidget(paper);
    auto *view = new QTextEdit;
    view->setReadOnly(true);
    view->setAccessibleName(title);
    view->setProperty("html", html);
    // The page is white and black in any theme: it shows the print.
    QPalette page;
    page.setColor(QPalette::Base, Qt::white);
    page.setColor(QPalette::Text, Qt::black);
    view->setPalette(page);
    view->setStyleSheet(QStringLiteral("QTextEdit { background: white; color: black; }"));
    view->setHtml(exchange::directed(html));
    layout->addLayout(row);
    layout->addWidget(view, 1);
    auto *actions = new QHBoxLayout;
    actions->addStretch();
    actions->addWidget(button(DocumentView::tr("Close"), nullptr, dialog, [dialog] { dialog->accept(); }));
    auto *save =
        button(DocumentView::tr("Save as PDF"), nullptr, dialog, [&shell, dialog, html, title, paper, left] {
            shell.prompter().saveFile(dialog, DocumentView::tr("Save as PDF"), title + QStringLiteral(".pdf"),
                                      DocumentView::tr("PDF documents (*.pdf)"),
                                      [&shell, html, title, paper, left](const QString &path) {
                                          shell.workspace().clinic().runOnFiles<Result<void>>(
                                              shell.window(),
                                              [html, title, path, size = paper->currentText()] {
                                                  return exchange::writePdf(html, size, path, title);
                                              },
                                              [&shell, path, left](const Result<void> &written) {
                                                  if (!written)
                                                      return shell.sayError(written.error());
                                                  shell.say(DocumentView::tr("Saved to %1.").arg(path));
                                                  if (left)
                                                      left();
                                              });
                                      });
        });
    save->setObjectName(QStringLiteral("savePdf"));
    actions->addWidget(save);
    actions->addWidget(
        button(DocumentView::tr("&Print"), "primary", dialog, [&shell, dialog, html, paper, left] {
            auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
            printer->setPageLayout(exchange::pageLayout(paper->currentText()));
            auto *print = new QPrintDialog(printer.get(), dialog);
            print->setAttribute(Qt::WA_DeleteOnClose);
            QObject::connect(print, &QDialog::accepted, dialog, [&shell, printer, html, paper, left] {
                QTextDocument document;
                exchange::layOut(document, html, paper->currentText());
                document.print(printer.get());
                if (printer->printerState() == QPrinter::Error ||
                    printer->printerState() == QPrinter::Aborted)
                    return shell.say(
                        DocumentView::tr("The printer did not take the document. Nothing was printed."), {});
                if (left)
                    left();
            });
            print->open();
        }));
    layout->addLayout(actions);
    dialog->open();
}

void printAppointmentHistory(Shell &shell, const domain::Patient &patient,
                             const QList<models::AppointmentView> &views)
{
    showDocument(shell, DocumentView::tr("Appointments of %1").arg(patient.displayName()),
                 exchange::appointmentHistoryHtml(models::letterhead(shell.workspace()), patient, views),
                 [&shell, id = patient.id] { shell.workspace().patients.notePrinted(id); });
}

void printStatement(Shell &shell, const domain::Patient &patient)
{
    shell.workspace().billing.statement(
        shell.window(), patient.id, [&shell, patient](const Result<QList<models::StatementLine>> &lines) {
            if (!lines) {
                shell.sayError(lines.error());
                return;
            }
            showDocument(shell, DocumentView::tr("Statement of %1").arg(patient.displayName()),
                         exchange::statementHtml(models::letterhead(shell.workspace()), patient, *lines),
                         [&shell, id = patient.id] { shell.workspace().billing.noteStatementPrinted(id); });
        });
}

void printInvoice(Shell &shell, const models::InvoiceDetail &detail, bool isCopy)
{
    auto head = models::letterhead(shell.workspace());
    head.isCopy = isCopy;
    showDocument(shell, DocumentView::tr("Invoice %1").arg(detail.view.invoice.number),
                 exchange::invoiceHtml(head, detail),
                 [&shell, id = detail.view.invoice.id] { shell.workspace().billing.notePrinted(id); });
}

void printReceipt(Shell &shell, const models::InvoiceDetail &detail, const domain::Payment &payment,
                  bool isCopy)
{
    auto head = models::letterhead(shell.workspace());
    head.isCopy = isCopy;
    showDocument(shell, DocumentView::tr("Receipt %1").arg(payment.number),
                 exchange::receiptHtml(head, detail, payment),
                 [&shell, id = payment.id] { shell.workspace().billing.noteReceiptPrinted(id); });
}

void printDayList(Shell &shell, const QDate &day, const QList<models::AppointmentView> &views)
{
    const QString text = QLocale().toString(day, QLocale::LongFormat);
    showDocument(shell, DocumentView::tr("Day list %1").arg(text),
                 exchange::dayListHtml(models::letterhead(shell.workspace()), text, views),
                 [&shell] { shell.workspace().appointments.notePrinted(); });
}

} // namespace clinic::gui
