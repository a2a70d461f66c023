// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setup/schedulepage.h"

#include "gui/setup/hoursaway.h"
#include "models/errortext.h"

namespace clinic::gui {

SchedulePage::SchedulePage(Shell &shell) : Screen(shell)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("My schedule"), "title"));
    if (workspace().session().resource.isNull()) {
        auto *nobody = label(
            tr("You are not a practitioner of this branch, so there is nothing to keep here."), "muted");
        nobody->setWordWrap(true);
        layout->addWidget(nobody);
        layout->addStretch();
        return;
    }
    m_parts << addPart(domain::Availability::entity(), tr("Working hours"),
                       tr("No working hours yet: you can be booked at any time; free places are offered from "
                          "08:00 to 17:00."),
                       layout);
    m_parts << addPart(domain::Leave::entity(), tr("Leave"), tr("No leave entered."), layout);
}

SchedulePage::Part SchedulePage::addPart(const EntityInfo &entity, const QString &heading,
                                         const QString &empty, QVBoxLayout *into)
{
    Part part{&entity, setupModel(workspace(), entity, this, {"resource_id"}), nullptr};
    part.list = new ListView(heading, part.model, TakenAs::nobody());
    part.list->setStretch(QList<int>(part.model->columnCount(), 1));
    part.list->setEmptyText(empty, tr("Add the first"), [this, &entity] { edit(entity, {}); });
    connect(part.list, &ListView::opened, this, [this, &entity, model = part.model](const QModelIndex &i) {
        if (const auto *record = model->at(i))
            edit(entity, *record);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(label(heading, "heading"));
    row->addStretch();
    if (&entity == &domain::Availability::entity()) {
        row->addWidget(button(tr("Remove"), nullptr, this, [this, list = part.list, model = part.model] {
            if (const auto *record = model->at(list->current()))
                takeHoursAway(shell(), this, *record, true, {}, [this] { refresh(); });
        }));
    }
    auto *add = button(tr("Add"), nullptr, this, [this, &entity] { edit(entity, {}); });
    add->setAccessibleName(tr("Add: %1").arg(heading));
    row->addWidget(add);
    into->addLayout(row);
    into->addWidget(part.list, 1);
    return part;
}

void SchedulePage::refresh()
{
    for (const Part &part : std::as_const(m_parts)) {
        part.list->showLoading();
        workspace().setup.rows(
            part.list, *part.entity, [this, part](const Result<QList<storage::Record>> &rows) {
                if (!rows) {
                    part.list->showFailure(models::errorText(rows.error()), [this] { refresh(); });
                    return;
                }
                QList<storage::Record> own;
                const int column = part.entity->indexOf("resource_id");
                for (const auto &record : *rows) {
                    Id resource;
                    ValueCodec<Id>::from(record.values[column], resource);
                    if (resource == workspace().session().resource)
                        own << record;
                }
                removeTakenAway(own);
                part.model->setRows(own);
                part.list->showRows();
            });
    }
}

void SchedulePage::edit(const EntityInfo &entity, const storage::Record &record)
{
    auto *dialog = new SetupDialog(shell(), entity, record, workspace().session().resource);
    connect(dialog, &SetupDialog::saved, this, [this] {
        refresh();
        shell().say(tr("Saved."));
    });
    dialog->open();
}

} // namespace clinic::gui
