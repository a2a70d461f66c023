// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/devicesdialog.h"

#include "gui/attention/keepdialog.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

DevicesDialog::DevicesDialog(Shell &shell)
    : FormDialog(tr("PCs of the hospital"), tr("Close"), shell.window()), m_shell(shell)
{
    setObjectName(QStringLiteral("devices"));
    resize(1080, 480);
    using Devices = models::RowsModel<sync::DeviceListing>;
    const auto zone = [this] { return m_shell.workspace().zone(); };
    const auto isThis = [this](const sync::DeviceListing &d) {
        return d.id == m_shell.workspace().connection.thisDevice();
    };
    m_devices = new Devices(
        {{tr("Name"),
          [isThis](const sync::DeviceListing &d) {
              return QVariant(isThis(d) ? tr("%1 (this PC)").arg(models::isolated(d.name)) : d.name);
          }},
         {tr("Numbers carry"),
          [](const sync::DeviceListing &d) { return QVariant(sync::deviceCode(d.number)); },
          [](const sync::DeviceListing &d) { return QVariant(d.number); }},
         {tr("State"),
          [zone](const sync::DeviceListing &d) {
              return QVariant(
                  d.state == "active"    ? tr("Accepted")
                  : d.state == "revoked" ? tr("Not accepted")
                  : d.state != "lost"    ? tr("Goes on under another code")
                  : d.wipedAt == 0
                      ? tr("Lost: will remove what it has")
                      : tr("Lost: removed what it had, %1").arg(models::dayTimeText(d.wipedAt, zone())));
          }},
         {tr("Keeps"),
          [this](const sync::DeviceListing &d) { return QVariant(keptText(d.scopes, m_branches)); }},
         {tr("Last heard of"),
          [zone](const sync::DeviceListing &d) {
              return QVariant(models::dayTimeText(d.lastContact, zone()));
          },
          [](const sync::DeviceListing &d) { return QVariant(d.lastContact); }},
         {tr("Last used by"),
          [this](const sync::DeviceListing &d) { return QVariant(m_names.value(d.lastUser)); }},
         {tr("System"),
          [](const sync::DeviceListing &d) {
              return QVariant(d.version.isEmpty() ? d.system
                                                  : tr("%1, ClinicDesk %2").arg(d.system, d.version));
          }}},
        this);
    m_list = new ListView(tr("PCs of the hospital"), m_devices, TakenAs::nobody());
    m_list->setStretch({5, 2, 6, 3, 5, 4, 6});
    m_list->setMinimumHeight(220);
    m_list->setEmptyText(tr("The server knows of no PC."));
    body()->addWidget(m_list, 1);
    m_fault = label(QString(), "error");
    m_fault->setWordWrap(true);
    m_fault->hide();
    body()->addWidget(m_fault);
    auto *row = new QHBoxLayout;
    m_revoke = button(tr("&Do not accept any more …"), nullptr, this, [this] { revoke(); });
    m_accept = button(tr("&Accept again"), nullptr, this, [this] {
        if (const auto *device = m_devices->at(m_list->current()))
            read({device->id, "active", {}});
    });
    m_lost = button(tr("It was &lost …"), nullptr, this, [this] { reportLost(); });
    m_keep = button(tr("What it &keeps …"), nullptr, this, [this] { chooseKept(); });
    row->addWidget(m_revoke);
    row->addWidget(m_lost);
    row->addWidget(m_accept);
    m_key = button(tr("&Replace the hospital's key …"), nullptr, this, [this] { replaceKey({}); });
    row->addWidget(m_keep);
    row->addStretch();
    row->addWidget(m_key);
    body()->addLayout(row);
    showOnly();
    connect(m_list, &ListView::currentChanged, this, &DevicesDialog::updateButtons);
    updateButtons();
    shell.workspace().accounts.users(this, [this](const Result<QList<services::UserView>> &users) {
        if (!users)
            return;
        for (const auto &view : *users)
            m_names.insert(view.user.id, view.user.displayName);
        m_list->table()->viewport()->update();
    });
    shell.workspace().setup.branches(this, [this](const Result<QList<domain::Branch>> &branches) {
        if (branches)
            m_branches = *branches;
        m_list->table()->setColumnHidden(3, m_branches.size() < 2);
        m_keep->setVisible(m_branches.size() > 1);
        read();
    });
}

void DevicesDialog::chooseKept()
{
    const auto *device = m_devices->at(m_list->current());
    if (!device)
        return;
    auto *dialog =
        new KeepDialog(tr("What %1 keeps").arg(models::isolated(device->name)),
                       tr("Set-up, people who sign in and patients are on every PC; appointments, invoices "
                          "and payments only "
                          "where they are kept. What goes leaves the PC when it has sent what it wrote."),
                       tr("&Apply"), m_branches, device->scopes, this);
    connect(dialog, &KeepDialog::chosen, this, [this, id = device->id](const QByteArray &scopes) {
        read({id, {}, scopes});
    });
    dialog->open();
}

void DevicesDialog::read(const sync::DeviceChange &change)
{
    const bool isOut = change.state == "revoked" || change.state == "lost";
    m_shell.workspace().connection.devices(
        this,
        [this, isOut](const Result<QList<sync::DeviceListing>> &list) {
            if (list && isOut)
                replaceKey(tr("That PC still has the key with which everything on the server is sealed. "));
            m_fault->setVisible(!list);
            if (!list) {
                m_fault->setText(models::errorText(list.error()));
                m_list->showRows();
                return;
            }
            const auto *chosen = m_devices->at(m_list->current());
            const Id before = chosen ? chosen->id : Id{};
            m_devices->setRows(*list);
            m_list->showRows();
            for (qsizetype i = list->size() - 1; i >= 0; --i) {
                if (i == 0 || list->at(i).id == before) {
                    m_list->select(int(i));
                    break;
                }
            }
            updateButtons();
        },
        change);
}

void DevicesDialog::updateButtons()
{
    const auto *device = m_devices->at(m_list->current());
    const bool other = device && device->id != m_shell.workspace().connection.thisDevice();
    m_revoke->setEnabled(other && device->state == "active");
    m_lost->setEnabled(other && (device->state == "active" || device->state == "revoked"));
    m_accept->setEnabled(other &&
                         (device->state == "revoked" || (device->state == "lost" && device->wipedAt == 0)));
    m_keep->setEnabled(device && device->state == "active");
}

void DevicesDialog::revoke()
{
    const auto *device = m_devices->at(m_list->current());
    if (!device)
        return;
    m_shell.prompter().confirm(
        this, tr("Do not accept %1 any more?").arg(models::isolated(device->name)),
        tr("It gets nothing new from now on. What it has stays on it, and what it still sends is kept aside "
           "for you to look at."),
        tr("Do not accept"), [this, id = device->id](bool yes) {
            if (yes)
                read({id, "revoked", {}});
        });
}

// why: a sentence before the explanation, if the user did not start it.
void DevicesDialog::replaceKey(const QString &why)
{
    m_shell.prompter().confirm(
        this, tr("Replace the hospital's key?"),
        why +
            tr("With a new key no PC that is not accepted any more can read what is written from now on, "
               "even "
               "if it comes by a copy of the server. The other PCs get the new key by themselves, and what "
               "lies on the server is sealed anew in the background. Codes for other PCs that were not used "
               "yet are void."),
        tr("Replace the key"), [this](bool yes) {
            if (!yes)
                return;
            m_key->setEnabled(false);
            m_shell.workspace().connection.replaceKey(this, [this](const Result<QStringList> &later) {
                m_key->setEnabled(true);
                m_fault->setVisible(!later);
                if (!later) {
                    m_fault->setText(models::errorText(later.error()));
                    return;
                }
                m_shell.say(later->isEmpty()
                                ? tr("The hospital has a new key.")
                                : tr("The hospital has a new key. %1 will get it later, from another PC.")
                                      .arg(later->join(QStringLiteral(", "))));
            });
        });
}

void DevicesDialog::reportLost()
{
    const auto *device = m_devices->at(m_list->current());
    if (!device)
        return;
    m_shell.prompter().confirm(
        this, tr("Was %1 lost or stolen?").arg(models::isolated(device->name)),
        tr("It gets nothing new from now on, and as soon as it reaches the server it sends what it has not "
           "sent "
           "and removes everything of the clinic from itself, keys and backups included. Should it turn up "
           "before that, accept it again."),
        tr("It was lost"), [this, id = device->id](bool yes) {
            if (yes)
                read({id, "lost", {}});
        });
}

} // namespace clinic::gui
