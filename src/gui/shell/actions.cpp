// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/actions.h"

#include "gui/admin/accountpage.h"
#include "gui/admin/auditpage.h"
#include "gui/admin/emergencypage.h"
#include "gui/admin/recoverydialog.h"
#include "gui/admin/retentiondialog.h"
#include "gui/admin/userspage.h"
#include "gui/appointments/calendarpage.h"
#include "gui/appointments/waitingpage.h"
#include "gui/attention/attentionpage.h"
#include "gui/billing/billingpage.h"
#include "gui/patients/patientspage.h"
#include "gui/setup/schedulepage.h"
#include "gui/setup/settingspage.h"
#include "gui/setup/setuppage.h"
#include "gui/shell/todaypage.h"

#include <QCoreApplication>

namespace clinic::gui {
namespace actions {

using I = domain::IntentionId;
constexpr I none = I::Count;

template <class Page>
Screen *make(Shell &shell)
{
    return new Page(shell);
}

template <auto &Id>
void goTo(Shell &shell)
{
    shell.go(QString::fromLatin1(Id));
}

constexpr char today[] = "today";
constexpr char patients[] = "patients";
constexpr char calendar[] = "calendar";
constexpr char waiting[] = "waiting";
constexpr char billing[] = "billing";
constexpr char setup[] = "setup";
constexpr char settings[] = "settings";
constexpr char schedule[] = "schedule";
constexpr char users[] = "users";
constexpr char audit[] = "audit";
constexpr char emergencies[] = "emergencies";
constexpr char account[] = "account";
constexpr char server[] = "server";

constexpr ActionInfo actions[] = {
    {today, QT_TRANSLATE_NOOP("Actions", "&Today"), "today", "Ctrl+1", Menu::File, "account.own", none, true,
     goTo<today>, make<TodayPage>},
    {patients, QT_TRANSLATE_NOOP("Actions", "&Patients"), "patients", "Ctrl+2", Menu::Patients,
     "patients.view", none, true, goTo<patients>, make<PatientsPage>},
    {"patient.register", QT_TRANSLATE_NOOP("Actions", "&Register patient"), "add", "Ctrl+N", Menu::Patients,
     nullptr, I::RegisterPatient, false,
     [](Shell &shell) {
         shell.registerPatient({}, [&shell](const domain::Patient &p) { shell.openPatient(p.id); });
     },
     nullptr},
    {"patients.import", QT_TRANSLATE_NOOP("Actions", "&Import patients …"), "add", nullptr, Menu::Patients,
     nullptr, I::ImportPatients, false, [](Shell &shell) { shell.importPatients(); }, nullptr},
    {calendar, QT_TRANSLATE_NOOP("Actions", "&Calendar"), "calendar", "Ctrl+3", Menu::Appointments,
     "appointments.view", none, true, goTo<calendar>, make<CalendarPage>},
    {"appointment.book", QT_TRANSLATE_NOOP("Actions", "&Book appointment"), "add", "Ctrl+B",
     Menu::Appointments, nullptr, I::BookAppointment, false, [](Shell &shell) { shell.bookAppointment({}); },
     nullptr},
    {waiting, QT_TRANSLATE_NOOP("Actions", "&Waiting list"), "waiting", "Ctrl+4", Menu::Appointments,
     "appointments.view", none, true, goTo<waiting>, make<WaitingPage>},
    {billing, QT_TRANSLATE_NOOP("Actions", "&Billing"), "billing", "Ctrl+5", Menu::Billing, "billing.view",
     none, true, goTo<billing>, make<BillingPage>},
    {"appointments.tomorrow", QT_TRANSLATE_NOOP("Actions", "&Tomorrow's list"), "print", nullptr,
     Menu::Appointments, nullptr, I::PrintDayList, false, [](Shell &shell) { shell.printTomorrow(); },
     nullptr},
    {"billing.drawer", QT_TRANSLATE_NOOP("Actions", "Cash &drawer"), "drawer", nullptr, Menu::Billing,
     nullptr, I::OpenCashDrawer, false, [](Shell &shell) { shell.openDrawer(); }, nullptr},
    {setup, QT_TRANSLATE_NOOP("Actions", "&Set-up"), "setup", "Ctrl+7", Menu::Admin, "setup.view", none, true,
     goTo<setup>, make<SetupPage>},
    {schedule, QT_TRANSLATE_NOOP("Actions", "My sc&hedule"), "calendar", nullptr, Menu::Appointments,
     "schedule.own", none, false, goTo<schedule>, make<SchedulePage>},
    {settings, QT_TRANSLATE_NOOP("Actions", "S&ettings"), "settings", nullptr, Menu::Admin, "settings.edit",
     none, true, goTo<settings>, make<SettingsPage>},
    {users, QT_TRANSLATE_NOOP("Actions", "&Users and roles"), "users", "Ctrl+8", Menu::Admin, "users.view",
     none, true, goTo<users>, make<UsersPage>},
    {"recovery", QT_TRANSLATE_NOOP("Actions", "Recovery &key …"), "lock", nullptr, Menu::Admin, nullptr,
     I::MakeRecoveryKey, false, [](Shell &shell) { (new RecoveryDialog(shell))->open(); }, nullptr},
    {"retention", QT_TRANSLATE_NOOP("Actions", "Retention ru&les …"), "lock", nullptr, Menu::Admin, nullptr,
     I::AnonymisePatient, false, [](Shell &shell) { (new RetentionDialog(shell))->open(); }, nullptr},
    {emergencies, QT_TRANSLATE_NOOP("Actions", "E&mergency access"), "audit", nullptr, Menu::Admin,
     "access.review", none, false, goTo<emergencies>, make<EmergencyPage>},
    {audit, QT_TRANSLATE_NOOP("Actions", "&Audit"), "audit", "Ctrl+9", Menu::Admin, "audit.view", none, true,
     goTo<audit>, make<AuditPage>},
    {server, QT_TRANSLATE_NOOP("Actions", "Se&rver"), "server", "Ctrl+0", Menu::File, "account.own", none,
     true, goTo<server>, make<AttentionPage>},
    {account, QT_TRANSLATE_NOOP("Actions", "&My account"), "settings", nullptr, Menu::File, "account.own",
     none, false, goTo<account>, make<AccountPage>},
};

} // namespace actions

std::span<const ActionInfo> allActions()
{
    return actions::actions;
}

bool isOffered(const ActionInfo &action, const models::Workspace &workspace)
{
    if (!workspace.session().isSignedIn())
        return false;
    if (action.permission && !workspace.may(action.permission))
        return false;
    return action.intention == actions::none || workspace.may(action.intention);
}

QString actionText(const ActionInfo &action)
{
    return QCoreApplication::translate("Actions", action.text);
}

} // namespace clinic::gui
