// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/filelock.h"
#include "storage/executor.h"
#include "storage/transaction.h"

#include <QObject>
#include <array>
#include <mutex>

namespace clinic::storage {

// One clinic file: a writer connection on its thread, three readers on theirs, and the signal for changed
// rows.
class Database : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString path;                 // empty = in memory, everything inline on one connection (tests)
        QByteArray vfs{};             // SQLite VFS to open with; empty = the system's
        FileKey key{};                // key of a sealed file; null = unsealed
        bool inlineExecutors = false; // tests and command line: no threads
        bool readOnly = false;        // beside a running program
        int synchronous = 2;          // 2 = FULL; other values only in the test that shows the loss
    };

    // Opens or creates the file, takes its lock, checks it, and migrates it after making a backup copy
    // beside it.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Options &options, const Clock &clock);
    ~Database() override;

    // Runs work in one BEGIN IMMEDIATE transaction on the calling thread, which must be the writer's.
    // beforeCommit gets the changed rows and may refuse. Everything is stored, or nothing.
    Result<void>
    transact(const UnitHeader &header, const std::function<Result<void>(Transaction &)> &work,
             const std::function<Result<void>(const QList<domain::RowChange> &)> &beforeCommit = {});
    // A write of local bookkeeping only (drafts, recent patients): no group, no audit event.
    Result<void> transactLocal(const std::function<Result<void>(Connection &)> &work);

    // A write of received rows: no group of its own, announced like any other. `work` returns the changed
    // rows.
    Result<void> apply(const std::function<Result<QList<domain::RowChange>>(Connection &)> &work);
    // Reads identity and keys again, after a change. Writer's thread.
    Result<void> reload() { return loadIdentity(); }

    [[nodiscard]] Executor &writer() { return *m_writer; }
    // Screens read on one thread, type-ahead on another; work on files (backups, lists, documents) has a
    // third one, so that no screen waits for it.
    [[nodiscard]] Executor &reader() { return *m_readers[0]; }
    [[nodiscard]] Executor &searchReader() { return *m_readers[1]; }
    [[nodiscard]] Executor &fileReader() { return *m_readers[2]; }
    // Use inside work posted to the matching executor.
    [[nodiscard]] Connection &writerConnection() { return *m_writeConnection; }
    [[nodiscard]] Connection &readerConnection() { return readConnection(0); }
    [[nodiscard]] Connection &searchConnection() { return readConnection(1); }
    [[nodiscard]] Connection &fileConnection() { return readConnection(2); }

    // A copy, from any thread: the writer's thread replaces it after the commit when the file becomes a
    // hospital's or another device's.
    [[nodiscard]] FileIdentity identity() const
    {
        const std::lock_guard lock(m_identityMutex);
        return m_identity;
    }
    [[nodiscard]] const QString &path() const { return m_options.path; }
    [[nodiscard]] const FileKey &key() const { return m_options.key; }
    [[nodiscard]] bool isInline() const { return m_writer->isInline(); }

    // Gives a restored or copied file a new device id and a new number series, so that its rows never pass
    // for the original's. Audited as the chain's next event.
    Result<void> becomeNewDevice(qint64 nowMs);
    // Stores the code that a server gave to this device.
    Result<void> takeDeviceCode(const QString &code);

    // Changes rows that users must not change: lifts the append-only triggers for one transaction, audited
    // with its reason.
    Result<void> maintenance(const QString &reason, const UnitHeader &header,
                             const std::function<Result<void>(Connection &)> &work);

Q_SIGNALS:
    // The changed rows, after each commit, from the writer thread. Over 1,000 rows the list holds one row
    // per entity with a null id: read the whole table again.
    void rowsChanged(const QList<clinic::domain::RowChange> &rows);

    // A unit of work wrote a group to the outbox. From the writer thread.
    void groupWritten();

private:
    void close();
    Database() = default;
    Result<void> openWriter(const Clock &clock);
    Result<void> openReaders();
    Result<void> loadIdentity();
    void announce(QList<domain::RowChange> rows);
    [[nodiscard]] Connection &readConnection(std::size_t which)
    {
        return m_readConnections[which] ? *m_readConnections[which] : *m_writeConnection;
    }

    Options m_options;
    std::unique_ptr<FileLock> m_lock;
    void setIdentity(const FileIdentity &identity);

    mutable std::mutex m_identityMutex;
    FileIdentity m_identity; // written under the mutex; the writer's thread reads it without
    std::unique_ptr<Executor> m_writer;
    std::array<std::unique_ptr<Executor>, 3> m_readers;
    std::unique_ptr<Connection> m_writeConnection;
    std::array<std::unique_ptr<Connection>, 3> m_readConnections; // empty while all work is inline
};

} // namespace clinic::storage
