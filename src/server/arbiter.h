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
    // Which groups may upload the data that the first device already has: 0 = none, 1 = all, another number =
    // the groups below that number, which were made before any other group.
    qint64 uploads = 0;
    qint64 nextN = 1;    // the number of the group that the server expects
    QByteArray wished{}; // scopes chosen by an administrator; empty = no change
    QSet<Id> charts{};   // charts of other branches that it asked for
    int newestKey = 1;   // id of the newest data key that it knows
    [[nodiscard]] bool hasEverything() const { return scopes.contains("*"); }
};

// What a PC hears that is not active.
[[nodiscard]] inline QString shutOutCode(const DeviceRecord &device)
{
    return device.state == "lost" ? QStringLiteral("device-lost") : QStringLiteral("device-revoked");
}

// Whether the device may read and write a row of that scope. "*" is every scope of its hospital.
[[nodiscard]] inline bool sees(const DeviceRecord &device, const QByteArray &scope, const Id &patient)
{
    return device.hasEverything() || device.scopes.contains(scope) || device.charts.contains(patient);
}

// The answer to one group, and the edits to write for it under one number.
struct Verdict
{
    sync::GroupResult result{};
    QByteArray hash{};
    QByteArray body{};
    QList<Edit> edits{};
    bool isNew = true;    // false: answered before, nothing to write
    bool isAgain = false; // answered before, but not judged then (sync::isUnjudged)
    Id firstDevice{};     // the device that sent it first
};

// Why a group is rejected.
struct Refusal
{
    QByteArray code;
    QByteArray detail{};
    bool unreadable = false; // quarantined, also if it is an intent
};
using Judged = tl::expected<void, Refusal>;

// Judges groups in the order the device made them: permission, three-way merge, states, slots. A fact is
// never rejected because of other PCs' changes: it is flagged or quarantined. Writes nothing except slots
// (slot_claim), whose key arbitrates between two servers.
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
    // Quarantines a group that failed in the database, so that later groups go on.
    [[nodiscard]] Result<Verdict> keepAside(const sync::OutboxGroup &group, const QByteArray &code);
    // The device after the judged groups.
    [[nodiscard]] const DeviceRecord &device() const { return m_device; }
    // A user's permissions in a role, by the server's own rows; nothing when he does not hold the role.
    [[nodiscard]] Result<QSet<QString>> grantsOf(const Id &actor, const Id &role);

private:
    // Reads and locks all rows that the groups need, in a few statements.
    Result<void> lookAhead(const QList<sync::OutboxGroup> &groups,
                           const QList<Result<sync::WireGroup>> &decoded);
    Result<Verdict> judgeOne(const sync::OutboxGroup &group, const Result<sync::WireGroup> &decoded);
    // The answer that a group got before under this device's id; nothing for a new group.
    [[nodiscard]] std::optional<Verdict> answeredBefore(const sync::OutboxGroup &group) const;
    Result<std::optional<Verdict>> answeredUnderAnyName(const sync::OutboxGroup &group);
    // Whether this PC may have it judged anew: the PC that wrote it may, and one that came in its place.
    [[nodiscard]] Result<bool> isJudgedAgainHere(const Verdict &before);
    [[nodiscard]] static Verdict answerAgain(const sync::OutboxGroup &group, const Row &row,
                                             const Id &firstDevice);
    // False when the group is sealed with a key that this restored server does not know yet.
    [[nodiscard]] Result<bool> knowsKeysOf(const sync::WireGroup &group);
    [[nodiscard]] bool isFromHere(const sync::OutboxGroup &group, const sync::WireGroup &decoded) const;
    // Sets the answer, and leaves only the attention row in the draft.
    Result<void> refuse(Verdict &verdict, const sync::OutboxGroup &group, const sync::WireGroup &content,
                        const Refusal &refusal);
    Result<Judged> apply(const sync::WireGroup &group);
    Result<Judged> permitted(const sync::WireGroup &group, const domain::IntentionInfo &intention);
    // A successor may send its predecessors' groups, and no device another one's (succession.cpp).
    Result<void> nameOrigin(sync::GroupHeader &header);
    // Applies the rows of a rejected group if this fact needs them. Otherwise parent-refused, or
    // parent-missing when no PC has sent that row (reviving.cpp).
    Result<Judged> revive(const sync::WireGroup &group, const RowKey &key);
    // The rejected groups that would have inserted this row.
    Result<QList<sync::WireGroup>> refusedInserts(const RowKey &key);
    // Gives the new rows of the draft the scope of their parents, once the whole group is applied: a group
    // may write a row before its parent. parent-missing when the parent is not there.
    Result<Judged> placeUnderParents();
    Result<Judged> applyInsert(const sync::WireGroup &group, const sync::WireChange &change);
    // The scope of a new row: its parent's, or else the branch it was made in.
    Result<void> settle(PictureRow &row, const QByteArray &entity);
    Result<Judged> applyPatch(const sync::WireGroup &group, const sync::WireChange &change);
    Result<void> keepLoser(const sync::WireGroup &group, const sync::WireChange &change,
                           const PictureRow &row, const QByteArray &column, const sync::WireValue &base,
                           const sync::WireValue &kept, const sync::WireValue &lost);
    // An issued invoice is frozen: no line is added and no field changes.
    Result<Judged> notIssuedYet(const QByteArray &entity, const PictureRow &row);
    // Checks that issued invoices add up, and flags payments, refunds and credit notes that do not fit
    // together.
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
    // Resolves the attention row of a quarantined group that has been applied since.
    Result<void> endAttention(const Verdict &verdict);
    // Why the group needs a look; of more than two reasons the first and the last.
    void addFlag(const QByteArray &code);
    void touch(PictureRow &row, const sync::GroupHeader &header) const;

    SqlSession &m_session;
    Id m_hospital;
    DeviceRecord m_device;
    qint64 m_now;
    Picture m_picture;
    QHash<qint64, Row> m_answered; // answers that these groups got before
    QSet<QString> m_grants;        // of the group that is being judged
    std::optional<QSet<qint64>> m_dataKeys;
    bool m_history = false; // the first device's upload: no other PC gets it as a change
    bool m_merged = false;
    QByteArray m_flag;     // code of the flag, if any
    QByteArray m_alsoFlag; // a second flag, if any
    struct Claim
    {
        Id resource;
        qint64 slot = 0;
        qint64 lane = 0;
        auto operator<=>(const Claim &) const = default;
    };
    // Leases that overlap a resource's slots: those that this device may use, and others'.
    struct Leases
    {
        struct Span
        {
            Id id;
            qint64 from = 0;
            qint64 to = 0;
        };
        QList<Span> mine; // of this device or of no active one
        QSet<Id> others;
    };
    [[nodiscard]] Result<Judged> giveBackToLeases(const Id &id);
    [[nodiscard]] Result<Leases> leasesOf(const Id &resource, qint64 from, qint64 to);
    QList<QPair<Id, Claim>> m_taken; // (owner, slot) of the group that is being judged
    QList<QPair<Id, Claim>> m_released;
};

// The length of a slot in slot_claim.
inline constexpr qint64 slotMs = 5 * 60 * 1000;
inline constexpr qint64 mostLanes = 1000; // of one resource, whatever capacity its row has
// The scope of a row of that entity and branch.
[[nodiscard]] QByteArray scopeOf(const EntityInfo &entity, const Id &branch);

} // namespace clinic::server
