// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

class AmountEdit;

// Takes a payment: Enter pays the whole balance in cash. Shows the change for more cash than is due.
class PaymentDialog : public FormDialog
{
    Q_OBJECT
public:
    PaymentDialog(Shell &shell, const models::InvoiceDetail &detail, QWidget *parent);

Q_SIGNALS:
    // changeMinor: handed back.
    void paid(const clinic::domain::Payment &payment, qint64 changeMinor);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    void showChange();
    Shell &m_shell;
    models::InvoiceDetail m_detail;
    Form *m_form;
    AmountEdit *m_amount;
    QComboBox *m_method;
    QLineEdit *m_reference;
    QLabel *m_change;
    bool m_dirty = false;
};

// Refunds an item, with a reason and another user's approval; or writes a credit note.
class RefundDialog : public FormDialog
{
    Q_OBJECT
public:
    enum class Kind { Refund, CreditNote };
    RefundDialog(Shell &shell, const models::InvoiceDetail &detail, Kind kind, QWidget *parent);

Q_SIGNALS:
    void finishedWith();

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    // The amount that may still be refunded or credited for an item.
    [[nodiscard]] qint64 most(const Id &line) const;

    Shell &m_shell;
    models::InvoiceDetail m_detail;
    Kind m_kind;
    Form *m_form;
    QComboBox *m_line;
    AmountEdit *m_amount;
    QComboBox *m_method = nullptr;
    QLineEdit *m_reason;
    QLineEdit *m_approver = nullptr;
    QLineEdit *m_approverPassword = nullptr;
    QLineEdit *m_approverCode = nullptr;
    bool m_dirty = false;
};

// Opens the drawer with its float, or closes it with the count.
class DrawerDialog : public FormDialog
{
    Q_OBJECT
public:
    DrawerDialog(Shell &shell, const models::DrawerState &state);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    void showDifference();

    Shell &m_shell;
    models::DrawerState m_state;
    Form *m_form;
    AmountEdit *m_amount;
    QLineEdit *m_note = nullptr;
    QLabel *m_difference = nullptr;
    bool m_dirty = false;
};

} // namespace clinic::gui
