// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"

#include <QTimer>

namespace clinic::gui {

// Registers a patient or changes details. Shows probable duplicates while typing; typed text survives a
// crash.
class PatientEditor : public FormDialog
{
    Q_OBJECT
public:
    // A stored patient is edited; a new one may begin with a search text.
    PatientEditor(Shell &shell, const domain::Patient &patient, const QString &typed = {});
    // Continues a draft.
    void restore(const models::Draft &draft);

Q_SIGNALS:
    void saved(const clinic::domain::Patient &patient);
    void existingChosen(const clinic::Id &patient);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }
    void discarded() override { m_draft->discard(); }

private:
    [[nodiscard]] domain::Patient typedPatient(QList<Error> *faults) const;
    [[nodiscard]] QList<domain::Identifier> typedIdentifiers() const;
    void showPatient(const domain::Patient &patient);
    void edited();
    void lookForDuplicates();
    void showDuplicates(const QList<models::PatientHit> &hits);
    void store(const domain::Patient &typed);
    void finished(const Result<domain::Patient> &result);
    void showClash(const Error &error);

    Shell &m_shell;
    domain::Patient m_before;
    Form *m_form;
    QLineEdit *m_family;
    QLineEdit *m_given;
    QComboBox *m_sex;
    QLineEdit *m_born;
    QLineEdit *m_phone;
    QLineEdit *m_nationalId = nullptr;
    QLineEdit *m_email;
    QPlainTextEdit *m_address;
    QPlainTextEdit *m_remarks;
    Card *m_duplicates;
    QVBoxLayout *m_duplicateList;
    QTimer m_pause;
    models::DraftKeeper *m_draft;
    bool m_dirty = false;
};

} // namespace clinic::gui
