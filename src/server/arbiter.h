// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/billing/books.h"
#include "server/picture.h"

namespace clinic::server {

struct DeviceRecord
{
    Id id{};
    qint64 number = 0;
    QByteArray name;
    QByteArray signKey;
    QList<QByteArray> scopes{};
    QByteArray state; // active, revoked, retired, lost
    // The first device gives the hospital what it already has: 0 = it may not, 1 = it may, any other number =
    // its groups below that number only, which were made before it did anything else.
    qint64 uploads = 0;
    qint64 nextN = 1;    // the group this server waits for
    QByteArray wished{}; // scopes that an administrator wants it to have; empty = those it has
    QSet<Id> charts{};   // of other branches, that it asked for
    int newestKey = 1;   // of its hospital's data keys
    [[nodiscard]] bool hasEverything() const { return scopes.contains("*"); }
};

// Whether a row is this device's to see and to write. "*" is every scope of its hospital.
[[nodiscard]] inline bool sees(const DeviceRecord &device, const QByteArray &scope, const Id &patient)
{
    return device.hasEverything() || device.scopes.contains(scope) || device.charts.contains(patient);
}

// What one group came to, and what is to be written for it under one number.
struct Verdict
{
    sync::GroupResult result{};
    QByteArray hash{};
    QByteArray body{};
    QList<Edit> edits{};
    bool isNew = true;    // false: answered before, nothing to write
    bool isAgain = false; // answered before, but not judged then (sync::isUnjudged)
    Id firstDevice{};     // under whose name that was
};

// Why a group is not taken.
struct Refusal
{
    QByteArray code;
    QByteArray detail{};
    bool unreadable = false; // kept aside whatever it was
};
using Judged = tl::expected<void, Refusal>;

// Decides groups in the order the device made them: permission, three-way merge, states, places. Facts are
// never refused for what somebody else did: at worst they are flagged, or kept aside. Nothing is written here
// except the places (slot_claim), whose key arbitrates between two servers.
class Arbiter
{
public:
    Arbiter(SqlSession &session, const Id &hospital, DeviceRecord device, qint64 now)
        : m_session(session),
          m_hospital(hospital),
          m_device(std::move(device)),
          m_now(now),
          m_picture(session, hospital)
    {}

    [[nodiscard]] Result<QList<Verdict>> judge(const QList<sync::OutboxGroup> &groups);
    // A group that this server stumbles over, kept aside so that it blocks nothing.
    [[nodiscard]] Result<Verdict> keepAside(const sync::OutboxGroup &group, const QByteArray &code);
    // The device as the judged groups have left it.
    [[nodiscard]] const DeviceRecord &device() const { return m_device; }
    // What a person may do in a role, by the server's own rows; nothing when he does not hold it.
    [[nodiscard]] Result<QSet<QString>> grantsOf(const Id &actor, const Id &role);

private:
    // Everything the groups are about, read and locked in a few statements.
    Result<void> lookAhead(const QList<sync::OutboxGroup> &groups,
                           const QList<Result<sync::WireGroup>> &decoded);
    Result<Verdict> judgeOne(const sync::OutboxGroup &group, const Result<sync::WireGroup> &decoded);
    // The answer a group had before under this device's name; nothing for a new one.
    [[nodiscard]] std::optional<Verdict> answeredBefore(const sync::OutboxGroup &group) const;
    Result<std::optional<Verdict>> answeredUnderAnyName(const sync::OutboxGroup &group);
    // Whether this PC may have it judged anew: the PC that wrote it may, and one that came in its place.
    [[nodiscard]] Result<bool> isJudgedAgainHere(const Verdict &before);
    [[nodiscard]] static Verdict answerAgain(const sync::OutboxGroup &group, const Row &row,
                                             const Id &firstDevice);
    // Sealed with a key this server has not heard of (it was put back from a backup): it will be told.
    [[nodiscard]] Result<bool> knowsKeysOf(const sync::WireGroup &group);
    [[nodiscard]] bool isFromHere(const sync::OutboxGroup &group, const sync::WireGroup &decoded) const;
    // The answer, and in the draft nothing but the row that tells people of it.
    Result<void> refuse(Verdict &verdict, const sync::OutboxGroup &group, const sync::WireGroup &content,
                        const Refusal &refusal);
    Result<Judged> apply(const sync::WireGroup &group);
    Result<Judged> permitted(const sync::WireGroup &group, const domain::IntentionInfo &intention);
    // A successor speaks for the PCs it was, and nobody in another's name (succession.cpp).
    Result<void> nameOrigin(sync::GroupHeader &header);
    // Takes the rows of a refused group after all, where a fact needs this one. Else parent-refused, or
    // parent-missing when nobody has sent that row (reviving.cpp).
    Result<Judged> revive(const sync::WireGroup &group, const RowKey &key);
    // The groups that would have inserted this row and were refused.
    Result<QList<sync::WireGroup>> refusedInserts(const RowKey &key);
    // Gives the new rows of the draft the scope of the rows they hang under, once the whole group is applied:
    // a row may come before the one it hangs under. parent-missing when that one never came.
    Result<Judged> placeUnderParents();
    Result<Judged> applyInsert(const sync::WireGroup &group, const sync::WireChange &change);
    // Where a new row belongs: with the one it hangs under, else to the branch it was made in.
    Result<void> settle(PictureRow &row, const QByteArray &entity);
    Result<Judged> applyPatch(const sync::WireGroup &group, const sync::WireChange &change);
    Result<void> keepLoser(const sync::WireGroup &group, const sync::WireChange &change,
                           const PictureRow &row, const QByteArray &column, const sync::WireValue &base,
                           const sync::WireValue &kept, const sync::WireValue &lost);
    // What was issued is what was printed: nothing joins it or changes in it.
    Result<Judged> notIssuedYet(const QByteArray &entity, const PictureRow &row);
    // Whether issued invoices add up, and what needs a look in what was paid, paid back and credited.
    Result<Judged> judgeMoney(const sync::WireGroup &group);
    [[nodiscard]] Result<QList<PictureRow>> rowsUnder(const QByteArray &entity, const Id &invoice,
                                                      bool withDraft);
    [[nodiscard]] Result<domain::Books> booksOf(const Id &invoice, bool withDraft);
    [[nodiscard]] Result<bool> hasUnseen(const QByteArray &entity, const Id &invoice,
                                         const sync::WireGroup &group);
    Result<QSet<Id>> touchedAppointments();
    Result<void> foldState(const Id &appointment);
    Result<Judged> takePlace(const Id &appointment, bool isFact);
    Result<void> addAttention(const Verdict &verdict, const sync::OutboxGroup &group,
                              const sync::WireGroup &decoded, const char *kind, const QByteArray &code,
                              const QByteArray &detail);
    // What was kept aside has been taken: nobody has to look at it any more.
    Result<void> endAttention(const Verdict &verdict);
    // Why the group needs a look; of more than two reasons the first and the last.
    void addFlag(const QByteArray &code);
    void touch(PictureRow &row, const sync::GroupHeader &header) const;

    SqlSession &m_session;
    Id m_hospital;
    DeviceRecord m_device;
    qint64 m_now;
    Picture m_picture;
    QHash<qint64, Row> m_answered; // answers that the groups at hand had before
    QSet<QString> m_grants;        // of the group that is being judged
    std::optional<QSet<qint64>> m_dataKeys;
    bool m_history = false; // a first device tells what it already has: nothing of it is news to anybody
    bool m_merged = false;
    QByteArray m_flag;     // why the group needs a look
    QByteArray m_alsoFlag; // why else
    struct Claim
    {
        Id resource;
        qint64 slot = 0;
        qint64 lane = 0;
        auto operator<=>(const Claim &) const = default;
    };
    // Leases that touch a resource's slots: those whose places this device may take, and others'.
    struct Leases
    {
        struct Span
        {
            Id id;
            qint64 from = 0;
            qint64 to = 0;
        };
        QList<Span> mine; // or nobody's any more
        QSet<Id> others;
    };
    [[nodiscard]] Result<Judged> giveBackToLeases(const Id &id);
    [[nodiscard]] Result<Leases> leasesOf(const Id &resource, qint64 from, qint64 to);
    QList<QPair<Id, Claim>> m_taken; // (owner, place) of the group that is being judged
    QList<QPair<Id, Claim>> m_released;
};

// Resources are claimed in pieces of five minutes.
inline constexpr qint64 slotMs = 5 * 60 * 1000;
inline constexpr qint64 mostLanes = 1000; // of one resource, whatever its row says
// The word of scope for a row of that kind and branch.
[[nodiscard]] QByteArray scopeOf(const EntityInfo &entity, const Id &branch);

} // namespace clinic::server
