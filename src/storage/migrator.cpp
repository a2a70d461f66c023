// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrator.h"

#include "core/crypto.h"
#include "core/log.h"
#include "storage/searchkeys.h"

#include <QFile>
#include <sqlite3.h>

// Outside any namespace: the macro declares a function of the resource compiler's.
static void loadSqlResources()
{
    Q_INIT_RESOURCE(sql);
}

namespace clinic::storage {
namespace {

int headerNumber(const QByteArray &sql, const char *word)
{
    const auto at = sql.indexOf(word);
    const auto start = at + qsizetype(qstrlen(word));
    return at < 0 ? 0 : sql.mid(start, sql.indexOf('\n', start) - start).trimmed().toInt();
}

} // namespace

const QList<Migration> &migrations()
{
    static const QList<Migration> all = [] {
        loadSqlResources();
        QList<Migration> list;
        const auto names =
            QDir(QStringLiteral(":/sql")).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
        for (const QString &name : names) {
            QFile file(QStringLiteral(":/sql/") + name);
            if (!file.open(QIODevice::ReadOnly))
                continue;
            Migration m;
            m.sql = file.readAll();
            m.version = headerNumber(m.sql, "-- version:");
            m.minimumReader = headerNumber(m.sql, "-- minimum reader:");
            m.rebuildsSearch = m.sql.contains("-- search keys: rebuild");
            m.hash = crypto::hash(m.sql).toHex();
            list << m;
        }
        return list;
    }();
    return all;
}

QString engineVersion()
{
    return QString::fromLatin1(sqlite3_libversion());
}

int schemaVersion()
{
    return migrations().isEmpty() ? 0 : migrations().last().version;
}

Result<int> fileVersion(Connection &connection)
{
    Query q = connection.query("PRAGMA user_version");
    if (!q.next())
        return q.failed();
    return q.number(0);
}

Result<void> migrate(Connection &connection, qint64 nowMs)
{
    const auto version = fileVersion(connection);
    if (!version)
        return fail(version);
    if (*version > schemaVersion()) {
        int minimumReader = *version;
        Query q = connection.query("SELECT minimum_reader FROM migration ORDER BY version DESC LIMIT 1");
        if (q.next())
            minimumReader = q.number(0);
        if (minimumReader > schemaVersion())
            return fail(ErrorCode::NewerFile, {},
                        {QString::number(*version), QString::number(schemaVersion())});
        return {};
    }
    // The current program writes keys for the current tables: once, with the last migration that asks for
    // it.
    int rebuildAt = 0;
    for (const Migration &m : migrations()) {
        if (m.rebuildsSearch)
            rebuildAt = m.version;
    }
    for (const Migration &m : migrations()) {
        if (m.version <= *version)
            continue;
        if (auto begun = connection.execScript("BEGIN IMMEDIATE"); !begun)
            return begun;
        auto done = connection.execScript(
            "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, "
            "minimum_reader INTEGER NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
        if (done)
            done = connection.execScript(m.sql);
        if (done && m.version == rebuildAt)
            done = rebuildSearchKeys(connection);
        if (done)
            done = connection.exec("INSERT INTO migration VALUES (?,?,?,?)", m.version, m.minimumReader,
                                   QString::fromLatin1(m.hash), nowMs);
        if (done)
            done = connection.execScript("PRAGMA user_version=" + QByteArray::number(m.version));
        if (done)
            done = connection.execScript("COMMIT");
        if (!done) {
            static_cast<void>(connection.execScript("ROLLBACK"));
            return done;
        }
        qCDebug(logStorage) << "migrated to schema" << m.version;
    }
    return {};
}

} // namespace clinic::storage
