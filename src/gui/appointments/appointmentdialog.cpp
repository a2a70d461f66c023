// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/appointmentdialog.h"

#include "domain/appointments/lifecycle.h"
#include "gui/appointments/steps.h"
#include "gui/attention/wherelabel.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

AppointmentDialog::AppointmentDialog(Shell &shell, const Id &appointment)
    : QDialog(shell.window()), m_shell(shell), m_appointment(appointment), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("appointment"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Appointment"));
    resize(560, 520);
    connect(
        &shell.workspace(), &models::Workspace::rowsChanged, this,
        [this](const QList<domain::RowChange> &rows) {
            if (models::touches(rows, {&domain::Appointment::entity(),
                                       &domain::AppointmentAmendment::entity(), &domain::Invoice::entity()}))
                refresh();
        });
    refresh();
}

void AppointmentDialog::refresh()
{
    m_shell.workspace().appointments.detail(this, m_appointment,
                                            [this](const Result<models::AppointmentDetail> &detail) {
                                                if (!detail) {
                                                    m_shell.sayError(detail.error());
                                                    reject();
                                                    return;
                                                }
                                                show(*detail);
                                            });
}

void AppointmentDialog::show(const models::AppointmentDetail &detail)
{
    delete m_content;
    m_content = new QWidget;
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(10);
    auto &ws = m_shell.workspace();
    const auto &v = detail.view;
    const auto &a = v.appointment;
    layout->addWidget(label(models::isolated(v.patientName), "title"));
    QStringList facts{models::ageAndSex(v.patientBirthDate, v.patientSex, ws.today()),
                      models::leftToRight(v.patientPhone), models::leftToRight(v.patientNumber)};
    facts.removeAll(QString());
    layout->addWidget(label(facts.join(QStringLiteral("  ·  ")), "muted"));
    QStringList where{models::dayText(a.startAt, ws.zone()),
                      models::spanText(a.startAt, a.minutes, ws.zone()),
                      v.practitionerName,
                      v.roomName,
                      v.equipmentName,
                      v.serviceName};
    where.removeAll(QString());
    for (QString &part : where)
        part = models::isolated(part);
    auto *line = label(where.join(QStringLiteral("  ·  ")), "heading");
    line->setWordWrap(true);
    layout->addWidget(line);
    auto *state = label(tr("State: %1").arg(models::stateText(v, ws.now())));
    state->setObjectName(QStringLiteral("state"));
    layout->addWidget(state);
    layout->addWidget(new WhereLabel(ws, m_appointment));
    if (!a.reason.isEmpty()) {
        auto *reason = label(a.reason);
        reason->setWordWrap(true);
        layout->addWidget(reason);
    }
    if (!a.overbookReason.isEmpty())
        layout->addWidget(
            label(tr("Booked on top of another: %1").arg(models::isolated(a.overbookReason)), "muted"));

    auto *actions = new QGridLayout;
    int place = 0;
    bool first = true;
    const auto offer = [&](const QString &text, const char *role, std::function<void()> run) {
        auto *b = button(text, role, this, std::move(run));
        if (first) {
            b->setFocus();
            b->setDefault(true);
        }
        first = false;
        actions->addWidget(b, place / 3, place % 3);
        ++place;
    };
    for (const auto to : possibleSteps(ws, a))
        offer(stepText(to), place == 0 ? "primary" : nullptr,
              [this, a, to] { takeStep(m_shell, this, a, to); });
    if (!domain::isClosed(a.state) && ws.may("appointments.book"))
        offer(tr("Change or move"), nullptr, [this, a] { m_shell.bookAppointment(a); });
    if (domain::holdsSlot(a.state) && ws.may("billing.invoice"))
        offer(v.hasInvoice ? tr("Invoice and payment") : tr("Make invoice"), nullptr,
              [this] { m_shell.invoiceAppointment(m_appointment); });
    offer(tr("Open the patient"), nullptr, [this, id = a.patientId] {
        accept();
        m_shell.openPatient(id);
    });
    if (domain::isClosed(a.state) && ws.may("appointments.amend"))
        offer(tr("Amend"), nullptr, [this] { amend({}); });
    layout->addLayout(actions);
    auto *history = new Card(tr("What happened"));
    for (const auto &step : detail.steps) {
        QStringList parts{models::dayTimeText(step.event.happenedAt, ws.zone()),
                          models::stateLabel(step.event.state), step.by, step.event.reason};
        parts.removeAll(QString());
        auto *entry =
            label(parts.join(QStringLiteral("  ·  ")) + (step.isVoid ? tr("  (undone)") : QString()),
                  step.isVoid ? "muted" : nullptr);
        entry->setWordWrap(true);
        history->body()->addWidget(entry);
    }
    for (const auto &amendment : detail.amendments) {
        auto *entry = label(
            tr("Amended %1: %2")
                .arg(models::dayTimeText(amendment.createdAt, ws.zone()), models::isolated(amendment.text)));
        entry->setWordWrap(true);
        history->body()->addWidget(entry);
    }
    layout->addWidget(history);
    layout->addStretch();
    m_layout->insertWidget(0, m_content);
}

void AppointmentDialog::amend(const QString &typed)
{
    m_shell.prompter().askText(
        this, tr("Amend this appointment"), tr("What has to be corrected?"), {},
        [this](const QString &text) {
            m_shell.workspace().appointments.amend(this, m_appointment, text,
                                                   [this, text](const Result<services::Done> &done) {
                                                       if (done)
                                                           return;
                                                       m_shell.sayError(done.error());
                                                       if (!text.trimmed().isEmpty())
                                                           amend(text);
                                                   });
        },
        typed);
}

} // namespace clinic::gui
