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

// Device and server, in turns, as a state machine without I/O: an event in, actions out. The program's agent
// and the simulator drive the very same one. There is never more than one request or one piece of storage
// work under way, so an answer always belongs to the last action.
class Engine
{
public:
    // Who this device is to its server.
    struct Credentials
    {
        Id hospital{};
        Id device{};
        QByteArray refresh;      // rotates; saved before it is used
        QByteArray secretKey;    // Ed25519
        crypto::BoxKey boxKey{}; // what is sealed for this device
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
        qint64 heldAfter = -1; // not negative: one group behind that number that was set aside here, instead
    };
    struct Hold // that group is set aside here
    {
        qint64 n = 0;
        QByteArray code;
    };
    struct ReadRepairs
    {};
    struct ReadAudit
    {};
    struct ReadKeys // body of /v1/keys: which keys are here, and those that others lack, sealed to them
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
    struct BecomeSuccessor // the file is older than what the server has from this device
    {};
    struct MakeSuccessorKeys // or the ones that were made before and are still without an answer
    {};
    struct SaveSuccessor // the server has accepted this file's new device
    {
        Credentials who;
        DeviceKeys keys;
        qint64 number = 0;
    };
    struct Obey // the server orders this PC, which was lost, to remove everything it has of the clinic
    {
        QByteArray token; // to say so with
    };
    struct Abort // the request under way; its answer is of no use any more
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
        std::optional<DeviceKeys> keys; // nothing: they could not be kept
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
    struct StateNow // something else than the engine worked on the file: a carried answer
    {
        storage::ReplicaState state;
    };
    using Event =
        std::variant<Start, StateRead, BatchRead, RepairsRead, AuditRead, KeysRead, KeysTaken, SealedAnew,
                     RefreshSaved, SuccessorKeys, Reply, NoAnswer, Timer, LocalCommit, Wish, StateNow>;

    // What an action does to the file, and the event that follows. Nothing for actions that are about
    // something else. On the thread that writes.
    [[nodiscard]] static std::optional<Event> carryOut(const Action &action, storage::Replica &replica);
    [[nodiscard]] static bool isAboutTheFile(const Action &action);

    // random gives 0..1 and spreads retries, so that a hundred PCs do not come back in the same second.
    Engine(Credentials credentials, std::function<double()> random)
        : m_who(std::move(credentials)), m_random(std::move(random))
    {}

    // Told with the next token, which comes soon where it is somebody else now.
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
    // No answer, or one that is not our server's: no statement about what was sent.
    QList<Action> unheard();
    // What was pushed cannot be read or is too large: in smaller parts, and what stands alone is set aside
    // here.
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
    QByteArray m_challenge; // what the answer to /v1/token has to be signed over
    std::optional<DeviceKeys> m_successorKeys;
    QByteArray m_scopes;        // what this PC is to keep, as the server says
    bool m_greeted = false;     // the server waits for nothing that this file does not know
    bool m_keysDue = false;     // there is something to ask or to give at /v1/keys
    QList<KeyHolder> m_wanting; // others that lack keys this file may have
    QList<int> m_refusedKeys;
    int m_keyRounds = 0; // since the last greeting; who still lacks some then cannot be helped from here
    bool m_keysCame = false;
    bool m_greetAgain = false;
    int m_keyWaits = 0; // since something came that is sealed with a key this file lacks
    bool m_resealing = false;
    QByteArray m_resealed;  // body of the next /v1/reseal
    bool m_compare = false; // everything with the server: somebody wishes it, or it is time
    int m_sums = 0;         // comparisons of everything since the last greeting
    int m_comparisons =
        0; // of single parts since the last greeting; a busy server may always be a step ahead
    int m_failures = 0;
    int m_batchLimit = 500;
    qsizetype m_batchBytes = limits::batch; // less on a line that does not bring so much across
    QList<qint64> m_sent;                   // numbers of the groups that were pushed last
    int m_sentChanges = 0;
    qint64 m_alone = 0; // the group that was pushed alone last without an answer, and how often
    int m_aloneTries = 0;
    qint64 m_heldAfter =
        -1; // where the walk over what was set aside stands; -1 = it is over until the next greeting
    bool m_isRetry = false; // what was pushed last had been set aside
    bool m_needPull = true;
    bool m_pullNext = false; // push and pull take turns
    qint64 m_stuckAt = 0;    // waiting groups when the last push moved nothing
    bool m_isLost = false;   // ordered so by the server, with its signature
    qint64 m_leftToSend = 0; // when it was looked at last since then
};

} // namespace clinic::sync
