// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"
#include "storage/auditlog.h"

namespace clinic::services {

[[nodiscard]] crypto::PasswordCost passwordCost(bool quick);
// 2-40 letters, digits, dot, hyphen, underscore.
[[nodiscard]] Result<QString> checkedUserName(const QString &typed);
// At least 8 characters, not the user name, not one of the most common ones.
[[nodiscard]] Result<void> checkPassword(const QString &password, const QStringList &about);

// Signs somebody in by user name or e-mail. A wrong password is an answer, not an error: it has to be stored
// that it was wrong, so that the delay grows and survives a restart.
struct SignInAnswer
{
    Session session{}; // signed in when session.isSignedIn()
    Error refusal{};
};
struct SignIn
{
    using Outcome = SignInAnswer;
    static constexpr auto intention = domain::IntentionId::SignIn;
    QString login;
    QString password;
    Id branch{}; // null = the only or first one
    Id role{};   // null = the first of the user's roles
    bool unlocking = false;
    // Only in demo files, where the login window offers "sign in as": no password.
    bool demo = false;
    QString code{}; // of the second factor, for who has one
};
[[nodiscard]] Result<SignInAnswer> perform(WorkUnit &unit, const SignIn &intent);

// Lock, unlock, sign out: audited.
struct NoteSession
{
    using Outcome = Done;
    domain::IntentionId what = domain::IntentionId::SignOut;
    QByteArray reason = "manual";
    [[nodiscard]] domain::IntentionId intentionId() const { return what; }
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const NoteSession &intent);

// The same session in another branch of the hospital.
struct SwitchBranch
{
    using Outcome = Session;
    static constexpr auto intention = domain::IntentionId::SwitchBranch;
    Id branch{};
};
[[nodiscard]] Result<Session> perform(WorkUnit &unit, const SwitchBranch &intent);

struct ChangeOwnPassword
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ChangeOwnPassword;
    QString oldPassword;
    QString newPassword;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const ChangeOwnPassword &intent);

struct ResetPassword
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ResetPassword;
    Id user{};
    QString newPassword;
    bool quickHash = false;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const ResetPassword &intent);

// When and where a role is held. Days, yyyy-mm-dd, both included; empty = open.
struct Span
{
    QString from{};
    QString until{};
    Id branch{}; // null = in all of them
};
// A user with the roles to hold; password only when new.
struct SaveUser
{
    using Outcome = domain::AppUser;
    static constexpr auto intention = domain::IntentionId::SaveUser;
    domain::AppUser user{};
    QList<Id> roles{};
    QHash<Id, Span> spans{}; // of roles that are held for a time or in one branch
    QString password;        // for a new user
    bool quickHash = false;
};
[[nodiscard]] Result<domain::AppUser> perform(WorkUnit &unit, const SaveUser &intent);

// A role with its own (not inherited) permissions.
struct SaveRole
{
    using Outcome = domain::Role;
    static constexpr auto intention = domain::IntentionId::SaveRole;
    domain::Role role{};
    QSet<QString> permissions{};
};
[[nodiscard]] Result<domain::Role> perform(WorkUnit &unit, const SaveRole &intent);

struct UserView
{
    domain::AppUser user{}; // without what nobody needs to see
    QList<Id> roles{};
    QHash<Id, Span> spans{}; // of roles that are held for a time or in one branch
    QString roleNames{};
    bool hasSecondFactor = false;
};
struct Users
{
    using Outcome = QList<UserView>;
    static constexpr const char *permission = "users.view";
};
[[nodiscard]] Result<QList<UserView>> answer(ReadUnit &unit, const Users &question);

struct RoleView
{
    domain::Role role;
    QSet<QString> own;
    QSet<QString> effective;
};
struct Roles
{
    using Outcome = QList<RoleView>;
    static constexpr const char *permission =
        nullptr; // names only matter; "why can I not do this" asks as well
};
[[nodiscard]] Result<QList<RoleView>> answer(ReadUnit &unit, const Roles &question);

// For the login window of a demo file: who can be signed in as.
struct DemoUsers
{
    using Outcome = QList<QPair<QString, QString>>; // user name, role name
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<QList<QPair<QString, QString>>> answer(ReadUnit &unit, const DemoUsers &question);

struct AuditTrail
{
    using Outcome = QList<storage::AuditEntry>;
    static constexpr const char *permission = "audit.view";
    storage::AuditFilter filter{};
};
[[nodiscard]] Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const AuditTrail &question);

} // namespace clinic::services
