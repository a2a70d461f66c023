// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

namespace clinic::gui {

// The real questions: message boxes, a small text dialog and the system's file dialogs.
class WindowPrompter final : public Prompter
{
public:
    void confirm(QWidget *parent, const QString &title, const QString &text, const QString &yes,
                 std::function<void(bool)> then) override;
    void askText(QWidget *parent, const QString &title, const QString &labelText,
                 const QStringList &suggestions, std::function<void(const QString &)> then,
                 const QString &typed = {}) override;
    void saveFile(QWidget *parent, const QString &title, const QString &name, const QString &filter,
                  std::function<void(const QString &)> then) override;
    void openFile(QWidget *parent, const QString &title, const QString &filter,
                  std::function<void(const QString &)> then) override;
};

} // namespace clinic::gui
