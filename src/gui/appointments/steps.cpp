// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/steps.h"

#include "domain/appointments/lifecycle.h"
#include "models/labels.h"

#include <QCoreApplication>

namespace clinic::gui {
namespace steps {

QString tr(const char *text)
{
    return QCoreApplication::translate("Steps", text);
}

void run(Shell &shell, QWidget *parent, const services::StepAppointment &step, std::function<void()> then)
{
    shell.workspace().appointments.step(
        parent, step, [&shell, then](const Result<domain::Appointment> &done) {
            if (!done) {
                shell.sayError(done.error());
                return;
            }
            shell.say(models::stateLabel(done->state) + u'.', [&shell, id = done->id, state = done->state] {
                shell.workspace().appointments.undo(
                    shell.window(), id, state, [&shell](const Result<domain::Appointment> &undone) {
                        if (!undone)
                            shell.sayError(undone.error());
                        else
                            shell.say(steps::tr("Undone: %1 again.")
                                          .arg(models::stateLabel(undone->state).toLower()));
                    });
            });
            if (then)
                then();
        });
}

} // namespace steps

QList<domain::AppointmentState> possibleSteps(const models::Workspace &workspace,
                                              const domain::Appointment &a)
{
    using enum domain::AppointmentState;
    QList<domain::AppointmentState> out;
    for (const auto to : {CheckedIn, InConsultation, Completed, NoShow, Cancelled}) {
        const bool late = a.state == NoShow && to == CheckedIn;
        if (!late && !domain::appointmentLifeCycle.allows(int(a.state), int(to)))
            continue;
        if (to == NoShow && a.startAt > workspace.now())
            continue;
        if (workspace.may(services::StepAppointment{a.id, to}.intentionId()))
            out << to;
    }
    return out;
}

QString stepText(domain::AppointmentState to)
{
    using enum domain::AppointmentState;
    switch (to) {
    case CheckedIn:
        return steps::tr("Check in");
    case InConsultation:
        return steps::tr("Start consultation");
    case Completed:
        return steps::tr("Complete");
    case NoShow:
        return steps::tr("Did not come");
    case Cancelled:
        return steps::tr("Cancel appointment");
    case Booked:
        break;
    }
    return {};
}

void takeStep(Shell &shell, QWidget *parent, const domain::Appointment &appointment,
              domain::AppointmentState to, std::function<void()> then)
{
    services::StepAppointment step{appointment.id, to};
    if (to != domain::AppointmentState::Cancelled) {
        steps::run(shell, parent, step, std::move(then));
        return;
    }
    QStringList reasons;
    for (const auto &code : shell.workspace().place().cancelReasons)
        reasons << QCoreApplication::translate("Code", code.label.toUtf8().constData());
    shell.prompter().askText(parent, steps::tr("Cancel this appointment"), steps::tr("Why, and who asked?"),
                             reasons, [&shell, parent, step, then](const QString &reason) mutable {
                                 step.reason = reason;
                                 step.askedBy = QStringLiteral("patient");
                                 step.channel = QStringLiteral("in-person");
                                 steps::run(shell, parent, step, std::move(then));
                             });
}

} // namespace clinic::gui
