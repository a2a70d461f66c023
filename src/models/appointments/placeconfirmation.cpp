// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appointments/placeconfirmation.h"

namespace clinic::models {

PlaceConfirmation::PlaceConfirmation(Workspace &workspace, const domain::Appointment &saved, QObject *context)
    : QObject(context), m_workspace(workspace), m_saved(saved)
{
    const Connection &line = workspace.connection;
    if (!line.isEnrolled()) {
        QMetaObject::invokeMethod(
            this, [this] { end(Outcome::Final); }, Qt::QueuedConnection);
        return;
    }
    m_isOnline = line.isOnline();
    if (!m_isOnline) {
        look(); // it may lie where the server keeps everything for this PC
        return;
    }
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { end(Outcome::Later); });
    m_timer.start(workspace.patienceMs);
    connect(&workspace, &Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        if (touches(rows, {&domain::Appointment::entity()}))
            look();
    });
    connect(&line, &Connection::changed, this, [this] {
        if (!m_workspace.connection.isOnline())
            end(Outcome::Later);
    });
    look();
}

void PlaceConfirmation::look()
{
    if (std::exchange(m_looking, true)) {
        m_again = true;
        return;
    }
    // A patient at the kiosk may ask for his own appointments only.
    if (!m_workspace.session().patient.isNull()) {
        m_workspace.appointments.own(this, [this](const Result<QList<AppointmentView>> &own) {
            m_looking = false;
            if (!own)
                return end(Outcome::Later);
            const auto found = std::find_if(own->begin(), own->end(), [this](const AppointmentView &view) {
                return view.appointment.id == m_saved.id;
            });
            judge(found == own->end() ? nullptr : &*found);
        });
        return;
    }
    m_workspace.appointments.detail(this, m_saved.id, [this](const Result<AppointmentDetail> &detail) {
        m_looking = false;
        if (!detail && detail.error().code != ErrorCode::NotFound)
            return end(Outcome::Later);
        judge(detail ? &detail->view : nullptr);
    });
}

// now: the appointment as it stands, null when it was taken back.
void PlaceConfirmation::judge(const AppointmentView *now)
{
    if (!now)
        return end(Outcome::Lost);
    if (now->isUnconfirmed && !m_isOnline)
        return end(Outcome::Later);
    if (now->isUnconfirmed) {
        if (std::exchange(m_again, false))
            look();
        return;
    }
    const auto &is = now->appointment;
    const bool stands = is.startAt == m_saved.startAt && is.minutes == m_saved.minutes &&
                        is.practitionerId == m_saved.practitionerId && is.roomId == m_saved.roomId &&
                        is.equipmentId == m_saved.equipmentId;
    end(stands ? Outcome::Confirmed : Outcome::Lost);
}

void PlaceConfirmation::end(Outcome outcome)
{
    if (std::exchange(m_ended, true))
        return;
    m_timer.stop();
    Q_EMIT ended(outcome);
    deleteLater();
}

} // namespace clinic::models
