// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/attentionpage.h"

#include "gui/attention/codedialog.h"
#include "gui/attention/devicesdialog.h"
#include "gui/attention/enroldialog.h"
#include "gui/attention/exchangedialog.h"
#include "gui/attention/filedialog.h"
#include "gui/attention/keepdialog.h"
#include "gui/attention/leasedialog.h"
#include "gui/attention/serverdialog.h"
#include "gui/setup/bringdialog.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QScrollArea>
#include <QTimer>

namespace clinic::gui {
namespace attentiondetail {

constexpr int mostTimes = 3;

// Shows new rows and keeps the selection; without one selects the first, so that the buttons are enabled.
template <class T, class IdOf>
void fill(models::RowsModel<T> &model, ListView &list, const QList<T> &rows, IdOf idOf)
{
    const T *current = model.at(list.current());
    const Id chosen = current ? idOf(*current) : Id{};
    model.setRows(rows);
    list.showRows();
    for (qsizetype i = rows.size() - 1; i >= 0; --i) {
        if (i == 0 || idOf(rows[i]) == chosen) {
            list.select(int(i));
            break;
        }
    }
}

} // namespace attentiondetail

using attentiondetail::fill;
using attentiondetail::mostTimes;

AttentionPage::AttentionPage(Shell &shell) : Screen(shell)
{
    auto &connection = workspace().connection;
    // On a small screen the page scrolls; the lists keep room for a few rows.
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget;
    scroll->setWidget(page);
    outer->addWidget(scroll);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("Server"), "title"));

    auto *card = new Card;
    m_headline = label(QString(), "heading");
    m_headline->setObjectName(QStringLiteral("headline"));
    m_explanation = label(QString());
    m_explanation->setWordWrap(true);
    m_details = label(QString(), "muted");
    m_details->setWordWrap(true);
    card->body()->addWidget(m_headline);
    card->body()->addWidget(m_explanation);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How much of everything is here"));
    card->body()->addWidget(m_progress);
    card->body()->addWidget(m_details);
    auto *buttons = new QHBoxLayout;
    m_now = button(tr("&Exchange now"), nullptr, this, [this] { workspace().connection.syncNow(); });
    m_offline = button(tr("Work &offline"), nullptr, this, [this] {
        auto &line = workspace().connection;
        line.workOffline(!line.isWorkingOffline());
        showStatus();
    });
    m_enrol = button(tr("Co&nnect to a server …"), "primary", this, [this] { connectToServer(); });
    m_code = button(tr("Code for another &PC …"), nullptr, this, [this] { showNewCode(); });
    m_devices = button(tr("PCs of the &hospital …"), nullptr, this,
                       [this] { (new DevicesDialog(this->shell()))->open(); });
    m_history = button(tr("&What was exchanged …"), nullptr, this,
                       [this] { (new ExchangeDialog(this->shell()))->open(); });
    m_byFile =
        button(tr("By &file …"), nullptr, this, [this] { (new FileExchangeDialog(this->shell()))->open(); });
    m_addresses = button(tr("&Addresses …"), nullptr, this, [this] {
        auto *dialog = new ServerDialog(workspace(), this->window());
        connect(dialog, &ServerDialog::changed, this,
                [this] { this->shell().say(tr("The next exchange goes there.")); });
        dialog->open();
    });
    m_now->setObjectName(QStringLiteral("exchangeNow"));
    for (auto *each : {m_now, m_offline, m_byFile, m_enrol, m_history})
        buttons->addWidget(each);
    buttons->addStretch();
    card->body()->addLayout(buttons);
    auto *managing = new QHBoxLayout;
    m_bring = button(tr("&Bring in another clinic …"), nullptr, this, [this] {
        this->shell().prompter().openFile(
            this, tr("The other clinic's file"), tr("Clinic files (*.db);;All files (*)"),
            [this](const QString &path) { (new BringDialog(this->shell(), path))->open(); });
    });
    m_leases = button(tr("Without the net&work …"), nullptr, this,
                      [this] { (new LeaseDialog(this->shell()))->open(); });
    for (auto *each : {m_code, m_devices, m_addresses, m_leases, m_bring})
        managing->addWidget(each);
    managing->addStretch();
    card->body()->addLayout(managing);
    layout->addWidget(card);

    using Conflicts = models::RowsModel<models::ConflictView>;
    const auto zone = [this] { return workspace().zone(); };
    m_conflicts = new Conflicts(
        {{tr("Whose"),
          [](const models::ConflictView &v) {
              return QVariant(v.subject.isEmpty() ? models::entityLabel(v.conflict.entityName) : v.subject);
          }},
         {tr("What"), [](const models::ConflictView &v) { return QVariant(models::fieldLabel(v)); }},
         {tr("Stands now"),
          [](const models::ConflictView &v) { return QVariant(models::valueText(v.kept)); }},
         {tr("Also entered"),
          [](const models::ConflictView &v) { return QVariant(models::valueText(v.lost)); }},
         {tr("By"), [](const models::ConflictView &v) { return QVariant(v.lostBy); }},
         {tr("When"),
          [zone](const models::ConflictView &v) {
              return QVariant(models::dayTimeText(v.conflict.lostAt, zone()));
          },
          [](const models::ConflictView &v) { return QVariant(v.conflict.lostAt); }}},
        this);
    m_conflictList = new ListView(tr("Two values for one field"), m_conflicts,
                                  TakenAs{domain::IntentionId::ExportPatients, "patient", {}});
    m_conflictList->setEmptyText(tr("Nobody has entered two values for one field."));
    m_conflictList->setStretch({3, 2, 3, 3, 2, 3});
    using Items = models::RowsModel<models::AttentionView>;
    m_attention = new Items(
        {{tr("What happened"),
          [](const models::AttentionView &v) {
              return QVariant(v.isHeld ? tr("Not sent yet") : models::attentionKindLabel(v.attention.kind));
          }},
         {tr("Action"),
          [](const models::AttentionView &v) {
              return QVariant(models::intentionLabel(v.attention.intention));
          }},
         {tr("Patient"), [](const models::AttentionView &v) { return QVariant(v.patient); }},
         {tr("Phone"), [](const models::AttentionView &v) { return QVariant(models::leftToRight(v.phone)); }},
         {tr("Why"),
          [](const models::AttentionView &v) { return QVariant(models::attentionReason(v.attention)); }},
         {tr("By"), [](const models::AttentionView &v) { return QVariant(v.actor); }},
         {tr("When"),
          [zone](const models::AttentionView &v) {
              return QVariant(v.attention.happenedAt > 0 ? models::dayTimeText(v.attention.happenedAt, zone())
                                                         : QString());
          },
          [](const models::AttentionView &v) { return QVariant(v.attention.happenedAt); }}},
        this);
    m_attentionList = new ListView(tr("Not accepted, kept aside or to look at"), m_attention,
                                   TakenAs{domain::IntentionId::ExportPatients, "patient", {}});
    m_attentionList->setEmptyText(tr("The server has accepted everything."));
    m_attentionList->setStretch({4, 6, 4, 4, 13, 4, 7});

    for (auto *list : {m_conflictList, m_attentionList})
        list->setMinimumHeight(list->fontMetrics().height() * 6);
    m_decisions = new QWidget;
    auto *decisions = new QVBoxLayout(m_decisions);
    decisions->setContentsMargins(0, 0, 0, 0);
    decisions->setSpacing(12);
    auto *conflictHead = new QHBoxLayout;
    conflictHead->addWidget(label(tr("Two values for one field"), "heading"));
    conflictHead->addStretch();
    m_keep = button(tr("&Keep what stands"), nullptr, this, [this] { decide(false); });
    m_take = button(tr("&Take the other"), nullptr, this, [this] { decide(true); });
    conflictHead->addWidget(m_keep);
    conflictHead->addWidget(m_take);
    decisions->addLayout(conflictHead);
    decisions->addWidget(m_conflictList, 1);
    auto *attentionHead = new QHBoxLayout;
    attentionHead->addWidget(label(tr("Not accepted, kept aside or to look at"), "heading"));
    attentionHead->addStretch();
    m_open = button(tr("Open p&atient"), nullptr, this, [this] {
        if (const auto *item = m_attention->at(m_attentionList->current()); item && !item->patientId.isNull())
            this->shell().openPatient(item->patientId);
    });
    m_rebook = button(tr("&Book another time …"), nullptr, this, [this] { findAnotherTime(); });
    m_done = button(tr("&Done"), nullptr, this, [this] { tickOff(); });
    for (auto *each : {m_open, m_rebook, m_done})
        attentionHead->addWidget(each);
    decisions->addLayout(attentionHead);
    decisions->addWidget(m_attentionList, 1);

    m_times = new QWidget;
    auto *times = new QHBoxLayout(m_times);
    times->setContentsMargins(0, 0, 0, 0);
    times->addWidget(label(tr("Free instead:"), "muted"));
    for (int i = 0; i < mostTimes; ++i) {
        m_timeButtons << button(QString(), "link", this, [this, i] {
            if (i < m_slots.size())
                findAnotherTime(&m_slots[i]);
        });
        m_timeButtons.last()->setObjectName(QStringLiteral("freeInstead%1").arg(i));
        times->addWidget(m_timeButtons.last());
    }
    times->addStretch();
    m_times->hide();
    decisions->addWidget(m_times);

    layout->addWidget(m_decisions, 1);
    layout->addStretch();
    connect(m_conflictList, &ListView::currentChanged, this, &AttentionPage::updateButtons);
    connect(m_attentionList, &ListView::currentChanged, this, &AttentionPage::updateButtons);
    connect(&connection, &models::Connection::changed, this, [this] {
        const qint64 wait = workspace().connection.status().nextTryMs;
        m_tryAt = wait > 0 ? QDeadlineTimer(wait) : QDeadlineTimer(QDeadlineTimer::Forever);
        showStatus();
        const qint64 held = workspace().connection.status().replica.held;
        if (std::exchange(m_held, held) != held && isVisible())
            readLists();
    });
    auto *second = new QTimer(this); // counts down to the next try
    second->setInterval(1000);
    connect(second, &QTimer::timeout, this, [this] {
        if (isVisible() && !m_tryAt.isForever())
            showStatus();
    });
    second->start();
    connect(&workspace(), &models::Workspace::rowsChanged, this,
            [this](const QList<domain::RowChange> &rows) {
                if (isVisible() &&
                    models::touches(rows, {&domain::Conflict::entity(), &domain::Attention::entity()}))
                    readLists();
            });
    updateButtons();
    showStatus();
}

QWidget *AttentionPage::firstFocus()
{
    return m_attention->rows().isEmpty() && !m_conflicts->rows().isEmpty() ? m_conflictList->table()
                                                                           : m_attentionList->table();
}

void AttentionPage::refresh()
{
    showStatus();
    readLists();
}

void AttentionPage::showStatus()
{
    const auto &connection = workspace().connection;
    const auto &status = connection.status();
    m_headline->setText(connection.summary());
    setRole(m_headline, "heading");
    m_explanation->setText(connection.explanation());
    m_progress->setVisible(connection.isLoading() && status.phase == sync::SyncStatus::Phase::Loading);
    showProgress(*m_progress, connection.loadedPercent());
    QStringList details;
    if (!connection.isPossible())
        details << tr("A demo clinic never connects.");
    if (connection.isEnrolled()) {
        details << models::leftToRight(status.replica.servers.join(QStringLiteral(", ")));
        if (status.lastContact)
            details << tr("last answer %1").arg(models::dayTimeText(status.lastContact, workspace().zone()));
        if (connection.clockOffMinutes() != 0)
            details << tr("this PC's clock says %1 when the server's says %2")
                           .arg(models::dayTimeText(status.lastContact + status.clockOffMs,
                                                    workspace().zone()),
                                models::dayTimeText(status.lastContact, workspace().zone()));
        if (status.replica.auditForked > 0)
            details << tr("this file's audit events are others than the server's from number %1 on: an older "
                          "copy "
                          "was put back, or they were changed")
                           .arg(status.replica.auditForked);
        if (const int seconds = m_tryAt.isForever() ? 0 : int((m_tryAt.remainingTime() + 999) / 1000);
            seconds > 0)
            details << tr("next try in %n second(s)", nullptr, seconds);
        if (!status.problem.isEmpty())
            details << models::leftToRight(QString::fromLatin1(status.problem));
    }
    m_details->setText(details.join(QStringLiteral(" · ")));
    m_details->setVisible(!details.isEmpty());
    const bool mayEnrol = workspace().may(domain::IntentionId::EnrolDevice);
    m_decisions->setVisible(connection.isEnrolled()); // a PC that works alone has nothing to merge
    m_now->setVisible(connection.isEnrolled());
    m_offline->setVisible(connection.isEnrolled());
    m_history->setVisible(connection.isEnrolled());
    m_byFile->setVisible(connection.isEnrolled());
    m_addresses->setVisible(connection.isEnrolled() && workspace().may(domain::IntentionId::ChangeServer));
    m_offline->setText(connection.isWorkingOffline() ? tr("Work &online") : tr("Work &offline"));
    const bool refused = status.phase == sync::SyncStatus::Phase::Refused;
    m_enrol->setVisible(connection.isPossible() && (!connection.isEnrolled() || refused) && mayEnrol);
    m_enrol->setText(refused ? tr("Enter a &new code …") : tr("Co&nnect to a server …"));
    m_code->setVisible(connection.isEnrolled() && !refused && mayEnrol);
    m_devices->setVisible(connection.isEnrolled() && !refused && mayEnrol);
    m_leases->setVisible(connection.isEnrolled() && !refused &&
                         workspace().may(domain::IntentionId::KeepPlaces));
    m_bring->setVisible(connection.isPossible() && workspace().may(domain::IntentionId::BringClinic));
}

void AttentionPage::readLists()
{
    workspace().connection.attention(this, [this](const Result<QList<models::AttentionView>> &items) {
        if (!items)
            return m_attentionList->showFailure(models::errorText(items.error()), [this] { readLists(); });
        fill(*m_attention, *m_attentionList, *items, [](const auto &view) {
            return view.attention.id.isNull() ? view.patientId : view.attention.id;
        });
        updateButtons();
    });
    if (!workspace().may("patients.edit")) {
        m_conflictList->showRows();
        return;
    }
    workspace().connection.conflicts(this, {}, [this](const Result<QList<models::ConflictView>> &conflicts) {
        if (!conflicts)
            return m_conflictList->showFailure(models::errorText(conflicts.error()), [this] { readLists(); });
        fill(*m_conflicts, *m_conflictList, *conflicts, [](const auto &view) { return view.conflict.id; });
        updateButtons();
    });
}

void AttentionPage::updateButtons()
{
    const auto *conflict = m_conflicts->at(m_conflictList->current());
    m_keep->setEnabled(conflict);
    m_take->setEnabled(conflict && conflict->canTake);
    const auto *item = m_attention->at(m_attentionList->current());
    m_done->setEnabled(item && item->attention.isStored());
    m_open->setEnabled(item && !item->patientId.isNull());
    m_rebook->setEnabled(item && item->startAt > 0 && workspace().may(domain::IntentionId::BookAppointment));
    offerTimes();
}

// The answer for the patient on the telephone.
void AttentionPage::offerTimes()
{
    const auto *item = m_attention->at(m_attentionList->current());
    if (!item || !m_rebook->isEnabled() || item->attention.kind != domain::AttentionKind::Rejected) {
        m_times->hide();
        m_offered = {};
        return;
    }
    if (m_offered == item->attention.id)
        return;
    m_offered = item->attention.id;
    services::FreeSlots question;
    question.practitioner = item->practitionerId;
    question.patient = item->patientId;
    question.from = qMax(workspace().now(), item->startAt);
    question.minutes = qMax(5, item->minutes);
    question.limit = mostTimes;
    workspace().appointments.freeSlots(
        this, question,
        [this, offered = m_offered,
         asked = item->practitionerId](const Result<QList<models::FreeSlot>> &found) {
            if (!found || offered != m_offered)
                return;
            m_slots = *found;
            for (qsizetype i = 0; i < m_timeButtons.size(); ++i) {
                m_timeButtons[i]->setVisible(i < m_slots.size());
                if (i < m_slots.size())
                    m_timeButtons[i]->setText(
                        models::dayTimeText(m_slots[i].slot.startMs(), workspace().zone()) +
                        (m_slots[i].practitioner.id == asked
                             ? QString()
                             : QStringLiteral(" · ") + m_slots[i].practitioner.name));
            }
            m_times->setVisible(!m_slots.isEmpty());
        });
}

void AttentionPage::decide(bool takeOther)
{
    const auto *conflict = m_conflicts->at(m_conflictList->current());
    if (!conflict)
        return;
    QString said =
        takeOther
            ? tr("%1 is now “%2”.")
                  .arg(models::fieldLabel(*conflict), models::isolated(models::valueText(conflict->lost)))
            : tr("%1 stays “%2”.")
                  .arg(models::fieldLabel(*conflict), models::isolated(models::valueText(conflict->kept)));
    // One decision for the field, however many values conflict.
    services::ResolveConflict decision{conflict->conflict.id, takeOther};
    for (const auto &row : m_conflicts->rows()) {
        if (row.conflict.id != decision.conflict && row.conflict.rowId == conflict->conflict.rowId &&
            row.conflict.field == conflict->conflict.field)
            decision.others << row.conflict.id;
    }
    if (!decision.others.isEmpty())
        said += u' ' +
                tr("%n other value(s) for it are settled with that.", nullptr, int(decision.others.size()));
    workspace().connection.resolve(this, decision, [this, said](const Result<services::Done> &done) {
        if (!done)
            return shell().sayError(done.error());
        shell().say(said);
        readLists();
    });
}

void AttentionPage::tickOff()
{
    const auto *item = m_attention->at(m_attentionList->current());
    if (!item)
        return;
    workspace().connection.resolve(this, services::ResolveAttention{item->attention.id},
                                   [this](const Result<services::Done> &done) {
                                       if (!done)
                                           return shell().sayError(done.error());
                                       shell().say(tr("Seen to."));
                                       readLists();
                                   });
}

// Opens the form as it was typed; it offers free slots itself.
void AttentionPage::findAnotherTime(const models::FreeSlot *slot)
{
    const auto *item = m_attention->at(m_attentionList->current());
    if (!item)
        return;
    domain::Appointment proposal;
    proposal.patientId = item->patientId;
    proposal.practitionerId = slot ? slot->practitioner.id : item->practitionerId;
    proposal.startAt = slot ? slot->slot.startMs() : item->startAt;
    proposal.minutes = qMax(5, item->minutes);
    shell().bookAppointment(proposal, {}, [this, subject = item->attention.subjectId] {
        workspace().connection.seenTo(subject);
    });
}

void AttentionPage::connectToServer()
{
    auto *dialog = new EnrolDialog(workspace(), this->window());
    connect(dialog, &EnrolDialog::connected, this,
            [this] { shell().say(tr("This PC is connected. Its data is on its way to the server.")); });
    dialog->open();
}

void AttentionPage::showNewCode()
{
    workspace().setup.branches(this, [this](const Result<QList<domain::Branch>> &branches) {
        if (!branches)
            return shell().sayError(branches.error());
        if (branches->size() < 2)
            return makeCode({});
        auto *dialog = new KeepDialog(
            tr("Code for another PC"),
            tr("What is the other PC to keep? A PC that leaves the house should have no more than it needs. "
               "It can be changed later under “PCs of the hospital”."),
            tr("Make the &code"), *branches, "*", shell().window());
        connect(dialog, &KeepDialog::chosen, this, &AttentionPage::makeCode);
        dialog->open();
    });
}

void AttentionPage::makeCode(const QByteArray &scopes)
{
    m_code->setEnabled(false);
    workspace().connection.makeCode(this, scopes, [this](const Result<QString> &code) {
        m_code->setEnabled(true);
        if (!code)
            return shell().sayError(code.error());
        auto *dialog = new CodeDialog(*code, shell().window());
        dialog->open();
    });
}

ServerIndicator::ServerIndicator(Shell &shell)
{
    setObjectName(QStringLiteral("serverIndicator"));
    setFlat(true);
    setRole(this, "link");
    auto &connection = shell.workspace().connection;
    connect(this, &QPushButton::clicked, this, [&shell] { shell.go(QStringLiteral("server")); });
    connect(&connection, &models::Connection::changed, this, [this, &connection] { show(connection); });
    show(connection);
}

void ServerIndicator::show(const models::Connection &connection)
{
    setVisible(connection.isEnrolled());
    QString text = connection.summary();
    if (const auto open = static_cast<int>(connection.toDecide()))
        text += QStringLiteral(" · ") + tr("%n to decide", nullptr, open);
    setText(text);
    setAccessibleName(tr("Server: %1").arg(text));
    setToolTip(connection.explanation());
    setProperty("state", QString::fromLatin1(connection.role()));
    setRole(this, "link");
}

} // namespace clinic::gui
