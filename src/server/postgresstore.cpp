// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/postgresstore.h"

#include "server/schema.h"

#include <QtEndian>
#include <condition_variable>
#include <libpq-fe.h>
#include <mutex>

namespace clinic::server {
namespace postgres {

// Type numbers of every PostgreSQL's catalogue.
constexpr Oid bytea = 17;
constexpr Oid int8 = 20;
constexpr Oid int4 = 23;
constexpr Oid text = 25;

struct ConnectionEnd
{
    void operator()(PGconn *connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, ConnectionEnd>;
struct ResultEnd
{
    void operator()(PGresult *result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ResultEnd>;

template <class T>
void appendNumber(QByteArray &out, T number)
{
    number = qToBigEndian(number);
    out.append(reinterpret_cast<const char *>(&number), sizeof number);
}

Oid typeOf(const Value &value)
{
    if (std::holds_alternative<qint64>(value))
        return int8;
    return std::holds_alternative<QString>(value) ? text : bytea;
}

QByteArray encoded(const Value &value)
{
    if (const auto *number = std::get_if<qint64>(&value)) {
        QByteArray out;
        appendNumber(out, *number);
        return out;
    }
    if (const auto *string = std::get_if<QString>(&value))
        return string->toUtf8();
    return std::get<QByteArray>(value);
}

Value decoded(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return {};
    const char *data = PQgetvalue(result, row, column);
    const int size = PQgetlength(result, row, column);
    switch (PQftype(result, column)) {
    case int8:
        return Value{qint64(qFromBigEndian<qint64>(data))};
    case int4:
        return Value{qint64(qFromBigEndian<qint32>(data))};
    case bytea:
        return Value{QByteArray(data, size)};
    default:
        return Value{QString::fromUtf8(data, size)};
    }
}

// One column of many rows as an array in PostgreSQL's binary form.
QByteArray encodedArray(const Rows &rows, int column, Oid type)
{
    QByteArray out;
    appendNumber<qint32>(out, 1); // dimensions
    appendNumber<qint32>(out, 1); // nulls allowed
    appendNumber<quint32>(out, type);
    appendNumber<qint32>(out, qint32(rows.size()));
    appendNumber<qint32>(out, 1); // first index
    for (const Row &row : rows) {
        if (isNull(row[column])) {
            appendNumber<qint32>(out, -1);
            continue;
        }
        const QByteArray bytes = encoded(row[column]);
        appendNumber<qint32>(out, qint32(bytes.size()));
        out += bytes;
    }
    return out;
}

tl::unexpected<Error> failed(const PGresult *result, const PGconn *connection)
{
    const QByteArray state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    // A deadlock or a lost race is tried again. Only the message is kept: it names tables and columns, its
    // detail may hold values.
    const bool again = state == "40P01" || state == "40001";
    const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const auto code = again ? ErrorCode::Stale : state == "53100" ? ErrorCode::DiskFull : ErrorCode::Storage;
    return fail(code, QString::fromLatin1(state), {},
                QString::fromUtf8(message ? message : PQerrorMessage(connection)));
}

class Session final : public SqlSession
{
public:
    explicit Session(PGconn *connection) : m_connection(connection) {}

    Result<Rows> run(QByteArrayView sql, const Row &parameters) override
    {
        auto answer = ask(sql, parameters);
        if (!answer)
            return fail(answer);
        return rowsOf(**answer);
    }

    Result<void> each(QByteArrayView sql, const Row &parameters,
                      const std::function<void(const RowView &)> &take) override
    {
        auto answer = ask(sql, parameters);
        if (!answer)
            return fail(answer);
        struct View final : RowView
        {
            explicit View(const PGresult &r) : result(r) {}
            [[nodiscard]] qint64 integer(int column) const override
            {
                const Value value = decoded(&result, row, column);
                return std::holds_alternative<qint64>(value) ? std::get<qint64>(value) : 0;
            }
            [[nodiscard]] QByteArrayView bytes(int column) const override
            {
                return {PQgetvalue(&result, row, column), PQgetlength(&result, row, column)};
            }
            const PGresult &result;
            int row = 0;
        };
        View view(**answer);
        for (; view.row < PQntuples(answer->get()); ++view.row)
            take(view);
        return {};
    }

    // One statement for all rows: a parameter per column, each an array.
    Result<void> runMany(QByteArrayView table, QByteArrayView columns, QByteArrayView onConflict,
                         const Rows &rows) override
    {
        if (rows.isEmpty())
            return {};
        QByteArray sql =
            "INSERT INTO " + table.toByteArray() + " (" + columns.toByteArray() + ") SELECT * FROM unnest(";
        QList<QByteArray> bytes;
        QList<Oid> types;
        for (int column = 0; column < int(rows.first().size()); ++column) {
            Oid type = bytea;
            for (const Row &row : rows) {
                if (!isNull(row[column])) {
                    type = typeOf(row[column]);
                    break;
                }
            }
            sql += (column ? ",$" : "$") + QByteArray::number(column + 1) +
                   (type == int8   ? "::bigint[]"
                    : type == text ? "::text[]"
                                   : "::bytea[]");
            types << (type == int8 ? 1016 : type == text ? 1009 : 1001);
            bytes << encodedArray(rows, column, type);
        }
        sql += ") " + onConflict.toByteArray();
        const auto done = execute(sql, types, bytes, [](qsizetype) { return false; });
        return done ? Result<void>() : fail(done);
    }

    // The first column of the rows as one array parameter.
    Result<Rows> runWith(QByteArrayView sql, const Rows &keys)
    {
        auto answer = execute(sql.toByteArray(), {1001}, {encodedArray(keys, 0, bytea)},
                              [](qsizetype) { return false; });
        if (!answer)
            return fail(answer);
        return rowsOf(**answer);
    }

    Result<void> actFor(const Id &hospital) override
    {
        // Without statistics for a table, the planner would gather and sort all following rows for each
        // page; every query here has an index.
        const auto done = run("SELECT set_config('app.hospital', $1, true), set_config('enable_bitmapscan', "
                              "'off', true)",
                              {Value{QString::fromLatin1(hospital.toBytes().toHex())}});
        return done ? Result<void>() : fail(done);
    }

    [[nodiscard]] QByteArray forUpdate() const override { return " FOR UPDATE"; }

private:
    Result<Answer> ask(QByteArrayView sql, const Row &parameters)
    {
        QList<QByteArray> bytes;
        QList<Oid> types;
        for (const Value &value : parameters) {
            types << typeOf(value);
            bytes << (isNull(value) ? QByteArray() : encoded(value));
        }
        return execute(sql.toByteArray(), types, bytes, [&](qsizetype i) { return isNull(parameters[i]); });
    }

    static Rows rowsOf(const PGresult &answer)
    {
        Rows rows;
        rows.reserve(PQntuples(&answer));
        for (int r = 0; r < PQntuples(&answer); ++r) {
            Row row;
            for (int c = 0; c < PQnfields(&answer); ++c)
                row << decoded(&answer, r, c);
            rows << row;
        }
        return rows;
    }

    template <class F>
    Result<Answer> execute(const QByteArray &sql, const QList<Oid> &types, const QList<QByteArray> &bytes,
                           F isNullAt)
    {
        QList<const char *> values;
        QList<int> lengths;
        QList<int> formats;
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            values << (isNullAt(i) ? nullptr : bytes[i].constData());
            lengths << int(bytes[i].size());
            formats << 1;
        }
        // No named statement: a pooler in transaction mode loses it.
        Answer answer(PQexecParams(m_connection, sql.constData(), int(bytes.size()), types.constData(),
                                   values.constData(), lengths.constData(), formats.constData(), 1));
        const auto status = PQresultStatus(answer.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            return failed(answer.get(), m_connection);
        return answer;
    }

    PGconn *m_connection;
};

// Row-level security enforces the hospital a second time.
Result<void> secure(SqlSession &session)
{
    const auto roles = session.run(
        "SELECT count(*) FROM pg_roles WHERE rolname=current_user AND (rolsuper OR rolbypassrls)");
    if (!roles)
        return fail(roles);
    if (integerAt(roles->first(), 0) != 0)
        return fail(
            ErrorCode::Forbidden, QStringLiteral("role"), {},
            QStringLiteral("this database role steps over row-level security; use one that does not"));
    for (const QByteArray &table : tenantTables()) {
        const auto known =
            session.run("SELECT count(*) FROM pg_policies WHERE schemaname=current_schema() AND tablename=$1",
                        {textValue(table)});
        if (!known)
            return fail(known);
        if (integerAt(known->first(), 0) != 0)
            continue;
        const QByteArray own = "(hospital_id = decode(current_setting('app.hospital', true), 'hex'))";
        for (const QByteArray &sql : QList<QByteArray>{"ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY",
                                                       "ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY",
                                                       "CREATE POLICY own_hospital ON " + table + " USING " +
                                                           own + " WITH CHECK " + own}) {
            if (auto done = session.run(sql); !done)
                return fail(done);
        }
    }
    // One query for the heads of all hospitals with waiting PCs: numbers only, and only in a transaction
    // that declares itself as this query.
    const auto news = session.run("SELECT count(*) FROM pg_policies WHERE schemaname=current_schema() AND "
                                  "policyname='heads_are_news'");
    if (!news)
        return fail(news);
    if (integerAt(news->first(), 0) == 0) {
        if (auto done = session.run("CREATE POLICY heads_are_news ON hospital_head FOR SELECT USING "
                                    "(current_setting('app.news', true) = 'on')");
            !done)
            return fail(done);
    }
    return {};
}

} // namespace postgres

struct PostgresStore::Private
{
    QByteArray connection;
    std::mutex mutex;
    std::condition_variable returned;
    std::vector<postgres::Connection> idle;
    int most = 4;
    int made = 0;

    postgres::Connection take()
    {
        std::unique_lock lock(mutex);
        returned.wait(lock, [this] { return !idle.empty() || made < most; });
        if (!idle.empty()) {
            auto connection_ = std::move(idle.back());
            idle.pop_back();
            return connection_;
        }
        ++made;
        lock.unlock();
        return postgres::Connection(PQconnectdb(connection.constData()));
    }
    void giveBack(postgres::Connection used)
    {
        const std::lock_guard lock(mutex);
        if (PQstatus(used.get()) == CONNECTION_OK && PQtransactionStatus(used.get()) == PQTRANS_IDLE)
            idle.push_back(std::move(used));
        else
            --made; // the next request replaces a broken one
        returned.notify_one();
    }
};

PostgresStore::PostgresStore() : d(std::make_unique<Private>()) {}
PostgresStore::~PostgresStore() = default;

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const QByteArray &connection, int connections)
{
    std::unique_ptr<PostgresStore> store(new PostgresStore);
    store->d->connection = connection;
    store->d->most = qMax(1, connections);
    const auto done = store->transact({}, [](SqlSession &session) -> Result<void> {
        // If two servers start at once, one creates the schema after the other.
        if (auto locked = session.run("SELECT pg_advisory_xact_lock(7164209)"); !locked)
            return fail(locked);
        auto migrated = migrateSchema(session);
        return migrated ? postgres::secure(session) : migrated;
    });
    if (!done)
        return fail(done);
    return store;
}

QString PostgresStore::describe() const
{
    return QStringLiteral("PostgreSQL");
}

Result<QHash<Id, qint64>> PostgresStore::heads(const QList<Id> &hospitals)
{
    QHash<Id, qint64> heads;
    const auto done = transact({}, [&](SqlSession &session) -> Result<void> {
        if (auto on = session.run("SELECT set_config('app.news', 'on', true)"); !on)
            return fail(on);
        Rows keys;
        for (const Id &hospital : hospitals)
            keys << Row{idValue(hospital)};
        const auto rows = static_cast<postgres::Session &>(session).runWith(
            "SELECT hospital_id, head FROM hospital_head WHERE hospital_id = ANY($1)", keys);
        if (!rows)
            return fail(rows);
        for (const Row &row : *rows)
            heads.insert(idAt(row, 0), integerAt(row, 1));
        return {};
    });
    if (!done)
        return fail(done);
    return heads;
}

Result<void> PostgresStore::transact(const Id &hospital,
                                     const std::function<Result<void>(SqlSession &)> &work)
{
    postgres::Connection connection = d->take();
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        const QString message = QString::fromUtf8(PQerrorMessage(connection.get()));
        d->giveBack(std::move(connection));
        return fail(ErrorCode::Storage, {}, {}, message);
    }
    PQsetNoticeProcessor(
        connection.get(), [](void *, const char *) {}, nullptr);
    postgres::Session session(connection.get());
    Result<void> done;
    const auto step = [&](const char *sql) {
        const auto ran = session.run(sql, {});
        if (!ran && done)
            done = fail(ran);
        return ran.has_value();
    };
    if (step("BEGIN ISOLATION LEVEL READ COMMITTED")) {
        done = session.actFor(hospital);
        if (done)
            done = work(session);
        if (!done || !step("COMMIT")) {
            const postgres::Answer ignored(PQexec(connection.get(), "ROLLBACK"));
        }
    }
    d->giveBack(std::move(connection));
    return done;
}

} // namespace clinic::server
