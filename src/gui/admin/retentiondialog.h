// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

#include <QProgressBar>

namespace clinic::gui {

// Whom the hospital's rules would archive or anonymise today, looked at before it is done.
class RetentionDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit RetentionDialog(Shell &shell);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    struct Line
    {
        domain::Patient patient;
        bool anonymises = false;
    };
    void read();
    void next();
    void finish(const QString &text);
    void tell(const QString &text);

    Shell &m_shell;
    QLabel *m_rules;
    models::RowsModel<Line> *m_model;
    ListView *m_list;
    QLabel *m_outcome;
    QProgressBar *m_progress;
    QList<Line> m_left;
    int m_done = 0;
};

} // namespace clinic::gui
