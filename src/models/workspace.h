// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/walltime.h"
#include "models/admin/accountscontroller.h"
#include "models/appointments/appointmentscontroller.h"
#include "models/attention/connection.h"
#include "models/billing/billingcontroller.h"
#include "models/draftstore.h"
#include "models/picturereader.h"
#include "models/setup/setupcontroller.h"
#include "services/backups.h"
#include "services/clockdoubt.h"

namespace clinic::models {

// The context of all screens: session, branch, settings and one controller per module.
class Workspace : public QObject
{
    Q_OBJECT
public:
    explicit Workspace(services::Clinic &clinic, QObject *parent = nullptr);

    PatientsController patients;
    AppointmentsController appointments;
    BillingController billing;
    SetupController setup;
    AccountsController accounts;
    Connection connection;

    [[nodiscard]] const Session &session() const { return m_clinic.session(); }
    [[nodiscard]] bool may(const char *permission) const
    {
        return session().may(QString::fromLatin1(permission));
    }
    [[nodiscard]] bool may(domain::IntentionId intention) const;
    [[nodiscard]] const Surroundings &place() const { return m_place; }
    // The effective value; the default without a session.
    [[nodiscard]] QString setting(const char *key) const;
    void saveSetting(domain::SettingScope scope, const char *key, const QString &value);
    [[nodiscard]] qint64 now() const { return m_clinic.clock().nowMs(); }
    [[nodiscard]] QTimeZone zone() const { return session().zone(); }
    [[nodiscard]] QDate today() const { return walltime::dayOf(now(), zone()); }
    // Several days if the PC's clock is doubted (services/clockdoubt.h).
    [[nodiscard]] services::PossibleDays possibleToday() const
    {
        return services::possibleToday(m_place.written, now(), zone());
    }
    // Why the PC's clock is doubted, as a message; empty otherwise.
    [[nodiscard]] QString clockDoubt() const;
    // The note that times are the branch's, if the PC has another zone; otherwise empty.
    [[nodiscard]] QString zoneNote() const;
    // Start of a local day in UTC milliseconds.
    [[nodiscard]] qint64 startOf(const QDate &day) const { return walltime::startOfDay(day, zone()); }
    [[nodiscard]] QString money(qint64 minor) const;
    [[nodiscard]] bool isSetUp() const { return m_clinic.isSetUp(); }
    [[nodiscard]] bool isDemo() const { return m_clinic.isDemo(); }
    [[nodiscard]] services::Clinic &clinic() { return m_clinic; }

    // Signed in: reads surroundings and settings, then emits ready().
    void begin(const Session &session);
    void end(const QByteArray &reason);
    // Why the last session ended: "manual", "idle", "quit", or against the user's will "ended-elsewhere" and
    // "role-changed".
    [[nodiscard]] const QByteArray &endedBecause() const { return m_endedBecause; }
    // Covers every window until the same user's password is given; typed text stays.
    void lock(const QByteArray &reason);
    void unlock(const Session &session);
    [[nodiscard]] bool isLocked() const { return m_locked; }
    // Whether the machine slept since the last call: then the monotonic clock stood still, the PC was
    // unattended, and the session is older by that time. (A wall clock that was set forward looks the same.)
    // Called before each key press is handled, and every few seconds.
    [[nodiscard]] bool hasSlept();
    // Shows what a user in that role would see; nothing can be changed until stopViewing(). Never more than
    // the user's own permissions.
    void viewAs(const RoleView &role);
    void stopViewing();
    [[nodiscard]] bool isViewing() const { return !session().viewingAs.isEmpty(); }
    PictureReader pictures;
    // How long a booking form waits for the server's answer, in ms.
    int patienceMs = 2000;
    // Changes the branch; ready() follows.
    void switchBranch(const Id &branch, std::function<void(const Error &)> refused);
    void drafts(QObject *context, Then<QList<Draft>> then)
    {
        m_clinic.ask(context, services::Drafts{}, std::move(then));
    }
    void dropDraft(const Draft &draft) { services::dropDraft(m_clinic, draft.id); }
    // Makes the day's backup when none is young enough, and reports its state. Does nothing for a file in
    // memory.
    void backUpIfDue();
    [[nodiscard]] const services::BackupState &backup() const { return m_backup; }

    // Why an action is not offered: the permission it needs and the roles that have it.
    void explain(QObject *context, domain::IntentionId intention, std::function<void(const QString &)> then);

Q_SIGNALS:
    void ready();        // session, branch and settings are there
    void sessionEnds();  // still signed in: typed text can be kept
    void sessionEnded(); // signed out
    void locked();
    void unlocked();
    void placeChanged();
    void settingsChanged();
    void backupChanged();
    void grantsChanged(); // permissions of the running session changed
    void rowsChanged(const QList<clinic::domain::RowChange> &rows);

private:
    void readPlace(std::function<void()> then);
    void readSettings(std::function<void()> then);
    void takeNote(const QList<domain::RowChange> &rows);
    void lookAtStanding();
    void takeReach(const Session &changed);

    services::Clinic &m_clinic;
    Surroundings m_place;
    QHash<QString, QString> m_settings;
    services::BackupState m_backup;
    bool m_locked = false;
    QByteArray m_endedBecause;
    qint64 m_clocksApart = 0;
    domain::Grants m_ownGrants; // while viewing as another role
    domain::DataScope m_ownScope{};
    QTimer m_minutes;
};

// True when one of the rows belongs to one of these entities.
[[nodiscard]] bool touches(const QList<domain::RowChange> &rows,
                           std::initializer_list<const EntityInfo *> entities);

} // namespace clinic::models
