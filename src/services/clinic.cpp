// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/clinic.h"

#include "core/log.h"
#include "services/admin/standing.h"

namespace clinic::services {

Clinic::Clinic(storage::Database &database, const Clock &clock, QObject *parent)
    : QObject(parent), m_database(database), m_clock(clock)
{
    qRegisterMetaType<QList<domain::RowChange>>();
    connect(&database, &storage::Database::rowsChanged, this, &Clinic::rowsChanged);
}

Clinic::~Clinic()
{
    for (storage::Executor *executor :
         {&m_database.writer(), &m_database.reader(), &m_database.searchReader(), &m_database.fileReader()})
        executor->runAndWait([] { return true; });
}

void Clinic::setSession(const Session &session)
{
    m_session = session;
    Q_EMIT sessionChanged();
}

Session Clinic::founderSession()
{
    Session session;
    session.displayName = QStringLiteral("set-up");
    session.roleCode = QStringLiteral("administrator");
    session.grants = domain::Grants(domain::effectivePermissions(*domain::builtInRole(u"administrator")));
    return session;
}

storage::UnitHeader Clinic::headerFor(const Session &session, domain::IntentionId id) const
{
    storage::UnitHeader header;
    header.intention = domain::intentionInfo(id).name;
    header.actor = session.user;
    header.actorName = session.displayName;
    header.role = session.role;
    header.roleCode = session.roleCode;
    header.session = session.id;
    header.branch = session.branch;
    header.at = m_clock.nowMs();
    return header;
}

void Clinic::auditRefusal(const Session &session, domain::IntentionId id, const Id &patient)
{
    auto header = headerFor(session, id);
    header.outcome = "refused";
    const auto done = m_database.transact(header, [&](storage::Transaction &tx) -> Result<void> {
        if (!patient.isNull())
            tx.setSubject("patient", patient);
        return {};
    });
    if (!done)
        qCWarning(logServices) << "a refusal could not be audited";
}

// A wrong password or code costs time, although the transaction is rolled back.
void Clinic::noteWrongSecret(const Session &session, domain::IntentionId id, const QString &account)
{
    auto header = headerFor(session, id);
    header.outcome = "failed";
    const auto done = m_database.transact(header, [&](storage::Transaction &tx) -> Result<void> {
        auto noted = standing::noteFailure(tx.connection(), account, m_clock);
        return noted ? standing::noteFailure(tx.connection(), standing::thisDevice, m_clock) : noted;
    });
    if (!done)
        qCWarning(logServices) << "a wrong password could not be noted";
}

void Clinic::noteWrongPasswordsBefore()
{
    constexpr int mostEvents = 20; // more would add nothing
    for (int left = qMin(m_keys ? m_keys->takeWrongPasswords() : 0, mostEvents); left > 0; --left) {
        auto header = headerFor({}, domain::IntentionId::SignIn);
        header.outcome = "failed";
        if (!m_database.transact(header, [](storage::Transaction &) { return Result<void>(); }))
            qCWarning(logServices) << "a wrong password could not be noted";
    }
}

} // namespace clinic::services
