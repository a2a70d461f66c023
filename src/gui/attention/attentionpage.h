// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

#include <QDeadlineTimer>

namespace clinic::gui {

// The state of the connection to the server, and the conflicts and attention rows for the user.
class AttentionPage : public Screen
{
    Q_OBJECT
public:
    explicit AttentionPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Server"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override;

private:
    void showStatus();
    void readLists();
    void decide(bool takeOther);
    void tickOff();
    void findAnotherTime(const models::FreeSlot *slot = nullptr);
    void offerTimes();
    void connectToServer();
    void showNewCode();
    void makeCode(const QByteArray &scopes);
    void updateButtons();

    QLabel *m_headline;
    QLabel *m_explanation;
    QProgressBar *m_progress;
    QLabel *m_details;
    QPushButton *m_now;
    QPushButton *m_offline;
    QPushButton *m_enrol;
    QPushButton *m_code;
    QPushButton *m_devices;
    QPushButton *m_leases;
    QPushButton *m_bring;
    QPushButton *m_byFile;
    QPushButton *m_history;
    QPushButton *m_addresses;
    QDeadlineTimer m_tryAt{QDeadlineTimer::Forever};
    qint64 m_held = 0; // held groups in the list
    QWidget *m_decisions;
    models::RowsModel<models::ConflictView> *m_conflicts;
    models::RowsModel<models::AttentionView> *m_attention;
    ListView *m_conflictList;
    ListView *m_attentionList;
    QPushButton *m_keep;
    QPushButton *m_take;
    QPushButton *m_open;
    QPushButton *m_rebook;
    QPushButton *m_done;
    QWidget *m_times; // three free slots for an appointment that lost its own
    QList<QPushButton *> m_timeButtons;
    QList<models::FreeSlot> m_slots;
    Id m_offered;
};

// The server in the status line: words as well as colour; a click opens the page. Hidden on a PC that works
// alone.
class ServerIndicator : public QPushButton
{
    Q_OBJECT
public:
    explicit ServerIndicator(Shell &shell);

private:
    void show(const models::Connection &connection);
};

} // namespace clinic::gui
