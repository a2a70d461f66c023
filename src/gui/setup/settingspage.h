// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// What holds for the whole hospital: printing, calendar, locking, backups. A person's own preferences are on
// "My account" and count before these.
class SettingsPage : public Screen
{
    Q_OBJECT
public:
    explicit SettingsPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Settings"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override;

private:
    void addEditor(const domain::SettingInfo &info);
    void show(const QHash<QString, QString> &values);
    [[nodiscard]] QString typed(const QString &key) const;
    void save();

    Form *m_form;
    QPushButton *m_save;
    QHash<QString, QString> m_stored;
    bool m_dirty = false;
};

} // namespace clinic::gui
