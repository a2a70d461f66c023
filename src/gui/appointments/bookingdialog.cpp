// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/bookingdialog.h"

#include "core/walltime.h"
#include "domain/setup/settings.h"
#include "models/appointments/placeconfirmation.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QScopedValueRollback>
#include <QTimer>

namespace clinic::gui {

BookingDialog::BookingDialog(Shell &shell, const domain::Appointment &appointment, const Id &waitingEntry)
    : FormDialog(appointment.isStored() ? tr("Change appointment") : tr("Book appointment"),
                 appointment.isStored() ? tr("Save") : tr("Book"), shell.window()),
      m_shell(shell),
      m_before(appointment),
      m_waitingEntry(waitingEntry),
      m_form(new Form),
      m_patient(new PatientPicker(shell)),
      m_date(new DayEdit),
      m_time(new ClockEdit),
      m_pass(new QComboBox),
      m_minutes(new NumberBox),
      // Of a change the text is kept, as of any other form.
      m_draft(appointment.isStored()
                  ? nullptr
                  : new models::DraftKeeper(shell.workspace().clinic(), QStringLiteral("booking"), this))
{
    auto &ws = shell.workspace();
    resize(720, 640);
    const auto &place = ws.place();
    const auto idOf = [](const auto &x) { return x.id; };
    const auto nameOf = [](const auto &x) { return x.name; };
    m_form->add(QStringLiteral("patient_id"), tr("&Patient"), m_patient, 2);
    m_practitioner = m_form->addChoice(QStringLiteral("practitioner_id"), tr("&With"));
    fillChoices(m_practitioner, place.practitioners, idOf, nameOf, tr("Anybody who is free"));
    m_service = m_form->addChoice(QStringLiteral("service_id"), tr("&Service"));
    fillChoices(m_service, place.services, idOf, nameOf, tr("Not decided"));
    m_form->add(QStringLiteral("start_at"), tr("&Day"), m_date);
    auto *timeRow = new QWidget;
    auto *timeLayout = new QHBoxLayout(timeRow);
    timeLayout->setContentsMargins(0, 0, 0, 0);
    m_time->setAccessibleName(tr("Time"));
    m_minutes->setRange(5, qMax(480, appointment.minutes));
    m_minutes->setSingleStep(5);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setAccessibleName(tr("Minutes"));
    // Only for an hour that is repeated.
    m_pass->addItems({tr("first time"), tr("second time")});
    m_pass->setAccessibleName(tr("Which of the two"));
    m_pass->setToolTip(tr("On that day the clock shows this time twice."));
    m_pass->hide();
    timeLayout->addWidget(m_time);
    timeLayout->addWidget(m_pass);
    timeLayout->addWidget(m_minutes);
    timeRow->setFocusProxy(m_time);
    m_form->add(QStringLiteral("minutes"), tr("&Time and length"), timeRow);
    m_room = m_form->addChoice(QStringLiteral("room_id"), tr("Roo&m"));
    fillChoices(m_room, place.rooms, idOf, nameOf, tr("None"));
    m_equipment = m_form->addChoice(QStringLiteral("equipment_id"), tr("E&quipment"));
    fillChoices(m_equipment, place.equipment, idOf, nameOf, tr("None"));
    m_reason = m_form->addLine(QStringLiteral("reason"), tr("&Reason"), 2);
    m_overbook = m_form->addLine(QStringLiteral("overbook_reason"), tr("Why on top of another appointment"),
                                 2, tr("Only when it cannot wait."));
    m_overbook->setVisible(ws.may("appointments.overbook"));
    if (!ws.may("appointments.overbook")) {
        m_form->setHelp(QStringLiteral("overbook_reason"), QString());
        for (auto *l : m_form->findChildren<QLabel *>()) {
            if (l->buddy() == m_overbook)
                l->hide();
        }
    }
    if (!appointment.isStored() && ws.may("appointments.checkIn"))
        m_walkIn =
            m_form->addCheck(QStringLiteral("walk_in"), tr("The patient is here (check in at once)"), 2);
    body()->addWidget(m_form);
    m_free = new Card(tr("Next free"));
    m_freeGrid = new QGridLayout;
    m_free->body()->addLayout(m_freeGrid);
    body()->addWidget(m_free);
    m_asking = label(tr("Asking the server whether the time is still free …"), "muted");
    m_asking->hide();
    body()->addWidget(m_asking);
    body()->addStretch();

    const auto choose = [](QComboBox *box, const Id &id) {
        int i = box->findData(id.toBytes());
        // An inactive choice stays until the user chooses another.
        if (i < 0 && !id.isNull()) {
            i = box->count();
            box->addItem(tr("As booked (no longer in use)"), id.toBytes());
        }
        box->setCurrentIndex(qMax(0, i));
    };
    choose(m_practitioner, appointment.practitionerId);
    choose(m_service, appointment.serviceId);
    choose(m_room, appointment.roomId);
    choose(m_equipment, appointment.equipmentId);
    m_minutes->setValue(appointment.isStored() || appointment.minutes != 15
                            ? appointment.minutes
                            : ws.setting(domain::setting::slotMinutes).toInt());
    m_reason->setText(appointment.reason);
    m_overbook->setText(appointment.overbookReason);
    const qint64 grid = TimeSlot::gridMs;
    setStart(appointment.startAt ? appointment.startAt : (ws.now() + grid - 1) / grid * grid);
    if (!appointment.patientId.isNull()) {
        ws.patients.whoIs(this, appointment.patientId, [this](const Result<domain::Patient> &patient) {
            if (!patient)
                return;
            m_patient->setPatient(patient->id, patient->displayName());
            patientChosen();
        });
    }
    m_patient->setEnabled(!appointment.isStored());
    connect(m_patient, &PatientPicker::chosen, this, [this] {
        edited();
        patientChosen();
    });
    connect(m_service, &QComboBox::activated, this, [this] {
        for (const auto &service : m_shell.workspace().place().services) {
            if (service.id.toBytes() == m_service->currentData().toByteArray())
                m_minutes->setValue(service.minutes);
        }
    });
    connect(m_practitioner, &QComboBox::activated, this, &BookingDialog::findFree);
    connect(m_minutes, &NumberBox::valueChanged, this, [this] {
        edited();
        findFree();
    });
    connect(m_date, &DayEdit::userDateChanged, this, [this] {
        offerPass();
        edited();
        findFree();
    });
    connect(m_time, &ClockEdit::userTimeChanged, this, [this] {
        offerPass();
        edited();
    });
    connect(m_pass, &QComboBox::activated, this, &BookingDialog::edited);
    connect(m_form, &Form::edited, this, &BookingDialog::edited);
    m_dirty = false;
    findFree();
    if (appointment.patientId.isNull())
        m_patient->setFocus();
    else
        m_practitioner->setFocus();
}

void BookingDialog::setStart(qint64 ms)
{
    const QTimeZone zone = m_shell.workspace().zone();
    const QScopedValueRollback filling(m_isFilling, true);
    m_shown = ms;
    m_date->setDate(walltime::dayOf(ms, zone));
    m_time->setTime(QTime::fromMSecsSinceStartOfDay(walltime::minuteOf(ms, zone) * 60'000));
    m_pass->setCurrentIndex(int(walltime::passOf(ms, zone)));
    offerPass();
}

void BookingDialog::offerPass()
{
    m_pass->setVisible(walltime::isRepeated(m_date->date(), m_time->minute(), m_shell.workspace().zone()));
}

Result<qint64> BookingDialog::typedStart() const
{
    const QTimeZone zone = m_shell.workspace().zone();
    const auto pass = static_cast<walltime::Pass>(m_pass->currentIndex());
    // An unchanged time keeps its instant, to the second.
    if (walltime::dayOf(m_shown, zone) == m_date->date() &&
        walltime::minuteOf(m_shown, zone) == m_time->minute() && walltime::passOf(m_shown, zone) == pass)
        return m_shown;
    return walltime::instantOf(m_date->date(), m_time->minute(), zone, pass);
}

void BookingDialog::patientChosen()
{
    if (m_before.isStored() || !m_before.practitionerId.isNull() || m_before.startAt)
        return findFree();
    // Patients mostly see the same practitioner: select that one unless the user chose another.
    m_shell.workspace().appointments.usualPractitioner(
        this, m_patient->patient(), [this](const Result<Id> &usual) {
            if (usual && m_practitioner->currentIndex() == 0) {
                const int i = m_practitioner->findData(usual->toBytes());
                if (i > 0)
                    m_practitioner->setCurrentIndex(i);
            }
            findFree();
        });
}

void BookingDialog::findFree()
{
    services::FreeSlots question;
    question.practitioner = Id::fromBytes(m_practitioner->currentData().toByteArray());
    question.patient = m_patient->patient();
    // After a lost slot the nearest ones, otherwise the day's.
    question.from = qMax(m_shell.workspace().now(),
                         m_showFree ? typed().startAt : m_shell.workspace().startOf(m_date->date()));
    question.minutes = qMax(5, m_minutes->value() / 5 * 5);
    question.limit = 8;
    m_shell.workspace().appointments.freeSlots(this, question,
                                               [this](const Result<QList<models::FreeSlot>> &places) {
                                                   if (places)
                                                       showFree(*places);
                                               });
}

void BookingDialog::showFree(const QList<models::FreeSlot> &places)
{
    while (auto *item = m_freeGrid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (places.isEmpty())
        m_freeGrid->addWidget(label(tr("Nothing free in the next 60 days."), "muted"), 0, 0);
    for (int i = 0; i < places.size(); ++i) {
        const auto &place = places[i];
        const QTimeZone zone = m_shell.workspace().zone();
        const QString text = models::isolated(models::dayText(place.slot.startMs(), zone)) +
                             QStringLiteral("  ") +
                             models::isolated(models::timeText(place.slot.startMs(), zone)) +
                             QStringLiteral("  ·  ") + models::isolated(place.practitioner.name);
        auto *b = button(text, "link", this, [this, place] {
            setStart(place.slot.startMs());
            m_practitioner->setCurrentIndex(
                qMax(0, m_practitioner->findData(place.practitioner.id.toBytes())));
            edited();
            saveButton()->setFocus();
        });
        if (i == 0)
            b->setObjectName(QStringLiteral("firstFree"));
        m_freeGrid->addWidget(b, i / 2, i % 2);
    }
    if (std::exchange(m_showFree, false))
        QTimer::singleShot(0, m_free, [this] { showWhole(m_free); });
    // No practitioner and no time chosen: the first free slot is the proposal.
    if (!m_before.isStored() && m_before.startAt == 0 && !places.isEmpty() && !m_dirty) {
        setStart(places.first().slot.startMs());
    }
}

domain::Appointment BookingDialog::typed() const
{
    domain::Appointment a = m_before;
    a.patientId = m_patient->patient();
    const auto id = [](QComboBox *box) { return Id::fromBytes(box->currentData().toByteArray()); };
    a.practitionerId = id(m_practitioner);
    a.serviceId = id(m_service);
    a.roomId = id(m_room);
    a.equipmentId = id(m_equipment);
    a.startAt = typedStart().value_or(
        walltime::opening(m_date->date(), m_time->minute(), m_shell.workspace().zone()));
    a.minutes = m_minutes->value();
    a.reason = m_reason->text();
    a.overbookReason = m_overbook->text();
    a.walkIn = m_walkIn ? m_walkIn->isChecked() : m_before.walkIn;
    return a;
}

void BookingDialog::edited()
{
    if (m_isFilling) // a proposal is no text of the user's
        return;
    if (m_unanswered)
        return; // it is saved: a draft would book it once more
    m_dirty = true;
    if (!m_draft)
        return;
    const auto a = typed();
    const QJsonObject content{{QStringLiteral("patient"), a.patientId.toString()},
                              {QStringLiteral("name"), m_patient->name()},
                              {QStringLiteral("practitioner"), a.practitionerId.toString()},
                              {QStringLiteral("service"), a.serviceId.toString()},
                              {QStringLiteral("room"), a.roomId.toString()},
                              {QStringLiteral("equipment"), a.equipmentId.toString()},
                              {QStringLiteral("overbook"), a.overbookReason},
                              {QStringLiteral("walkIn"), a.walkIn},
                              {QStringLiteral("start"), a.startAt},
                              {QStringLiteral("minutes"), a.minutes},
                              {QStringLiteral("reason"), a.reason}};
    m_draft->changed(tr("appointment for %1").arg(m_patient->name()), {},
                     QJsonDocument(content).toJson(QJsonDocument::Compact));
}

void BookingDialog::discarded()
{
    if (m_draft)
        m_draft->discard();
}

void BookingDialog::restore(const models::Draft &draft)
{
    const QJsonObject content = QJsonDocument::fromJson(draft.content).object();
    m_patient->setPatient(Id::fromString(content.value(u"patient").toString()),
                          content.value(u"name").toString());
    const auto choose = [&](QComboBox *box, const char *key) {
        box->setCurrentIndex(qMax(
            0, box->findData(Id::fromString(content.value(QLatin1StringView(key)).toString()).toBytes())));
    };
    choose(m_practitioner, "practitioner");
    choose(m_service, "service");
    choose(m_room, "room");
    choose(m_equipment, "equipment");
    m_overbook->setText(content.value(u"overbook").toString());
    if (m_walkIn)
        m_walkIn->setChecked(content.value(u"walkIn").toBool());
    m_minutes->setValue(content.value(u"minutes").toInt(15));
    setStart(content.value(u"start").toInteger());
    m_reason->setText(content.value(u"reason").toString());
    m_draft->adopt(draft);
    m_dirty = true;
}

void BookingDialog::save()
{
    m_form->clearFaults();
    const auto a = typed();
    if (a.patientId.isNull()) {
        m_form->showFault(Error(ErrorCode::Required, QStringLiteral("patient_id")));
        m_patient->setFocus();
        return;
    }
    if (a.practitionerId.isNull() && a.roomId.isNull() && a.equipmentId.isNull()) {
        m_form->showFault(Error(ErrorCode::Required, QStringLiteral("practitioner_id")));
        return;
    }
    if (const auto start = typedStart(); !start) {
        Error error = start.error();
        error.field = QStringLiteral("minutes");
        m_form->showFault(error);
        m_time->setFocus();
        return;
    }
    setBusy(true);
    if (m_before.isStored())
        m_shell.workspace().appointments.update(this, m_before, a,
                                                [this](const auto &result) { finished(result); });
    else
        m_shell.workspace().appointments.book(this, a, m_waitingEntry,
                                              [this](const auto &result) { finished(result); });
}

void BookingDialog::finished(const Result<domain::Appointment> &result)
{
    setBusy(false);
    if (!result) {
        Error error = result.error();
        if (error.field == u"start" || error.field == u"minutes")
            error.field = QStringLiteral("minutes");
        m_form->showFault(error);
        findFree();
        return;
    }
    // Another front desk may have booked the same slot at this moment: the form stays until the server has
    // answered, so that the user can choose again while the patient is still on the telephone.
    setBusy(true);
    m_asking->show();
    m_unanswered = *result;
    m_dirty = false;
    discarded();
    auto *confirmation = new models::PlaceConfirmation(m_shell.workspace(), *result, this);
    connect(confirmation, &models::PlaceConfirmation::ended, this,
            [this, saved = *result](models::PlaceConfirmation::Outcome outcome) {
                using Outcome = models::PlaceConfirmation::Outcome;
                if (!std::exchange(m_unanswered, std::nullopt))
                    return; // closed meanwhile, and reported already
                setBusy(false);
                m_asking->hide();
                if (outcome == Outcome::Lost)
                    return placeLost(saved);
                for (const Id &lost : std::as_const(m_lost))
                    m_shell.workspace().connection.seenTo(lost);
                Q_EMIT booked(saved, outcome != Outcome::Later);
                accept();
            });
}

// Closed while waiting for the server: the appointment is saved, and the screen shows the answer.
void BookingDialog::reject()
{
    if (!m_unanswered)
        return FormDialog::reject();
    Q_EMIT booked(*std::exchange(m_unanswered, std::nullopt), false);
    accept();
}

void BookingDialog::placeLost(const domain::Appointment &lost)
{
    m_lost << lost.id;
    edited();
    m_showFree = true;
    m_form->showFault(Error(ErrorCode::PlaceLost, QStringLiteral("minutes"),
                            {models::timeText(lost.startAt, m_shell.workspace().zone())}));
    findFree();
}

} // namespace clinic::gui
