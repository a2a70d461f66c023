// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/billing/invoicedialog.h"

#include "core/digits.h"
#include "core/money.h"
#include "domain/billing/rules.h"
#include "gui/attention/wherelabel.h"
#include "gui/billing/moneydialogs.h"
#include "gui/widgets/documents.h"
#include "models/billing/printed.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QHeaderView>

namespace clinic::gui {

InvoiceDialog::InvoiceDialog(Shell &shell, const models::InvoiceDetail &detail)
    : FormDialog(detail.view.invoice.state == domain::InvoiceState::Draft ? InvoiceDialog::tr("Invoice")
                                                                          : detail.view.invoice.number,
                 InvoiceDialog::tr("Issue"), shell.window()),
      m_shell(shell),
      m_detail(detail)
{
    setObjectName(QStringLiteral("invoice"));
    resize(820, 620);
    if (detail.view.invoice.state == domain::InvoiceState::Draft)
        buildDraft();
    else
        buildIssued();
}

void InvoiceDialog::buildDraft()
{
    m_page = new QWidget;
    auto *layout = new QVBoxLayout(m_page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label(
        QStringLiteral("%1 · %2").arg(m_detail.view.patientName, m_detail.view.patientNumber), "heading"));
    if (const QString &issued = m_detail.view.invoice.number; !issued.isEmpty()) {
        auto *left =
            label(tr("Left on the draft when %1 was issued from it. Issue it as an invoice of its own, "
                     "or remove it.")
                      .arg(issued),
                  "muted");
        left->setWordWrap(true);
        layout->addWidget(left);
    }
    m_table = new QTableWidget(0, 5);
    m_table->setAccessibleName(tr("Items"));
    m_table->setHorizontalHeaderLabels(
        {tr("Description"), tr("Quantity"), tr("Price"), tr("Tax %"), tr("Total")});
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(220);
    layout->addWidget(m_table, 1);
    auto *row = new QHBoxLayout;
    m_services = new QComboBox;
    m_services->setAccessibleName(tr("Service to add"));
    for (const auto &service : m_shell.workspace().place().services)
        m_services->addItem(
            QStringLiteral("%1 – %2").arg(service.name, m_shell.workspace().money(service.priceMinor)),
            service.id.toBytes());
    row->addWidget(m_services, 1);
    row->addWidget(button(tr("&Add item"), nullptr, this, [this] {
        const Id id = Id::fromBytes(m_services->currentData().toByteArray());
        for (const auto &service : m_shell.workspace().place().services) {
            if (service.id != id)
                continue;
            domain::InvoiceLine line;
            line.serviceId = service.id;
            line.description = service.name;
            line.unitMinor = service.priceMinor;
            line.taxBasisPoints = service.taxBasisPoints;
            addLine(line);
            m_dirty = true;
        }
    }));
    row->addWidget(button(tr("&Remove item"), nullptr, this, [this] {
        const int at = m_table->currentRow();
        if (at < 0)
            return;
        m_lines.removeAt(at);
        m_table->removeRow(at);
        m_dirty = true;
        showSums();
    }));
    layout->addLayout(row);
    m_sums = label(QString(), "heading");
    m_sums->setAlignment(Qt::AlignTrailing);
    layout->addWidget(m_sums);
    m_fault = label(QString(), "error");
    m_fault->setObjectName(QStringLiteral("invoiceFault"));
    m_fault->setWordWrap(true);
    layout->addWidget(m_fault);
    body()->addWidget(m_page, 1);
    m_draftButton = button(tr("Keep as &draft"), nullptr, this, [this] { keepDraft(); });
    buttons()->insertWidget(1, m_draftButton);
    for (const auto &line : m_detail.lines)
        addLine(line);
    connect(m_table, &QTableWidget::cellChanged, this, [this](int changed, int column) {
        if (m_filling)
            return;
        m_dirty = true;
        rewriteCell(changed, column);
        showSums();
    });
    showSums();
    saveButton()->setFocus();
}

bool InvoiceDialog::isDirty() const
{
    return m_dirty || (m_table && m_table->viewport()->findChild<QLineEdit *>());
}

void InvoiceDialog::addLine(const domain::InvoiceLine &line)
{
    m_filling = true;
    const QLocale locale;
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_lines << line;
    const QStringList cells{line.description, QString::number(line.quantity),
                            money::format(line.unitMinor, currency(), locale),
                            QString::number(line.taxBasisPoints / 100.0), QString()};
    for (int i = 0; i < cells.size(); ++i) {
        auto *item = new QTableWidgetItem(cells[i]);
        if (i > 0)
            item->setTextAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
        if (i == 4 || i == 3)
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        m_table->setItem(row, i, item);
    }
    m_filling = false;
    showSums();
}

const QString &InvoiceDialog::currency() const
{
    return m_detail.view.invoice.currency.isEmpty() ? m_shell.workspace().session().currency
                                                    : m_detail.view.invoice.currency;
}

// Shows the quantity or price that was read, before anything is saved; an invalid text stays as typed.
void InvoiceDialog::rewriteCell(int row, int column)
{
    auto *item = m_table->item(row, column);
    QString shown;
    if (column == 1) {
        if (const auto quantity = digits::whole(item->text()))
            shown = QString::number(*quantity);
    } else if (column == 2) {
        if (const auto price = money::parse(item->text(), currency(), QLocale()))
            shown = money::format(*price, currency(), QLocale());
    }
    m_filling = true;
    if (!shown.isEmpty())
        item->setText(shown);
    m_filling = false;
}

QList<Result<domain::InvoiceLine>> InvoiceDialog::typedLines() const
{
    QList<Result<domain::InvoiceLine>> lines;
    const bool inclusive = m_detail.view.invoice.isStored()
                               ? m_detail.view.invoice.pricesIncludeTax
                               : m_shell.workspace().place().hospital.pricesIncludeTax;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        domain::InvoiceLine line = m_lines[row];
        line.description = m_table->item(row, 0)->text();
        const auto quantity = digits::whole(m_table->item(row, 1)->text());
        const auto price = money::parse(m_table->item(row, 2)->text(), currency(), QLocale());
        if (!quantity || *quantity < 1 || *quantity > 10'000) {
            lines << fail(ErrorCode::Invalid, QStringLiteral("quantity"));
        } else if (!price) {
            lines << fail(price);
        } else {
            line.quantity = static_cast<int>(*quantity);
            line.unitMinor = *price;
            lines << domain::priced(line, inclusive);
        }
    }
    return lines;
}

QList<domain::InvoiceLine> InvoiceDialog::readLines()
{
    QList<domain::InvoiceLine> lines;
    Error fault(ErrorCode::NothingToDo);
    const auto typed = typedLines();
    for (const auto &line : typed) {
        if (line)
            lines << *line;
        else if (fault.code == ErrorCode::NothingToDo)
            fault = line.error();
    }
    if (!lines.isEmpty() && lines.size() == typed.size()) {
        m_fault->clear();
        return lines;
    }
    m_fault->setText(models::errorText(fault));
    return {};
}

void InvoiceDialog::showSums()
{
    if (!m_sums)
        return;
    domain::Invoice sums;
    QList<domain::InvoiceLine> readable;
    const auto lines = typedLines();
    m_filling = true;
    for (int row = 0; row < lines.size(); ++row) {
        m_table->item(row, 4)->setText(
            lines[row] ? money::format(lines[row]->totalMinor, currency(), QLocale()) : QStringLiteral("–"));
        if (lines[row])
            readable << *lines[row];
    }
    m_filling = false;
    domain::sumUp(sums, readable);
    // No total of a part: an invalid line is reported at once.
    const bool whole = readable.size() == lines.size();
    if (whole)
        m_fault->clear();
    else
        static_cast<void>(readLines());
    m_sums->setText(whole ? tr("Total %1 (tax %2)")
                                .arg(models::moneyText(sums.totalMinor, currency()),
                                     models::moneyText(sums.taxMinor, currency()))
                          : QStringLiteral("–"));
}

void InvoiceDialog::save()
{
    if (m_detail.view.invoice.state == domain::InvoiceState::Issued) {
        if (m_detail.view.balanceMinor() > 0)
            pay();
        return;
    }
    const auto lines = readLines();
    if (lines.isEmpty())
        return;
    setBusy(true);
    m_shell.workspace().billing.issue(this, m_detail, lines, [this](const Result<domain::Invoice> &issued) {
        if (!issued) {
            setBusy(false);
            m_fault->setText(models::errorText(issued.error()));
            return;
        }
        m_dirty = false;
        m_detail.view.invoice = *issued; // nothing issues it once more, whatever becomes of reading it
        m_shell.say(tr("Invoice %1 issued.").arg(issued->number));
        reload(issued->id);
    });
}

void InvoiceDialog::keepDraft()
{
    // A stored draft without lines is gone.
    const bool isGone = m_table->rowCount() == 0 && m_detail.view.invoice.isStored();
    const auto lines = isGone ? QList<domain::InvoiceLine>() : readLines();
    if (lines.isEmpty() && !isGone)
        return;
    setBusy(true);
    m_shell.workspace().billing.saveDraft(this, m_detail, lines,
                                          [this, isGone](const Result<domain::Invoice> &saved) {
                                              setBusy(false);
                                              if (!saved) {
                                                  m_fault->setText(models::errorText(saved.error()));
                                                  return;
                                              }
                                              m_dirty = false;
                                              m_shell.say(isGone ? tr("Draft removed.") : tr("Draft kept."));
                                              accept();
                                          });
}

void InvoiceDialog::reload(const Id &invoice)
{
    m_shell.workspace().billing.detail(this, invoice, [this](const Result<models::InvoiceDetail> &detail) {
        setBusy(false);
        if (!detail) {
            m_shell.sayError(detail.error());
            return;
        }
        m_detail = *detail;
        buildIssued();
    });
}

void InvoiceDialog::buildIssued()
{
    delete m_page;
    delete m_draftButton;
    m_draftButton = nullptr;
    m_table = nullptr;
    m_sums = nullptr;
    auto &ws = m_shell.workspace();
    const auto &v = m_detail.view;
    setWindowTitle(v.invoice.number);
    m_page = new QWidget;
    auto *layout = new QVBoxLayout(m_page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label(QStringLiteral("%1 · %2").arg(v.patientName, v.patientNumber), "heading"));
    layout->addWidget(
        label(tr("%1, issued %2").arg(v.invoice.number, models::dayTimeText(v.invoice.issuedAt, ws.zone())),
              "muted"));
    layout->addWidget(new WhereLabel(ws, v.invoice.id));
    auto *items = new Card(tr("Items"));
    const auto pair = [](Card *card, const QString &left, const QString &right, const char *role = nullptr) {
        auto *row = new QHBoxLayout;
        auto *text = label(left, role);
        text->setWordWrap(true);
        row->addWidget(text, 1);
        row->addWidget(label(right, role));
        card->body()->addLayout(row);
    };
    for (const auto &line : m_detail.lines)
        pair(items,
             line.quantity == 1 ? line.description
                                : QStringLiteral("%1 × %2").arg(line.quantity).arg(line.description),
             ws.money(line.totalMinor));
    pair(items, tr("Total (tax %1)").arg(ws.money(v.invoice.taxMinor)), ws.money(v.invoice.totalMinor),
         "heading");
    layout->addWidget(items);
    auto *moneyCard = new Card(tr("Payments and credits"));
    for (const auto &payment : m_detail.payments) {
        auto *row = new QHBoxLayout;
        QStringList parts{models::dayTimeText(payment.paidAt, ws.zone()), payment.number,
                          models::methodLabel(payment.method),
                          payment.amountMinor < 0 ? tr("refund: %1").arg(payment.reason) : payment.reference};
        parts.removeAll(QString());
        row->addWidget(label(parts.join(QStringLiteral(" · "))), 1);
        row->addWidget(label(ws.money(payment.amountMinor)));
        auto *print = button(tr("Receipt"), "link", this, [this, payment] { printPaper(payment); });
        print->setAccessibleName(tr("Print receipt %1 again").arg(payment.number));
        row->addWidget(print);
        moneyCard->body()->addLayout(row);
    }
    for (const auto &note : m_detail.credits)
        pair(moneyCard, tr("Credit note %1: %2").arg(note.number, note.reason), ws.money(-note.amountMinor));
    if (m_detail.payments.isEmpty() && m_detail.credits.isEmpty())
        moneyCard->body()->addWidget(label(tr("Nothing paid yet."), "muted"));
    auto *owed = label(v.balanceMinor() > 0   ? tr("To pay: %1").arg(ws.money(v.balanceMinor()))
                       : v.balanceMinor() < 0 ? tr("In credit: %1").arg(ws.money(-v.balanceMinor()))
                                              : tr("Paid in full"),
                       "heading");
    owed->setObjectName(QStringLiteral("balance"));
    moneyCard->body()->addWidget(owed);
    layout->addWidget(moneyCard);
    auto *row = new QHBoxLayout;
    row->addWidget(button(tr("&Print invoice"), nullptr, this, [this] { printPaper({}); }));
    if (ws.may("billing.refund") && v.paidMinor > 0)
        row->addWidget(button(tr("Re&fund"), nullptr, this, [this] { refund(); }));
    if (ws.may("billing.credit"))
        row->addWidget(button(tr("&Credit note"), nullptr, this, [this] { credit(); }));
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    body()->addWidget(m_page, 1);
    const bool canPay = ws.may("billing.pay") && v.balanceMinor() > 0;
    saveButton()->setText(tr("Take &payment"));
    if (canPay)
        saveButton()->show();
    else
        showOnly();
    if (canPay)
        saveButton()->setFocus();
}

void InvoiceDialog::pay()
{
    auto *dialog = new PaymentDialog(m_shell, m_detail, this);
    connect(dialog, &PaymentDialog::paid, this, [this](const domain::Payment &payment, qint64 change) {
        m_shell.workspace().billing.detail(
            this, m_detail.view.invoice.id,
            [this, payment, change](const Result<models::InvoiceDetail> &detail) {
                if (!detail)
                    return;
                m_detail = *detail;
                buildIssued();
                const QString taken = m_shell.workspace().money(payment.amountMinor);
                m_shell.say(change > 0
                                ? tr("%1 taken, change %2.").arg(taken, m_shell.workspace().money(change))
                                : tr("%1 taken.").arg(taken));
                printReceipt(m_shell, m_detail, payment, false);
            });
    });
    dialog->open();
}

// Prints the invoice, or the receipt of a payment. Only a repeated print is a copy.
void InvoiceDialog::printPaper(const std::optional<domain::Payment> &payment)
{
    m_shell.workspace().clinic().ask(
        this, models::PrintedPapers{m_detail.view.invoice.id},
        [this, payment](const Result<QSet<Id>> &printed) {
            if (!printed) {
                m_shell.sayError(printed.error());
                return;
            }
            if (payment)
                printReceipt(m_shell, m_detail, *payment, printed->contains(payment->id));
            else
                printInvoice(m_shell, m_detail, printed->contains(m_detail.view.invoice.id));
        });
}

void InvoiceDialog::refund()
{
    auto *dialog = new RefundDialog(m_shell, m_detail, RefundDialog::Kind::Refund, this);
    connect(dialog, &RefundDialog::finishedWith, this, [this] { reload(m_detail.view.invoice.id); });
    dialog->open();
}

void InvoiceDialog::credit()
{
    auto *dialog = new RefundDialog(m_shell, m_detail, RefundDialog::Kind::CreditNote, this);
    connect(dialog, &RefundDialog::finishedWith, this, [this] { reload(m_detail.view.invoice.id); });
    dialog->open();
}

} // namespace clinic::gui
