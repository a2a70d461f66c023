// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/syncstatus.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/keygrants.h"
#include "sync/wire/limits.h"
#include "sync/wire/token.h"

#include <variant>

namespace clinic::sync {

// The exchange with the server as a state machine without I/O: an event in, actions out. The program's agent
// and the simulator use the same one. At most one request or storage task is in progress, so an answer
// always belongs to the last action.
class Engine
{
public:
    // This device's credentials at its server.
    struct Credentials
    {
        Id hospital{};
        Id device{};
        QByteArray refresh;      // rotates; saved before it is used
        QByteArray secretKey;    // Ed25519
        crypto::BoxKey boxKey{}; // grants are sealed to it
    };

    struct Send
    {
        QByteArray method;
        QByteArray path;
        QByteArray body{};
        QByteArray token{};
        int timeoutMs = 30'000;
    };
    struct ReadState
    {};
    struct ReadBatch
    {
        int mostChanges = 500;
        qsizetype mostBytes = limits::batch;
        qint64 heldAfter = -1; // not negative: instead, one held group after that number
    };
    struct Hold // holds that group in the outbox
    {
        qint64 n = 0;
        QByteArray code;
    };
    struct ReadRepairs
    {};
    struct ReadAudit
    {};
    struct ReadKeys // body of /v1/keys: the keys that are here, and grants for others
    {
        crypto::BoxKey boxKey;
        QList<KeyHolder> wanting{};
        QList<int> refused{};
    };
    struct TakeKeys
    {
        KeysReply reply;
        crypto::BoxKey boxKey;
    };
    struct SealAnew
    {
        Resealing work;
    };
    using Take =
        std::variant<PushReply, PullReply, BootReply, RepairReply, AuditReply, DigestReply, VersionsReply>;
    struct StartOver
    {
        QByteArray epoch;
        QByteArray scopes{}; // empty: as before
    };
    struct SaveRefresh
    {
        QByteArray refresh;
    };
    struct Schedule
    {
        qint64 ms = 0;
    };
    struct Tell
    {
        SyncStatus status;
    };
    struct BecomeSuccessor // the file is older than the server's groups of this device
    {};
    struct MakeSuccessorKeys // or the keys made before, which are still without an answer
    {};
    struct SaveSuccessor // the server has accepted this file's new device
    {
        Credentials who;
        DeviceKeys keys;
        qint64 number = 0;
    };
    struct Obey // the server orders this lost PC to remove all data of the clinic
    {
        QByteArray token; // for the confirmation
    };
    struct Abort // the request in progress; its answer is not needed
    {};
    using Action = std::variant<Send, ReadState, ReadBatch, Hold, ReadRepairs, ReadAudit, ReadKeys, TakeKeys,
                                SealAnew, Take, StartOver, SaveRefresh, Schedule, Tell, BecomeSuccessor,
                                MakeSuccessorKeys, SaveSuccessor, Obey, Abort>;

    struct Start
    {};
    struct StateRead // after ReadState, Take, Hold, StartOver, BecomeSuccessor and SaveSuccessor
    {
        Result<storage::ReplicaState> state;
    };
    struct BatchRead
    {
        Result<QList<OutboxGroup>> batch;
    };
    struct RepairsRead
    {
        Result<QByteArray> request; // body of /v1/repair
    };
    struct AuditRead
    {
        Result<QByteArray> request; // body of /v1/audit
    };
    struct KeysRead
    {
        Result<QByteArray> request; // body of /v1/keys
    };
    struct KeysTaken
    {
        Result<QList<int>> refused; // ids of grants that could not be opened
    };
    struct SealedAnew
    {
        QByteArray request; // body of /v1/reseal
    };
    struct RefreshSaved
    {
        bool saved = false;
    };
    struct SuccessorKeys
    {
        std::optional<DeviceKeys> keys; // nothing: they could not be stored
    };
    struct Reply
    {
        int status = 0;
        QByteArray body{};
        int retryAfter = 0;
    };
    struct NoAnswer
    {};
    struct Timer
    {};
    struct LocalCommit // the outbox may have grown
    {};
    struct Wish
    {
        enum What { SyncNow, WorkOffline, WorkOnline, Compare } what = SyncNow;
    };
    struct StateNow // something other than the engine changed the file: a carried answer
    {
        storage::ReplicaState state;
    };
    using Event =
        std::variant<Start, StateRead, BatchRead, RepairsRead, AuditRead, KeysRead, KeysTaken, SealedAnew,
                     RefreshSaved, SuccessorKeys, Reply, NoAnswer, Timer, LocalCommit, Wish, StateNow>;

    // Runs an action on the file and returns the event that follows; nothing for actions without file work.
    // On the writer's thread.
    [[nodiscard]] static std::optional<Event> carryOut(const Action &action, storage::Replica &replica);
    [[nodiscard]] static bool isAboutTheFile(const Action &action);

    // random gives 0..1 and spreads retries, so that a hundred PCs do not come back in the same second.
    Engine(Credentials credentials, std::function<double()> random)
        : m_who(std::move(credentials)), m_random(std::move(random))
    {}

    // Sent with the next token; renews it soon if the user has changed.
    void setAbout(const AboutDevice &about)
    {
        if (about.user != m_about.user && !about.user.isNull())
            m_access.clear();
        m_about = about;
    }
    [[nodiscard]] QList<Action> handle(const Event &event);
    [[nodiscard]] const SyncStatus &status() const { return m_status; }

private:
    enum class Doing {
        Nothing,
        ReadingState,
        MakingKeys,
        Succeed,
        Token,
        Saving,
        Hello,
        ReadingKeys,
        Keys,
        TakingKeys,
        SealingAnew,
        Reseal,
        ReadingBatch,
        Push,
        Pull,
        Boot,
        ReadingRepairs,
        Repair,
        ReadingAudit,
        Audit,
        Digest,
        Versions,
        Live,
        Storing,
        Backoff
    };
    QList<Action> next();
    QList<Action> answered(const Reply &reply);
    QList<Action> accept(const QByteArray &body);
    QList<Action> backOff(const QByteArray &problem, int retryAfter = 0);
    QList<Action> refuse(const QByteArray &problem);
    // No answer, or another server's: says nothing about the sent groups.
    QList<Action> unheard();
    // The pushed groups are unreadable or too large: send smaller batches, and hold a group that fails
    // alone.
    QList<Action> notTaken(const QByteArray &code);
    QList<Action> setAside(const QByteArray &code);
    QList<Action> pushed(const QList<OutboxGroup> &groups);
    QList<Action> obey();
    Action send(Doing doing, const QByteArray &method, const QByteArray &path, const QByteArray &body,
                int timeoutMs = 30'000);
    Action store(Take take);
    Action tell(SyncStatus::Phase phase, const QByteArray &problem = {});

    Credentials m_who;
    AboutDevice m_about;
    std::function<double()> m_random;
    SyncStatus m_status;
    Doing m_doing = Doing::Nothing;
    bool m_offline = false;
    bool m_refused = false;
    QByteArray m_access;
    QByteArray m_newRefresh;
    QByteArray m_challenge; // the answer to /v1/token has to sign it
    std::optional<DeviceKeys> m_successorKeys;
    QByteArray m_scopes;        // this PC's scopes, as the server says
    bool m_greeted = false;     // hello was answered and the server expects no unknown group
    bool m_keysDue = false;     // there are keys to fetch or to give at /v1/keys
    QList<KeyHolder> m_wanting; // PCs that lack keys of this file
    QList<int> m_refusedKeys;
    int m_keyRounds = 0; // since the last hello; a PC that still lacks keys then cannot get them from here
    bool m_keysCame = false;
    bool m_greetAgain = false;
    int m_keyWaits = 0; // since data came that is sealed with a missing key
    bool m_resealing = false;
    QByteArray m_resealed;  // body of the next /v1/reseal
    bool m_compare = false; // compare all rows: by request, or because it is time
    int m_sums = 0;         // comparisons of all rows since the last hello
    int m_comparisons =
        0; // comparisons of single parts since the last hello; a busy server may always be a step ahead
    int m_failures = 0;
    int m_batchLimit = 500;
    qsizetype m_batchBytes = limits::batch; // smaller on a slow line
    QList<qint64> m_sent;                   // numbers of the last pushed groups
    int m_sentChanges = 0;
    qint64 m_alone = 0; // the last group pushed alone without an answer, and the tries
    int m_aloneTries = 0;
    qint64 m_heldAfter = -1; // position of the walk over held groups; -1 = over until the next hello
    bool m_isRetry = false;  // the last pushed group was held
    bool m_needPull = true;
    bool m_pullNext = false; // push and pull take turns
    qint64 m_stuckAt = 0;    // waiting groups when the last push moved nothing
    bool m_isLost = false;   // the server ordered the removal, with its signature
    qint64 m_leftToSend = 0; // groups and events left at the last look since then
};

} // namespace clinic::sync
