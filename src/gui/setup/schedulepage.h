// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/setup/setuppage.h"

namespace clinic::gui {

// One's own working hours and leave, kept by the practitioner.
class SchedulePage : public Screen
{
    Q_OBJECT
public:
    explicit SchedulePage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("My schedule"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override
    {
        return m_parts.isEmpty() ? this : static_cast<QWidget *>(m_parts.first().list);
    }

private:
    struct Part
    {
        const EntityInfo *entity;
        models::RowsModel<storage::Record> *model;
        ListView *list;
    };
    [[nodiscard]] Part addPart(const EntityInfo &entity, const QString &heading, const QString &empty,
                               QVBoxLayout *into);
    void edit(const EntityInfo &entity, const storage::Record &record);

    QList<Part> m_parts;
};

} // namespace clinic::gui
