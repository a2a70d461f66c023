// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/accounts.h"

#include "core/fold.h"
#include "core/profile.h"
#include "domain/access/permissions.h"
#include "domain/admin/passwords.h"
#include "domain/admin/rules.h"
#include "domain/patients/rules.h"
#include "domain/setup/entities.h"
#include "domain/setup/settings.h"
#include "services/admin/keyholders.h"
#include "services/admin/scope.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"
#include "services/patients/anonymise.h"
#include "storage/replica/enrolment.h"
#include "storage/replica/replica.h"

#include <QRegularExpression>

namespace clinic::services {
namespace accounts {

// Checks a new password; the user's own names and the hospital's name are no passwords.
Result<void> checkOwn(WorkUnit &unit, const QString &password, const domain::AppUser &user)
{
    const auto hospitals = unit.tx.all<domain::Hospital>("LIMIT 1");
    if (!hospitals)
        return fail(hospitals);
    QStringList about{user.userName, user.displayName};
    if (!hospitals->isEmpty())
        about << hospitals->first().name;
    return checkPassword(password, about);
}

// A PC that was away for long may not know which users were deactivated meanwhile. Administrators may sign
// in to reconnect it.
Result<void> checkContact(WorkUnit &unit, const Session &session)
{
    if (!unit.tx.identity().isEnrolled || session.may(u"settings.edit"))
        return {};
    const auto days = standing::settingOf(unit.tx.connection(), domain::setting::offlineDays);
    if (!days)
        return fail(days);
    const auto contact = storage::lastContact(unit.tx.connection());
    if (!contact)
        return fail(contact);
    // A clock that was set back does not shorten the time: the newest audit event counts too.
    storage::Query newest = unit.tx.connection().query("SELECT at FROM audit_event ORDER BY n DESC LIMIT 1");
    const qint64 now = qMax(unit.now(), newest.next() ? newest.integer(0) : 0);
    const qint64 away = (now - *contact) / 86'400'000;
    const int most = days->toInt();
    return *contact > 0 && most > 0 && away > most
               ? fail(ErrorCode::OfflineTooLong, {}, {QString::number(away)})
               : Result<void>();
}

void workAt(Session &session, const domain::Branch &branch)
{
    session.branch = branch.id;
    session.branchCode = branch.code;
    session.branchName = branch.name;
    session.timeZone = branch.timeZone.toLatin1();
}

Result<Session> makeSession(WorkUnit &unit, const domain::AppUser &user, const SignIn &intent)
{
    storage::Connection &c = unit.tx.connection();
    Session s;
    s.id = Id::create(unit.now());
    s.user = user.id;
    s.userName = user.userName;
    s.displayName = user.displayName;
    s.patient = user.patientId;
    s.mark = user.sessionMark;
    s.startedAt = unit.clock.monotonicMs();
    s.provenUntil = s.startedAt + proofLastsMs;
    {
        const auto roles = standing::rolesOf(c, user.id, unit.now());
        if (!roles)
            return fail(roles);
        for (const auto &role : *roles) {
            const bool chosen = intent.role.isNull() ? s.role.isNull() : role.id == intent.role;
            if (chosen) {
                s.role = role.id;
                s.roleCode = role.code;
                s.roleName = role.name;
                s.scope = role.scope;
                s.onlyBranch = role.onlyBranch;
            }
        }
    }
    if (s.role.isNull())
        return fail(ErrorCode::Inactive, QStringLiteral("role"));
    const auto permissions = standing::granted(c, user.id, s.role);
    if (!permissions)
        return fail(permissions);
    s.grants = domain::Grants(*permissions);
    auto branches = unit.tx.all<domain::Branch>("WHERE active=1 ORDER BY rid");
    const auto here = storage::kept(unit.tx.connection());
    if (!here)
        return fail(here);
    if (branches)
        branches->removeIf([&](const domain::Branch &branch) {
            return !here->hasBranch(branch.id) || (!s.onlyBranch.isNull() && branch.id != s.onlyBranch);
        });
    if (!branches || branches->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("branch"));
    const auto wanted = std::ranges::find(*branches, intent.branch, &domain::Branch::id);
    workAt(s, wanted == branches->end() ? branches->first() : *wanted);
    storage::Query currency = c.query("SELECT currency FROM hospital LIMIT 1");
    if (currency.next())
        s.currency = currency.text(0);
    if (!user.practitionerId.isNull()) {
        storage::Query resource =
            c.query("SELECT id FROM resource WHERE practitioner_id=? AND active=1", user.practitionerId);
        if (resource.next())
            s.resource = resource.id(0);
    }
    return s;
}

} // namespace accounts

crypto::PasswordCost passwordCost(bool quick)
{
    return quick ? crypto::PasswordCost{1, 8 * 1024} : crypto::PasswordCost{};
}

Result<QString> checkedUserName(const QString &typed)
{
    const QString name = typed.trimmed();
    static const QRegularExpression shape(QStringLiteral("^[\\p{L}\\p{N}._-]{2,40}$"),
                                          QRegularExpression::UseUnicodePropertiesOption);
    if (name.isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("user_name"));
    if (!shape.match(name).hasMatch())
        return fail(ErrorCode::Invalid, QStringLiteral("user_name"));
    return name.normalized(QString::NormalizationForm_C);
}

Result<void> checkPassword(const QString &password, const QStringList &about)
{
    if (password.size() < 8 || password.size() > 500 || domain::isGuessable(password, about))
        return fail(ErrorCode::WeakPassword, QStringLiteral("password"));
    return {};
}

Result<SignInAnswer> perform(WorkUnit &unit, const SignIn &intent)
{
    using namespace domain;
    storage::Connection &c = unit.tx.connection();
    const QString login = intent.login.trimmed().left(254);
    const QString account = fold(login).left(100);
    const auto refuse = [&](Error error) -> Result<SignInAnswer> {
        unit.tx.setOutcome("failed");
        return SignInAnswer{{}, std::move(error)};
    };
    if (!intent.demo) {
        const auto wait = standing::secondsToWait(c, account, unit.clock);
        if (!wait)
            return fail(wait);
        if (*wait > 0)
            return refuse(Error(ErrorCode::WaitBeforeLogin, {}, {QString::number(*wait)}));
    }
    auto users = unit.tx.all<AppUser>("WHERE user_name=? COLLATE NOCASE LIMIT 1", login);
    if (users && users->isEmpty() && login.contains(u'@'))
        users = unit.tx.all<AppUser>("WHERE email=? COLLATE NOCASE LIMIT 2", login);
    if (!users)
        return fail(users);
    const bool known = users->size() == 1;
    bool matches = false;
    if (intent.demo)
        matches = known && unit.tx.identity().isDemo;
    else if (known)
        matches = crypto::passwordMatches(intent.password, users->first().verifier);
    else // costs the same as a real check, so that response times do not disclose user names
        static_cast<void>(crypto::passwordVerifier(intent.password, passwordCost(false)));
    if (known) {
        unit.tx.setSubject("app_user", users->first().id);
        unit.tx.identify(users->first().id, users->first().displayName, {});
    }
    if (!matches) {
        for (const QString &who : {account, standing::thisDevice}) {
            if (auto noted = standing::noteFailure(c, who, unit.clock); !noted)
                return fail(noted);
        }
        return refuse(Error(ErrorCode::WrongPassword));
    }
    AppUser user = users->first();
    if (!standing::isLetIn(c, user, unit.now()))
        return refuse(Error(ErrorCode::Inactive, QStringLiteral("user"), {user.inactiveReason}));
    // To unlock the screen on the same day the password is enough: the session has shown its second factor.
    const auto hours = standing::settingOf(c, setting::sessionHours);
    if (!hours)
        return fail(hours);
    const bool comesBack =
        intent.unlocking && unit.session.user == user.id &&
        unit.clock.monotonicMs() - unit.session.startedAt < hours->toLongLong() * 3'600'000;
    if (!intent.demo && !comesBack && !user.secondFactor.isEmpty()) {
        const auto refused = secondfactor::check(unit, user, intent.code);
        if (!refused)
            return fail(refused);
        if (*refused) {
            // A wrong code costs time like a wrong password.
            if ((*refused)->code == ErrorCode::WrongSecondFactor) {
                if (auto noted = standing::noteFailure(c, account, unit.clock); !noted)
                    return fail(noted);
            }
            return refuse(**refused);
        }
    }
    if (auto cleared = c.exec("DELETE FROM login_delay WHERE account IN (?,'*device')", account); !cleared)
        return fail(cleared);
    if (!intent.demo && !testHooksAllowed() && crypto::needsRaise(user.verifier, passwordCost(false))) {
        user.verifier = crypto::passwordVerifier(intent.password, passwordCost(false));
        if (auto raised = unit.tx.update(user); !raised)
            return fail(raised);
    }
    if (!intent.demo)
        settleFile(unit, user, intent.password);
    auto session = accounts::makeSession(unit, user, intent);
    if (!session) {
        if (session.error().code == ErrorCode::Inactive)
            return refuse(session.error());
        return fail(session);
    }
    if (comesBack) { // the password alone proves nothing new
        session->startedAt = unit.session.startedAt;
        if (!user.secondFactor.isEmpty())
            session->provenUntil = unit.session.provenUntil;
        session->mark = unit.session.mark;
    }
    if (auto late = accounts::checkContact(unit, *session); !late) {
        if (late.error().code == ErrorCode::OfflineTooLong)
            return refuse(late.error());
        return fail(late);
    }
    unit.tx.identify(session->user, session->displayName, session->roleCode);
    // In the sealed file, not in the program's preferences.
    if (auto noted = c.exec("INSERT INTO local_state VALUES ('last-login',?) ON CONFLICT (\"key\") DO UPDATE "
                            "SET value=excluded.value",
                            user.userName);
        !noted)
        return fail(noted);
    return SignInAnswer{*session, {}};
}

Result<Session> perform(WorkUnit &unit, const SwitchBranch &intent)
{
    const auto branches = unit.tx.all<domain::Branch>("WHERE id=? AND active=1", intent.branch);
    if (!branches)
        return fail(branches);
    if (branches->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("branch"));
    const auto here = storage::kept(unit.tx.connection());
    if (!here)
        return fail(here);
    if (!here->hasBranch(intent.branch))
        return fail(ErrorCode::NotFound, QStringLiteral("branch"));
    if (!unit.session.onlyBranch.isNull() && unit.session.onlyBranch != intent.branch)
        return fail(ErrorCode::OutsideScope, QStringLiteral("branch"));
    Session session = unit.session;
    accounts::workAt(session, branches->first());
    unit.tx.setSubject("branch", session.branch);
    return session;
}

Result<Done> perform(WorkUnit &unit, const NoteSession &intent)
{
    unit.tx.setSubject("app_user", unit.session.user);
    unit.tx.setOutcome(intent.reason);
    return Done{};
}

Result<Done> perform(WorkUnit &unit, const ChangeOwnPassword &intent)
{
    auto user = standing::selfByPassword(unit, intent.oldPassword, "old_password");
    if (!user)
        return fail(user);
    if (auto strong = accounts::checkOwn(unit, intent.newPassword, *user); !strong)
        return fail(strong);
    user->verifier = crypto::passwordVerifier(intent.newPassword, passwordCost(false));
    user->sessionMark = unit.session.id.toString(); // the user's other sessions end
    if (auto done = unit.tx.update(*user); !done)
        return fail(done);
    if (auto held = holdFile(unit, *user, intent.newPassword); !held)
        return fail(held);
    return Done{};
}

Result<Done> perform(WorkUnit &unit, const ResetPassword &intent)
{
    auto user = unit.tx.get<domain::AppUser>(intent.user);
    if (!user)
        return fail(user);
    if (auto strong = accounts::checkOwn(unit, intent.newPassword, *user); !strong)
        return fail(strong);
    user->verifier = crypto::passwordVerifier(intent.newPassword, passwordCost(intent.quickHash));
    user->sessionMark = unit.session.id.toString();
    if (auto done = unit.tx.update(*user); !done)
        return fail(done);
    if (auto held = holdFile(unit, *user, intent.newPassword); !held)
        return fail(held);
    return Done{};
}

Result<domain::AppUser> perform(WorkUnit &unit, const SaveUser &intent)
{
    using namespace domain;
    AppUser user = intent.user;
    const auto name = checkedUserName(user.userName);
    if (!name)
        return fail(name);
    const auto email = parseEmail(user.email, QStringLiteral("email"));
    if (!email)
        return fail(email);
    const auto phone = parseOnePhone(user.phone, QStringLiteral("phone"));
    if (!phone)
        return fail(phone);
    const auto display = cleanText(user.displayName, QStringLiteral("display_name"));
    if (!display)
        return fail(display);
    if (intent.roles.isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("role"));
    for (auto &[day, field] :
         {std::pair{&user.blockedFrom, "blocked_from"}, {&user.blockedUntil, "blocked_until"}}) {
        const auto checked = checkedDay(*day, QString::fromLatin1(field));
        if (!checked)
            return fail(checked);
        *day = *checked;
    }
    if (auto span = checkSpan(user.blockedFrom, user.blockedUntil, QStringLiteral("blocked_until")); !span)
        return fail(span);
    if ((!user.active || !user.blockedFrom.isEmpty() || !user.blockedUntil.isEmpty()) &&
        user.inactiveReason.trimmed().isEmpty() && user.isStored())
        return fail(ErrorCode::NeedsReason, QStringLiteral("inactive_reason"));
    user.userName = *name;
    user.email = *email;
    user.phone = *phone;
    user.displayName = display->isEmpty() ? *name : *display;
    storage::Query twin =
        unit.tx.connection().query("SELECT 1 FROM app_user WHERE user_name=? COLLATE NOCASE AND id<>?",
                                   user.userName, user.id.isNull() ? QByteArray("-") : user.id.toBytes());
    if (twin.next())
        return fail(ErrorCode::Duplicate, QStringLiteral("user_name"));
    if (user.isStored()) {
        // Lists leave the verifier out; only the password intentions change it.
        const auto stored = unit.tx.get<AppUser>(user.id);
        if (!stored)
            return fail(stored);
        user.verifier = stored->verifier;
        user.secondFactor = stored->secondFactor;
        user.recoveryCodes = stored->recoveryCodes;
        user.sessionMark = stored->sessionMark;
    }
    Result<void> done;
    const bool isNew = !user.isStored();
    if (isNew) {
        if (auto strong = accounts::checkOwn(unit, intent.password, user); !strong)
            return fail(strong);
        user.verifier = crypto::passwordVerifier(intent.password, passwordCost(intent.quickHash));
        user.secondFactor.clear();
        user.recoveryCodes.clear();
        done = unit.tx.insert(user);
    } else {
        // The last administrator stays active, also by his own change.
        if (user.id == unit.session.user &&
            (!user.active || !user.blockedFrom.isEmpty() || !user.blockedUntil.isEmpty()))
            return fail(ErrorCode::Invalid, QStringLiteral("active"));
        done = unit.tx.update(user);
    }
    auto links = unit.tx.all<UserRole>("WHERE user_id=?", user.id);
    if (!links)
        return fail(links);
    QSet<Id> held;
    QHash<Id, Span> spans;
    for (auto it = intent.spans.begin(); it != intent.spans.end(); ++it) {
        const auto from = checkedDay(it->from, QStringLiteral("valid_from"));
        const auto until = checkedDay(it->until, QStringLiteral("valid_until"));
        if (!from || !until)
            return fail(from ? until : from);
        if (auto ordered = checkSpan(*from, *until, QStringLiteral("valid_until")); !ordered)
            return fail(ordered);
        spans.insert(it.key(), {*from, *until, it->branch});
    }
    for (UserRole &link : *links) {
        link.active = intent.roles.contains(link.roleId);
        link.validFrom = spans.value(link.roleId).from;
        link.validUntil = spans.value(link.roleId).until;
        link.onlyBranchId = spans.value(link.roleId).branch;
        held.insert(link.roleId);
        if (done)
            done = unit.tx.update(link);
    }
    for (const Id &role : intent.roles) {
        if (held.contains(role))
            continue;
        UserRole link;
        link.userId = user.id;
        link.roleId = role;
        link.validFrom = spans.value(role).from;
        link.validUntil = spans.value(role).until;
        link.onlyBranchId = spans.value(role).branch;
        if (done)
            done = unit.tx.insert(link);
    }
    if (!done)
        return fail(done);
    storage::Query admins = unit.tx.connection().query(
        "SELECT count(*) FROM user_role u JOIN app_user a ON a.id=u.user_id JOIN role r ON r.id=u.role_id "
        "WHERE u.active=1 AND a.active=1 AND r.active=1 AND r.code='administrator' AND u.valid_until IS NULL "
        "AND "
        "u.valid_from IS NULL AND u.only_branch_id IS NULL AND a.blocked_from IS NULL AND a.blocked_until IS "
        "NULL");
    if (admins.next() && admins.integer(0) == 0)
        return fail(ErrorCode::Invalid, QStringLiteral("last_administrator"));
    if (isNew) {
        if (auto opens = holdFile(unit, user, intent.password); !opens)
            return fail(opens);
    }
    return user;
}

Result<domain::Role> perform(WorkUnit &unit, const SaveRole &intent)
{
    using namespace domain;
    Role role = intent.role;
    const auto name = cleanText(role.name, QStringLiteral("name"), 60);
    if (!name)
        return fail(name);
    if (name->isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("name"));
    role.name = *name;
    if (role.isStored() && role.code == u"administrator") {
        // For a built-in role only this flag changes: the last administrator must be able to sign in.
        auto stored = unit.tx.get<Role>(role.id);
        if (!stored)
            return fail(stored);
        if (stored->needsSecondFactor == role.needsSecondFactor)
            return fail(ErrorCode::Frozen, QStringLiteral("role"));
        stored->needsSecondFactor = role.needsSecondFactor;
        if (auto done = unit.tx.update(*stored); !done)
            return fail(done);
        return *stored;
    }
    if (!role.isStored())
        role.code.clear(); // a copy is not a built-in role
    if (auto done = role.isStored() ? unit.tx.update(role) : unit.tx.insert(role); !done)
        return fail(done);
    auto grants = unit.tx.all<RolePermission>("WHERE role_id=?", role.id);
    if (!grants)
        return fail(grants);
    QSet<QString> known;
    for (RolePermission &grant : *grants) {
        known.insert(grant.permission);
        grant.granted = intent.permissions.contains(grant.permission);
        if (auto done = unit.tx.update(grant); !done)
            return fail(done);
    }
    for (const QString &permission : intent.permissions - known) {
        RolePermission grant;
        grant.roleId = role.id;
        grant.permission = permission;
        if (auto done = unit.tx.insert(grant); !done)
            return fail(done);
    }
    return role;
}

Result<QList<UserView>> answer(ReadUnit &unit, const Users &)
{
    const auto users =
        storage::select<domain::AppUser>(unit.connection, "ORDER BY user_name COLLATE NOCASE LIMIT 5000");
    if (!users)
        return fail(users);
    QList<UserView> views;
    for (const auto &user : *users) {
        UserView view{user};
        QStringList names;
        storage::Query q =
            unit.connection.query("SELECT r.id, r.name, u.valid_from, u.valid_until, u.only_branch_id FROM "
                                  "user_role u JOIN role r ON r.id=u.role_id WHERE "
                                  "u.user_id=? AND u.active=1 ORDER BY u.rid",
                                  user.id);
        while (q.next()) {
            view.roles << q.id(0);
            names << q.text(1);
            if (!q.isNull(2) || !q.isNull(3) || !q.isNull(4))
                view.spans.insert(q.id(0), {q.text(2), q.text(3), q.id(4)});
        }
        view.hasSecondFactor = !user.secondFactor.isEmpty();
        view.user.verifier.clear(); // lists do not need them
        view.user.secondFactor.clear();
        view.user.recoveryCodes.clear();
        view.roleNames = names.join(QStringLiteral(", "));
        views << view;
    }
    return views;
}

Result<QList<RoleView>> answer(ReadUnit &unit, const Roles &)
{
    const auto roles = storage::select<domain::Role>(unit.connection, "WHERE active=1 ORDER BY rid");
    if (!roles)
        return fail(roles);
    QList<RoleView> views;
    for (const auto &role : *roles) {
        RoleView view{role, {}, {}};
        storage::Query q = unit.connection.query(
            "SELECT permission FROM role_permission WHERE role_id=? AND granted=1", role.id);
        while (q.next())
            view.own.insert(q.text(0));
        const auto effective = standing::effective(unit.connection, role.id);
        if (!effective)
            return fail(effective);
        view.effective = *effective;
        views << view;
    }
    return views;
}

Result<QList<QPair<QString, QString>>> answer(ReadUnit &unit, const DemoUsers &)
{
    QList<QPair<QString, QString>> out;
    storage::Query q = unit.connection.query(
        "SELECT a.user_name, r.name FROM app_user a JOIN user_role u ON u.user_id=a.id JOIN role r ON "
        "r.id=u.role_id "
        "JOIN hospital h WHERE h.is_demo=1 AND a.active=1 AND u.active=1 ORDER BY a.rid LIMIT 50");
    while (q.next())
        out << qMakePair(q.text(0), q.text(1));
    if (!q.ok())
        return q.failed();
    return out;
}

Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const AuditTrail &question)
{
    auto entries = anonymising::auditEntries(unit.connection, question.filter);
    if (!entries)
        return entries;
    if (auto named = scope::nameSubjects(unit, *entries); !named)
        return fail(named);
    return entries;
}

} // namespace clinic::services
