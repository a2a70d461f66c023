// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

#include <QLineEdit>
#include <QListWidget>

namespace clinic::gui {

// A field that finds a patient as one types: Enter takes the first, arrows choose another.
class PatientPicker : public QWidget
{
    Q_OBJECT
public:
    explicit PatientPicker(Shell &shell, QWidget *parent = nullptr);
    void setPatient(const Id &id, const QString &name);
    [[nodiscard]] Id patient() const { return m_patient; }
    [[nodiscard]] QString name() const { return m_edit->text(); }
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void chosen();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void take(int row);

    Shell &m_shell;
    QLineEdit *m_edit;
    QListWidget *m_results;
    QList<models::PatientHit> m_hits;
    Id m_patient;
};

} // namespace clinic::gui
