// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "storage/executor.h"
#include "storage/filelock.h"
#include "storage/transaction.h"

#include <QObject>
#include <mutex>

namespace clinic::storage {

// One clinic file: a writer connection on its thread, two readers on theirs, and the announcement of what
// changed.
class Database : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString path;                 // empty = in memory, everything inline on one connection (tests)
        QByteArray vfs{};             // SQLite VFS to open with; empty = the system's
        FileKey key{};                // the file is sealed with it; null = it is not sealed
        bool inlineExecutors = false; // tests and command line: no threads
        bool readOnly = false;        // beside a running program
        int synchronous = 2;          // 2 = FULL; anything else only in the test that shows why
    };

    // Opens or creates the file, takes its lock, checks and migrates it (after a backup copy beside it).
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Options &options, const Clock &clock);
    ~Database() override;

    // Runs work in one BEGIN IMMEDIATE transaction on the calling thread, which must be the writer's.
    // beforeCommit sees what changed and may refuse. All of it is stored, or nothing.
    Result<void>
    transact(const UnitHeader &header, const std::function<Result<void>(Transaction &)> &work,
             const std::function<Result<void>(const QList<domain::RowChange> &)> &beforeCommit = {});
    // A write of local bookkeeping only (drafts, recent patients): no group, no audit event.
    Result<void> transactLocal(const std::function<Result<void>(Connection &)> &work);

    // A write of what came from elsewhere: no group of its own, announced like any other. `work` says what
    // changed.
    Result<void> apply(const std::function<Result<QList<domain::RowChange>>(Connection &)> &work);
    // Reads identity and keys again, after they changed. Writer's thread.
    Result<void> reload() { return loadIdentity(); }

    [[nodiscard]] Executor &writer() { return *m_writer; }
    // The reader with the shorter queue; type-ahead has one to itself.
    [[nodiscard]] Executor &reader() { return *m_readers[0]; }
    [[nodiscard]] Executor &searchReader() { return *m_readers[1]; }
    // To be used inside work posted to the matching executor.
    [[nodiscard]] Connection &writerConnection() { return *m_writeConnection; }
    [[nodiscard]] Connection &readerConnection()
    {
        return m_readConnections[0] ? *m_readConnections[0] : *m_writeConnection;
    }
    [[nodiscard]] Connection &searchConnection()
    {
        return m_readConnections[1] ? *m_readConnections[1] : *m_writeConnection;
    }

    // A copy, from any thread: the writer's thread replaces it when the file becomes a hospital's or another
    // device's, after the commit.
    [[nodiscard]] FileIdentity identity() const
    {
        const std::lock_guard lock(m_identityMutex);
        return m_identity;
    }
    [[nodiscard]] const QString &path() const { return m_options.path; }
    [[nodiscard]] const FileKey &key() const { return m_options.key; }
    [[nodiscard]] bool isInline() const { return m_writer->isInline(); }

    // A restored or copied file takes a new device id, a new number series and starts its own audit chain's
    // device, so that what it writes can never be taken for what the original writes. Audited in the old
    // chain's continuation.
    Result<void> becomeNewDevice(qint64 nowMs);
    // The code a server gave to the device this file became.
    Result<void> takeDeviceCode(const QString &code);

    // Rows that a person must not change: drops append-only guards for one transaction, audited with its
    // reason.
    Result<void> maintenance(const QString &reason, const UnitHeader &header,
                             const std::function<Result<void>(Connection &)> &work);

Q_SIGNALS:
    // After each commit, from the writer thread: what changed. Over 1,000 rows the list holds one row per
    // entity with a null id, meaning "look again at the table".
    void rowsChanged(const QList<clinic::domain::RowChange> &rows);

    // A unit left a group in the outbox. From the writer thread.
    void groupWritten();

private:
    void close();
    Database() = default;
    Result<void> openWriter(const Clock &clock);
    Result<void> openReaders();
    Result<void> loadIdentity();
    void announce(QList<domain::RowChange> rows);

    Options m_options;
    std::unique_ptr<FileLock> m_lock;
    void setIdentity(const FileIdentity &identity);

    mutable std::mutex m_identityMutex;
    FileIdentity m_identity; // written under the mutex; the writer's thread reads it without
    std::unique_ptr<Executor> m_writer;
    std::unique_ptr<Executor> m_readers[2];
    std::unique_ptr<Connection> m_writeConnection;
    std::unique_ptr<Connection> m_readConnections[2];
};

} // namespace clinic::storage
