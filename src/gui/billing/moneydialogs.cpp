// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/billing/moneydialogs.h"

#include "core/money.h"
#include "domain/setup/settings.h"
#include "gui/widgets/amountedit.h"
#include "models/labels.h"

namespace clinic::gui {
namespace moneydialogs {

void fillMethods(QComboBox *box)
{
    for (const auto method : {domain::PaymentMethod::Cash, domain::PaymentMethod::Card,
                              domain::PaymentMethod::Transfer, domain::PaymentMethod::MobileMoney})
        box->addItem(models::methodLabel(method), enumCode(method));
}

domain::PaymentMethod methodOf(const QComboBox *box)
{
    return enumFromCode<domain::PaymentMethod>(box->currentData().toString())
        .value_or(domain::PaymentMethod::Cash);
}

} // namespace moneydialogs

PaymentDialog::PaymentDialog(Shell &shell, const models::InvoiceDetail &detail, QWidget *parent)
    : FormDialog(tr("Take payment"), tr("Take payment"), parent),
      m_shell(shell),
      m_detail(detail),
      m_form(new Form(1))
{
    resize(420, 400);
    body()->addWidget(
        label(tr("%1 · to pay %2")
                  .arg(detail.view.patientName, shell.workspace().money(detail.view.balanceMinor())),
              "muted"));
    m_amount = m_form->addAmount(QStringLiteral("amount"), tr("&Amount"), detail.view.invoice.currency);
    m_amount->setAmount(detail.view.balanceMinor());
    m_amount->selectAll();
    m_method = m_form->addChoice(QStringLiteral("method"), tr("&Method"));
    moneydialogs::fillMethods(m_method);
    m_reference = m_form->addLine(QStringLiteral("reference"), tr("&Reference"), 1,
                                  tr("Card slip or transfer number, if there is one"));
    m_change = label(QString(), "heading");
    m_change->setObjectName(QStringLiteral("change"));
    body()->addWidget(m_form);
    body()->addWidget(m_change);
    body()->addStretch();
    connect(m_form, &Form::edited, this, [this] {
        m_dirty = true;
        showChange();
    });
    m_amount->setFocus();
}

void PaymentDialog::showChange()
{
    const auto given = m_amount->amount();
    const qint64 change = given ? *given - m_detail.view.balanceMinor() : 0;
    const bool isCash = moneydialogs::methodOf(m_method) == domain::PaymentMethod::Cash;
    m_change->setText(change > 0 && isCash ? tr("Change: %1").arg(m_shell.workspace().money(change))
                                           : QString());
}

void PaymentDialog::save()
{
    m_form->clearFaults();
    const auto amount = m_amount->take();
    if (!amount) {
        m_form->showFault(amount.error());
        return;
    }
    setBusy(true);
    services::TakePayment payment{m_detail.view.invoice.id, *amount, moneydialogs::methodOf(m_method),
                                  m_reference->text()};
    m_shell.workspace().billing.pay(this, payment,
                                    [this, given = *amount](const Result<domain::Payment> &done) {
                                        setBusy(false);
                                        if (!done) {
                                            m_form->showFault(done.error());
                                            return;
                                        }
                                        m_dirty = false;
                                        Q_EMIT paid(*done, given - done->amountMinor);
                                        accept();
                                    });
}

RefundDialog::RefundDialog(Shell &shell, const models::InvoiceDetail &detail, Kind kind, QWidget *parent)
    : FormDialog(kind == Kind::Refund ? tr("Refund") : tr("Credit note"),
                 kind == Kind::Refund ? tr("Pay back") : tr("Issue"), parent),
      m_shell(shell),
      m_detail(detail),
      m_kind(kind),
      m_form(new Form(1))
{
    resize(460, 560);
    m_line = m_form->addChoice(QStringLiteral("line_id"), tr("&Item"));
    for (const auto &line : detail.lines)
        m_line->addItem(
            QStringLiteral("%1 – %2").arg(line.description, shell.workspace().money(line.totalMinor)),
            line.id.toBytes());
    m_amount = m_form->addAmount(QStringLiteral("amount"), tr("&Amount"), detail.view.invoice.currency);
    const auto propose = [this] {
        m_amount->setAmount(most(Id::fromBytes(m_line->currentData().toByteArray())));
    };
    // The first item with an amount left.
    for (qsizetype i = detail.lines.size() - 1; i >= 0; --i) {
        if (most(detail.lines[i].id) > 0)
            m_line->setCurrentIndex(static_cast<int>(i));
    }
    connect(m_line, &QComboBox::activated, this, propose);
    propose();
    if (kind == Kind::Refund) {
        m_method = m_form->addChoice(QStringLiteral("method"), tr("&Method"));
        moneydialogs::fillMethods(m_method);
        for (const auto &payment : detail.payments) { // as it was paid
            if (payment.amountMinor > 0)
                m_method->setCurrentIndex(m_method->findData(enumCode(payment.method)));
        }
    }
    m_reason = m_form->addLine(QStringLiteral("reason"), tr("&Reason"));
    if (kind == Kind::Refund && shell.workspace().setting(domain::setting::refundApproval) != u"false") {
        m_approver = m_form->addLine(QStringLiteral("approver_login"), tr("A&pproved by (user name)"), 1,
                                     tr("Somebody else who may approve refunds"));
        m_approverPassword = m_form->addSecret(QStringLiteral("approver_password"), tr("Their pass&word"));
        m_approverCode = m_form->addSecret(QStringLiteral("approver_code"), tr("Th&eir code"),
                                           tr("Of their authenticator app or on paper, if they have one"),
                                           QLineEdit::Normal);
    }
    body()->addWidget(m_form);
    body()->addStretch();
    connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
}

qint64 RefundDialog::most(const Id &line) const
{
    const auto books =
        domain::Books::of(m_detail.view.invoice, m_detail.lines, m_detail.payments, m_detail.credits);
    return m_kind == Kind::Refund ? books.mostToPayBack(line) : books.mostToCredit(line);
}

void RefundDialog::save()
{
    m_form->clearFaults();
    const auto amount = m_amount->take();
    if (!amount) {
        m_form->showFault(amount.error());
        return;
    }
    setBusy(true);
    const Id line = Id::fromBytes(m_line->currentData().toByteArray());
    const auto finished = [this](const auto &done) {
        setBusy(false);
        if (!done) {
            m_form->showFault(done.error());
            return;
        }
        m_dirty = false;
        Q_EMIT finishedWith();
        accept();
    };
    if (m_kind == Kind::Refund) {
        services::RefundPayment refund;
        refund.invoice = m_detail.view.invoice.id;
        refund.line = line;
        refund.amountMinor = *amount;
        refund.method = moneydialogs::methodOf(m_method);
        refund.reason = m_reason->text();
        if (m_approver)
            refund.approver = {m_approver->text(), m_approverPassword->text(), m_approverCode->text()};
        m_shell.workspace().billing.refund(this, refund, finished);
    } else {
        m_shell.workspace().billing.credit(this, {m_detail.view.invoice.id, line, *amount, m_reason->text()},
                                           finished);
    }
}

DrawerDialog::DrawerDialog(Shell &shell, const models::DrawerState &state)
    : FormDialog(state.open ? tr("Close the cash drawer") : tr("Open the cash drawer"),
                 state.open ? tr("Close drawer") : tr("Open drawer"), shell.window()),
      m_shell(shell),
      m_state(state),
      m_form(new Form(1))
{
    resize(440, 420);
    if (state.open)
        body()->addWidget(
            label(tr("Opened %1 with %2. There should be %3 in it.")
                      .arg(models::dayTimeText(state.session.openedAt, shell.workspace().zone()),
                           shell.workspace().money(state.session.floatMinor),
                           shell.workspace().money(state.expectedMinor)),
                  "muted"));
    m_amount = m_form->addAmount(state.open ? QStringLiteral("counted") : QStringLiteral("float"),
                                 state.open ? tr("&Counted") : tr("&Float in the drawer"),
                                 shell.workspace().session().currency);
    if (state.open) {
        m_difference = label(QString(), "heading");
        m_note = m_form->addLine(QStringLiteral("note"), tr("&Note"), 1, tr("Needed when the count differs"));
    }
    body()->addWidget(m_form);
    if (m_difference)
        body()->addWidget(m_difference);
    body()->addStretch();
    for (auto *l : findChildren<QLabel *>())
        l->setWordWrap(true);
    connect(m_form, &Form::edited, this, [this] {
        m_dirty = true;
        showDifference();
    });
    m_amount->setFocus();
}

void DrawerDialog::showDifference()
{
    if (!m_difference)
        return;
    const auto counted = m_amount->amount();
    if (!counted)
        m_difference->clear();
    else if (*counted == m_state.expectedMinor)
        m_difference->setText(tr("It matches."));
    else
        m_difference->setText(
            *counted < m_state.expectedMinor
                ? tr("%1 missing").arg(m_shell.workspace().money(m_state.expectedMinor - *counted))
                : tr("%1 too much").arg(m_shell.workspace().money(*counted - m_state.expectedMinor)));
}

void DrawerDialog::save()
{
    m_form->clearFaults();
    const auto amount = m_amount->take();
    if (!amount) {
        m_form->showFault(amount.error());
        return;
    }
    setBusy(true);
    const auto finished = [this](const Result<domain::CashSession> &done) {
        setBusy(false);
        if (!done) {
            m_form->showFault(done.error());
            return;
        }
        m_dirty = false;
        m_shell.say(done->closedAt ? tr("Drawer closed.") : tr("Drawer open."));
        accept();
    };
    if (m_state.open)
        m_shell.workspace().billing.closeDrawer(this, *amount, m_note->text(), finished);
    else
        m_shell.workspace().billing.openDrawer(this, *amount, finished);
}

} // namespace clinic::gui
