// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

#include <QListWidget>

namespace clinic::gui {

// One list and one form for all set-up entities, made from the entity's field table.
class SetupPage : public Screen
{
    Q_OBJECT
public:
    explicit SetupPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Set-up"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_kinds; }
    void showKind(const QString &entity);

private:
    void chooseKind();
    void edit(const storage::Record &record);
    void show(const QList<storage::Record> &rows);

    QListWidget *m_kinds;
    QWidget *m_right;
    QVBoxLayout *m_rightLayout;
    QLabel *m_heading = nullptr;
    QPushButton *m_add = nullptr;
    ListView *m_list = nullptr;
    models::RowsModel<storage::Record> *m_model = nullptr;
    const EntityInfo *m_entity = nullptr;
    Id m_select;
};

// The form over one row of set-up data.
class SetupDialog : public FormDialog
{
    Q_OBJECT
public:
    // With ownResource, a practitioner's own working hours or leave, saved with that permission.
    SetupDialog(Shell &shell, const EntityInfo &entity, const storage::Record &record,
                const Id &ownResource = {});

Q_SIGNALS:
    void saved(const clinic::Id &id);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    [[nodiscard]] Result<Value> typedValue(size_t field) const;

    // shown: affected appointments that the user has seen; then: called when it is stored.
    void store(const storage::Record &after, const QList<Id> &shown, std::function<void()> then);

    Shell &m_shell;
    const EntityInfo &m_entity;
    storage::Record m_before;
    Id m_own;
    Form *m_form;
    bool m_dirty = false;
};

// A list's columns over set-up rows of one entity, without the named ones.
[[nodiscard]] models::RowsModel<storage::Record> *setupModel(models::Workspace &workspace,
                                                             const EntityInfo &entity, QObject *parent,
                                                             const QList<QByteArray> &without = {});

// A set-up field as text: money, minutes of a day, names for ids.
[[nodiscard]] QString setupText(models::Workspace &workspace, const EntityInfo &entity, size_t field,
                                const Value &value);

} // namespace clinic::gui
