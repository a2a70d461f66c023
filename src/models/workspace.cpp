// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace.h"

#include "models/errortext.h"
#include "models/labels.h"

#include "domain/setup/settings.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace clinic::models {

namespace {

constexpr qint64 napMs = 60'000; // shorter than the shortest idle time of the screen lock

}

Workspace::Workspace(services::Clinic &clinic, QObject *parent)
    : QObject(parent),
      patients(clinic),
      appointments(clinic),
      billing(clinic),
      setup(clinic),
      accounts(clinic),
      connection(clinic),
      m_clinic(clinic)
{
    m_clocksApart = clinic.clock().nowMs() - clinic.clock().monotonicMs();
    connect(&clinic, &services::Clinic::rowsChanged, this, &Workspace::takeNote);
    m_minutes.setInterval(60'000);
    connect(&m_minutes, &QTimer::timeout, this, &Workspace::lookAtStanding);
    m_minutes.start();
}

bool Workspace::may(domain::IntentionId intention) const
{
    const char *permission = domain::intentionInfo(intention).permission;
    return !permission || may(permission);
}

QString Workspace::setting(const char *key) const
{
    const QString name = QString::fromLatin1(key);
    const auto stored = m_settings.constFind(name);
    if (stored != m_settings.constEnd())
        return *stored;
    const auto *info = domain::settingInfo(name);
    return info ? QString::fromLatin1(info->defaultValue) : QString();
}

QString Workspace::money(qint64 minor) const
{
    return moneyText(minor, session().currency);
}

void Workspace::begin(const Session &session)
{
    m_clinic.setSession(session);
    readPlace([this] { readSettings([this] { Q_EMIT ready(); }); });
}

void Workspace::end(const QByteArray &reason)
{
    Q_EMIT sessionEnds();
    if (session().isSignedIn())
        accounts.note(domain::IntentionId::SignOut, reason);
    m_endedBecause = reason;
    m_clinic.setSession({});
    m_locked = false;
    m_settings.clear(); // another user has other preferences
    Q_EMIT sessionEnded();
}

void Workspace::lock(const QByteArray &reason)
{
    if (m_locked || !session().isSignedIn())
        return;
    m_locked = true;
    accounts.note(domain::IntentionId::LockScreen, reason);
    Q_EMIT locked();
}

bool Workspace::hasSlept()
{
    const qint64 apart = m_clinic.clock().nowMs() - m_clinic.clock().monotonicMs();
    const qint64 slept = apart - std::exchange(m_clocksApart, apart);
    if (slept < napMs)
        return false;
    if (session().isSignedIn()) {
        Session older = session();
        older.startedAt -= slept;
        older.provenUntil -= slept;
        m_clinic.setSession(older);
    }
    return true;
}

void Workspace::unlock(const Session &session)
{
    const bool wasViewing = isViewing();
    m_clinic.setSession(session);
    accounts.note(domain::IntentionId::UnlockScreen, "manual");
    m_locked = false;
    Q_EMIT unlocked();
    if (wasViewing)
        Q_EMIT grantsChanged();
}

void Workspace::switchBranch(const Id &branch, std::function<void(const Error &)> refused)
{
    if (branch == session().branch)
        return;
    m_clinic.run(this, services::SwitchBranch{branch},
                 [this, refused = std::move(refused)](const Result<Session> &changed) {
                     if (changed)
                         begin(*changed);
                     else
                         refused(changed.error());
                 });
}

void Workspace::readPlace(std::function<void()> then)
{
    m_clinic.ask(this, services::ReadSurroundings{},
                 [this, then = std::move(then)](const Result<Surroundings> &place) {
                     if (place)
                         m_place = *place;
                     then();
                 });
}

void Workspace::readSettings(std::function<void()> then)
{
    m_clinic.ask(this, services::ReadSettings{},
                 [this, then = std::move(then)](const Result<QHash<QString, QString>> &settings) {
                     if (settings)
                         m_settings = *settings;
                     then();
                 });
}

void Workspace::saveSetting(domain::SettingScope scope, const char *key, const QString &value)
{
    m_settings.insert(QString::fromLatin1(key), value);
    setup.saveSetting(this, scope, QString::fromLatin1(key), value, [](const auto &) {});
}

void Workspace::takeNote(const QList<domain::RowChange> &rows)
{
    using namespace domain;
    Q_EMIT rowsChanged(rows);
    if (!session().isSignedIn())
        return;
    if (touches(rows, {&Hospital::entity(), &Branch::entity(), &Resource::entity(), &Service::entity(),
                       &Code::entity()}))
        readPlace([this] { Q_EMIT placeChanged(); });
    if (touches(rows, {&Setting::entity()}))
        readSettings([this] { Q_EMIT settingsChanged(); });
    if (touches(rows,
                {&Role::entity(), &RolePermission::entity(), &UserRole::entity(), &AppUser::entity()})) {
        lookAtStanding();
    }
}

QString Workspace::clockDoubt() const
{
    const auto shown = [this](qint64 ms) { return isolated(dayTimeText(ms, zone())); };
    if (const auto against = services::contradiction(m_place.written, now()))
        return tr("Is this PC's clock right? It shows %1; the last entries here are of %2.")
            .arg(shown(now()), shown(*against));
    if (const qint64 off = connection.clockOffMinutes(); off != 0)
        return tr("Is this PC's clock right? It shows %1; by the server's clock it is %2.")
            .arg(shown(now()), shown(now() - connection.status().clockOffMs));
    return {};
}

QString Workspace::zoneNote() const
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(now(), QTimeZone::utc());
    const QTimeZone own = QTimeZone::systemTimeZone();
    if (isDemo() || !own.isValid() || own.offsetFromUtc(at) == zone().offsetFromUtc(at))
        return {};
    return tr("All times are those of %1. This PC is set to another zone (%2).")
        .arg(isolated(QString::fromLatin1(zone().id())), isolated(QString::fromLatin1(own.id())));
}

// Also every few minutes: a day begins, and sessions reach their limit.
void Workspace::lookAtStanding()
{
    if (!session().isSignedIn())
        return;
    const qint64 open = m_clinic.clock().monotonicMs() - session().startedAt;
    if (!isDemo() && open >= setting(domain::setting::sessionHours).toLongLong() * 3'600'000)
        lock("session-limit");
    accounts.currentStanding(this, [this, id = session().id](const Result<services::Standing> &now) {
        if (!now || session().id != id)
            return;
        if (!now->mayGoOn)
            return end("ended-elsewhere");
        const bool viewing = isViewing();
        if (now->permissions == (viewing ? m_ownGrants : session().grants).permissions() &&
            now->scope == (viewing ? m_ownScope : session().scope) && now->onlyBranch == session().onlyBranch)
            return;
        // A role that is now limited to one branch must not go on in another.
        if (!now->onlyBranch.isNull() && now->onlyBranch != session().branch)
            return end("role-changed");
        Session changed = session();
        changed.grants = domain::Grants(now->permissions);
        changed.scope = now->scope;
        changed.onlyBranch = now->onlyBranch;
        changed.viewingAs.clear();
        takeReach(changed);
    });
}

// Applies changed permissions or calendars to the open windows.
void Workspace::takeReach(const Session &changed)
{
    const bool otherCalendars = changed.scope != session().scope;
    m_clinic.setSession(changed);
    Q_EMIT grantsChanged();
    if (otherCalendars)
        readPlace([this] { Q_EMIT placeChanged(); });
}

void Workspace::viewAs(const RoleView &role)
{
    if (isViewing())
        stopViewing();
    Session changed = session();
    m_ownGrants = changed.grants;
    m_ownScope = changed.scope;
    changed.scope = domain::narrower(role.role.scope, m_ownScope);
    QSet<QString> seen = role.effective;
    changed.grants = domain::Grants(seen.intersect(m_ownGrants.permissions()));
    changed.viewingAs = roleLabel(role.role.code, role.role.name);
    takeReach(changed);
}

void Workspace::stopViewing()
{
    if (!isViewing())
        return;
    Session changed = session();
    changed.grants = m_ownGrants;
    changed.scope = m_ownScope;
    changed.viewingAs.clear();
    takeReach(changed);
}

void Workspace::backUpIfDue()
{
    if (m_clinic.path().isEmpty())
        return;
    const QString folder = QFileInfo(m_clinic.path()).absolutePath() + QStringLiteral("/backups");
    services::backUpIfDue(m_clinic, this, folder, setting(domain::setting::backupFolder),
                          setting(domain::setting::backupKeep).toInt(),
                          [this](const services::BackupState &state) {
                              m_backup = state;
                              Q_EMIT backupChanged();
                          });
}

void Workspace::explain(QObject *context, domain::IntentionId intention,
                        std::function<void(const QString &)> then)
{
    const auto &info = domain::intentionInfo(intention);
    const QString permission = QString::fromLatin1(info.permission ? info.permission : "");
    accounts.roles(context, [permission, then = std::move(then)](const Result<QList<RoleView>> &roles) {
        QStringList names;
        if (roles) {
            for (const auto &role : *roles) {
                if (role.effective.contains(permission))
                    names << roleLabel(role.role.code, role.role.name);
            }
        }
        then(QCoreApplication::translate("Workspace", "This needs the permission “%1”. It comes with these "
                                                      "roles: %2. An administrator can give it to you.")
                 .arg(permissionText(permission), names.join(QStringLiteral(", "))));
    });
}

bool touches(const QList<domain::RowChange> &rows, std::initializer_list<const EntityInfo *> entities)
{
    return std::ranges::any_of(rows, [&](const domain::RowChange &row) {
        return std::ranges::find(entities, row.entity) != entities.end();
    });
}

} // namespace clinic::models
