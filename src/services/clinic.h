// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/admin/scope.h"
#include "services/mailbox.h"
#include "services/workunit.h"
#include "storage/database.h"

#include <QPointer>
#include <QUuid>
#include <atomic>

namespace clinic::services {

// Cancels work; checked before it starts and before it commits.
class CancelToken
{
public:
    CancelToken() : m_flag(std::make_shared<std::atomic<bool>>(false)) {}
    void cancel() const { *m_flag = true; }
    [[nodiscard]] bool isCancelled() const { return *m_flag; }

private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

// Runs all intentions (writes) and questions (reads) of the signed-in user, checks the permission of each,
// and returns the result to the caller.
//
// An intention is a struct I with I::Outcome, I::intention (or intentionId()) and a function
// `Result<I::Outcome> perform(WorkUnit &, const I &)` beside it. A question is a struct Q with Q::Outcome,
// Q::permission (null = anybody) and `Result<Q::Outcome> answer(ReadUnit &, const Q &)`.
class Clinic : public QObject
{
    Q_OBJECT
public:
    Clinic(storage::Database &database, const Clock &clock, QObject *parent = nullptr);

    // Waits for all posted work, which uses this object: an intention is stored before the program ends.
    ~Clinic() override;

    [[nodiscard]] const Session &session() const { return m_session; }
    // Null ends the session. Emits sessionChanged.
    void setSession(const Session &session);
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    // The clinic's key file; password intentions change it. Call before any work starts.
    void setKeyFile(std::unique_ptr<secrets::KeyFile> keys) { m_keys = std::move(keys); }
    [[nodiscard]] bool isSetUp() const { return m_database.identity().isSetUp(); }
    [[nodiscard]] bool isDemo() const { return m_database.identity().isDemo; }
    [[nodiscard]] const QString &path() const { return m_database.path(); }
    // All permissions, for the first start only, when there is no data yet.
    [[nodiscard]] static Session founderSession();

    // Asks the user for a proof before an intention that needs one (domain::needsProof); done(true) when it
    // was given. Without an asker such intentions fail with NeedsProof.
    using ProofAsker = std::function<void(domain::IntentionId, std::function<void(bool)> done)>;
    void setProofAsker(ProofAsker ask) { m_askForProof = std::move(ask); }
    // A proof was given; it is good for that time.
    void noteProven(qint64 forMs) { m_session.provenUntil = m_clock.monotonicMs() + forMs; }

    // Interface thread. `then` runs on it, at most once and only while context lives; the work commits in
    // any case. Asks for a proof if the intention needs one; NeedsProof when it is not given.
    template <class I, class F>
    void run(QObject *context, I intention, F then, CancelToken token = {})
    {
        const domain::IntentionId id = idOf(intention);
        if (!m_askForProof || !domain::needsProof(id))
            return post(context, std::move(intention), std::move(then), token);
        using Answer = Result<typename I::Outcome>;
        auto answer = std::make_shared<F>(std::move(then));
        post(
            context, intention,
            [this, id, intention, answer, token, context = QPointer<QObject>(context)](const Answer &first) {
                if (first || first.error().code != ErrorCode::NeedsProof)
                    return (*answer)(first);
                m_askForProof(id, [this, intention, answer, token, context, first](bool isProven) {
                    if (!context)
                        return;
                    if (!isProven)
                        return (*answer)(first);
                    post(
                        context, intention, [answer](const Answer &second) { (*answer)(second); }, token);
                });
            },
            token);
    }

private:
    template <class I, class F>
    void post(QObject *context, I intention, F then, CancelToken token)
    {
        using Answer = Result<typename I::Outcome>;
        const quint64 number =
            m_mailbox.expect(context, [then = std::move(then)](const std::shared_ptr<void> &result) {
                then(*static_cast<Answer *>(result.get()));
            });
        m_database.writer().post(
            [this, number, session = m_session, intention = std::move(intention), token]() mutable {
                auto answer = std::make_shared<Answer>(execute(session, intention, token));
                {
                    [[maybe_unused]] const I spent = std::move(intention);
                } // captures are destroyed here, on the writer's thread
                m_mailbox.deliver(number, std::move(answer));
            });
    }

public:
    // Interface thread; on the search reader when Q::typeAhead is set, where a newer question stops an older
    // one.
    template <class Q, class F>
    void ask(QObject *context, Q question, F then)
    {
        using Answer = Result<typename Q::Outcome>;
        const quint64 number =
            m_mailbox.expect(context, [then = std::move(then)](const std::shared_ptr<void> &result) {
                then(*static_cast<Answer *>(result.get()));
            });
        constexpr bool typeAhead = requires
        {
            Q::typeAhead;
        };
        const quint64 generation = typeAhead ? ++m_generation : 0;
        auto &executor = typeAhead ? m_database.searchReader() : m_database.reader();
        executor.post([this, number, generation, session = m_session, question = std::move(question)]() {
            auto &connection = typeAhead ? m_database.searchConnection() : m_database.readerConnection();
            if constexpr (typeAhead)
                connection.setStopper([this, generation] { return m_generation != generation; });
            auto answer = std::make_shared<Answer>(typeAhead && m_generation != generation
                                                       ? Answer(fail(ErrorCode::Cancelled))
                                                       : query(connection, session, question));
            if constexpr (typeAhead)
                connection.setStopper({});
            m_mailbox.deliver(number, std::move(answer));
        });
    }

    // Work on files, such as a backup or a list that is read: on a thread of its own, so that no screen
    // waits.
    template <class T, class W, class F>
    void runOnFiles(QObject *context, W work, F then)
    {
        const quint64 number =
            m_mailbox.expect(context, [then = std::move(then)](const std::shared_ptr<void> &result) {
                then(*static_cast<T *>(result.get()));
            });
        m_database.fileReader().post([this, number, work = std::move(work)] {
            m_mailbox.deliver(number, std::make_shared<T>(work()));
        });
    }

    // Blocks for the answer: command line and tests only.
    template <class I>
    Result<typename I::Outcome> performNow(const I &intention)
    {
        return m_database.writer().runAndWait([&] { return execute(m_session, intention, CancelToken()); });
    }
    template <class Q>
    Result<typename Q::Outcome> answerNow(const Q &question)
    {
        return m_database.reader().runAndWait(
            [&] { return query(m_database.readerConnection(), m_session, question); });
    }

    [[nodiscard]] storage::Database &database() { return m_database; }
    [[nodiscard]] qsizetype pendingAnswers() const { return m_mailbox.pending(); }

Q_SIGNALS:
    void sessionChanged();
    // The changed rows, on the interface thread, after every commit.
    void rowsChanged(const QList<clinic::domain::RowChange> &rows);

private:
    template <class I>
    Result<typename I::Outcome> execute(const Session &session, const I &intention, const CancelToken &token)
    {
        const domain::IntentionId id = idOf(intention);
        if (token.isCancelled())
            return fail(ErrorCode::Cancelled);
        const auto &info = domain::intentionInfo(id);
        if (info.permission && !session.may(QString::fromLatin1(info.permission))) {
            auditRefusal(session, id);
            return fail(ErrorCode::Forbidden, {}, {QString::fromLatin1(info.permission)});
        }
        if (!session.viewingAs.isEmpty() && info.kind != domain::IntentionKind::AuditOnly)
            return fail(ErrorCode::OnlyViewing);
        if (needsProof(session, intention))
            return fail(ErrorCode::NeedsProof);
        Result<typename I::Outcome> outcome = fail(ErrorCode::Internal);
        // Intentions that only read write an audit event; local bookkeeping does not.
        const auto done = m_database.transact(
            headerFor(session, id),
            [&](storage::Transaction &tx) -> Result<void> {
                WorkUnit unit{tx, session, m_clock, m_keys.get()};
                outcome = perform(unit, intention);
                if (!outcome)
                    return fail(outcome);
                return scope::checkUnit(unit);
            },
            [&](const QList<domain::RowChange> &rows) -> Result<void> {
                if (token.isCancelled())
                    return fail(ErrorCode::Cancelled);
                return domain::authorise(session.grants, id, rows);
            });
        if (m_keys)
            m_keys->settleRecovery(done.has_value());
        if (!done) {
            const Error &why = done.error();
            if (why.code == ErrorCode::OutsideScope)
                auditRefusal(session, id, Id::fromString(why.args.value(0)));
            if ((why.code == ErrorCode::WrongPassword || why.code == ErrorCode::WrongSecondFactor) &&
                !why.args.isEmpty())
                noteWrongSecret(session, id, why.args.first());
            return fail(done);
        }
        if constexpr (requires { outcome->session.isSignedIn(); }) {
            if (outcome->session.isSignedIn())
                noteWrongPasswordsBefore();
        }
        return outcome;
    }

    template <class Q>
    Result<typename Q::Outcome> query(storage::Connection &connection, const Session &session,
                                      const Q &question)
    {
        if constexpr (Q::permission != nullptr) {
            if (!session.may(QString::fromLatin1(Q::permission)))
                return fail(ErrorCode::Forbidden, {}, {QString::fromLatin1(Q::permission)});
        }
        connection.clearFailure();
        ReadUnit unit{connection, session, m_clock.nowMs(), m_database.identity().sealer};
        if (auto reached = checkReach(unit, question); !reached)
            return fail(reached);
        return answer(unit, question);
    }

    // A question that names a record needs a scope that reaches it. Free slots need none.
    template <class Q>
    static Result<void> checkReach([[maybe_unused]] ReadUnit &unit, [[maybe_unused]] const Q &question)
    {
        Result<void> reached;
        if constexpr (Q::permission != nullptr) {
            const storage::Reach reach = scope::reachOf(unit);
            if constexpr (requires { Id(question.patient); })
                reached = scope::checkRow(unit.connection, reach, "patient", question.patient);
            if constexpr (requires { Id(question.appointment); })
                reached = scope::checkRow(unit.connection, reach, "appointment", question.appointment);
            if constexpr (requires { Id(question.invoice); })
                reached = scope::checkRow(unit.connection, reach, "invoice", question.invoice);
        }
        return reached;
    }

    // Not in a demo, which has no real users, and not after another user's approval.
    template <class I>
    bool needsProof(const Session &session, const I &intention) const
    {
        if constexpr (requires { intention.isApproved(); }) {
            if (intention.isApproved())
                return false;
        }
        return domain::needsProof(idOf(intention)) && session.isSignedIn() && !isDemo() &&
               session.provenUntil < m_clock.monotonicMs();
    }

    template <class I>
    static domain::IntentionId idOf(const I &intention)
    {
        if constexpr (requires { intention.intentionId(); })
            return intention.intentionId();
        else
            return I::intention;
    }
    [[nodiscard]] storage::UnitHeader headerFor(const Session &session, domain::IntentionId id) const;
    void auditRefusal(const Session &session, domain::IntentionId id, const Id &patient = {});
    void noteWrongSecret(const Session &session, domain::IntentionId id, const QString &account);
    // Records wrong passwords from before the file was open.
    void noteWrongPasswordsBefore();

    storage::Database &m_database;
    const Clock &m_clock;
    std::unique_ptr<secrets::KeyFile> m_keys; // used on the writer's thread only
    Session m_session;
    ProofAsker m_askForProof;
    Mailbox m_mailbox;
    std::atomic<quint64> m_generation = 0;
};

} // namespace clinic::services
