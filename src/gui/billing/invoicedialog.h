// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"

#include <QTableWidget>

namespace clinic::gui {

// A draft in progress, or an issued invoice with its payments and actions.
class InvoiceDialog : public FormDialog
{
    Q_OBJECT
public:
    InvoiceDialog(Shell &shell, const models::InvoiceDetail &detail);

protected:
    void save() override;                        // issues the draft
    [[nodiscard]] bool isDirty() const override; // the cell that is being typed counts

private:
    void buildDraft();
    void buildIssued();
    void addLine(const domain::InvoiceLine &line);
    // The table's rows as lines.
    [[nodiscard]] QList<Result<domain::InvoiceLine>> typedLines() const;
    // All lines, or none and the error is shown.
    [[nodiscard]] QList<domain::InvoiceLine> readLines();
    void rewriteCell(int row, int column);
    [[nodiscard]] const QString &currency() const;
    void showSums();
    void keepDraft();
    void reload(const Id &invoice);
    void printPaper(const std::optional<domain::Payment> &payment);
    void pay();
    void refund();
    void credit();

    Shell &m_shell;
    models::InvoiceDetail m_detail;
    QWidget *m_page = nullptr;
    QTableWidget *m_table = nullptr;
    QList<domain::InvoiceLine> m_lines;
    QComboBox *m_services = nullptr;
    QLabel *m_sums = nullptr;
    QLabel *m_fault = nullptr;
    QWidget *m_draftButton = nullptr;
    bool m_dirty = false;
    bool m_filling = false;
};

} // namespace clinic::gui
