// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

#include <QTimer>

namespace clinic::gui {

// The landing screen: the day for this role. The front desk sees arrivals and the next appointments, a
// doctor the own queue, finance unpaid invoices; only what the role may see.
class TodayPage : public Screen
{
    Q_OBJECT
public:
    explicit TodayPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Today"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override;

private:
    void show(const QList<models::AppointmentView> &views);
    void addTile(const QString &name, QLabel *value);
    void stepCurrent(domain::AppointmentState to);
    void offerDrafts();
    void offerReviews();
    void updateSteps();

    models::RowsModel<models::AppointmentView> *m_model = nullptr;
    ListView *m_list = nullptr;
    QHBoxLayout *m_tiles;
    QLabel *m_greeting;
    QLabel *m_waiting = nullptr;
    QLabel *m_coming = nullptr;
    QLabel *m_done = nullptr;
    QLabel *m_taken = nullptr;
    QLabel *m_unpaid = nullptr;
    Card *m_emergencies = nullptr; // for reviewers
    QLabel *m_toReview = nullptr;
    Card *m_strandedCard = nullptr; // appointments that cannot take place
    QLabel *m_stranded = nullptr;
    Card *m_clockCard = nullptr; // the PC's clock is wrong
    QLabel *m_clock = nullptr;
    Card *m_drafts;
    QVBoxLayout *m_draftList;
    QList<QPair<domain::AppointmentState, QPushButton *>> m_steps;
    QTimer m_minute;
    Id m_keep;
};

} // namespace clinic::gui
