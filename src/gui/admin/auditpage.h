// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/timefields.h"
#include "models/rowsmodel.h"

#include <QCheckBox>
#include <QTabWidget>

namespace clinic::gui {

// From one day to another, both included.
class DaySpan : public QWidget
{
    Q_OBJECT
public:
    DaySpan(const QDate &today, int daysBack);
    [[nodiscard]] QDate from() const { return m_from->date(); }
    [[nodiscard]] QDate to() const { return m_to->date(); }

Q_SIGNALS:
    void changed();

private:
    DayEdit *m_from;
    DayEdit *m_to;
};

// Events of this PC, newest first, and the selected one in full. With a subject: who opened, changed or
// printed that record.
class AuditList : public QWidget
{
    Q_OBJECT
public:
    explicit AuditList(Shell &shell, const Id &subject = {});
    void refresh();
    [[nodiscard]] ListView *list() const { return m_list; }

private:
    void readPeople();
    void read(qint64 before);
    void readEverywhere();
    void show(const QList<storage::AuditEntry> &entries);
    [[nodiscard]] storage::AuditFilter filter() const;
    void showDetail();
    void save();

    Shell &m_shell;
    Id m_subject;
    models::RowsModel<storage::AuditEntry> *m_model;
    ListView *m_list;
    QComboBox *m_who;
    QComboBox *m_what;
    DaySpan *m_days;
    QCheckBox *m_refused;
    QCheckBox *m_everywhere; // for a record, with a server
    QPushButton *m_earlier;
    QLabel *m_detail;
};

// The audit, and each user's actions per day.
class AuditPage : public Screen
{
    Q_OBJECT
public:
    explicit AuditPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Audit"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_events->list(); }

private:
    void checkChain();
    void readActivity();

    QLabel *m_chain = nullptr;
    QPushButton *m_check = nullptr;
    QTabWidget *m_tabs;
    AuditList *m_events;
    DaySpan *m_days;
    models::RowsModel<services::Activity> *m_activity;
    ListView *m_activityList;
};

} // namespace clinic::gui
