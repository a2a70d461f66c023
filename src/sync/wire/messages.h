// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/groupdecoder.h"

#include <QStringList>
#include <array>

// What device and server say to each other (docs/api/openapi.json). Every encode function gives the bytes of
// one JSON object, every decode function is its inverse and strict: Invalid, with the path of the fault in
// `field`.
namespace clinic::sync {

// On every reply: the unbroken history it belongs to, its newest group, the server's time.
struct Stamp
{
    QByteArray epoch;
    qint64 head = 0;
    qint64 now = 0;
};

class JsonWriter;
namespace json {
class Reader;
}
void readStamp(json::Reader &reader, Stamp &stamp);
// Its members, in an object that is open.
void writeStamp(JsonWriter &out, const Stamp &stamp);
// An answer that says nothing else.
[[nodiscard]] QByteArray encode(const Stamp &stamp);

enum class GroupStatus { Ok, Dup, Merged, Flagged, Blocked, Rejected, Quarantined };

// A group's answer. Only Blocked leaves it in the outbox.
struct GroupResult
{
    qint64 group = 0;
    GroupStatus status{};
    qint64 seq = 0;
    QByteArray code{};   // why, for everything but Ok and Dup
    QByteArray detail{}; // path or row at fault
    qint64 expect = 0;   // Blocked: the group the server waits for
};

// A group as it lies in the outbox.
struct OutboxGroup
{
    qint64 n = 0;       // number of its first change
    qint64 changes = 0; // how many numbers it takes
    QByteArray body;
    QByteArray hash;        // BLAKE2b-256 of the body
    bool recovered = false; // written by the device this one was restored from: goes to /v1/recover
};

[[nodiscard]] QByteArray encodePush(const QList<OutboxGroup> &groups);
// The bodies are the very bytes that were sent, not yet decoded.
[[nodiscard]] Result<QList<OutboxGroup>> decodePush(QByteArrayView message);

struct PushReply : Stamp
{
    QList<GroupResult> results{};
};
[[nodiscard]] QByteArray encode(const PushReply &reply);
[[nodiscard]] Result<PushReply> decodePushReply(QByteArrayView message);

// One row as the server has it. previous = -1: the whole row; 0: its insert; else a patch of that version.
struct ServerRow
{
    static constexpr qint64 whole = -1;
    QByteArray entity;
    Id id{};
    QByteArray scope;
    qint64 previous = 0;
    qint64 version = 0;
    Id branch{};
    qint64 createdAt = 0; // created*: whole rows and inserts only
    Id createdBy{};
    qint64 updatedAt = 0;
    Id updatedBy{};
    Id device{};
    WireFields fields{}; // of a patch the changed ones, null where they were cleared
};
[[nodiscard]] QByteArray encodeRow(const ServerRow &row);
// The same onto the end of `out`, of a row without `fields`, which are given as they are stored. Should they
// be no fields, nothing is written: whatever a store holds, a page of it can be read.
void appendRow(QByteArray &out, const ServerRow &row, QByteArrayView fields);
// Whether that is one row as encodeRow wrote it, and nothing else.
[[nodiscard]] bool isStoredRow(QByteArrayView text);

// Bodies of POST /v1/pull and /v1/boot. scopes: empty = what the server has of this PC.
[[nodiscard]] QByteArray encodePull(const QByteArray &epoch, qint64 seq);
[[nodiscard]] QByteArray encodeBoot(const QByteArray &after, const QByteArray &scopes = {});

struct ServerGroup
{
    qint64 seq = 0;
    Id device{};
    qint64 group = 0;
    QList<ServerRow> rows{};
};

struct PullReply : Stamp
{
    qint64 to = 0; // the cursor after these groups
    bool more = false;
    bool reset =
        false; // the cursor cannot be followed (other epoch, compacted log): start over with /v1/boot
    QList<ServerGroup> groups{};
};
[[nodiscard]] Result<PullReply> decodePullReply(QByteArrayView message);

// First load: the rows of a device's scopes in the order they last changed, a page at a time. A row that
// changes meanwhile comes again, so that after the last page the device has exactly what the server had at
// `to`.
// What work needs at once comes before all of them, and once more in its place.
struct BootReply : Stamp
{
    QByteArray after; // where the next page starts
    bool done = false;
    qint64 to = 0;
    qint64 total = 0; // with the page after which work can begin: how many rows follow; 0 = no such page
    QList<ServerRow> rows{};
};
[[nodiscard]] Result<BootReply> decodeBootReply(QByteArrayView message);

// A page of the rows of a patient's chart that a PC does not have with its branches.
struct ChartReply : BootReply
{
    Id patient{};
};

// Whole rows that were asked for by id; what is not among them is not this device's any more.
struct RepairReply : BootReply
{};

// Whether a device has what the server has: the rows of its scopes in so many parts, by their ids, and of
// each part a sum over its rows and their versions.
inline constexpr int digestParts = 1024;
[[nodiscard]] int digestPart(const Id &id);
class Digest
{
public:
    void add(QByteArrayView entity, const Id &id, qint64 version);
    [[nodiscard]] quint64 part(int index) const { return m_parts[size_t(index)]; }
    // base64 of the sums, big-endian.
    [[nodiscard]] QByteArray toText() const;
    [[nodiscard]] static std::optional<Digest> fromText(const QByteArray &text);

private:
    std::array<quint64, digestParts> m_parts{};
};
// Of one row: which version the server has.
struct RowVersion
{
    QByteArray entity;
    Id id{};
    qint64 version = 0;
    auto operator<=>(const RowVersion &) const = default;
};
// Answers to POST /v1/digest: of everything, or the rows of some parts.
struct DigestReply : Stamp
{
    Digest digest{};
};
[[nodiscard]] Result<DigestReply> decodeDigestReply(QByteArrayView message);
struct VersionsReply : Stamp
{
    QList<int> parts{}; // that were asked for
    QList<RowVersion> rows{};
};
[[nodiscard]] Result<VersionsReply> decodeVersionsReply(QByteArrayView message);

struct ErrorReply
{
    QByteArray code;
    QByteArray detail;
    QByteArray proof{}; // of /v1/token: signed by the server's key
};
[[nodiscard]] QByteArray encode(const ErrorReply &reply);
[[nodiscard]] ErrorReply decodeErrorReply(QByteArrayView message);

// zstd. Nothing when it is not zstd or would be larger than `most` bytes.
// With the dictionary both sides have since version 1 of it (resources/wire) small messages become half as
// large; only for who has said that he has it.
inline constexpr const char *plainEncoding = "zstd";
inline constexpr const char *sharedEncoding = "zstd-clinicdesk1";
inline constexpr qsizetype mostShared = 64 * 1024; // larger messages bring their own vocabulary
[[nodiscard]] QByteArray compressed(QByteArrayView plain, bool withDictionary = false);
[[nodiscard]] std::optional<QByteArray> decompressed(QByteArrayView packed, qsizetype most);

} // namespace clinic::sync

template <>
struct clinic::EnumCodes<clinic::sync::GroupStatus>
{
    static constexpr const char *codes[] = {"ok",      "dup",      "merged",     "flagged",
                                            "blocked", "rejected", "quarantined"};
};
