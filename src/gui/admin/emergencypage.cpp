// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/emergencypage.h"

#include "domain/admin/entities.h"
#include "models/admin/auditcsv.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QHBoxLayout>

namespace clinic::gui {
namespace emergencies {

using domain::AccessReview;
using services::EmergencyView;

QString reviewText(const EmergencyView &view)
{
    switch (view.access.review) {
    case AccessReview::Waiting:
        return view.isOwn ? EmergencyPage::tr("Somebody else reviews it")
                          : EmergencyPage::tr("To be reviewed");
    case AccessReview::Justified:
        return EmergencyPage::tr("Was right");
    case AccessReview::NotJustified:
        return EmergencyPage::tr("Was not right");
    }
    return {};
}

} // namespace emergencies

using emergencies::reviewText;
using services::EmergencyView;

EmergencyPage::EmergencyPage(Shell &shell) : Screen(shell), m_detail(label(QString(), "muted"))
{
    auto &ws = workspace();
    m_model = new models::RowsModel<EmergencyView>(
        {{tr("When"),
          [&ws](const EmergencyView &v) {
              return QVariant(models::dayTimeText(v.access.openedAt, ws.zone()));
          },
          [](const EmergencyView &v) { return QVariant(v.access.openedAt); }},
         {tr("Who"), [](const EmergencyView &v) { return QVariant(v.userName); }},
         {tr("Whose record"),
          [](const EmergencyView &v) {
              return QVariant(
                  QString(v.patientName + QStringLiteral("  ") + models::leftToRight(v.patientNumber)));
          }},
         {tr("Reason"), [](const EmergencyView &v) { return QVariant(v.access.reason.simplified()); }},
         {tr("Review"), [](const EmergencyView &v) { return QVariant(reviewText(v)); }}},
        this);
    m_list = new ListView(tr("Records opened in an emergency"), m_model,
                          TakenAs{domain::IntentionId::ExportAudit, "emergency_access", {}});
    m_list->setStretch({17, 17, 22, 28, 16});
    m_list->setEmptyText(tr("No record has been opened in an emergency."));
    m_events = new models::RowsModel<storage::AuditEntry>(
        {{tr("When"),
          [&ws](const storage::AuditEntry &e) { return QVariant(models::dayTimeText(e.at, ws.zone())); },
          [](const storage::AuditEntry &e) { return QVariant(e.at); }},
         {tr("What"),
          [](const storage::AuditEntry &e) { return QVariant(models::intentionLabel(e.intention)); }},
         {tr("Where"),
          [](const storage::AuditEntry &e) { return QVariant(e.pc.isEmpty() ? tr("This PC") : e.pc); }},
         {tr("Changed"), [](const storage::AuditEntry &e) { return QVariant(models::changeSummary(e)); }}},
        this);
    m_eventList = new ListView(tr("What was done in that time"), m_events,
                               TakenAs{domain::IntentionId::ExportAudit, "", {}});
    m_eventList->setStretch({18, 26, 16, 40});
    m_detail->setWordWrap(true);
    m_right = button(tr("It &was right"), "primary", this, [this] { review(true); });
    m_right->setObjectName(QStringLiteral("justified"));
    m_wrong = button(tr("It was &not right …"), nullptr, this, [this] { review(false); });
    m_wrong->setObjectName(QStringLiteral("notJustified"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Emergency access"), "title"));
    top->addStretch();
    top->addWidget(m_wrong);
    top->addWidget(m_right);
    layout->addLayout(top);
    layout->addWidget(m_list, 3);
    layout->addWidget(m_detail);
    layout->addWidget(m_eventList, 2);
    connect(m_list, &ListView::currentChanged, this, [this] { showDetail(); });
    connect(m_list, &ListView::opened, this, [this](const QModelIndex &i) {
        if (const auto *view = m_model->at(i))
            this->shell().openPatient(view->access.patientId);
    });
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        if (isVisible() && models::touches(rows, {&domain::EmergencyAccess::entity()}))
            refresh();
    });
    showDetail();
}

void EmergencyPage::refresh()
{
    workspace().accounts.emergencies(this, [this](const Result<QList<EmergencyView>> &views) {
        if (!views)
            return m_list->showFailure(models::errorText(views.error()), [this] { refresh(); });
        const auto *before = m_model->at(m_list->current());
        const Id chosen = before ? before->access.id : Id{};
        m_model->setRows(*views);
        m_list->showRows();
        for (int row = 0; row < views->size(); ++row) {
            if (views->at(row).access.id == chosen || (chosen.isNull() && row == 0))
                m_list->select(row);
        }
        showDetail();
    });
}

void EmergencyPage::showDetail()
{
    const auto *view = m_model->at(m_list->current());
    const bool open = view && !view->isOwn && view->access.review == domain::AccessReview::Waiting;
    m_right->setEnabled(open);
    m_wrong->setEnabled(open);
    m_eventList->setVisible(view);
    m_events->setRows({});
    m_eventList->showRows();
    if (!view)
        return m_detail->setText(tr("What people opened although their role does not reach it is shown here, "
                                    "for somebody else to look at."));
    const auto &access = view->access;
    QStringList lines{
        tr("Open until %1. %2")
            .arg(models::dayTimeText(access.expiresAt, workspace().zone()), models::isolated(access.reason))};
    if (access.review != domain::AccessReview::Waiting)
        lines << tr("%1, said %2 on %3. %4")
                     .arg(reviewText(*view), models::isolated(view->reviewerName),
                          models::dayTimeText(access.reviewedAt, workspace().zone()), access.reviewNote);
    m_detail->setText(lines.join(u'\n'));
    workspace().accounts.emergencyEvents(
        this, access.id, [this, id = access.id](const Result<QList<storage::AuditEntry>> &entries) {
            const auto *now = m_model->at(m_list->current());
            if (!now || now->access.id != id)
                return; // another one was selected meanwhile
            if (!entries)
                return m_eventList->showFailure(models::errorText(entries.error()), [this] { showDetail(); });
            m_events->setRows(*entries);
            m_eventList->setEmptyText(tr("Nothing on this PC."));
            m_eventList->showRows();
            askServer(now->access);
        });
}

// Adds the events of other PCs when they arrive; without a server this PC's own stay.
void EmergencyPage::askServer(const domain::EmergencyAccess &access)
{
    if (!workspace().connection.isEnrolled())
        return;
    workspace().connection.emergencyEvents(
        this, access, [this, id = access.id](const Result<QList<storage::AuditEntry>> &entries) {
            const auto *now = m_model->at(m_list->current());
            if (!now || now->access.id != id)
                return;
            if (!entries)
                return m_eventList->setEmptyText(
                    tr("Nothing on this PC. The server cannot be asked about the others now."));
            m_events->setRows(*entries);
            m_eventList->setEmptyText(tr("Nothing on any PC, as far as the server has heard."));
            m_eventList->showRows();
        });
}

void EmergencyPage::review(bool isJustified)
{
    const auto *view = m_model->at(m_list->current());
    if (!view)
        return;
    if (isJustified)
        record(view->access.id, true, QString());
    else
        askWhyNot(view->access.id, QString());
}

void EmergencyPage::askWhyNot(const Id &access, const QString &typed)
{
    shell().prompter().askText(
        this, tr("It was not right"), tr("Why not?"),
        {tr("No emergency"), tr("Not needed for the care of this person")},
        [this, access](const QString &note) { record(access, false, note); }, typed);
}

void EmergencyPage::record(const Id &access, bool isJustified, const QString &note)
{
    workspace().accounts.reviewEmergency(
        this, access, isJustified, note, [this, access, note](const Result<domain::EmergencyAccess> &done) {
            if (done)
                return shell().say(tr("The review is recorded."));
            shell().sayError(done.error());
            if (!note.trimmed().isEmpty())
                askWhyNot(access, note); // what was typed is not lost with the refusal
        });
}

} // namespace clinic::gui
