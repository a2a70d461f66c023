// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/billing/billingpage.h"

#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

BillingPage::BillingPage(Shell &shell)
    : Screen(shell),
      m_which(new QComboBox),
      m_drawer(label(QString(), "heading")),
      m_takings(label(QString(), "muted"))
{
    using models::InvoiceView;
    auto &ws = workspace();
    m_model = new models::RowsModel<InvoiceView>(
        {{tr("Number"), [](const InvoiceView &v) { return QVariant(models::invoiceName(v.invoice)); }},
         {tr("Date"),
          [&ws](const InvoiceView &v) {
              return QVariant(models::dayTimeText(v.invoice.createdAt, ws.zone()));
          },
          [](const InvoiceView &v) { return QVariant(v.invoice.createdAt); }},
         {tr("Patient"), [](const InvoiceView &v) { return QVariant(v.patientName); }},
         {tr("Total"),
          [](const InvoiceView &v) {
              return QVariant(models::moneyText(v.invoice.totalMinor, v.invoice.currency));
          },
          [](const InvoiceView &v) { return QVariant(v.invoice.totalMinor); }, models::alignNumber},
         {tr("Paid"),
          [](const InvoiceView &v) { return QVariant(models::moneyText(v.paidMinor, v.invoice.currency)); },
          [](const InvoiceView &v) { return QVariant(v.paidMinor); }, models::alignNumber},
         {tr("To pay"),
          [](const InvoiceView &v) {
              return QVariant(models::moneyText(v.balanceMinor(), v.invoice.currency));
          },
          [](const InvoiceView &v) { return QVariant(v.balanceMinor()); }, models::alignNumber}},
        this);
    m_list = new ListView(tr("Invoices"), m_model,
                          TakenAs{domain::IntentionId::PrintBillingDocument, "invoice", {}});
    m_list->setStretch({20, 20, 24, 12, 12, 12});
    m_which->addItems({tr("Unpaid and drafts"), tr("Today"), tr("Last 30 days"), tr("All")});
    m_which->setAccessibleName(tr("Which invoices"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Billing"), "title"));
    top->addStretch();
    top->addWidget(m_which);
    layout->addLayout(top);
    auto *card = new Card;
    auto *row = new QHBoxLayout;
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_drawer);
    texts->addWidget(m_takings);
    row->addLayout(texts, 1);
    if (ws.may("billing.cashDrawer"))
        row->addWidget(button(tr("&Cash drawer"), nullptr, this, [this] { this->shell().openDrawer(); }));
    card->body()->addLayout(row);
    layout->addWidget(card);
    layout->addWidget(m_list, 1);
    connect(m_which, &QComboBox::activated, this, &BillingPage::refresh);
    connect(m_list, &ListView::opened, this, [this](const QModelIndex &i) {
        if (const auto *view = m_model->at(i))
            this->shell().openInvoice(view->invoice.id);
    });
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        using namespace domain;
        if (isVisible() && models::touches(rows, {&Invoice::entity(), &Payment::entity(),
                                                  &CreditNote::entity(), &CashSession::entity()}))
            refresh();
    });
}

void BillingPage::refresh()
{
    m_list->showLoading();
    models::InvoiceFilter filter;
    const QDate today = workspace().today();
    filter.unpaidOnly = m_which->currentIndex() == 0;
    if (m_which->currentIndex() == 1)
        filter.from = workspace().startOf(today);
    if (m_which->currentIndex() == 2)
        filter.from = workspace().startOf(today.addDays(-30));
    m_list->setEmptyText(filter.unpaidOnly
                             ? tr("Everything is paid.")
                             : tr("No invoices here. Make one from an appointment or from a patient."));
    workspace().billing.list(this, filter, [this](const Result<QList<models::InvoiceView>> &views) {
        if (!views) {
            m_list->showFailure(models::errorText(views.error()), [this] { refresh(); });
            return;
        }
        m_model->setRows(*views);
        m_list->showRows();
    });
    workspace().billing.drawer(this, [this](const Result<models::DrawerState> &state) {
        if (!state)
            return;
        m_drawer->setText(state->open
                              ? tr("Cash drawer open, %1 in it").arg(workspace().money(state->expectedMinor))
                              : tr("Cash drawer closed"));
        QStringList parts;
        for (int i = 0; i < 4; ++i) {
            if (state->today.byMethod[i])
                parts << tr("%1 %2").arg(models::methodLabel(static_cast<domain::PaymentMethod>(i)),
                                         workspace().money(state->today.byMethod[i]));
        }
        m_takings->setText(parts.isEmpty() ? tr("Nothing taken today yet.")
                                           : tr("Taken today: %1").arg(parts.join(QStringLiteral(", "))));
    });
}

} // namespace clinic::gui
