// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace.h"

#include <QTimer>

namespace clinic::models {

// Waits for the server's word on a place that was just taken here: two PCs may have taken it in the same
// moment. Ends once, later, and deletes itself; at the latest after Workspace::patienceMs.
class PlaceConfirmation : public QObject
{
    Q_OBJECT
public:
    enum class Outcome {
        Final,     // this PC works alone: what is saved is so
        Confirmed, // the place is this appointment's
        Later,     // saved here; the server could not be asked in time
        Lost,      // somebody else has it; the booking or the change is taken back
    };

    // Deleted with `context`, then without an answer.
    PlaceConfirmation(Workspace &workspace, const domain::Appointment &saved, QObject *context);

Q_SIGNALS:
    void ended(clinic::models::PlaceConfirmation::Outcome outcome);

private:
    void look();
    void judge(const AppointmentView *now);
    void end(Outcome outcome);

    Workspace &m_workspace;
    domain::Appointment m_saved;
    QTimer m_timer;
    bool m_isOnline = true; // there is a server to wait for
    bool m_looking = false;
    bool m_again = false;
    bool m_ended = false;
};

} // namespace clinic::models
