// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/setup/entities.h"
#include "gui/widgets/form.h"

#include <QRadioButton>

namespace clinic::gui {

// What a PC keeps of its hospital: everything, or some branches and what all of them share.
class KeepDialog : public FormDialog
{
    Q_OBJECT
public:
    // scopes: how it is now.
    KeepDialog(const QString &title, const QString &hint, const QString &saveText,
               const QList<domain::Branch> &branches, const QByteArray &scopes, QWidget *parent);

Q_SIGNALS:
    void chosen(const QByteArray &scopes);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void updateButtons();

    QRadioButton *m_everything;
    QRadioButton *m_some;
    QList<std::pair<Id, QCheckBox *>> m_branches;
};

// "Everything", or the branches' names.
[[nodiscard]] QString keptText(const QByteArray &scopes, const QList<domain::Branch> &branches);

} // namespace clinic::gui
