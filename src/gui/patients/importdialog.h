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
    // Stops an import that runs and shows what it did; closes otherwise.
    void reject() override;

private:
    void showTable();
    void addQuestions(QBoxLayout &layout);
    void offerSexes(const QList<services::SexLetters> &readings);
    // While an import runs nothing can be chosen, only stopped.
    void showRunning(bool isRunning);
    void showReport();
    [[nodiscard]] services::ImportMapping chosenMapping() const;
    // Has the list looked through as it is to be read now; nothing is imported before that.
    void examine();
    // Asks what has to be asked of this list; nothing is imported before it is answered.
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
    QComboBox *m_names;
    QComboBox *m_sexes;
    QCheckBox *m_withoutBirthDate;
    QCheckBox *m_header;
    QProgressBar *m_progress;
    QPlainTextEdit *m_report;
    QPushButton *m_start;
    QPushButton *m_save;
    QPushButton *m_close;
    QList<QComboBox *> m_columns;
    bool m_isFresh = false; // a list was read, and the keyboard has not been anywhere yet
};

} // namespace clinic::gui
