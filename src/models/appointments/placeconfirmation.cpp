// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appointments/placeconfirmation.h"

namespace clinic::models {

constexpr int longestMs = 2000;

PlaceConfirmation::PlaceConfirmation(Workspace &workspace, const domain::Appointment &saved, QObject *context)
    : QObject(context), m_workspace(workspace), m_saved(saved)
{
    const Connection &line = workspace.connection;
    if (!line.isEnrolled() || !line.isOnline()) {
        const auto outcome = line.isEnrolled() ? Outcome::Later : Outcome::Final;
        QMetaObject::invokeMethod(
            this, [this, outcome] { end(outcome); }, Qt::QueuedConnection);
        return;
    }
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { end(Outcome::Later); });
    m_timer.start(longestMs);
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
    m_workspace.appointments.detail(this, m_saved.id, [this](const Result<AppointmentDetail> &detail) {
        m_looking = false;
        if (!detail)
            return end(detail.error().code == ErrorCode::NotFound ? Outcome::Lost : Outcome::Later);
        if (!detail->view.isUnconfirmed) {
            const auto &now = detail->view.appointment;
            const bool stands = now.startAt == m_saved.startAt && now.minutes == m_saved.minutes &&
                                now.practitionerId == m_saved.practitionerId &&
                                now.roomId == m_saved.roomId && now.equipmentId == m_saved.equipmentId;
            return end(stands ? Outcome::Confirmed : Outcome::Lost);
        }
        if (std::exchange(m_again, false))
            look();
    });
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
