// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/billing/invoicedialog.h"

#include "core/money.h"
#include "domain/billing/rules.h"
#include "gui/attention/wherelabel.h"
#include "gui/billing/moneydialogs.h"
#include "gui/widgets/documents.h"
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
    m_fault->setWordWrap(true);
    layout->addWidget(m_fault);
    body()->addWidget(m_page, 1);
    m_draftButton = button(tr("Keep as &draft"), nullptr, this, [this] { keepDraft(); });
    buttons()->insertWidget(1, m_draftButton);
    for (const auto &line : m_detail.lines)
        addLine(line);
    connect(m_table, &QTableWidget::cellChanged, this, [this] {
        if (!m_filling) {
            m_dirty = true;
            showSums();
        }
    });
    showSums();
    saveButton()->setFocus();
}

void InvoiceDialog::addLine(const domain::InvoiceLine &line)
{
    m_filling = true;
    const QLocale locale;
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_lines << line;
    const QString &currency = m_detail.view.invoice.currency.isEmpty()
                                  ? m_shell.workspace().session().currency
                                  : m_detail.view.invoice.currency;
    const QStringList cells{line.description, QString::number(line.quantity),
                            money::format(line.unitMinor, currency, locale),
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

QList<domain::InvoiceLine> InvoiceDialog::typedLines(Error *fault) const
{
    QList<domain::InvoiceLine> lines;
    const bool inclusive = m_detail.view.invoice.isStored()
                               ? m_detail.view.invoice.pricesIncludeTax
                               : m_shell.workspace().place().hospital.pricesIncludeTax;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        domain::InvoiceLine line = m_lines[row];
        line.description = m_table->item(row, 0)->text();
        line.quantity = m_table->item(row, 1)->text().toInt();
        const auto price =
            money::parse(m_table->item(row, 2)->text(), m_shell.workspace().session().currency, QLocale());
        if (!price) {
            if (fault)
                *fault = price.error();
            continue;
        }
        line.unitMinor = *price;
        const auto priced = domain::priced(line, inclusive);
        if (!priced) {
            if (fault)
                *fault = priced.error();
            continue;
        }
        lines << *priced;
    }
    return lines;
}

void InvoiceDialog::showSums()
{
    if (!m_sums)
        return;
    domain::Invoice sums;
    const auto lines = typedLines(nullptr);
    domain::sumUp(sums, lines);
    m_filling = true;
    for (int row = 0; row < m_table->rowCount() && row < lines.size(); ++row)
        m_table->item(row, 4)->setText(
            money::format(lines[row].totalMinor, m_shell.workspace().session().currency, QLocale()));
    m_filling = false;
    m_sums->setText(
        tr("Total %1 (tax %2)")
            .arg(m_shell.workspace().money(sums.totalMinor), m_shell.workspace().money(sums.taxMinor)));
}

void InvoiceDialog::save()
{
    if (m_detail.view.invoice.state == domain::InvoiceState::Issued) {
        if (m_detail.view.balanceMinor() > 0)
            pay();
        return;
    }
    Error fault;
    fault.code = ErrorCode::NothingToDo;
    const auto lines = typedLines(&fault);
    if (lines.size() != m_table->rowCount() || lines.isEmpty()) {
        m_fault->setText(models::errorText(fault));
        return;
    }
    setBusy(true);
    m_shell.workspace().billing.issue(this, m_detail.view.invoice, lines,
                                      [this](const Result<domain::Invoice> &issued) {
                                          setBusy(false);
                                          if (!issued) {
                                              m_fault->setText(models::errorText(issued.error()));
                                              return;
                                          }
                                          m_dirty = false;
                                          m_shell.say(tr("Invoice %1 issued.").arg(issued->number));
                                          reload(issued->id);
                                      });
}

void InvoiceDialog::keepDraft()
{
    Error fault;
    fault.code = ErrorCode::NothingToDo;
    const auto lines = typedLines(&fault);
    if (lines.size() != m_table->rowCount() || lines.isEmpty()) {
        m_fault->setText(models::errorText(fault));
        return;
    }
    m_shell.workspace().billing.saveDraft(this, m_detail.view.invoice, lines,
                                          [this](const Result<domain::Invoice> &saved) {
                                              if (!saved) {
                                                  m_fault->setText(models::errorText(saved.error()));
                                                  return;
                                              }
                                              m_dirty = false;
                                              m_shell.say(tr("Draft kept."));
                                              accept();
                                          });
}

void InvoiceDialog::reload(const Id &invoice)
{
    m_shell.workspace().billing.detail(this, invoice, [this](const Result<models::InvoiceDetail> &detail) {
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
        auto *print = button(tr("Receipt"), "link", this,
                             [this, payment] { printReceipt(m_shell, m_detail, payment, true); });
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
    row->addWidget(button(tr("&Print invoice"), nullptr, this, [this] {
        printInvoice(m_shell, m_detail, m_detail.payments.size() + m_detail.credits.size() > 0);
    }));
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
    connect(dialog, &PaymentDialog::paid, this, [this](const domain::Payment &payment) {
        m_shell.workspace().billing.detail(
            this, m_detail.view.invoice.id, [this, payment](const Result<models::InvoiceDetail> &detail) {
                if (!detail)
                    return;
                m_detail = *detail;
                buildIssued();
                m_shell.say(tr("%1 taken.").arg(m_shell.workspace().money(payment.amountMinor)));
                printReceipt(m_shell, m_detail, payment, false);
            });
    });
    dialog->open();
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
