// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/bugs.h"

#include "sync/wire/unjudged.h"

namespace clinic::test {
namespace {

// A store whose sessions do something else for some statements.
class BrokenStore final : public server::Store
{
public:
    BrokenStore(std::unique_ptr<server::SqliteStore> store, Bug bug) : m_store(std::move(store)), m_bug(bug)
    {}
    Result<void> transact(const Id &hospital,
                          const std::function<Result<void>(server::SqlSession &)> &work) override
    {
        return m_store->transact(hospital, [&](server::SqlSession &session) {
            BrokenSession broken(session, m_bug);
            return work(broken);
        });
    }
    [[nodiscard]] QString describe() const override { return m_store->describe(); }

private:
    class BrokenSession final : public server::SqlSession
    {
    public:
        BrokenSession(server::SqlSession &session, Bug bug) : m_session(session), m_bug(bug) {}
        Result<server::Rows> run(QByteArrayView sql, const server::Row &parameters) override
        {
            const QByteArray text = sql.toByteArray();
            if (m_bug == Bug::HeadNotTaken && text.startsWith("UPDATE hospital_head SET head=head+")) {
                // Reads the head without taking it: the next one reads the same.
                auto rows = m_session.run("SELECT epoch, head+1 FROM hospital_head WHERE hospital_id=$1",
                                          {parameters.first()});
                return rows;
            }
            if (m_bug == Bug::NoArbiter && text.startsWith("SELECT lane, owner FROM slot_claim"))
                return server::Rows();
            if (m_bug == Bug::NoArbiter && text.startsWith("INSERT INTO slot_claim"))
                return server::Rows{server::Row{Value{qint64(0)}}};
            if (m_bug == Bug::NoDedupe && text.startsWith("SELECT hash, status"))
                return server::Rows();
            const auto isAbout = [&parameters](const char *entity) {
                return parameters.value(1) == Value{QString::fromLatin1(entity)};
            };
            if (m_bug == Bug::RightsForgotten && isAbout("role_permission"))
                return replaced(m_session.run(sql, parameters), "\"granted\":0", "\"granted\":1");
            if (m_bug == Bug::BookingForgotten && isAbout("attention") && text.contains(" LIKE "))
                return replaced(m_session.run(sql, parameters), "book-appointment", "move-appointment");
            if (m_bug == Bug::MoneyUnseen && text.contains("parent=$3") &&
                (isAbout("payment") || isAbout("credit_note")))
                return server::Rows();
            if ((m_bug == Bug::KeyNotSent && text.startsWith("INSERT INTO device_key") &&
                 text.contains("SELECT")) ||
                (m_bug == Bug::WalkForgets && text.startsWith("UPDATE key_walk SET again=1")))
                return server::Rows();
            if (m_bug == Bug::PieceForgotten && text.startsWith("INSERT INTO blob_piece"))
                return server::Rows();
            if (m_bug == Bug::ScopesIgnored && text.contains("FROM change_log"))
                return m_session.run(QByteArray(text).replace("(scope IN (", "(1=1 OR scope IN ("),
                                     parameters);
            if (m_bug == Bug::GroupSplit && text.contains("FROM change_log")) {
                auto rows = m_session.run(sql, parameters);
                if (rows && rows->size() > 1)
                    rows->removeLast();
                return rows;
            }
            return m_session.run(sql, parameters);
        }
        Result<void> each(QByteArrayView sql, const server::Row &parameters,
                          const std::function<void(const server::RowView &)> &take) override
        {
            QByteArray text = sql.toByteArray();
            if (m_bug == Bug::ScopesIgnored && text.contains("FROM change_log"))
                text.replace("(scope IN (", "(1=1 OR scope IN (");
            if (m_bug == Bug::GroupSplit && text.contains("FROM change_log"))
                text.replace("LIMIT $4",
                             "LIMIT min($4,max((SELECT count(*) FROM change_log WHERE hospital_id=$1 AND "
                             "seq>$2)-1,1))");
            return m_session.each(text, parameters, take);
        }
        Result<void> runMany(QByteArrayView table, QByteArrayView columns, QByteArrayView onConflict,
                             const server::Rows &rows) override
        {
            const bool repeats = m_bug == Bug::HeadNotTaken || m_bug == Bug::NoDedupe;
            const QByteArray lenient =
                repeats && onConflict.isEmpty() ? "ON CONFLICT DO NOTHING" : onConflict.toByteArray();
            if (m_bug != Bug::LoserForgotten || (table != "record" && table != "change_log"))
                return m_session.runMany(table, columns, lenient, rows);
            server::Rows kept;
            for (const server::Row &row : rows) {
                const bool conflict = table == "record"
                                          ? server::bytesAt(row, 1) == "conflict"
                                          : server::bytesAt(row, 4).startsWith("{\"e\":\"conflict\"");
                if (!conflict)
                    kept << row;
            }
            return m_session.runMany(table, columns, onConflict, kept);
        }
        Result<void> actFor(const Id &hospital) override { return m_session.actFor(hospital); }
        [[nodiscard]] QByteArray forUpdate() const override { return m_session.forUpdate(); }

    private:
        static Result<server::Rows> replaced(Result<server::Rows> rows, const char *what, const char *with)
        {
            if (!rows)
                return rows;
            for (server::Row &row : *rows) {
                for (Value &value : row) {
                    if (auto *text = std::get_if<QString>(&value))
                        text->replace(QString::fromLatin1(what), QString::fromLatin1(with));
                }
            }
            return rows;
        }

        server::SqlSession &m_session;
        Bug m_bug;
    };

    std::unique_ptr<server::SqliteStore> m_store;
    Bug m_bug;
};

} // namespace

const char *bugName(Bug bug)
{
    static constexpr const char *names[] = {
        "none",           "cursor-before-rows", "head-not-taken",    "no-arbiter",
        "no-archive",     "group-split",        "resealed",          "loser-forgotten",
        "answer-is-loss", "no-dedupe",          "poison-blocks",     "audit-gap",
        "copy-unnoticed", "unsealed",           "revoked-heard",     "rights-forgotten",
        "never-compared", "scopes-ignored",     "key-not-replaced",  "key-not-sent",
        "walk-forgets",   "piece-forgotten",    "status-is-loss",    "emptied-instead",
        "aside-is-loss",  "never-again",        "booking-forgotten", "money-unseen"};
    static_assert(std::size(names) == size_t(Bug::Count));
    return names[size_t(bug)];
}

std::unique_ptr<server::Store> planted(std::unique_ptr<server::SqliteStore> store, Bug bug)
{
    switch (bug) {
    case Bug::HeadNotTaken:
    case Bug::NoArbiter:
    case Bug::GroupSplit:
    case Bug::LoserForgotten:
    case Bug::NoDedupe:
    case Bug::RightsForgotten:
    case Bug::ScopesIgnored:
    case Bug::PieceForgotten:
    case Bug::KeyNotSent:
    case Bug::WalkForgets:
    case Bug::BookingForgotten:
    case Bug::MoneyUnseen:
        return std::make_unique<BrokenStore>(std::move(store), bug);
    default:
        return store;
    }
}

std::optional<sync::Engine::Take> brokenTake(Bug bug, const sync::Engine::Take &take,
                                             storage::Database &database,
                                             const std::function<bool()> &sometimes)
{
    if (bug == Bug::CursorBeforeRows) {
        const auto *pull = std::get_if<sync::PullReply>(&take);
        if (pull && !pull->groups.isEmpty() && sometimes()) {
            sync::PullReply cursorOnly = *pull; // stored, and then the power went
            cursorOnly.groups.clear();
            return cursorOnly;
        }
    }
    if (bug == Bug::PoisonBlocks) {
        if (const auto *push = std::get_if<sync::PushReply>(&take)) {
            sync::PushReply stuck = *push;
            for (auto &result : stuck.results) {
                if (result.status == sync::GroupStatus::Quarantined ||
                    result.status == sync::GroupStatus::Rejected)
                    result.status = sync::GroupStatus::Blocked;
            }
            return stuck;
        }
    }
    if (bug == Bug::AsideIsLoss) {
        if (const auto *push = std::get_if<sync::PushReply>(&take)) {
            sync::PushReply final = *push;
            for (auto &result : final.results) {
                if (sync::isUnjudged(result.code))
                    result.code = "refused";
            }
            return final;
        }
    }
    if (bug == Bug::AnswerIsLoss) {
        const auto *push = std::get_if<sync::PushReply>(&take);
        if (push && sometimes()) {
            // "400 means never": the group is thrown away.
            for (const auto &result : push->results) {
                static_cast<void>(
                    database.writerConnection().exec("DELETE FROM outbox WHERE n=?", result.group));
                static_cast<void>(
                    database.writerConnection().exec("DELETE FROM unsent WHERE n=?", result.group));
            }
            return sync::PushReply{static_cast<const sync::Stamp &>(*push), {}};
        }
    }
    return std::nullopt;
}

void reseal(QList<sync::OutboxGroup> &batch, quint64 random)
{
    for (auto &group : batch) {
        group.body.insert(group.body.size() - 1, ",\"nonce\":" + QByteArray::number(random));
        group.hash = crypto::hash(group.body);
    }
}

QByteArray withoutOneEvent(const QByteArray &request, quint64 random)
{
    auto batch = sync::decodeAudit(request);
    if (batch && batch->records.size() > 2)
        batch->records.removeAt(1 + qsizetype(random % quint64(batch->records.size() - 2)));
    return batch ? sync::encodeAudit(*batch) : request;
}

void unseal(QList<sync::OutboxGroup> &batch)
{
    if (batch.isEmpty())
        return;
    QByteArray &body = batch.first().body;
    const auto from = body.indexOf("{\"e\":\"");
    const auto to = body.indexOf('}', from);
    if (from < 0 || to < 0)
        return;
    body.replace(from, to - from + 1, '"' + secretText(0).toUtf8() + '"');
    batch.first().hash = crypto::hash(body);
}

// With a hyphen, which base64 never has: chance writes short words into long ciphertexts.
QString secretText(qsizetype n)
{
    return QStringLiteral("Veiled-%1").arg(n);
}

bool isReadable(QByteArrayView bytes)
{
    return bytes.contains("Veiled-");
}

} // namespace clinic::test
