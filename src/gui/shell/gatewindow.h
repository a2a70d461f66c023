// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QWidget>
#include <memory>

namespace Ui {
class GateWindow;
}

namespace clinic::gui {

// Stands before a sealed clinic whose key this PC does not know, and before one that is to be sealed: nothing
// of the clinic is open yet, so it shows nothing of it.
class GateWindow : public QWidget
{
    Q_OBJECT
public:
    enum class Purpose { Open, Seal };
    explicit GateWindow(Purpose purpose);
    ~GateWindow() override;

    void showFault(const Error &error);

Q_SIGNALS:
    void passwordGiven(const QString &user, const QString &password);
    void recoveryKeyGiven(const QString &typed);
    void postponed(); // it is to stay in the clear this once; offered after sealing has failed

private:
    void give();
    void askForPaper(bool paper);
    void wait(bool waiting);

    Purpose m_purpose;
    bool m_paper = false;
    std::unique_ptr<Ui::GateWindow> m_ui;
};

} // namespace clinic::gui
