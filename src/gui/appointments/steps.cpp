// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/steps.h"

#include "domain/appointments/lifecycle.h"
#include "models/labels.h"

#include <QCoreApplication>

namespace clinic::gui {
namespace steps {

class Steps
{
    Q_DECLARE_TR_FUNCTIONS(Steps)
};

void run(Shell &shell, QWidget *parent, const services::StepAppointment &step, std::function<void()> then)
{
    shell.workspace().appointments.step(
        parent, step, [&shell, then = std::move(then)](const Result<domain::Appointment> &done) {
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
                            shell.say(steps::Steps::tr("Undone: %1 again.")
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
        return steps::Steps::tr("Check in");
    case InConsultation:
        return steps::Steps::tr("Start consultation");
    case Completed:
        return steps::Steps::tr("Complete");
    case NoShow:
        return steps::Steps::tr("Did not come");
    case Cancelled:
        return steps::Steps::tr("Cancel appointment");
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
    // Who asked and how: one choice, because the desk knows both at once.
    static constexpr const char *who[][3] = {
        {QT_TRANSLATE_NOOP("Steps", "The patient, by telephone"), "patient", "telephone"},
        {QT_TRANSLATE_NOOP("Steps", "The patient, in person"), "patient", "in-person"},
        {QT_TRANSLATE_NOOP("Steps", "The patient, by message"), "patient", "message"},
        {QT_TRANSLATE_NOOP("Steps", "A relative, by telephone"), "relative", "telephone"},
        {QT_TRANSLATE_NOOP("Steps", "The clinic"), "clinic", "in-person"},
    };
    const QString title = steps::Steps::tr("Cancel this appointment");
    shell.prompter().askText(parent, title, steps::Steps::tr("Why?"), reasons,
                             [&shell, parent, step, then, title](const QString &reason) mutable {
                                 step.reason = reason;
                                 QStringList choices;
                                 for (const auto &choice : who)
                                     choices << steps::Steps::tr(choice[0]);
                                 shell.prompter().askText(
                                     parent, title, steps::Steps::tr("Who asked, and how?"), choices,
                                     [&shell, parent, step, then](const QString &chosen) mutable {
                                         step.askedBy = chosen; // something else was typed: kept as it is
                                         for (const auto &choice : who) {
                                             if (chosen == steps::Steps::tr(choice[0])) {
                                                 step.askedBy = QString::fromLatin1(choice[1]);
                                                 step.channel = QString::fromLatin1(choice[2]);
                                             }
                                         }
                                         steps::run(shell, parent, step, std::move(then));
                                     });
                             });
}

} // namespace clinic::gui
