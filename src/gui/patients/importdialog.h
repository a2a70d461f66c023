// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/patients/importer.h"

#include <QCheckBox>
#include <QDialog>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QTableWidget>

namespace clinic::gui {

// Import: columns, preview, progress with stop, and the rows that were not stored with reasons.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    ImportDialog(Shell &shell, const QString &path);

private:
    void showTable();
    [[nodiscard]] services::ImportMapping chosenMapping() const;
    // Asks this list's questions; no row is imported before the answers.
    void showQuestions();
    void showError(const Error &error);
    void saveSkipped();
    void showProgress();
    void showResult();

    Shell &m_shell;
    models::Importer *m_importer;
    QLabel *m_message;
    QTableWidget *m_preview;
    QComboBox *m_coding;
    QComboBox *m_dates;
    QComboBox *m_years;
    QCheckBox *m_withoutBirthDate;
    QCheckBox *m_header;
    QProgressBar *m_progress;
    QPlainTextEdit *m_report;
    QPushButton *m_start;
    QPushButton *m_save;
    QPushButton *m_close;
    QList<QComboBox *> m_columns;
};

} // namespace clinic::gui
