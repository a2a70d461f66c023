// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// Takes a payment: the whole balance in cash is what Enter does.
class PaymentDialog : public FormDialog
{
    Q_OBJECT
public:
    PaymentDialog(Shell &shell, const models::InvoiceDetail &detail, QWidget *parent);

Q_SIGNALS:
    void paid(const clinic::domain::Payment &payment);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; } // one amount, proposed by the program

private:
    Shell &m_shell;
    models::InvoiceDetail m_detail;
    Form *m_form;
    QLineEdit *m_amount;
    QComboBox *m_method;
    QLineEdit *m_reference;
};

// Gives money back for an item, with a reason and a second person's approval; or takes it off as a credit
// note.
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
    Shell &m_shell;
    models::InvoiceDetail m_detail;
    Kind m_kind;
    Form *m_form;
    QComboBox *m_line;
    QLineEdit *m_amount;
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
    QLineEdit *m_amount;
    QLineEdit *m_note = nullptr;
    QLabel *m_difference = nullptr;
    bool m_dirty = false;
};

} // namespace clinic::gui
