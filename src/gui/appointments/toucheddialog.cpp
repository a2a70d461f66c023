// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/toucheddialog.h"

#include "gui/appointments/steps.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/rowsmodel.h"

#include <QCoreApplication>

namespace clinic::gui {
namespace touched {

const QList<int> widths{24, 26, 18, 24};

models::RowsModel<models::AppointmentView> *model(models::Workspace &ws, QObject *parent)
{
    using models::AppointmentView;
    return new models::RowsModel<AppointmentView>(
        {{TouchedDialog::tr("When"),
          [&ws](const AppointmentView &v) {
              return QVariant(models::dayTimeText(v.appointment.startAt, ws.zone()));
          },
          [](const AppointmentView &v) { return QVariant(v.appointment.startAt); }},
         {TouchedDialog::tr("Patient"),
          [&ws](const AppointmentView &v) {
              const QString warning = models::warningText(v, ws.now());
              return QVariant(warning.isEmpty() || !v.isPatientInactive
                                  ? v.patientName
                                  : models::isolated(v.patientName) + QStringLiteral(" · ") + warning);
          }},
         {TouchedDialog::tr("Phone"),
          [](const AppointmentView &v) { return QVariant(models::leftToRight(v.patientPhone)); }},
         {TouchedDialog::tr("With"), [](const AppointmentView &v) { return QVariant(v.practitionerName); }}},
        parent);
}

// Cancels one after the other; reports and keeps those that cannot be cancelled.
void cancelAll(Shell &shell, QList<Id> ids, const QString &reason)
{
    if (ids.isEmpty())
        return;
    services::StepAppointment step{ids.takeFirst(), domain::AppointmentState::Cancelled, reason,
                                   QStringLiteral("clinic"), QString()};
    shell.workspace().appointments.step(shell.window(), step,
                                        [&shell, ids, reason](const Result<domain::Appointment> &done) {
                                            if (!done)
                                                shell.sayError(done.error());
                                            cancelAll(shell, ids, reason);
                                        });
}

void takeOffList(Shell &shell, const QList<Id> &entries)
{
    if (entries.isEmpty())
        return;
    shell.workspace().appointments.waitingList(
        shell.window(), [&shell, entries](const Result<QList<models::WaitingView>> &views) {
            if (!views)
                return shell.sayError(views.error());
            for (const auto &view : *views) {
                auto entry = view.entry;
                if (!entries.contains(entry.id))
                    continue;
                entry.active = false;
                shell.workspace().appointments.saveWaitingEntry(
                    shell.window(), entry, [&shell](const Result<domain::WaitingListEntry> &done) {
                        if (!done)
                            shell.sayError(done.error());
                    });
            }
        });
}

} // namespace touched

bool TouchedDialog::ask(Shell &shell, QWidget *parent, const Error &error, const Save &save)
{
    if (services::touchedIn(error).isEmpty())
        return false;
    (new TouchedDialog(shell, parent, error, save))->open();
    return true;
}

TouchedDialog::TouchedDialog(Shell &shell, QWidget *parent, const Error &error, Save save)
    : QDialog(parent), m_shell(shell), m_ids(services::touchedIn(error)), m_save(std::move(save))
{
    auto &ws = shell.workspace();
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("touched"));
    setWindowTitle(tr("This affects existing bookings"));
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 24);
    auto *layout = new QVBoxLayout(this);
    auto *text = label(models::errorText(error));
    text->setWordWrap(true);
    layout->addWidget(text);
    m_model = touched::model(ws, this);
    m_list = new ListView(tr("Bookings that are affected"), m_model,
                          TakenAs{domain::IntentionId::PrintDayList, "appointment", {}});
    m_list->setStretch(touched::widths);
    m_list->setEmptyText(tr("Places on the waiting list only, or bookings your role does not see."));
    layout->addWidget(m_list, 1);
    m_others = label(QString(), "warning");
    m_others->setObjectName(QStringLiteral("others"));
    m_others->setWordWrap(true);
    m_others->hide();
    layout->addWidget(m_others);
    auto *row = new QHBoxLayout;
    row->addWidget(button(tr("&Go to it"), nullptr, this, [this] {
        const auto *view = m_model->at(m_list->current());
        if (!view)
            return;
        const Id id = view->appointment.id;
        reject();
        m_shell.openAppointment(id);
    }));
    row->addStretch();
    row->addWidget(button(tr("Do &not save"), nullptr, this, [this] { reject(); }));
    if (ws.may(domain::IntentionId::CancelAppointment)) {
        m_cancelAll = button(tr("Save and &cancel them"), "danger", this, [this] { cancelThem(); });
        m_cancelAll->setEnabled(false);
        row->addWidget(m_cancelAll);
    }
    m_keepAll = button(tr("Save and &keep them"), "primary", this, [this] { finish({}); });
    m_keepAll->setEnabled(false); // until there is something to decide about
    row->addWidget(m_keepAll);
    layout->addLayout(row);
    read();
}

void TouchedDialog::read()
{
    m_list->showLoading();
    auto &appointments = m_shell.workspace().appointments;
    appointments.bookings(this, m_ids, [this](const Result<QList<models::AppointmentView>> &views) {
        if (!views)
            return m_list->showFailure(models::errorText(views.error()), [this] { read(); });
        m_shell.workspace().appointments.waitingList(
            this, [this, found = *views](const Result<QList<models::WaitingView>> &entries) {
                // A role without access to the waiting list removes no entry from it.
                show(found, entries.value_or(QList<models::WaitingView>()));
            });
    });
}

void TouchedDialog::show(const QList<models::AppointmentView> &views,
                         const QList<models::WaitingView> &entries)
{
    auto &ws = m_shell.workspace();
    m_model->setRows(views);
    m_list->showRows();
    if (!views.isEmpty())
        m_list->select(0);
    m_cancelled.clear();
    m_waiting.clear();
    for (const auto &view : views) {
        if (possibleSteps(ws, view.appointment).contains(domain::AppointmentState::Cancelled))
            m_cancelled << view.appointment.id;
    }
    for (const auto &entry : entries) {
        if (m_ids.contains(entry.entry.id) && ws.may(domain::IntentionId::SaveWaitingEntry))
            m_waiting << entry.entry.id;
    }
    const qsizetype others = m_ids.size() - m_cancelled.size() - m_waiting.size();
    m_others->setText(tr("%n booking(s) cannot be seen or cancelled in your role. They stay as they are; ask "
                         "somebody who may cancel them.",
                         nullptr, static_cast<int>(others)));
    m_others->setVisible(others > 0);
    m_keepAll->setEnabled(true);
    if (m_cancelAll)
        m_cancelAll->setEnabled(!m_cancelled.isEmpty() || !m_waiting.isEmpty());
}

void TouchedDialog::cancelThem()
{
    QStringList reasons;
    for (const auto &code : m_shell.workspace().place().cancelReasons)
        reasons << QCoreApplication::translate("Code", code.label.toUtf8().constData());
    m_shell.prompter().askText(this, tr("Cancel these appointments"), tr("Why?"), reasons,
                               [this](const QString &reason) { finish(reason); });
}

void TouchedDialog::finish(const QString &cancelReason)
{
    m_save(m_ids, [&shell = m_shell, cancelled = m_cancelled, waiting = m_waiting, cancelReason] {
        if (cancelReason.isEmpty())
            return;
        touched::cancelAll(shell, cancelled, cancelReason);
        touched::takeOffList(shell, waiting);
    });
    accept();
}

void showStranded(Shell &shell, const QList<models::AppointmentView> &views)
{
    auto *dialog = new QDialog(shell.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("stranded"));
    dialog->setWindowTitle(TouchedDialog::tr("Bookings that cannot be kept"));
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 100, dialog->fontMetrics().height() * 24);
    auto *layout = new QVBoxLayout(dialog);
    auto *rows = touched::model(shell.workspace(), dialog);
    auto *list = new ListView(TouchedDialog::tr("Bookings that cannot be kept"), rows,
                              TakenAs{domain::IntentionId::PrintDayList, "appointment", {}});
    list->setStretch(touched::widths);
    rows->setRows(views);
    layout->addWidget(list, 1);
    const auto open = [&shell, dialog, rows](const QModelIndex &index) {
        const auto *view = rows->at(index);
        if (!view)
            return;
        const Id id = view->appointment.id;
        dialog->accept();
        shell.openAppointment(id);
    };
    QObject::connect(list, &ListView::opened, dialog, open);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(button(TouchedDialog::tr("&Close"), nullptr, dialog, [dialog] { dialog->reject(); }));
    row->addWidget(
        button(TouchedDialog::tr("&Open"), "primary", dialog, [list, open] { open(list->current()); }));
    layout->addLayout(row);
    list->showRows();
    if (!views.isEmpty())
        list->select(0);
    dialog->open();
}

} // namespace clinic::gui
