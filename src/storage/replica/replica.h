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

// How many identifiers that belong to one person stand in several active records.
inline constexpr const char *countSharedIdentifiers =
    "SELECT count(*) FROM shared_identifier s WHERE (SELECT count(*) FROM search_key k JOIN patient p ON "
    "p.rid=k.rid AND p.active=1 WHERE k.kind=6 AND k.key=s.key)>1";

// Where this file stands with its server.
struct ReplicaState
{
    bool enrolled = false;
    Id device{};
    Id successorOf{};   // this file was restored: the server knows it as that device, not yet as `device`
    qint64 nextN = 1;   // number of the next change that is made here
    qint64 firstN = 1;  // of the first change that waits and was made as `device`; nextN when there is none
    int keyId = 0;      // of the newest data key in the file
    QByteArray paper{}; // which keys the server should have for which recovery key; empty = no paper
    QStringList servers{};    // addresses of one and the same server, in the order they are tried
    QByteArray certificate{}; // SHA-256 of the server's own; empty = an authority vouches
    QByteArray authority{};   // PEM of the hospital's own authority
    QByteArray serverKey{};   // Ed25519: whoever signs with it is the server, at whatever address
    QByteArray epoch{};
    QByteArray scopes{"*"};  // what this file keeps: everything, or "T" and branches ("B:id")
    qint64 seq = 0;          // everything up to here is in the tables
    bool booted = false;     // false: the first load (or the one after a restored server) is still running
    QByteArray bootAfter;    // where its next page starts
    qint64 bootRows = 0;     // how many rows it has; 0 = what work needs first is not here yet
    qint64 bootHad = 0;      // how many of them came
    qint64 waiting = 0;      // groups that the server has not answered for
    qint64 held = 0;         // groups set aside here, whole, to be sent again: no answer was about them
    qint64 auditWaiting = 0; // audit events the server does not have
    qint64 auditBroken = 0;  // the event at which the server found the chain changed; 0 = none
    qint64 auditForked = 0;  // the same, since when the file goes on as another device; for people to know
    qint64 openConflicts = 0;
    qint64 openAttention = 0;
    qint64 sharedIdentifiers = 0; // that belong to one person and stand in several records
    qint64 repairs = 0;
    qint64 documentsWaiting = 0; // whose bytes the server lacks
    qint64 checkedAt = 0;        // when everything was last found to agree with the server; 0 = never
    // Set-up, people and today's appointments and charts are here.
    [[nodiscard]] bool isUsable() const { return booted || bootRows > 0; }
    QByteArray checkParts{}; // parts of a digest in which it did not: numbers with commas between them
};

// What a file keeps of its hospital.
struct Kept
{
    QByteArray scopes{domain::everythingScope};
    [[nodiscard]] bool everything() const { return domain::keepsEverything(scopes); }
    [[nodiscard]] bool hasBranch(const Id &branch) const { return domain::keepsBranch(scopes, branch); }
};
[[nodiscard]] Result<Kept> kept(Connection &connection);
// The first load, or the one after a restored server, is still running: any row may be missing.
[[nodiscard]] Result<bool> isLoading(Connection &connection);
// False: what other branches know of that patient is not in this file.
[[nodiscard]] Result<bool> hasWholeChart(Connection &connection, const Id &patient);

// The sync half of the file. Every write is one transaction on the writer and is announced like any other;
// the caller is on the writer's executor.
class Replica
{
public:
    Replica(Database &database, const Clock &clock) : m_database(database), m_clock(clock) {}

    [[nodiscard]] Result<ReplicaState> state();
    // The oldest groups that wait, up to both limits; at least one if any waits.
    // after: only those with a larger number, for whoever takes several batches at once.
    [[nodiscard]] Result<QList<sync::OutboxGroup>> nextBatch(int mostChanges, qsizetype mostBytes,
                                                             qint64 after = 0);
    // The oldest group behind that number which was set aside here; nothing when there is none.
    [[nodiscard]] Result<std::optional<sync::OutboxGroup>> nextHeld(qint64 after);
    // That group does not get to the server, or was not looked at there: it stays here as it is, with all it
    // did, is shown to people and tried again; what does not need it goes on.
    Result<void> hold(qint64 n, const QByteArray &code);
    // The body of /v1/repair: rows whose version did not follow.
    [[nodiscard]] Result<QByteArray> repairRequest();
    // A server's answers to groups that were sent.
    Result<void> take(const sync::PushReply &reply);
    // Groups of a server's history, in order, that follow the cursor. Others are refused (Invalid).
    Result<void> take(const sync::PullReply &reply);
    // A page of the first load.
    Result<void> take(const sync::BootReply &reply);
    // The body of /v1/audit: the oldest events that wait. With `after` those behind that number, which is
    // moved to the last of them; empty when there are none.
    [[nodiscard]] Result<QByteArray> auditRequest(qint64 *after = nullptr);
    // How far the server has the chain of audit events, with its signature.
    Result<void> take(const sync::AuditReply &reply);
    // Everything the server keeps for this PC.
    Result<void> take(const sync::LeasesReply &reply);
    // A page of the rest of a patient's chart.
    Result<void> take(const sync::ChartReply &reply);
    // What repairRequest asked for.
    Result<void> take(const sync::RepairReply &reply);
    // What the server has, to compare with: in sums, and then row by row where those differ. Rows of another
    // version are asked for again; what the server does not have is set aside. An answer from another moment
    // than the cursor's is left alone.
    Result<void> take(const sync::DigestReply &reply);
    Result<void> take(const sync::VersionsReply &reply);
    // The body of /v1/keys: which of the hospital's keys are here, and those that others lack, sealed to them
    // where somebody with the hospital's keys has vouched for theirs.
    [[nodiscard]] Result<QByteArray> keysRequest(const QByteArray &boxPublic,
                                                 const QList<sync::KeyHolder> &wanting,
                                                 const QList<int> &refused);
    // Keys that others have sealed to this PC; the ids of those that could not be opened.
    [[nodiscard]] Result<QList<int>> take(const sync::KeysReply &reply, const crypto::BoxKey &boxKey);
    // What the server hands out of what is under an older key, under the newest one.
    [[nodiscard]] sync::Resealing sealAnew(const sync::Resealing &work) const
    {
        return sync::renewed(work, m_database.identity().sealer);
    }
    // The file is older than what the server has from this device: it goes on as another one.
    Result<void> becomeSuccessor();
    // The server has ordered this PC to remove everything: the next start does, if this one does not get to
    // it.
    Result<void> noteRemoval();
    // The server has accepted that one, as its number `number`.
    Result<void> succeeded(qint64 number);
    // Another history begins (first load, restored server, compacted log): what was acknowledged in the old
    // one is sent again, and every row is asked for anew. With other scopes in the same history: rows that
    // are not among them leave the file.
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
