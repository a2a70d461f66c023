// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/calendarpage.h"

#include "core/walltime.h"
#include "domain/appointments/lifecycle.h"
#include "domain/setup/settings.h"
#include "gui/appointments/steps.h"
#include "gui/widgets/documents.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QMenu>

namespace clinic::gui {

CalendarPage::CalendarPage(Shell &shell)
    : Screen(shell),
      m_view(new CalendarView(shell.theme())),
      m_date(new DayEdit),
      m_mode(new QComboBox),
      m_kind(new QComboBox),
      m_resource(new QComboBox),
      m_states(new QComboBox)
{
    auto &ws = workspace();
    m_date->setAccessibleName(tr("Day"));
    m_date->setDate(ws.today());
    m_date->setMinimumWidth(
        fontMetrics().horizontalAdvance(QLocale().toString(QDate(2026, 9, 30), m_date->displayFormat())) +
        64);
    m_mode->addItems({tr("Day"), tr("Week")});
    m_mode->setAccessibleName(tr("Day or week"));
    m_kind->addItems({tr("Practitioners"), tr("Rooms"), tr("Equipment")});
    if (ws.may("appointments.viewAll") && ws.place().branches.size() > 1)
        m_kind->addItem(tr("All branches"));
    m_kind->setAccessibleName(tr("Columns"));
    m_resource->setAccessibleName(tr("Whose appointments"));
    m_states->addItems({tr("Without cancelled"), tr("All states"), tr("Booked"), tr("Checked in"),
                        tr("Completed"), tr("Did not come")});
    m_states->setAccessibleName(tr("State"));
    m_heading = label(QString(), "title");
    m_failure = label(QString(), "error");
    m_failure->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *top = new QHBoxLayout;
    top->addWidget(m_heading);
    top->addStretch();
    top->addWidget(button(tr("&Day list"), nullptr, this, [this] { printList(); }));
    if (ws.may("appointments.book"))
        top->addWidget(button(tr("&Book"), "primary", this, [this] {
            domain::Appointment proposal;
            if (!m_view->columns().isEmpty()) {
                proposal.startAt = m_view->cursorTime();
                proposal.practitionerId = m_view->columns().at(m_view->cursorColumn()).resource;
            }
            this->shell().bookAppointment(proposal);
        }));
    layout->addLayout(top);
    auto *bar = new QHBoxLayout;
    const auto arrow = [this](const QString &icon, const QString &name, int by) {
        auto *b = new QPushButton;
        b->setIcon(this->shell().theme().icon(
            layoutDirection() == Qt::RightToLeft
                ? (icon == u"back" ? QStringLiteral("forward") : QStringLiteral("back"))
                : icon));
        b->setAccessibleName(name);
        b->setToolTip(name);
        connect(b, &QPushButton::clicked, this,
                [this, by] { m_date->setDate(m_date->date().addDays(isWeek() ? by * 7 : by)); });
        return b;
    };
    bar->addWidget(arrow(QStringLiteral("back"), tr("Earlier"), -1));
    bar->addWidget(button(tr("&Today"), nullptr, this, [this] { m_date->setDate(workspace().today()); }));
    bar->addWidget(arrow(QStringLiteral("forward"), tr("Later"), 1));
    bar->addWidget(m_date);
    bar->addWidget(m_mode);
    bar->addWidget(m_kind);
    bar->addWidget(m_resource);
    bar->addWidget(m_states);
    bar->addStretch();
    // Narrow windows shorten the filters, not the calendar.
    for (auto *box : {m_mode, m_kind, m_resource, m_states}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMinimumWidth(fontMetrics().averageCharWidth() * 8);
    }
    layout->addLayout(bar);
    layout->addWidget(m_failure);
    layout->addWidget(m_view, 1);

    readFilter();
    connect(m_date, &DayEdit::dateChanged, this, &CalendarPage::refresh);
    for (auto *box : {m_mode, m_kind, m_resource, m_states})
        connect(box, &QComboBox::activated, this, [this] {
            storeFilter();
            refresh();
        });
    connect(m_view, &CalendarView::openRequested, this,
            [this](const Id &id) { this->shell().openAppointment(id); });
    connect(m_view, &CalendarView::moveRequested, this, &CalendarPage::moveAppointment);
    connect(m_view, &CalendarView::contextRequested, this, &CalendarPage::showMenu);
    connect(m_view, &CalendarView::createRequested, this, [this](int column, qint64 start, int minutes) {
        const auto &c = m_view->columns().at(column);
        domain::Appointment proposal;
        proposal.startAt = start;
        proposal.minutes = minutes;
        const Id id = isWeek() ? Id::fromBytes(m_resource->currentData().toByteArray()) : c.resource;
        (m_kind->currentIndex() == 0   ? proposal.practitionerId
         : m_kind->currentIndex() == 1 ? proposal.roomId
                                       : proposal.equipmentId) = id;
        this->shell().bookAppointment(proposal);
    });
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        using namespace domain;
        if (isVisible() && models::touches(rows, {&Appointment::entity(), &Leave::entity(),
                                                  &Availability::entity(), &Patient::entity()}))
            refresh();
    });
    connect(&ws, &models::Workspace::placeChanged, this, &CalendarPage::refresh);
    connect(&shell.theme(), &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));
    m_minute.setInterval(30'000);
    connect(&m_minute, &QTimer::timeout, this, [this] { m_view->setNow(workspace().now()); });
    m_minute.start();
}

void CalendarPage::readFilter()
{
    const QStringList parts = workspace().setting(domain::setting::calendarFilter).split(u' ');
    const auto number = [&](int i, QComboBox *box) {
        box->setCurrentIndex(qBound(0, parts.value(i).toInt(), box->count() - 1));
    };
    number(0, m_mode);
    number(1, m_kind);
    number(2, m_states);
    m_resource->addItem(tr("Everybody"), QByteArray());
    for (const auto &resource : workspace().place().practitioners)
        m_resource->addItem(resource.name, resource.id.toBytes());
    const int index = m_resource->findData(Id::fromString(parts.value(3)).toBytes());
    if (index > 0)
        m_resource->setCurrentIndex(index);
    else if (const int own = m_resource->findData(workspace().session().resource.toBytes()); own > 0)
        m_resource->setCurrentIndex(own);
}

void CalendarPage::storeFilter()
{
    workspace().saveSetting(domain::SettingScope::User, domain::setting::calendarFilter,
                            QStringLiteral("%1 %2 %3 %4")
                                .arg(m_mode->currentIndex())
                                .arg(m_kind->currentIndex())
                                .arg(m_states->currentIndex())
                                .arg(Id::fromBytes(m_resource->currentData().toByteArray()).toString()));
}

// One column per branch, read-only: appointments are changed in their own branch.
bool CalendarPage::showsBranches() const
{
    return !isWeek() && m_kind->currentIndex() == 3;
}

QDate CalendarPage::firstDay() const
{
    const QDate day = m_date->date();
    if (!isWeek())
        return day;
    const int offset = (day.dayOfWeek() - QLocale().firstDayOfWeek() + 7) % 7;
    return day.addDays(-offset);
}

void CalendarPage::refresh()
{
    const QDate first = firstDay();
    const qint64 from = workspace().startOf(first);
    const qint64 to = workspace().startOf(first.addDays(isWeek() ? 7 : 1));
    m_heading->setText(isWeek()
                           ? tr("Week of %1").arg(QLocale().toString(first, QStringLiteral("d MMMM yyyy")))
                           : QLocale().toString(first, QStringLiteral("dddd d MMMM")));
    workspace().appointments.workingHours(
        this, from, to, [this, from, to](const Result<QList<storage::Schedule>> &schedules) {
            if (schedules)
                m_schedules = *schedules;
            models::AppointmentFilter filter;
            filter.branch = showsBranches() ? Id{} : workspace().session().branch;
            filter.from = from;
            filter.to = to;
            using enum domain::AppointmentState;
            const QList<QList<domain::AppointmentState>> choices{
                {Booked, NoShow, CheckedIn, InConsultation, Completed},
                {},
                {Booked},
                {CheckedIn, InConsultation},
                {Completed},
                {NoShow}};
            filter.states = choices.value(m_states->currentIndex());
            workspace().appointments.list(
                this, filter, [this, from](const Result<QList<models::AppointmentView>> &views) {
                    m_failure->setVisible(!views);
                    if (!views)
                        m_failure->setText(models::errorText(views.error()));
                    else if (from == workspace().startOf(firstDay())) // an answer for another day is stale
                        show(*views);
                });
        });
}

// All active resources, and inactive ones with appointments on that day.
QList<QPair<Id, QString>> CalendarPage::shownResources() const
{
    const auto &place = workspace().place();
    const int kind = m_kind->currentIndex();
    const auto &resources = kind == 0 ? place.practitioners : kind == 1 ? place.rooms : place.equipment;
    const Id wanted = kind == 0 ? Id::fromBytes(m_resource->currentData().toByteArray()) : Id{};
    QList<QPair<Id, QString>> shown;
    QSet<Id> known;
    for (const auto &resource : resources) {
        known << resource.id;
        if (wanted.isNull() || resource.id == wanted)
            shown << qMakePair(resource.id, resource.name);
    }
    for (const auto &view : m_views) {
        const auto &a = view.appointment;
        const Id id = kind == 0 ? a.practitionerId : kind == 1 ? a.roomId : a.equipmentId;
        const QString name = kind == 0   ? view.practitionerName
                             : kind == 1 ? view.roomName
                                         : view.equipmentName;
        if (id.isNull() || known.contains(id) || (!wanted.isNull() && id != wanted))
            continue;
        known << id;
        shown << qMakePair(id, tr("%1 (no longer in use)").arg(models::isolated(name)));
    }
    return shown;
}

QList<models::CalendarColumn> CalendarPage::makeColumns(models::CalendarAxis &axis) const
{
    QList<models::CalendarColumn> columns;
    const QTimeZone zone = workspace().zone();
    QList<QDate> days;
    for (int i = 0; i < (isWeek() ? 7 : 1); ++i)
        days << firstDay().addDays(i);
    const int fromHour = workspace().setting(domain::setting::dayStart).toInt();
    const int toHour = qMax(fromHour + 1, workspace().setting(domain::setting::dayEnd).toInt());
    // Appointments outside the usual hours are shown too.
    const auto span = models::visibleMinutes(m_views, days, fromHour * 60, toHour * 60, zone);
    const int fromMinute = span.first;
    const int toMinute = span.second;
    axis = models::calendarAxis(days, fromMinute, toMinute, zone);
    const auto add = [&](const QDate &day, const Id &resource, const QString &title, bool isRest = false) {
        models::CalendarColumn column;
        column.day = day;
        column.resource = resource;
        column.title = title;
        column.isRest = isRest;
        column.from = walltime::opening(day, fromMinute, zone);
        column.to = walltime::closing(day, toMinute, zone);
        column.pieces = axis.pieces.value(days.indexOf(day));
        bool planned = false;
        for (const auto &schedule : m_schedules) {
            if (schedule.resource.id == resource) {
                column.open = models::openHours(schedule, day, zone);
                planned = true;
            }
        }
        if (!planned)
            column.open << qMakePair(column.from, column.to);
        columns << column;
    };
    if (isWeek()) {
        const Id wanted =
            m_kind->currentIndex() == 0 ? Id::fromBytes(m_resource->currentData().toByteArray()) : Id{};
        for (const QDate &day : std::as_const(days))
            add(day, wanted, QLocale().toString(day, QStringLiteral("ddd d MMM")));
    } else if (showsBranches()) {
        for (const auto &branch : workspace().place().branches)
            add(firstDay(), branch.id, branch.name);
    } else {
        for (const auto &[id, name] : shownResources())
            add(firstDay(), id, name);
        const bool all = m_kind->currentIndex() == 0 && m_resource->currentData().toByteArray().isEmpty();
        if (all && std::ranges::any_of(
                       m_views, [](const auto &view) { return view.appointment.practitionerId.isNull(); }))
            add(firstDay(), {}, tr("Without a practitioner"), true);
    }
    for (auto &column : columns) {
        const auto count = std::ranges::count_if(
            m_views, [&](const auto &view) { return models::standsIn(column, view.appointment, columns); });
        column.subtitle = tr("%n appointment(s)", nullptr, static_cast<int>(count));
    }
    return columns;
}

void CalendarPage::show(const QList<models::AppointmentView> &views)
{
    m_views = views;
    const bool first = m_view->columns().isEmpty();
    const qint64 scrollDay = m_view->columns().isEmpty() ? 0 : m_view->columns().first().from;
    m_view->setNow(workspace().now());
    models::CalendarAxis axis;
    const auto columns = makeColumns(axis);
    m_view->setContent(columns, axis, views, workspace().zone(),
                       workspace().setting(domain::setting::slotMinutes).toInt(),
                       workspace().may("appointments.book") && !showsBranches());
    m_failure->setVisible(m_view->columns().isEmpty());
    if (m_view->columns().isEmpty())
        m_failure->setText(tr("There is nobody and nothing to book yet. An administrator adds practitioners "
                              "and rooms under Set-up."));
    else if (first || scrollDay != m_view->columns().first().from)
        m_view->scrollToTime(m_date->date() == workspace().today() ? workspace().now() - 3'600'000
                                                                   : m_view->columns().first().from);
}

void CalendarPage::moveAppointment(const domain::Appointment &before, const domain::Appointment &after)
{
    workspace().appointments.move(
        this, before, after, [this, before](const Result<domain::Appointment> &moved) {
            if (!moved) {
                shell().sayError(moved.error());
                refresh();
                return;
            }
            shell().say(tr("Moved to %1.").arg(models::dayTimeText(moved->startAt, workspace().zone())),
                        [this, before, now = *moved] {
                            workspace().appointments.move(this, now, before,
                                                          [this](const Result<domain::Appointment> &back) {
                                                              if (!back)
                                                                  shell().sayError(back.error());
                                                          });
                        });
        });
}

void CalendarPage::showMenu(const Id &appointment, const QPoint &at)
{
    for (const auto &view : std::as_const(m_views)) {
        if (view.appointment.id != appointment)
            continue;
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Open"), this, [this, appointment] { shell().openAppointment(appointment); });
        menu->addAction(tr("Open the patient"), this,
                        [this, id = view.appointment.patientId] { shell().openPatient(id); });
        menu->addSeparator();
        for (const auto state : possibleSteps(workspace(), view.appointment))
            menu->addAction(stepText(state), this,
                            [this, a = view.appointment, state] { takeStep(shell(), this, a, state); });
        if (workspace().may("billing.invoice") && domain::holdsSlot(view.appointment.state))
            menu->addAction(tr("Invoice"), this,
                            [this, appointment] { shell().invoiceAppointment(appointment); });
        menu->popup(at);
        return;
    }
}

void CalendarPage::printList()
{
    QList<models::AppointmentView> ofDay;
    const qint64 from = workspace().startOf(m_date->date());
    const qint64 to = workspace().startOf(m_date->date().addDays(1));
    for (const auto &view : std::as_const(m_views)) {
        const auto &a = view.appointment;
        if (a.startAt < to && a.startAt + qint64(a.minutes) * 60'000 > from)
            ofDay << view;
    }
    printDayList(shell(), m_date->date(), ofDay);
}

} // namespace clinic::gui
