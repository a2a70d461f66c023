// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// The exchange without a network: write a file for the server, take in the answers, or carry another PC's
// file. One line of explanation each, because it is done once a week by somebody in a hurry.
class FileExchangeDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit FileExchangeDialog(Shell &shell);

protected:
    void save() override { accept(); }
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void addStep(const QString &heading, const QString &text, const QString &action, const char *name,
                 std::function<void()> run);
    void writeFile();
    void takeAnswers();
    void carry();
    void say(const QString &text, bool isFault = false);
    void wait(bool waiting);

    Shell &m_shell;
    QLabel *m_outcome;
    QList<QPushButton *> m_buttons;
};

} // namespace clinic::gui
