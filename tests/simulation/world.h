// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service.h"
#include "server/sqlitestore.h"
#include "storage/billing/queries.h"
#include "support/testclinic.h"
#include "sync/engine/engine.h"
#include "sync/wire/enrolment.h"

#include <QTemporaryDir>
#include <random>

namespace clinic::test {

// What cannot fail in a history that is worth looking at.
[[noreturn]] inline void stop(const Error &error)
{
    qFatal("simulation: code %d field %s %s", int(error.code), qPrintable(error.field),
           qPrintable(error.detail));
}
template <class T>
T must(Result<T> result)
{
    if (!result)
        stop(result.error());
    return std::move(*result);
}
inline void must(const Result<void> &result)
{
    if (!result)
        stop(result.error());
}

// Mistakes that a sync can be built with. Each is planted around the production parts, never in them, and
// each must be caught by a named invariant.
enum class Bug {
    None,
    CursorBeforeRows, // the cursor is stored although the rows were not
    HeadNotTaken,     // two groups get the same number
    NoArbiter,        // the key of slot_claim is not looked at
    NoArchive,        // acknowledged groups are forgotten
    GroupSplit,       // a page ends in the middle of a group
    Resealed,         // a group is encoded anew for every try
    LoserForgotten,   // what loses a merge is kept nowhere
    AnswerIsLoss,     // a refused group is dropped without a word
    NoDedupe,         // the server forgets what it has answered
    PoisonBlocks,     // a group that is kept aside stays at the head of the queue
    AuditGap,         // one audit event is left out
    CopyUnnoticed,    // a file that was put back goes on under its old name
    Unsealed,         // a name is sent as it is typed
    RevokedHeard,     // a PC that was shut out is served like any other
    RightsForgotten,  // the server takes a permission for granted that was taken away
    NeverCompared,    // what went wrong with a file is never looked for
    ScopesIgnored,    // news go to a PC that does not keep that branch
    KeyNotReplaced,   // the hospital's "new" key is the one before
    KeyNotSent,       // what is sealed to a PC never reaches it
    WalkForgets,      // what came under an older key after the walk went by stays as it is
    PieceForgotten,   // the server says that it has a piece of a document, and does not keep it
    StatusIsLoss,     // a group that does not get through is thrown away
    EmptiedInstead,   // its number is sent without what is in it
    AsideIsLoss,      // what the server kept aside without looking at it leaves its PC
    NeverAgain,       // what was set aside is never tried again
    BookingForgotten, // a check-in does not bring the refused booking in after all
    MoneyUnseen,      // the server judges a payment without those that others took
    Count
};
[[nodiscard]] const char *bugName(Bug bug);

// One PC of the simulated hospital: real storage, real services, the real engine; only its network is the
// world's.
struct SimDevice
{
    QString path;
    QByteArray vfs{};
    FakeClock clock;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<services::Clinic> clinic;
    std::unique_ptr<sync::Engine> engine;
    sync::Engine::Credentials credentials{};
    services::Session session{};
    bool revoked = false;
    QList<QByteArray> notForIt{}; // data keys that were made while it was shut out
    bool hasCopy = false;         // of its file, that may be put back
    Id successor{};
    sync::DeviceKeys successorKeys{};
    std::optional<sync::Engine::Send> request{}; // on its way, or waiting for news
    bool timerSet = false;
};

// Three PCs and a server under one seeded scheduler that owns time, network and power. One seed is one
// history.
class World
{
public:
    // With stores: each call gives another instance of one and the same database, which is emptied and
    // filled; without, a file of its own.
    explicit World(quint64 seed, Bug bug = Bug::None,
                   std::function<std::unique_ptr<server::Store>()> stores = {});
    ~World();

    // Runs `steps` steps of work and trouble, heals everything, and looks at the invariants. Empty = all
    // hold; else the first violation, named ("I6 ...").
    [[nodiscard]] QString run(int steps);
    // Every clock of the world, and the day people book, this much later: what a first load brings first
    // depends on how far they are from each other.
    void shiftClocks(qint64 ms);
    // A day's work on every PC, then everything is exchanged while answer number n (1-based; 0 = none) goes
    // wrong.
    enum class Failure { RequestLost, AnswerLost, Cut, WrongBytes, Unavailable, Count };
    [[nodiscard]] QString exchangeFailing(int n, Failure how);
    // The same while access number n of the first PC's disk fails, and every one after it until the PC was
    // started again.
    [[nodiscard]] QString exchangeOnDyingDisk(qint64 n);
    // How many answers the exchange had, and whether the disk failed at all: n beyond that fails nothing.
    [[nodiscard]] int answers() const { return m_answers; }
    [[nodiscard]] bool diskFailed() const { return m_diskFailed; }
    [[nodiscard]] const QStringList &history() const { return m_history; }
    [[nodiscard]] const QMap<QString, int> &counts() const { return m_counts; }

private:
    struct Template;
    static const Template &templateFiles();
    void openServer();
    void fillStore();
    void open(SimDevice &device);
    void close(SimDevice &device);
    void pump(SimDevice &device, const sync::Engine::Event &event);
    void step();
    void work(SimDevice &device);
    // Any row of a table, by a WHERE clause or not.
    using Pick = std::function<Id(const char *table, const char *where)>;
    QString bill(SimDevice &device, const Pick &pick);
    QString takeMoney(SimDevice &device, const Pick &pick);
    [[nodiscard]] static QString printed(const storage::InvoiceDetail &detail);
    void copyOrPutBack(SimDevice &device, bool putBack);
    void network(SimDevice &device);
    void deliver(SimDevice &device, bool loseRequest, bool loseReply, bool twice, bool cut);
    [[nodiscard]] server::Response serve(const sync::Engine::Send &send);
    [[nodiscard]] QString heal();
    [[nodiscard]] QString settle();
    [[nodiscard]] bool areKeysSettled();
    void damage(SimDevice &device);
    void replaceKey(SimDevice &administrator);
    [[nodiscard]] QString check();
    [[nodiscard]] QString checkNumbers();
    [[nodiscard]] QString checkSeries();
    [[nodiscard]] QString checkReplica(SimDevice &device, int index);
    [[nodiscard]] QString checkLedger();
    [[nodiscard]] QString checkPlaces();
    [[nodiscard]] QString checkAudit(SimDevice &device, int index);
    [[nodiscard]] QString checkGroups(SimDevice &device);
    [[nodiscard]] QString checkMoney(SimDevice &device);
    [[nodiscard]] QString checkNothingLeft(SimDevice &device);
    [[nodiscard]] QString checkSecrets();
    [[nodiscard]] QString checkShutOut();
    [[nodiscard]] QString checkRights();
    [[nodiscard]] QString checkDocuments();
    [[nodiscard]] QString checkKeys();
    [[nodiscard]] QString checkAnonymised();
    [[nodiscard]] QString checkStranger();
    void enrolStranger();
    [[nodiscard]] QByteArray strangersToken() const;
    void meddle();
    void anonymise(SimDevice &administrator);
    void addDocument(SimDevice &device);
    void openDocument(SimDevice &device);
    void moveDocuments(SimDevice &device, int pieces, bool faulty);
    void changeRights(SimDevice &administrator);
    void changeScopes(SimDevice &device);
    void fetchChart(SimDevice &device);
    void savePhoto(SimDevice &device);
    [[nodiscard]] std::optional<sync::Engine::Reply> obstacle(const SimDevice &device,
                                                              const sync::Engine::Send &send) const;
    void noteGroup(SimDevice &device, qint64 before, const QString &what);
    [[nodiscard]] int indexOf(const SimDevice &device) const;
    void letIn(SimDevice &device, qint64 head);
    void listen(const QByteArray &path, const QByteArray &sent, const server::Response &response);
    [[nodiscard]] server::Rows ask(const QByteArray &sql, const server::Row &parameters = {});

    void dayOfWork();
    int below(int limit) { return int(m_random() % quint64(limit)); }
    bool chance(int percent) { return below(100) < percent; }
    void note(const QString &what);

    std::mt19937_64 m_random;
    std::mt19937_64 m_mischief; // of the PC that was changed (changedpc.cpp)
    Id m_stranger{};
    QString m_believed; // what of it was taken; empty = nothing
    Bug m_bug;
    QTemporaryDir m_dir;
    FakeClock m_serverClock;
    std::function<std::unique_ptr<server::Store>()> m_stores;
    std::unique_ptr<server::Store> m_store;
    std::unique_ptr<server::Service> m_service;
    std::unique_ptr<server::Store> m_secondStore; // another instance on the same database
    std::unique_ptr<server::Service> m_secondService;
    Id m_hospital;
    Id m_branches[2];
    Id m_doctor;
    Id m_room;
    Id m_serviceRow;
    Id m_clerk;
    std::vector<std::unique_ptr<SimDevice>> m_devices;
    QList<sync::Engine::Send> m_strays; // requests that arrive long after anybody waits for them
    int m_answers = 0;
    qint64 m_opening =
        QDateTime(QDate(2026, 3, 4), QTime(9, 0), Qt::UTC).toMSecsSinceEpoch(); // on the day booked
    int m_failAt = 0;
    Failure m_failure{};
    bool m_dyingDisk = false;
    bool m_diskFailed = false;
    bool m_hasBackup = false;
    struct Write
    {
        Id row;
        QByteArray column;
        QString value;
        int device = 0;
    };
    QList<Write> m_writes;
    QList<QByteArray> m_bodies; // of every group, as it was written
    QHash<Id, qint64> m_payments;
    QHash<Id, QString> m_printed; // invoices as they were issued
    QString m_debtor;             // an invoice on which something is owed again because it was paid back
    // Groups that never get through as long as this lasts: whose, how they stand in a request, and what is
    // answered.
    struct Obstacle
    {
        int device = 0;
        QByteArray mark;
        int status = 0;
    };
    QList<Obstacle> m_obstacles;
    QHash<QString, QByteArray> m_documents; // every one that was added, by content
    bool m_damaged = false;
    QString m_keyLeaked; // which PC had a key that was made while it was shut out
    struct Group
    {
        int device = 0;
        qint64 n = 0;
        QByteArray hash;
    };
    QList<Group> m_groups;         // everything that was ever written
    QHash<Id, Group> m_anonymised; // by the group that did it
    QByteArray m_overheard;        // where something sealed was read on the wire; empty = nowhere
    struct ShutOut
    {
        Id device{};
        qint64 from = 0; // the hospital's head when it was shut out
        qint64 to = -1;  // and when it was let in again; -1 = it still is out
    };
    QList<ShutOut> m_shutOut;
    QStringList m_history;
    QMap<QString, int> m_counts;
};

} // namespace clinic::test
