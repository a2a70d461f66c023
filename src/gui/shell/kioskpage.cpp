// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/kioskpage.h"

#include "domain/appointments/lifecycle.h"
#include "domain/setup/settings.h"
#include "models/appointments/placeconfirmation.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QScrollArea>

namespace clinic::gui {

KioskPage::KioskPage(Shell &shell) : Screen(shell), m_list(new QVBoxLayout), m_free(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 24, 32, 24);
    layout->setSpacing(16);
    layout->addWidget(
        label(tr("Welcome, %1").arg(models::isolated(workspace().session().displayName)), "title"));
    auto *columns = new QHBoxLayout;
    auto *mine = new Card(tr("My appointments"));
    mine->body()->addLayout(m_list);
    mine->body()->addStretch();
    auto *book = new Card(tr("Book a place"));
    m_freeBox = new QWidget;
    m_freeBox->setLayout(m_free);
    m_free->setContentsMargins(0, 0, 0, 0);
    book->body()->addWidget(m_freeBox);
    book->body()->addStretch();
    // Slots booked meanwhile are no longer offered.
    connect(&workspace(), &models::Workspace::rowsChanged, this,
            [this](const QList<domain::RowChange> &rows) {
                if (models::touches(rows, {&domain::Appointment::entity()}))
                    refresh();
            });
    columns->addWidget(mine, 1);
    columns->addWidget(book, 1);
    layout->addLayout(columns, 1);
}

void KioskPage::refresh()
{
    workspace().appointments.own(this, [this](const Result<QList<models::AppointmentView>> &views) {
        if (views)
            show(*views);
        else
            shell().sayError(views.error());
    });
    showFree();
}

void KioskPage::show(const QList<models::AppointmentView> &views)
{
    while (auto *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &view : views) {
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->addWidget(label(QStringLiteral("%1  ·  %2  ·  %3")
                                  .arg(models::dayTimeText(view.appointment.startAt, workspace().zone()),
                                       view.practitionerName, models::stateLabel(view.appointment.state))),
                        1);
        if (view.appointment.state == domain::AppointmentState::Booked &&
            view.appointment.startAt > workspace().now()) {
            auto *cancel = button(tr("Cancel"), "danger", this, [this, id = view.appointment.id] {
                workspace().appointments.cancelOwn(
                    this, id, false, [this, id](const Result<domain::Appointment> &done) {
                        if (!done) {
                            shell().sayError(done.error());
                            return;
                        }
                        shell().say(tr("Cancelled."), [this, id] {
                            workspace().appointments.cancelOwn(
                                this, id, true, [this](const Result<domain::Appointment> &back) {
                                    if (!back)
                                        shell().sayError(back.error());
                                    refresh();
                                });
                        });
                        refresh();
                    });
            });
            cancel->setAccessibleName(
                tr("Cancel %1").arg(models::dayTimeText(view.appointment.startAt, workspace().zone())));
            line->addWidget(cancel);
        }
        m_list->addWidget(row);
    }
    if (views.isEmpty())
        m_list->addWidget(label(tr("You have no appointments."), "muted"));
}

// Two patients may book a slot at the same moment: the message is the server's answer, if there is a server.
void KioskPage::confirm(const domain::Appointment &booked)
{
    const QString when = models::dayTimeText(booked.startAt, workspace().zone());
    m_freeBox->setEnabled(false);
    shell().say(tr("Asking whether %1 is still free …").arg(when));
    auto *confirmation = new models::PlaceConfirmation(workspace(), booked, this);
    using Outcome = models::PlaceConfirmation::Outcome;
    connect(confirmation, &models::PlaceConfirmation::ended, this,
            [this, when, id = booked.id](Outcome outcome) {
                m_freeBox->setEnabled(true);
                const auto undo = [this, id] {
                    workspace().appointments.cancelOwn(this, id, false, [this](const auto &) { refresh(); });
                };
                if (outcome == Outcome::Lost)
                    shell().say(tr("Somebody else has just taken %1. Please choose another time.").arg(when));
                else if (outcome == Outcome::Later)
                    shell().say(tr("Noted for %1, but not confirmed yet. Please ask at the desk.").arg(when),
                                undo);
                else
                    shell().say(tr("Booked for %1.").arg(when), undo);
                refresh();
            });
}

void KioskPage::showFree()
{
    services::FreeSlots question;
    question.patient = workspace().session().patient;
    question.from = workspace().now();
    question.limit = 10;
    question.minutes = workspace().setting(domain::setting::slotMinutes).toInt();
    workspace().appointments.freeSlots(
        this, question, [this, minutes = question.minutes](const Result<QList<models::FreeSlot>> &places) {
            while (auto *item = m_free->takeAt(0)) {
                delete item->widget();
                delete item;
            }
            if (!places || places->isEmpty()) {
                m_free->addWidget(label(tr("Nothing is free just now. Please ask at the desk."), "muted"));
                return;
            }
            for (const auto &place : *places) {
                m_free->addWidget(
                    button(QStringLiteral("%1  ·  %2")
                               .arg(models::dayTimeText(place.slot.startMs(), workspace().zone()),
                                    place.practitioner.name),
                           nullptr, this, [this, place, minutes] {
                               domain::Appointment appointment;
                               appointment.practitionerId = place.practitioner.id;
                               appointment.startAt = place.slot.startMs();
                               appointment.minutes = minutes;
                               workspace().appointments.bookOwn(
                                   this, appointment, [this](const Result<domain::Appointment> &done) {
                                       if (!done) {
                                           shell().sayError(done.error());
                                           refresh();
                                           return;
                                       }
                                       confirm(*done);
                                   });
                           }));
            }
        });
}

} // namespace clinic::gui
