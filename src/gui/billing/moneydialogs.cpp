// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/billing/moneydialogs.h"

#include "core/money.h"
#include "domain/setup/settings.h"
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
    m_amount = m_form->addLine(QStringLiteral("amount"), tr("&Amount"));
    m_amount->setText(money::format(detail.view.balanceMinor(), detail.view.invoice.currency, QLocale()));
    m_amount->selectAll();
    m_method = m_form->addChoice(QStringLiteral("method"), tr("&Method"));
    moneydialogs::fillMethods(m_method);
    m_reference = m_form->addLine(QStringLiteral("reference"), tr("&Reference"), 1,
                                  tr("Card slip or transfer number, if there is one"));
    body()->addWidget(m_form);
    body()->addStretch();
    m_amount->setFocus();
}

void PaymentDialog::save()
{
    m_form->clearFaults();
    const auto amount = money::parse(m_amount->text(), m_detail.view.invoice.currency, QLocale());
    if (!amount) {
        m_form->showFault(Error(amount.error().code, QStringLiteral("amount")));
        return;
    }
    setBusy(true);
    services::TakePayment payment{m_detail.view.invoice.id, *amount, moneydialogs::methodOf(m_method),
                                  m_reference->text()};
    m_shell.workspace().billing.pay(this, payment, [this](const Result<domain::Payment> &done) {
        setBusy(false);
        if (!done) {
            m_form->showFault(done.error());
            return;
        }
        Q_EMIT paid(*done);
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
    m_amount = m_form->addLine(QStringLiteral("amount"), tr("&Amount"));
    const auto propose = [this] {
        const Id id = Id::fromBytes(m_line->currentData().toByteArray());
        for (const auto &line : m_detail.lines) {
            if (line.id == id) {
                const qint64 most = m_kind == Kind::Refund
                                        ? qMin(line.totalMinor, m_detail.view.paidMinor)
                                        : qMin(line.totalMinor, m_detail.view.invoice.totalMinor -
                                                                    m_detail.view.creditedMinor);
                m_amount->setText(money::format(most, m_detail.view.invoice.currency, QLocale()));
            }
        }
    };
    connect(m_line, &QComboBox::activated, this, propose);
    propose();
    if (kind == Kind::Refund) {
        m_method = m_form->addChoice(QStringLiteral("method"), tr("&Method"));
        moneydialogs::fillMethods(m_method);
    }
    m_reason = m_form->addLine(QStringLiteral("reason"), tr("&Reason"));
    if (kind == Kind::Refund && shell.workspace().setting(domain::setting::refundApproval) != u"false") {
        m_approver = m_form->addLine(QStringLiteral("approver_login"), tr("A&pproved by (user name)"), 1,
                                     tr("Somebody else who may approve refunds"));
        m_approverPassword = m_form->addLine(QStringLiteral("approver_password"), tr("Their pass&word"));
        m_approverPassword->setEchoMode(QLineEdit::Password);
        m_approverCode = m_form->addLine(QStringLiteral("approver_code"), tr("Th&eir code"), 1,
                                         tr("Of their authenticator app or on paper, if they have one"));
    }
    body()->addWidget(m_form);
    body()->addStretch();
    connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
}

void RefundDialog::save()
{
    m_form->clearFaults();
    const auto amount = money::parse(m_amount->text(), m_detail.view.invoice.currency, QLocale());
    if (!amount) {
        m_form->showFault(Error(amount.error().code, QStringLiteral("amount")));
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
    m_amount = m_form->addLine(state.open ? QStringLiteral("counted") : QStringLiteral("float"),
                               state.open ? tr("&Counted") : tr("&Float in the drawer"));
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
    const auto counted = money::parse(m_amount->text(), m_shell.workspace().session().currency, QLocale());
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
    const auto amount = money::parse(m_amount->text(), m_shell.workspace().session().currency, QLocale());
    if (!amount) {
        m_form->showFault(Error(amount.error().code, m_amount->objectName()));
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
