// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "gui/widgets/patientpicker.h"

#include <QDateEdit>
#include <QSpinBox>
#include <QTimeEdit>

namespace clinic::gui {

// Books or changes one appointment. The next free places of the usual practitioner are offered before
// anything is typed.
class BookingDialog : public FormDialog
{
    Q_OBJECT
public:
    BookingDialog(Shell &shell, const domain::Appointment &appointment, const Id &waitingEntry = {});
    void restore(const models::Draft &draft);

Q_SIGNALS:
    void booked(const clinic::domain::Appointment &appointment);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }
    void discarded() override { m_draft->discard(); }

private:
    void patientChosen();
    void findFree();
    void showFree(const QList<models::FreeSlot> &places);
    void setStart(qint64 ms);
    [[nodiscard]] domain::Appointment typed() const;
    void finished(const Result<domain::Appointment> &result);
    void edited();

    Shell &m_shell;
    domain::Appointment m_before;
    Id m_waitingEntry;
    Form *m_form;
    PatientPicker *m_patient;
    QComboBox *m_practitioner;
    QComboBox *m_service;
    QComboBox *m_room;
    QComboBox *m_equipment;
    QDateEdit *m_date;
    QTimeEdit *m_time;
    QSpinBox *m_minutes;
    QLineEdit *m_reason;
    QLineEdit *m_overbook;
    QCheckBox *m_walkIn = nullptr;
    Card *m_free;
    QGridLayout *m_freeGrid;
    models::DraftKeeper *m_draft;
    bool m_dirty = false;
};

} // namespace clinic::gui
