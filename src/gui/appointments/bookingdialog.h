// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "gui/widgets/patientpicker.h"
#include "gui/widgets/timefields.h"

namespace clinic::gui {

// Books or changes one appointment. Offers the next free slots of the usual practitioner before anything is
// typed.
class BookingDialog : public FormDialog
{
    Q_OBJECT
public:
    BookingDialog(Shell &shell, const domain::Appointment &appointment, const Id &waitingEntry = {});
    void restore(const models::Draft &draft);

Q_SIGNALS:
    // isConfirmed: false while the server has not confirmed the slot.
    void booked(const clinic::domain::Appointment &appointment, bool isConfirmed);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }
    void discarded() override;
    void reject() override;

private:
    void patientChosen();
    void findFree();
    void showFree(const QList<models::FreeSlot> &places);
    void setStart(qint64 ms);
    void offerPass();
    [[nodiscard]] Result<qint64> typedStart() const; // DateImpossible for a skipped time
    [[nodiscard]] domain::Appointment typed() const;
    void finished(const Result<domain::Appointment> &result);
    void placeLost(const domain::Appointment &lost);
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
    DayEdit *m_date;
    ClockEdit *m_time;
    QComboBox *m_pass; // of a repeated time
    NumberBox *m_minutes;
    QLineEdit *m_reason;
    QLineEdit *m_overbook;
    QCheckBox *m_walkIn = nullptr;
    Card *m_free;
    QGridLayout *m_freeGrid;
    QLabel *m_asking;
    QList<Id> m_lost;                                // booked here in this form, taken by somebody else first
    std::optional<domain::Appointment> m_unanswered; // saved, and the server is being asked
    models::DraftKeeper *m_draft;                    // of a new booking; a change has none of its own
    qint64 m_shown = 0;                              // the instant that day and time were filled from
    bool m_dirty = false;
    bool m_isFilling = false; // the program sets day and time
    bool m_showFree = false;  // the user waits for the next answer about free slots
};

} // namespace clinic::gui
