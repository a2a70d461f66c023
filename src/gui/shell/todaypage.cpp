// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/todaypage.h"

#include "gui/admin/recoverydialog.h"
#include "gui/appointments/bookingdialog.h"
#include "gui/appointments/steps.h"
#include "gui/appointments/toucheddialog.h"
#include "gui/patients/patienteditor.h"
#include "gui/shell/formkeeper.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

TodayPage::TodayPage(Shell &shell)
    : Screen(shell),
      m_tiles(new QHBoxLayout),
      m_greeting(label(QString(), "title")),
      m_drafts(new Card(tr("You were in the middle of this"), "warn")),
      m_draftList(new QVBoxLayout)
{
    auto &ws = workspace();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    auto *top = new QHBoxLayout;
    top->addWidget(m_greeting);
    top->addStretch();
    if (ws.may("patients.register"))
        top->addWidget(button(tr("&Register patient"), nullptr, this, [this] {
            this->shell().registerPatient(
                {}, [this](const domain::Patient &p) { this->shell().openPatient(p.id); });
        }));
    if (ws.may("appointments.book"))
        top->addWidget(
            button(tr("&Book appointment"), "primary", this, [this] { this->shell().bookAppointment({}); }));
    layout->addLayout(top);
    if (const QString zones = ws.zoneNote(); !zones.isEmpty()) {
        auto *note = label(zones, "muted");
        note->setWordWrap(true);
        layout->addWidget(note);
    }
    m_drafts->body()->addLayout(m_draftList);
    m_drafts->hide();
    layout->addWidget(m_drafts);
    if (ws.may(domain::IntentionId::MakeRecoveryKey) && !ws.isDemo() &&
        ws.place().hospital.recoveryKey.isEmpty()) {
        auto *card = new Card(tr("No recovery key yet"), "card");
        auto *line = new QHBoxLayout;
        auto *text =
            label(tr("The clinic's file is sealed. When keychain and passwords are lost, only a recovery "
                     "key on paper opens it and its backups."));
        text->setWordWrap(true);
        line->addWidget(text, 1);
        line->addWidget(button(tr("Make one …"), nullptr, this, [this, card] {
            auto *dialog = new RecoveryDialog(this->shell());
            connect(dialog, &QDialog::accepted, card, &QWidget::hide);
            dialog->open();
        }));
        card->body()->addLayout(line);
        layout->addWidget(card);
    }
    if (ws.may("access.review")) {
        m_emergencies = new Card(QString(), "warn");
        m_emergencies->setObjectName(QStringLiteral("toReview"));
        m_emergencies->body()->setContentsMargins(10, 6, 10, 6);
        auto *line = new QHBoxLayout;
        m_toReview = label(QString());
        m_toReview->setWordWrap(true);
        line->addWidget(m_toReview, 1);
        line->addWidget(button(tr("Re&view …"), nullptr, this,
                               [this] { this->shell().go(QStringLiteral("emergencies")); }));
        m_emergencies->body()->addLayout(line);
        m_emergencies->hide();
        layout->addWidget(m_emergencies);
    }
    m_clockCard = new Card(QString(), "warn");
    m_clockCard->body()->setContentsMargins(10, 6, 10, 6);
    m_clock = label(QString());
    m_clock->setObjectName(QStringLiteral("clockDoubt"));
    m_clock->setWordWrap(true);
    m_clockCard->body()->addWidget(m_clock);
    m_clockCard->hide();
    layout->addWidget(m_clockCard);
    if (ws.may("appointments.view")) {
        m_strandedCard = new Card(QString(), "warn");
        m_strandedCard->body()->setContentsMargins(10, 6, 10, 6);
        auto *line = new QHBoxLayout;
        m_stranded = label(QString());
        m_stranded->setWordWrap(true);
        line->addWidget(m_stranded, 1);
        line->addWidget(button(tr("&Look"), nullptr, this, [this] {
            workspace().appointments.stranded(this,
                                              [this](const Result<QList<models::AppointmentView>> &views) {
                                                  if (views)
                                                      showStranded(this->shell(), *views);
                                              });
        }));
        m_strandedCard->body()->addLayout(line);
        m_strandedCard->hide();
        layout->addWidget(m_strandedCard);
    }
    m_tiles->setSpacing(12);
    layout->addLayout(m_tiles);
    if (ws.may("appointments.view")) {
        addTile(tr("Waiting here"), m_waiting = label(QStringLiteral("–"), "value"));
        addTile(tr("Still to come"), m_coming = label(QStringLiteral("–"), "value"));
        addTile(tr("Completed"), m_done = label(QStringLiteral("–"), "value"));
    }
    if (ws.may("billing.view")) {
        addTile(tr("Taken today"), m_taken = label(QStringLiteral("–"), "value"));
        addTile(tr("Unpaid invoices"), m_unpaid = label(QStringLiteral("–"), "value"));
    }
    if (ws.may("appointments.view")) {
        using models::AppointmentView;
        const auto minutesText = [&ws](const AppointmentView &v) {
            if (v.appointment.state != domain::AppointmentState::CheckedIn)
                return QString();
            return tr("%n min", nullptr, static_cast<int>((ws.now() - v.stateSince) / 60'000));
        };
        m_model = new models::RowsModel<AppointmentView>(
            {{tr("Time"),
              [&ws](const AppointmentView &v) {
                  // An appointment that began yesterday shows it.
                  const auto &a = v.appointment;
                  return QVariant(a.startAt < ws.startOf(ws.today())
                                      ? models::spanText(a.startAt, a.minutes, ws.zone())
                                      : models::timeText(a.startAt, ws.zone()));
              },
              [](const AppointmentView &v) { return QVariant(v.appointment.startAt); }},
             {tr("Patient"),
              [](const AppointmentView &v) {
                  return QVariant(v.hasAllergy ? v.patientName + QStringLiteral("  ⚠") : v.patientName);
              }},
             {tr("Age and sex"),
              [&ws](const AppointmentView &v) {
                  return QVariant(models::ageAndSex(v.patientBirthDate, v.patientSex, ws.today()));
              }},
             {tr("With"), [](const AppointmentView &v) { return QVariant(v.practitionerName); }},
             {tr("Service"), [](const AppointmentView &v) { return QVariant(v.serviceName); }},
             {tr("State"),
              [&ws](const AppointmentView &v) { return QVariant(models::stateText(v, ws.now())); }},
             {tr("Waiting"), minutesText, [](const AppointmentView &v) { return QVariant(v.stateSince); },
              models::alignNumber}},
            this);
        m_model->setDecorator([this](const AppointmentView &v, int role) -> QVariant {
            using enum domain::AppointmentState;
            const bool over = v.appointment.state == Cancelled || v.appointment.state == NoShow ||
                              v.appointment.state == Completed;
            if (role == Qt::ForegroundRole && over)
                return this->shell().theme().colour(QStringLiteral("muted"));
            return {};
        });
        m_list = new ListView(ws.session().resource.isNull() ? tr("Appointments today")
                                                             : tr("My appointments today"),
                              m_model, TakenAs{domain::IntentionId::PrintDayList, "appointment", {}});
        m_list->setStretch({9, 25, 15, 17, 16, 11, 7});
        m_list->setEmptyText(tr("No appointments today."),
                             ws.may("appointments.book") ? tr("Book one") : QString(),
                             [this] { this->shell().bookAppointment({}); });
        auto *bar = new QHBoxLayout;
        bar->addWidget(label(m_list->table()->accessibleName(), "heading"));
        bar->addStretch();
        using enum domain::AppointmentState;
        for (const auto state : {CheckedIn, InConsultation, Completed}) {
            if (!ws.may(services::StepAppointment{{}, state}.intentionId()))
                continue;
            auto *b = button(stepText(state), nullptr, this, [this, state] { stepCurrent(state); });
            bar->addWidget(b);
            m_steps << qMakePair(state, b);
        }
        layout->addLayout(bar);
        layout->addWidget(m_list, 1);
        connect(m_list, &ListView::opened, this, [this](const QModelIndex &i) {
            if (const auto *view = m_model->at(i))
                this->shell().openAppointment(view->appointment.id);
        });
        connect(m_list, &ListView::currentChanged, this, &TodayPage::updateSteps);
    } else {
        auto *note = label(tr("Your modules come with a later version. What you can do already is in the "
                              "menu: your account, and what your role may see."),
                           "muted");
        note->setWordWrap(true);
        layout->addWidget(note);
        layout->addStretch();
    }
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        using namespace domain;
        if (isVisible() && models::touches(rows, {&Appointment::entity(), &Payment::entity(),
                                                  &Invoice::entity(), &Patient::entity()}))
            refresh();
    });
    m_minute.setInterval(60'000);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
    });
    m_minute.start();
    offerDrafts();
}

QWidget *TodayPage::firstFocus()
{
    return m_list ? static_cast<QWidget *>(m_list) : this;
}

void TodayPage::addTile(const QString &name, QLabel *value)
{
    auto *card = new Card;
    card->body()->addWidget(label(name, "muted"));
    value->setAccessibleName(name);
    card->body()->addWidget(value);
    m_tiles->addWidget(card, 1);
}

// Emergencies of other users that wait for a review.
void TodayPage::offerReviews()
{
    if (!m_emergencies)
        return;
    workspace().accounts.emergenciesToReview(this, [this](const Result<int> &count) {
        m_emergencies->setVisible(count && *count > 0);
        if (count)
            m_toReview->setText(
                tr("%n record(s) opened in an emergency wait for somebody to look at it.", nullptr, *count));
    });
}

void TodayPage::offerDrafts()
{
    workspace().drafts(this, [this](const Result<QList<models::Draft>> &drafts) {
        if (!drafts)
            return;
        for (const auto &draft : *drafts) {
            auto *row = new QWidget;
            auto *line = new QHBoxLayout(row);
            line->setContentsMargins(0, 0, 0, 0);
            line->addWidget(label(tr("%1, left %2")
                                      .arg(models::isolated(draft.title),
                                           models::dayTimeText(draft.savedAt, workspace().zone()))),
                            1);
            line->addWidget(
                button(draft.form == FormKeeper::form ? tr("Show") : tr("Continue"), nullptr, this,
                       [this, draft, row] {
                           if (draft.form == FormKeeper::form) {
                               showKeptText(draft, window());
                               return;
                           }
                           row->hide();
                           m_drafts->hide();
                           if (draft.form == u"booking") {
                               auto *dialog = new BookingDialog(shell(), {});
                               dialog->restore(draft);
                               dialog->open();
                               return;
                           }
                           const auto open = [this, draft](const domain::Patient &patient) {
                               auto *dialog = new PatientEditor(shell(), patient);
                               dialog->restore(draft);
                               connect(dialog, &PatientEditor::saved, this,
                                       [this](const domain::Patient &p) { shell().openPatient(p.id); });
                               dialog->open();
                           };
                           if (draft.subject.isNull())
                               open({});
                           else
                               workspace().patients.readChart(
                                   this, draft.subject, [open](const Result<models::PatientChart> &chart) {
                                       if (chart)
                                           open(chart->patient);
                                   });
                       }));
            line->addWidget(button(tr("Throw away"), "link", this, [this, draft, row] {
                workspace().dropDraft(draft);
                row->hide();
            }));
            m_draftList->addWidget(row);
        }
        m_drafts->setVisible(!drafts->isEmpty());
    });
}

void TodayPage::refresh()
{
    auto &ws = workspace();
    offerReviews();
    m_clock->setText(ws.clockDoubt());
    m_clockCard->setVisible(!m_clock->text().isEmpty());
    if (m_stranded) {
        ws.appointments.stranded(this, [this](const Result<QList<models::AppointmentView>> &views) {
            m_strandedCard->setVisible(views && !views->isEmpty());
            if (views)
                m_stranded->setText(tr("%n booking(s) to come cannot be kept as they stand: with somebody or "
                                       "something that is no longer in use, or for a patient who was "
                                       "deactivated.",
                                       nullptr, static_cast<int>(views->size())));
        });
    }
    m_greeting->setText(QLocale().toString(ws.today(), QStringLiteral("dddd d MMMM")));
    if (m_list) {
        if (const auto *view = m_model->at(m_list->current()))
            m_keep = view->appointment.id;
        m_list->showLoading();
        models::AppointmentFilter filter;
        filter.branch = ws.session().branch;
        filter.practitioner = ws.session().resource;
        filter.from = ws.startOf(ws.today());
        filter.to = ws.startOf(ws.today().addDays(1));
        ws.appointments.list(this, filter, [this](const Result<QList<models::AppointmentView>> &views) {
            if (!views)
                m_list->showFailure(models::errorText(views.error()), [this] { refresh(); });
            else
                show(*views);
        });
    }
    if (m_taken) {
        ws.billing.drawer(this, [this](const Result<models::DrawerState> &state) {
            if (!state)
                return;
            qint64 sum = 0;
            for (const qint64 part : state->today.byMethod)
                sum += part;
            m_taken->setText(workspace().money(sum));
        });
        ws.billing.unpaidCount(this, [this](const Result<qint64> &count) {
            if (count)
                m_unpaid->setText(QLocale().toString(*count));
        });
    }
}

void TodayPage::show(const QList<models::AppointmentView> &views)
{
    using enum domain::AppointmentState;
    int here = 0;
    int coming = 0;
    int done = 0;
    QList<models::AppointmentView> sorted = views;
    for (const auto &view : views) {
        here += view.appointment.state == CheckedIn || view.appointment.state == InConsultation;
        coming += view.appointment.state == Booked;
        done += view.appointment.state == Completed;
    }
    // Arrived patients first, then expected ones; closed appointments last.
    const auto rank = [](domain::AppointmentState s) {
        return s == InConsultation ? 0 : s == CheckedIn ? 1 : s == Booked ? 2 : 3;
    };
    std::ranges::stable_sort(sorted, [&](const auto &a, const auto &b) {
        return rank(a.appointment.state) < rank(b.appointment.state);
    });
    m_waiting->setText(QLocale().toString(here));
    m_coming->setText(QLocale().toString(coming));
    m_done->setText(QLocale().toString(done));
    m_model->setRows(sorted);
    m_list->showRows();
    int row = 0;
    for (int i = 0; i < sorted.size(); ++i) {
        if (sorted[i].appointment.id == m_keep)
            row = i;
    }
    if (!sorted.isEmpty())
        m_list->select(row);
    updateSteps();
}

void TodayPage::updateSteps()
{
    const auto *view = m_model->at(m_list->current());
    const auto possible =
        view ? possibleSteps(workspace(), view->appointment) : QList<domain::AppointmentState>();
    for (const auto &[state, b] : std::as_const(m_steps))
        b->setEnabled(possible.contains(state));
}

void TodayPage::stepCurrent(domain::AppointmentState to)
{
    if (const auto *view = m_model->at(m_list->current())) {
        m_keep = view->appointment.id;
        takeStep(shell(), this, view->appointment, to);
    }
}

} // namespace clinic::gui
