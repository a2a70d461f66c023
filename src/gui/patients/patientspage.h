// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

#include <QTimer>

namespace clinic::gui {

// The register: type, see, open. Recent patients first while nothing is typed.
class PatientsPage : public Screen
{
    Q_OBJECT
public:
    explicit PatientsPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Patients"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_search; }
    void selectPatient(const Id &patient) { m_wanted = patient; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void show(const Result<QList<models::PatientHit>> &hits);
    void openCurrent();

    QLineEdit *m_search;
    models::RowsModel<models::PatientHit> *m_model;
    ListView *m_list;
    Id m_wanted;
};

// Columns of a patient list, shared by the register and the pickers.
[[nodiscard]] QList<models::RowsModel<models::PatientHit>::Column>
patientColumns(models::Workspace &workspace);

} // namespace clinic::gui
