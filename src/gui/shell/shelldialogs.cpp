// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/appointmentdialog.h"
#include "gui/appointments/bookingdialog.h"
#include "gui/billing/invoicedialog.h"
#include "gui/billing/moneydialogs.h"
#include "gui/patients/importdialog.h"
#include "gui/patients/patienteditor.h"
#include "gui/shell/mainwindow.h"
#include "gui/shell/setupwizard.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/documents.h"
#include "models/labels.h"

#include <QApplication>
#include <QDialog>
#include <QGridLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>

// The part of the window that opens dialogs for screens; the frame itself is in mainwindow.cpp.
namespace clinic::gui {

void MainWindow::registerPatient(const QString &typed, std::function<void(const domain::Patient &)> then)
{
    auto *dialog = new PatientEditor(*this, {}, typed);
    connect(dialog, &PatientEditor::saved, this, [this, then](const domain::Patient &patient) {
        say(tr("%1 registered with number %2.")
                .arg(models::isolated(patient.displayName()), models::leftToRight(patient.number)),
            {});
        if (then)
            then(patient);
    });
    connect(dialog, &PatientEditor::existingChosen, this, &MainWindow::openPatient);
    dialog->open();
}

void MainWindow::startSetUp()
{
    auto *wizard = new SetupWizard(*this);
    m_pages->addWidget(wizard);
    m_pages->setCurrentWidget(wizard);
    const auto over = [this, wizard](const QString &notice) {
        m_login->showLogin();
        m_pages->setCurrentWidget(m_login);
        m_login->setNotice(notice);
        wizard->deleteLater();
    };
    connect(wizard, &SetupWizard::finished, this,
            [over] { over(tr("Your clinic is ready. Sign in with the name and password you just chose.")); });
    connect(wizard, &SetupWizard::joined, this,
            [over] { over(tr("This PC has the hospital's data. Sign in as on any other.")); });
}

// An open form in any window belongs to this branch and is saved in it.
void MainWindow::switchBranch(const Id &branch)
{
    const auto widgets = QApplication::topLevelWidgets();
    const bool formOpen = std::any_of(widgets.begin(), widgets.end(), [](const QWidget *widget) {
        return widget->isVisible() && qobject_cast<const QDialog *>(widget);
    });
    if (formOpen)
        return say(tr("A form is still open in another window. Save or close it before changing the branch."),
                   {});
    m_workspace.switchBranch(branch, [this](const Error &error) { sayError(error); });
}

void MainWindow::editPatient(const domain::Patient &patient)
{
    auto *dialog = new PatientEditor(*this, patient);
    connect(dialog, &PatientEditor::saved, this, [this, patient](const domain::Patient &now) {
        say(tr("Saved."), [this, patient, now] {
            m_workspace.patients.update(this, now, patient, [this](const Result<domain::Patient> &back) {
                if (!back)
                    sayError(back.error());
                else
                    say(tr("As it was before."), {});
            });
        });
    });
    dialog->open();
}

void MainWindow::bookAppointment(const domain::Appointment &proposal, const Id &waitingEntry,
                                 std::function<void()> then)
{
    auto *dialog = new BookingDialog(*this, proposal, waitingEntry);
    connect(dialog, &BookingDialog::booked, this,
            [this, proposal, then](const domain::Appointment &booked, bool isConfirmed) {
                if (then)
                    then();
                if (proposal.isStored()) {
                    say(booked.startAt == proposal.startAt
                            ? tr("Saved.")
                            : tr("Moved to %1.").arg(models::dayTimeText(booked.startAt, m_workspace.zone())),
                        [this, proposal, booked] {
                            m_workspace.appointments.update(this, booked, proposal,
                                                            [this](const Result<domain::Appointment> &back) {
                                                                if (!back)
                                                                    sayError(back.error());
                                                                else
                                                                    say(tr("As it was before."), {});
                                                            });
                        });
                    return;
                }
                const QString at = models::dayTimeText(booked.startAt, m_workspace.zone());
                say(isConfirmed ? tr("Booked for %1.").arg(at)
                                : tr("Booked here for %1; the server has not confirmed it yet.").arg(at),
                    [this, booked] {
                        services::StepAppointment step{booked.id, domain::AppointmentState::Cancelled,
                                                       QStringLiteral("booked-in-error")};
                        m_workspace.appointments.step(this, step,
                                                      [this](const Result<domain::Appointment> &done) {
                                                          if (!done)
                                                              sayError(done.error());
                                                          else
                                                              say(tr("Booking taken back."), {});
                                                      });
                    });
            });
    dialog->open();
}

void MainWindow::openAppointment(const Id &appointment)
{
    (new AppointmentDialog(*this, appointment))->open();
}

void MainWindow::invoiceAppointment(const Id &appointment)
{
    m_workspace.billing.forAppointment(this, appointment,
                                       [this](const Result<models::InvoiceDetail> &detail) {
                                           if (!detail)
                                               sayError(detail.error());
                                           else
                                               (new InvoiceDialog(*this, *detail))->open();
                                       });
}

void MainWindow::openInvoice(const Id &invoice)
{
    m_workspace.billing.detail(this, invoice, [this](const Result<models::InvoiceDetail> &detail) {
        if (!detail)
            sayError(detail.error());
        else
            (new InvoiceDialog(*this, *detail))->open();
    });
}

void MainWindow::newInvoice(const Id &patient)
{
    m_workspace.patients.whoIs(this, patient, [this](const Result<domain::Patient> &known) {
        if (!known) {
            sayError(known.error());
            return;
        }
        models::InvoiceDetail detail;
        detail.view.invoice.patientId = known->id;
        detail.view.invoice.currency = m_workspace.session().currency;
        detail.view.patientName = known->displayName();
        detail.view.patientNumber = known->number;
        (new InvoiceDialog(*this, detail))->open();
    });
}

void MainWindow::openDrawer()
{
    m_workspace.billing.drawer(this, [this](const Result<models::DrawerState> &state) {
        if (!state)
            sayError(state.error());
        else
            (new DrawerDialog(*this, *state))->open();
    });
}

void MainWindow::importPatients()
{
    m_prompter.openFile(this, tr("Import patients"), tr("Lists (*.csv *.txt *.tsv *.xlsx)"),
                        [this](const QString &path) { (new ImportDialog(*this, path))->open(); });
}

void MainWindow::printTomorrow()
{
    const QDate day = m_workspace.today().addDays(1);
    models::AppointmentFilter filter;
    filter.branch = m_workspace.session().branch;
    filter.from = m_workspace.startOf(day);
    filter.to = m_workspace.startOf(day.addDays(1));
    m_workspace.appointments.list(this, filter,
                                  [this, day](const Result<QList<models::AppointmentView>> &views) {
                                      if (!views)
                                          sayError(views.error());
                                      else
                                          printDayList(*this, day, *views);
                                  });
}

void MainWindow::explainActions()
{
    QStringList lines;
    for (const auto &info : domain::allIntentions()) {
        if (info.permission && !m_workspace.may(info.id) &&
            info.id != domain::IntentionId::InitialiseHospital)
            lines << models::intentionLabel(QString::fromLatin1(info.name));
    }
    if (lines.isEmpty()) {
        say(tr("You may do everything there is."), {});
        return;
    }
    m_prompter.askText(this, tr("Why can I not do this?"), tr("What is missing?"), lines,
                       [this](const QString &chosen) {
                           for (const auto &info : domain::allIntentions()) {
                               if (models::intentionLabel(QString::fromLatin1(info.name)) == chosen) {
                                   m_workspace.explain(this, info.id, [this](const QString &text) {
                                       m_prompter.confirm(this, tr("Why can I not do this?"), text,
                                                          tr("Close"), [](bool) {});
                                   });
                                   return;
                               }
                           }
                       });
}

// All shortcuts that work at the moment, from the menus, the lists and the calendar.
void MainWindow::showKeyboardHelp()
{
    auto *dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("keyboard"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard"));
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(label(tr("Keyboard"), "title"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    const auto line = [grid](const QString &keys, const QString &what) {
        const int row = grid->rowCount();
        grid->addWidget(label(models::leftToRight(keys), "muted"), row, 0);
        grid->addWidget(label(what), row, 1);
    };
    for (const QAction *menu : menuBar()->actions()) {
        for (const QAction *action : menu->menu()->actions()) {
            if (!action->shortcut().isEmpty())
                line(action->shortcut().toString(QKeySequence::NativeText), action->text().remove(u'&'));
        }
    }
    line(tr("Ctrl+Enter"), tr("Save the form"));
    line(tr("Enter"), tr("Open what is selected in a list"));
    line(tr("Ctrl+F"), tr("Filter a list"));
    line(tr("Arrow keys"), tr("Move through the calendar; with Alt, move the appointment"));
    line(tr("Shift+Up, Shift+Down"), tr("Shorten or lengthen the appointment"));
    auto *page = new QWidget;
    page->setLayout(grid);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Keyboard"));
    scroll->setWidget(page);
    layout->addWidget(scroll, 1);
    layout->addWidget(button(tr("Close"), "primary", dialog, [dialog] { dialog->accept(); }), 0,
                      Qt::AlignRight);
    dialog->resize(page->sizeHint().width() + 80, 560);
    dialog->open();
}

void MainWindow::rememberColumns(Screen *screen)
{
    const auto stored = [this] {
        return QJsonDocument::fromJson(m_workspace.setting(domain::setting::lists).toUtf8()).object();
    };
    int number = 0;
    for (auto *list : screen->findChildren<ListView *>()) {
        const QString key = QStringLiteral("%1/%2").arg(
            QString::fromLatin1(screen->metaObject()->className()).section(QStringLiteral("::"), -1),
            QString::number(number++));
        list->arrange(stored().value(key).toString());
        connect(list, &ListView::manyRowsWanted, this, [this, list] {
            const TakenAs &taken = list->takenAs();
            m_workspace.clinic().run(list, services::NoteOutput{*taken.what, taken.entity, taken.subject},
                                     [this, list](const Result<services::Done> &noted) {
                                         if (!noted)
                                             return sayError(noted.error());
                                         list->copySelection();
                                         say(tr("The chosen rows are copied."), {});
                                     });
        });
        connect(list, &ListView::arranged, this, [this, stored, list, key] {
            QJsonObject all = stored();
            all.insert(key, list->arrangement());
            m_workspace.saveSetting(domain::SettingScope::User, domain::setting::lists,
                                    QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact)));
        });
    }
}

// A sentence about unsent groups; empty when the server has everything or there is none.
QString MainWindow::unsentWarning() const
{
    const auto &connection = m_workspace.connection;
    const auto waiting = static_cast<int>(connection.status().replica.waiting);
    const auto documents = static_cast<int>(connection.status().replica.documentsWaiting);
    QString text;
    if (connection.isEnrolled() && waiting > 0)
        text += tr("%n change(s) are saved on this PC and not on the server yet.", nullptr, waiting) + u' ';
    if (connection.isEnrolled() && documents > 0)
        text += tr("%n document(s) are on this PC and not on the server yet.", nullptr, documents) + u' ';
    return text;
}

void MainWindow::signOut()
{
    bool open = false;
    for (auto *window : QApplication::topLevelWidgets()) {
        if (auto *main = qobject_cast<MainWindow *>(window))
            main->keepDrafts();
        open |= qobject_cast<QDialog *>(window) && window->isVisible();
    }
    open = open && !m_workspace.isLocked();
    QString text = unsentWarning();
    if (!text.isEmpty())
        text += tr("They are sent as soon as the server is reached, whoever is signed in.") + u' ';
    if (open)
        text += tr("A form is open. What you typed is kept as a draft and waits for you on Today.");
    if (text.isEmpty()) {
        m_workspace.end("manual");
        return;
    }
    m_prompter.confirm(this, tr("Sign out?"), text, tr("Sign out"), [this](bool yes) {
        if (yes)
            m_workspace.end("manual");
    });
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    keepDrafts();
    const auto windows = QApplication::topLevelWidgets();
    const bool last = std::ranges::none_of(
        windows, [this](QWidget *w) { return w != this && w->isVisible() && qobject_cast<MainWindow *>(w); });
    const QString unsent = last && !m_leaving ? unsentWarning() : QString();
    if (!unsent.isEmpty()) {
        event->ignore();
        m_prompter.confirm(this, tr("Close ClinicDesk?"),
                           unsent + tr("They are sent when ClinicDesk runs and the server is reached."),
                           tr("Close"), [this](bool yes) {
                               m_leaving = yes;
                               if (yes)
                                   close();
                           });
        return;
    }
    if (last && m_workspace.session().isSignedIn())
        m_workspace.end("quit");
    QMainWindow::closeEvent(event);
}

} // namespace clinic::gui
