// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/auditpage.h"

#include "core/filewriter.h"
#include "models/admin/auditcsv.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QHBoxLayout>
#include <QSignalBlocker>

namespace clinic::gui {
namespace {

constexpr int pageSize = 200;

QString nobody()
{
    return AuditPage::tr("Nobody signed in");
}

QString nameOf(const QString &name)
{
    return name.isEmpty() ? nobody() : name;
}

} // namespace

DaySpan::DaySpan(const QDate &today, int daysBack)
    : m_from(new DayEdit(today.addDays(-daysBack))), m_to(new DayEdit(today))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    const std::pair<DayEdit *, QString> ends[] = {{m_from, tr("from")}, {m_to, tr("to")}};
    for (const auto &[edit, name] : ends) {
        edit->setDisplayFormat(QStringLiteral("d MMM yyyy"));
        edit->setAccessibleName(name);
        layout->addWidget(label(name, "muted"));
        layout->addWidget(edit);
        connect(edit, &DayEdit::userDateChanged, this, [this] {
            // The other end follows, so that the period is never empty.
            if (m_from->date() > m_to->date()) {
                const QSignalBlocker quiet(sender() == m_from ? m_to : m_from);
                (sender() == m_from ? m_to : m_from)->setDate((sender() == m_from ? m_from : m_to)->date());
            }
            Q_EMIT changed();
        });
    }
}

AuditList::AuditList(Shell &shell, const Id &subject)
    : m_shell(shell),
      m_subject(subject),
      m_who(new QComboBox),
      m_what(new QComboBox),
      m_days(new DaySpan(shell.workspace().today(), subject.isNull() ? 7 : 365)),
      m_refused(new QCheckBox(tr("Only what was &refused or failed"))),
      m_everywhere(new QCheckBox(tr("On &all PCs (asks the server)"))),
      m_detail(label(QString()))
{
    using storage::AuditEntry;
    auto &ws = shell.workspace();
    m_model = new models::RowsModel<AuditEntry>(
        {{tr("When"), [&ws](const AuditEntry &e) { return QVariant(models::dayTimeText(e.at, ws.zone())); },
          [](const AuditEntry &e) { return QVariant(e.at); }},
         {tr("Who"), [](const AuditEntry &e) { return QVariant(nameOf(e.actorName)); }},
         {tr("Role"), [](const AuditEntry &e) { return QVariant(models::roleLabel(e.role)); }},
         {tr("What"), [](const AuditEntry &e) { return QVariant(models::intentionLabel(e.intention)); }},
         {tr("Outcome"), [](const AuditEntry &e) { return QVariant(models::outcomeLabel(e.outcome)); }},
         {tr("On"),
          [](const AuditEntry &e) {
              const QString kind = models::entityLabel(e.entity);
              return QVariant(e.about.isEmpty() ? kind : QStringLiteral("%1 %2").arg(kind, e.about));
          }},
         {tr("PC"), [](const AuditEntry &e) { return QVariant(e.pc.isEmpty() ? tr("This one") : e.pc); }}},
        this);
    m_model->setDecorator([this](const AuditEntry &e, int role) -> QVariant {
        if (role == Qt::ForegroundRole && (e.outcome == u"refused" || e.outcome == u"failed"))
            return m_shell.theme().colour(QStringLiteral("bad"));
        return {};
    });
    m_list = new ListView(tr("Audit trail"), m_model, TakenAs{domain::IntentionId::ExportAudit, "", {}});
    m_list->setStretch({18, 14, 11, 20, 8, 18, 11});
    m_who->setAccessibleName(tr("Whose events"));
    m_who->addItem(tr("Everybody"), QByteArray());
    m_what->setAccessibleName(tr("Which events"));
    for (const auto &info : domain::allIntentions())
        m_what->addItem(models::intentionLabel(QString::fromLatin1(info.name)),
                        QString::fromLatin1(info.name));
    m_what->model()->sort(0);
    m_what->insertItem(0, tr("Everything"), QString());
    m_what->setCurrentIndex(0);
    m_earlier = button(tr("&Earlier events"), nullptr, this, [this] {
        if (!m_model->rows().isEmpty())
            read(m_model->rows().last().n);
    });
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detail->setObjectName(QStringLiteral("auditDetail"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    auto *choices = new QHBoxLayout;
    choices->addWidget(m_who, 1);
    choices->addWidget(m_what, 1);
    choices->addWidget(m_days);
    layout->addLayout(choices);
    auto *second = new QHBoxLayout;
    second->addWidget(m_refused);
    second->addWidget(m_everywhere);
    m_everywhere->setObjectName(QStringLiteral("allPcs"));
    m_everywhere->setVisible(!subject.isNull() && ws.connection.isEnrolled());
    second->addStretch();
    second->addWidget(m_earlier);
    second->addWidget(button(tr("Save as &CSV …"), nullptr, this, [this] { save(); }));
    layout->addLayout(second);
    layout->addWidget(m_list, 1);
    auto *card = new Card;
    card->body()->addWidget(m_detail);
    layout->addWidget(card);
    connect(m_who, &QComboBox::activated, this, [this] { read(0); });
    connect(m_what, &QComboBox::activated, this, [this] { read(0); });
    connect(m_refused, &QCheckBox::toggled, this, [this] { read(0); });
    connect(m_everywhere, &QCheckBox::toggled, this, [this] { read(0); });
    connect(m_days, &DaySpan::changed, this, [this] { read(0); });
    connect(m_list, &ListView::currentChanged, this, &AuditList::showDetail);
    showDetail();
}

void AuditList::refresh()
{
    m_shell.workspace().accounts.noteAuditView(m_subject);
    readPeople();
    read(0);
}

void AuditList::readPeople()
{
    auto &ws = m_shell.workspace();
    if (!ws.may("users.view")) // without permission to see users there is no choice
        return m_who->hide();
    ws.accounts.users(this, [this](const Result<QList<models::UserView>> &users) {
        if (users)
            fillChoices(
                m_who, *users, [](const auto &view) { return view.user.id; },
                [](const auto &view) {
                    return view.user.displayName.isEmpty() ? view.user.userName : view.user.displayName;
                },
                tr("Everybody"));
    });
}

storage::AuditFilter AuditList::filter() const
{
    const QTimeZone zone = m_shell.workspace().zone();
    storage::AuditFilter filter;
    filter.subject = m_subject;
    filter.actor = Id::fromBytes(m_who->currentData().toByteArray());
    filter.intention = m_what->currentData().toString();
    filter.refusedOnly = m_refused->isChecked();
    filter.from = walltime::startOfDay(m_days->from(), zone);
    filter.to = walltime::startOfDay(m_days->to().addDays(1), zone);
    filter.limit = pageSize;
    return filter;
}

void AuditList::read(qint64 before)
{
    if (m_everywhere->isChecked())
        return readEverywhere();
    m_list->showLoading();
    storage::AuditFilter wanted = filter();
    wanted.before = before;
    m_shell.workspace().accounts.audit(
        this, wanted, [this, before](const Result<QList<storage::AuditEntry>> &entries) {
            if (m_everywhere->isChecked()) // the answer came after the choice changed
                return;
            if (!entries) {
                m_list->showFailure(models::errorText(entries.error()), [this, before] { read(before); });
                return;
            }
            m_earlier->setEnabled(entries->size() == pageSize);
            show(*entries);
        });
}

// The server's events of all PCs; unsent events are missing.
void AuditList::readEverywhere()
{
    m_list->showLoading();
    m_earlier->setEnabled(false);
    m_shell.workspace().connection.auditOf(
        this, m_subject, [this](const Result<QList<storage::AuditEntry>> &entries) {
            if (!m_everywhere->isChecked())
                return;
            if (!entries) {
                m_list->showFailure(models::errorText(entries.error()), [this] { read(0); });
                return;
            }
            const storage::AuditFilter wanted = filter();
            QList<storage::AuditEntry> chosen;
            for (const auto &entry : *entries) {
                const bool refused = entry.outcome == u"refused" || entry.outcome == u"failed";
                if ((wanted.actor.isNull() || entry.actor == wanted.actor) &&
                    (wanted.intention.isEmpty() || entry.intention == wanted.intention) &&
                    (!wanted.refusedOnly || refused) && entry.at >= wanted.from && entry.at < wanted.to)
                    chosen << entry;
            }
            show(chosen);
        });
}

void AuditList::show(const QList<storage::AuditEntry> &entries)
{
    m_model->setRows(entries);
    m_list->setEmptyText(
        m_subject.isNull() ? tr("Nothing recorded for this choice.")
        : m_everywhere->isChecked()
            ? tr("Nothing about this record in these days has reached the server.")
            : tr("Nobody has opened, changed or printed this record on this PC in these days."));
    m_list->showRows();
    showDetail();
}

void AuditList::showDetail()
{
    const auto *entry = m_model->at(m_list->current());
    if (!entry) {
        m_detail->setText(
            m_everywhere->isChecked()
                ? tr("Choose an event to see it in full. These are the newest events that the server has of "
                     "all PCs, "
                     "500 at most; what is still on its way to it is not among them.")
                : tr("Choose an event to see it in full. These are the events of this PC; what was done on "
                     "others is kept there and by the server."));
        setRole(m_detail, "muted");
        return;
    }
    setRole(m_detail, "");
    QStringList lines;
    lines << tr("%1 · event %2 of %5 · ClinicDesk %3 · %4 in the operating system")
                 .arg(models::dayTimeText(entry->at, m_shell.workspace().zone()))
                 .arg(entry->n)
                 .arg(entry->version, models::leftToRight(entry->osUser),
                      entry->pc.isEmpty() ? tr("this PC") : entry->pc);
    const QString changes = models::changeSummary(*entry);
    lines << (changes.isEmpty() ? tr("Nothing was changed by it.") : changes);
    m_detail->setText(lines.join(u'\n'));
}

void AuditList::save()
{
    m_shell.prompter().saveFile(
        this, tr("Save events"), QStringLiteral("audit.csv"), tr("CSV (*.csv)"), [this](const QString &path) {
            const QByteArray content = models::auditCsv(m_model->rows(), m_shell.workspace().zone());
            const int events = int(m_model->rows().size());
            m_shell.workspace().accounts.signAuditExport(
                this, content, [this, path, content, events](const Result<QByteArray> &signature) {
                    if (!signature)
                        return m_shell.sayError(signature.error());
                    for (const auto &[name, bytes] :
                         {std::pair{path, content}, {path + QStringLiteral(".sig"), *signature}}) {
                        if (const auto written = writeFile(name, bytes); !written)
                            return m_shell.sayError(written.error());
                    }
                    m_shell.say(tr("%n event(s) saved, with a signature beside them.", nullptr, events));
                });
        });
}

AuditPage::AuditPage(Shell &shell)
    : Screen(shell),
      m_tabs(new QTabWidget),
      m_events(new AuditList(shell)),
      m_days(new DaySpan(shell.workspace().today(), 30))
{
    using services::Activity;
    const auto number = [](int Activity::*member) {
        return [member](const Activity &a) { return QVariant(a.*member); };
    };
    const auto column = [&](const QString &title, int Activity::*member) {
        return models::RowsModel<Activity>::Column{title, number(member), number(member),
                                                   models::alignNumber};
    };
    m_activity = new models::RowsModel<Activity>(
        {{tr("Day"),
          [](const Activity &a) {
              return QVariant(QLocale().toString(a.day, QStringLiteral("ddd d MMM yyyy")));
          },
          [](const Activity &a) { return QVariant(a.day); }},
         {tr("Who"), [](const Activity &a) { return QVariant(nameOf(a.actorName)); }},
         column(tr("Signed in"), &Activity::signIns),
         column(tr("Looked at"), &Activity::opened),
         column(tr("Changed"), &Activity::changed),
         column(tr("Printed or taken out"), &Activity::out),
         column(tr("Refused"), &Activity::refused)},
        this);
    m_activity->setDecorator([this](const Activity &a, int role) -> QVariant {
        if (role == Qt::ForegroundRole && a.refused > 0)
            return this->shell().theme().colour(QStringLiteral("bad"));
        return {};
    });
    m_activityList =
        new ListView(tr("By person and day"), m_activity, TakenAs{domain::IntentionId::ExportAudit, "", {}});
    m_activityList->setStretch({16, 24, 12, 12, 12, 14, 10});
    m_activityList->setEmptyText(tr("Nothing recorded in these days."));
    auto *byDay = new QWidget;
    auto *byDayLayout = new QVBoxLayout(byDay);
    byDayLayout->setContentsMargins(0, 8, 0, 0);
    auto *top = new QHBoxLayout;
    top->addWidget(m_days);
    top->addStretch();
    byDayLayout->addLayout(top);
    byDayLayout->addWidget(m_activityList, 1);
    m_tabs->setAccessibleName(tr("Parts of the audit"));
    m_tabs->addTab(m_events, tr("Events"));
    m_tabs->addTab(byDay, tr("By person and day"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    auto *head = new QHBoxLayout;
    head->addWidget(label(tr("Audit"), "title"));
    head->addStretch();
    m_chain = label(QString());
    m_chain->setObjectName(QStringLiteral("auditChain"));
    head->addWidget(m_chain);
    m_check = button(tr("C&heck the chain"), nullptr, this, [this] { checkChain(); });
    m_check->setToolTip(
        tr("Whether anybody changed, removed or added events of this PC behind the program's back"));
    head->addWidget(m_check);
    layout->addLayout(head);
    layout->addWidget(m_tabs, 1);
    connect(m_days, &DaySpan::changed, this, &AuditPage::readActivity);
    connect(m_tabs, &QTabWidget::currentChanged, this, &AuditPage::readActivity);
}

void AuditPage::refresh()
{
    m_events->refresh();
    readActivity();
}

void AuditPage::checkChain()
{
    m_check->setEnabled(false);
    m_chain->setText(tr("Checking …"));
    setRole(m_chain, "muted");
    workspace().accounts.checkAuditChain(this, [this](const Result<storage::AuditStanding> &standing) {
        m_check->setEnabled(true);
        if (!standing) {
            m_chain->setText(models::errorText(standing.error()));
            setRole(m_chain, "error");
            return;
        }
        if (standing->fault) {
            m_chain->setText(tr("Event %1: %2")
                                 .arg(standing->fault->n)
                                 .arg(models::chainFaultText(standing->fault->what)));
            setRole(m_chain, "error");
            return;
        }
        m_chain->setText(
            standing->clonedAt > 0
                ? tr("Whole here; from event %1 on a copy of this file told the server something else.")
                      .arg(standing->clonedAt)
            : standing->signedUpTo > 0
                ? tr("All %1 events are as they were written; the server vouches for %2 of them.")
                      .arg(standing->events)
                      .arg(standing->signedUpTo)
                : tr("All %1 events are as they were written.").arg(standing->events));
        setRole(m_chain, standing->clonedAt > 0 ? "warning" : "muted");
    });
}

void AuditPage::readActivity()
{
    if (m_tabs->currentWidget() == m_events)
        return;
    m_activityList->showLoading();
    workspace().accounts.activity(
        this, {m_days->from(), m_days->to(), {}}, [this](const Result<QList<services::Activity>> &activity) {
            if (!activity) {
                m_activityList->showFailure(models::errorText(activity.error()), [this] { readActivity(); });
                return;
            }
            m_activity->setRows(*activity);
            m_activityList->showRows();
        });
}

} // namespace clinic::gui
