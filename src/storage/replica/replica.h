// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/setup/scopes.h"
#include "storage/database.h"
#include "storage/replica/rowkeeper.h"
#include "sync/wire/audit.h"
#include "sync/wire/keygrants.h"
#include "sync/wire/leases.h"

namespace clinic::storage {

// How many identifiers of one person are in several active records.
inline constexpr const char *countSharedIdentifiers =
    "SELECT count(*) FROM shared_identifier s WHERE (SELECT count(*) FROM search_key k JOIN patient p ON "
    "p.rid=k.rid AND p.active=1 WHERE k.kind=6 AND k.key=s.key)>1";

// The file's state towards its server.
struct ReplicaState
{
    bool enrolled = false;
    Id device{};
    Id successorOf{};         // this file was restored: the server knows the predecessor, not yet `device`
    qint64 nextN = 1;         // number of the next local change
    qint64 firstN = 1;        // number of the first waiting change made as `device`; nextN when there is none
    int keyId = 0;            // id of the newest data key in the file
    QByteArray paper{};       // id of the keys and the recovery key that the server should have; empty = no
                              // recovery key
    QStringList servers{};    // addresses of one and the same server, in the order they are tried
    QByteArray certificate{}; // SHA-256 of the server's own; empty = an authority vouches
    QByteArray authority{};   // PEM of the hospital's own authority
    QByteArray serverKey{};   // Ed25519: the server is whoever signs with it, at any address
    QByteArray epoch{};
    QByteArray scopes{"*"};  // scopes of this file: everything, or "T" and branches ("B:id")
    qint64 seq = 0;          // the cursor: all changes up to it are in the tables
    bool booted = false;     // false: the first load (or the one after a new epoch) is still running
    QByteArray bootAfter;    // where its next page starts
    qint64 bootRows = 0;     // number of its rows; 0 = the rows needed first are not here yet
    qint64 bootHad = 0;      // number of rows received
    qint64 waiting = 0;      // groups without an answer
    qint64 held = 0;         // groups held here, to be sent again: no answer was about them
    qint64 auditWaiting = 0; // audit events that the server does not have
    qint64 auditBroken = 0;  // the event at which the server found the chain changed; 0 = none
    qint64 auditForked = 0;  // the same, before the file became another device; for users to know
    qint64 openConflicts = 0;
    qint64 openAttention = 0;
    qint64 sharedIdentifiers = 0; // of one person, in several records
    qint64 repairs = 0;
    qint64 documentsWaiting = 0; // documents whose bytes the server lacks
    qint64 checkedAt = 0;        // when the last comparison with the server found no difference; 0 = never
    // Set-up, users and today's appointments and charts are here.
    [[nodiscard]] bool isUsable() const { return booted || bootRows > 0; }
    QByteArray checkParts{}; // parts of a digest that differed: numbers separated by commas
};

// The file's scopes in its hospital.
struct Kept
{
    QByteArray scopes{domain::everythingScope};
    [[nodiscard]] bool everything() const { return domain::keepsEverything(scopes); }
    [[nodiscard]] bool hasBranch(const Id &branch) const { return domain::keepsBranch(scopes, branch); }
};
[[nodiscard]] Result<Kept> kept(Connection &connection);
// The first load, or the one after a new epoch, is still running: any row may be missing.
[[nodiscard]] Result<bool> isLoading(Connection &connection);
// False: rows of that patient from other branches are not in this file.
[[nodiscard]] Result<bool> hasWholeChart(Connection &connection, const Id &patient);

// The sync part of the file. Every write is one transaction on the writer and is announced like any other;
// call on the writer's executor.
class Replica
{
public:
    Replica(Database &database, const Clock &clock) : m_database(database), m_clock(clock) {}

    [[nodiscard]] Result<ReplicaState> state();
    // The oldest waiting groups, up to both limits; at least one if any waits.
    // after: only groups with a larger number, for several batches at once.
    [[nodiscard]] Result<QList<sync::OutboxGroup>> nextBatch(int mostChanges, qsizetype mostBytes,
                                                             qint64 after = 0);
    // The oldest held group after that number; nothing when there is none.
    [[nodiscard]] Result<std::optional<sync::OutboxGroup>> nextHeld(qint64 after);
    // Holds a group that does not get to the server, or that the server did not judge: it stays unchanged
    // with its rows, is shown to users and sent again; groups that do not depend on it go on.
    Result<void> hold(qint64 n, const QByteArray &code);
    // The body of /v1/repair: rows whose version does not follow.
    [[nodiscard]] Result<QByteArray> repairRequest();
    // Applies the server's answers to sent groups.
    Result<void> take(const sync::PushReply &reply);
    // Applies groups of the server's history, in order, that follow the cursor; Invalid for others.
    Result<void> take(const sync::PullReply &reply);
    // Applies a page of the first load.
    Result<void> take(const sync::BootReply &reply);
    // The body of /v1/audit: the oldest waiting events. With `after` those after that number, which moves to
    // the last of them; empty when there are none.
    [[nodiscard]] Result<QByteArray> auditRequest(qint64 *after = nullptr);
    // Stores the number of events that the server has, with its signature.
    Result<void> take(const sync::AuditReply &reply);
    // Stores all leases of this PC.
    Result<void> take(const sync::LeasesReply &reply);
    // Applies a page of the rest of a patient's chart.
    Result<void> take(const sync::ChartReply &reply);
    // Applies the rows that repairRequest asked for.
    Result<void> take(const sync::RepairReply &reply);
    // Compares with the server's rows: sums first, then versions where the sums differ. Rows with another
    // version are requested again; rows that the server lacks move to unknown_row. An answer for another
    // cursor is ignored.
    Result<void> take(const sync::DigestReply &reply);
    Result<void> take(const sync::VersionsReply &reply);
    // The body of /v1/keys: the hospital's keys that are here, and grants for PCs that lack some and are
    // vouched for.
    [[nodiscard]] Result<QByteArray> keysRequest(const QByteArray &boxPublic,
                                                 const QList<sync::KeyHolder> &wanting,
                                                 const QList<int> &refused);
    // Stores the keys of grants; returns the ids of those that could not be opened.
    [[nodiscard]] Result<QList<int>> take(const sync::KeysReply &reply, const crypto::BoxKey &boxKey);
    // Renews the envelopes that the server handed out, under the newest key.
    [[nodiscard]] sync::Resealing sealAnew(const sync::Resealing &work) const
    {
        return sync::renewed(work, m_database.identity().sealer);
    }
    // The file is older than the server's groups of this device: it becomes another device.
    Result<void> becomeSuccessor();
    // Records the server's order to remove everything, so that the next start does it if this run does not.
    Result<void> noteRemoval();
    // The server has accepted the successor, as its number `number`.
    Result<void> succeeded(qint64 number);
    // Begins another epoch (first load, restored server, compacted change log): acknowledged groups are sent
    // again, and every row is loaded again. With other scopes in the same epoch: rows outside them leave the
    // file.
    Result<void> startOver(const QByteArray &epoch, const QByteArray &scopes = {});

private:
    Result<void> write(const QString &reason,
                       const std::function<Result<void>(RowKeeper &, Connection &)> &work);
    Result<void> noteOwn(const sync::ServerGroup &group);
    Result<void> releaseDependants();
    Result<void> retire(RowKeeper &keeper, qint64 n, qint64 serverNow);
    Result<void> retirePassed(RowKeeper &keeper, qint64 seq, qint64 serverNow);
    Result<void> revive(qint64 from);
    [[nodiscard]] Result<QByteArray> recoveryKey();
    [[nodiscard]] Connection &connection() { return m_database.writerConnection(); }

    Database &m_database;
    const Clock &m_clock;
};

} // namespace clinic::storage
