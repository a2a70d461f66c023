// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

#include <QDialog>

namespace clinic::gui {

// Shows the affected appointments before a change is saved, and asks what to do: keep them, cancel them, or
// go to them without saving.
class TouchedDialog : public QDialog
{
    Q_OBJECT
public:
    // error: StillNeeded for "bookings"; false, and no dialog, for any other.
    // save: saves again with the shown ids, and calls its argument on success.
    using Save = std::function<void(const QList<Id> &shown, std::function<void()> saved)>;
    static bool ask(Shell &shell, QWidget *parent, const Error &error, const Save &save);

private:
    TouchedDialog(Shell &shell, QWidget *parent, const Error &error, Save save);
    void read();
    void show(const QList<models::AppointmentView> &views, const QList<models::WaitingView> &entries);
    void cancelThem();
    void finish(const QString &cancelReason);

    Shell &m_shell;
    QList<Id> m_ids;
    QList<Id> m_cancelled; // of those, the bookings that this role sees and can cancel
    QList<Id> m_waiting;   // and the places on the waiting list; all others stay
    Save m_save;
    models::RowsModel<models::AppointmentView> *m_model;
    ListView *m_list;
    QLabel *m_others; // how many stay, whatever is chosen
    QPushButton *m_cancelAll = nullptr;
    QPushButton *m_keepAll;
};

// Lists appointments that cannot take place.
void showStranded(Shell &shell, const QList<models::AppointmentView> &views);

} // namespace clinic::gui
