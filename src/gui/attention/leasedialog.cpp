// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/leasedialog.h"

#include "core/walltime.h"
#include "domain/setup/settings.h"
#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {
namespace leasedetail {

constexpr int mostDays = 31;

} // namespace leasedetail

LeaseDialog::LeaseDialog(Shell &shell)
    : FormDialog(tr("Work without the network"), tr("&Keep these times"), shell.window()),
      m_shell(shell),
      m_from(new DayEdit),
      m_to(new DayEdit),
      m_outcome(label(QString(), "muted"))
{
    setObjectName(QStringLiteral("leases"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(620, 560);
    auto &ws = shell.workspace();
    auto *text = label(
        tr("The server keeps the times you choose for this PC. What is booked in them here is certain at "
           "once, also while the server is not reached; nobody else can book them."),
        "muted");
    text->setWordWrap(true);
    body()->addWidget(text);
    const auto &place = ws.place();
    for (const auto &kind : {place.practitioners, place.rooms, place.equipment}) {
        for (const auto &resource : kind) {
            auto *box = new QCheckBox(QString(resource.name).replace(u'&', QStringLiteral("&&")));
            connect(box, &QCheckBox::toggled, this, &LeaseDialog::updateButtons);
            body()->addWidget(box);
            m_resources << std::make_pair(resource, box);
        }
    }
    auto *days = new QHBoxLayout;
    for (const auto &[caption, edit] :
         {std::make_pair(tr("&From"), m_from), std::make_pair(tr("&To"), m_to)}) {
        auto *name = label(caption);
        name->setBuddy(edit);
        edit->setMinimumDate(ws.today());
        edit->setDate(ws.today().addDays(1));
        edit->setMinimumWidth(edit->sizeHint().width() + 2 * fontMetrics().averageCharWidth() + 24);
        connect(edit, &DayEdit::dateChanged, this, &LeaseDialog::updateButtons);
        days->addWidget(name);
        days->addWidget(edit);
        days->addSpacing(16);
    }
    days->addStretch();
    body()->addLayout(days);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setWordWrap(true);
    body()->addWidget(m_outcome);

    auto *head = new QHBoxLayout;
    head->addWidget(label(tr("Kept for this PC"), "heading"));
    head->addStretch();
    m_giveBack = button(tr("&Give back"), nullptr, this, [this] { giveBack(); });
    head->addWidget(m_giveBack);
    body()->addLayout(head);
    const auto zone = ws.zone();
    m_leases = new models::RowsModel<sync::Lease>(
        {{tr("What"), [this](const sync::Lease &l) { return QVariant(nameOf(l.resource)); }},
         {tr("From"), [zone](const sync::Lease &l) { return QVariant(models::dayTimeText(l.from, zone)); },
          [](const sync::Lease &l) { return QVariant(l.from); }},
         {tr("To"), [zone](const sync::Lease &l) { return QVariant(models::dayTimeText(l.to, zone)); },
          [](const sync::Lease &l) { return QVariant(l.to); }}},
        this);
    m_list = new ListView(tr("Kept for this PC"), m_leases, TakenAs::nobody());
    m_list->setEmptyText(tr("Nothing is kept for this PC."));
    m_list->setStretch({2, 2, 2});
    m_list->setMinimumHeight(fontMetrics().lineSpacing() * 8);
    connect(m_list, &ListView::currentChanged, this, &LeaseDialog::updateButtons);
    body()->addWidget(m_list, 1);
    updateButtons();
    if (!m_resources.isEmpty())
        m_resources.first().second->setFocus();
    ask({}, {});
}

QString LeaseDialog::nameOf(const Id &resource) const
{
    for (const auto &[known, box] : m_resources) {
        if (known.id == resource)
            return known.name;
    }
    return tr("In another branch");
}

void LeaseDialog::updateButtons()
{
    const bool any = std::any_of(m_resources.begin(), m_resources.end(),
                                 [](const auto &each) { return each.second->isChecked(); });
    const qint64 days = m_from->date().daysTo(m_to->date()) + 1;
    saveButton()->setEnabled(any && days > 0 && days <= leasedetail::mostDays);
    m_giveBack->setEnabled(m_list->current().isValid());
    if (days <= 0 || days > leasedetail::mostDays) {
        m_outcome->setText(
            tr("At most %n day(s), and the last one not before the first.", nullptr, leasedetail::mostDays));
        setRole(m_outcome, "error");
    } else if (m_outcome->property("role") == QStringLiteral("error")) {
        m_outcome->clear();
    }
}

// The working hours of every day, for all chosen resources.
void LeaseDialog::save()
{
    auto &ws = m_shell.workspace();
    const int first = ws.setting(domain::setting::dayStart).toInt();
    const int last = ws.setting(domain::setting::dayEnd).toInt();
    sync::LeaseRequest request;
    for (QDate day = m_from->date(); day <= m_to->date(); day = day.addDays(1)) {
        for (const auto &each : std::as_const(m_resources)) {
            const Id resource = each.first.id;
            const auto at = [&](int hour) { return walltime::opening(day, hour * 60, ws.zone()); };
            const bool kept =
                std::any_of(m_leases->rows().begin(), m_leases->rows().end(),
                            [&](const auto &l) { return l.resource == resource && l.from == at(first); });
            if (each.second->isChecked() && !kept && at(last) > ws.now())
                request.take << sync::Lease{{}, resource, at(first), at(last)};
        }
    }
    if (request.take.size() > sync::mostLeases) {
        m_outcome->setText(tr("That is too much at once. Choose fewer days or fewer people."));
        setRole(m_outcome, "error");
        return;
    }
    if (request.take.isEmpty()) {
        m_outcome->setText(tr("These times are kept for this PC already."));
        setRole(m_outcome, "muted");
        return;
    }
    ask(request,
        tr("The server keeps these times for this PC. What was booked in them before stays booked."));
}

void LeaseDialog::giveBack()
{
    if (const auto *lease = m_leases->at(m_list->current()))
        ask({{}, {lease->id}}, tr("Given back: others can book these times again."));
}

void LeaseDialog::ask(const sync::LeaseRequest &request, const QString &said)
{
    setBusy(true);
    m_shell.workspace().connection.leases(this, request,
                                          [this, said](const Result<QList<sync::Lease>> &leases) {
                                              setBusy(false);
                                              if (!leases) {
                                                  m_outcome->setText(models::errorText(leases.error()));
                                                  setRole(m_outcome, "error");
                                                  m_list->showRows();
                                                  return;
                                              }
                                              m_leases->setRows(*leases);
                                              m_list->showRows();
                                              m_outcome->setText(said);
                                              setRole(m_outcome, "muted");
                                              updateButtons();
                                          });
}

} // namespace clinic::gui
