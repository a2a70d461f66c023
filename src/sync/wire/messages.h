// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/groupdecoder.h"

#include <QStringList>
#include <array>

// Messages between device and server (docs/api/openapi.json). Every encode function returns the bytes of one
// JSON object; every decode function is its strict inverse: Invalid, with the path of the fault in `field`.
namespace clinic::sync {

// In every reply: the epoch, its newest group, the server's time.
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
// Writes its members into an open object.
void writeStamp(JsonWriter &out, const Stamp &stamp);
// A reply without other members.
[[nodiscard]] QByteArray encode(const Stamp &stamp);

enum class GroupStatus { Ok, Dup, Merged, Flagged, Blocked, Rejected, Quarantined };

// The answer to a group. A Blocked group stays in the outbox, and so does one that was not judged
// (sync/wire/unjudged.h).
struct GroupResult
{
    qint64 group = 0;
    GroupStatus status{};
    qint64 seq = 0;
    QByteArray code{};   // the reason, for everything but Ok and Dup
    QByteArray detail{}; // path or row at fault
    qint64 expect = 0;   // Blocked: the number of the group that the server expects
};

// A group in the outbox.
struct OutboxGroup
{
    qint64 n = 0;       // number of its first change
    qint64 changes = 0; // how many numbers its changes take
    QByteArray body;
    QByteArray hash;        // BLAKE2b-256 of the body
    bool recovered = false; // written by this device's predecessor, or out of order: goes to /v1/recover
};

[[nodiscard]] QByteArray encodePush(const QList<OutboxGroup> &groups);
// The bodies are the sent bytes, not yet decoded.
[[nodiscard]] Result<QList<OutboxGroup>> decodePush(QByteArrayView message);

struct PushReply : Stamp
{
    QList<GroupResult> results{};
};
[[nodiscard]] QByteArray encode(const PushReply &reply);
[[nodiscard]] Result<PushReply> decodePushReply(QByteArrayView message);

// One row of the server. previous = -1: the whole row; 0: its insert; else a patch of that version.
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
    WireFields fields{}; // of a patch the changed ones, null if cleared
};
[[nodiscard]] QByteArray encodeRow(const ServerRow &row);
// Appends a row whose `fields` are given in stored form. Appends nothing if these are not fields: a damaged
// store must not break a page.
void appendRow(QByteArray &out, const ServerRow &row, QByteArrayView fields);
// Whether a text is exactly one row as encodeRow wrote it.
[[nodiscard]] bool isStoredRow(QByteArrayView text);

// Bodies of POST /v1/pull and /v1/boot. scopes: empty = those that the server has for this PC.
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
        false; // the cursor is not valid (other epoch, compacted change log): start over with /v1/boot
    QList<ServerGroup> groups{};
};
[[nodiscard]] Result<PullReply> decodePullReply(QByteArrayView message);

// First load: the rows of a device's scopes in order of last change, page by page. A row that changes
// meanwhile comes again, so that after the last page the device has exactly the server's rows at `to`.
// Rows needed first come before all of them, and once more in their order.
struct BootReply : Stamp
{
    QByteArray after; // where the next page starts
    bool done = false;
    qint64 to = 0;
    qint64 total = 0; // with the page after which work can begin: number of rows that follow; 0 = no such
                      // page
    QList<ServerRow> rows{};
};
[[nodiscard]] Result<BootReply> decodeBootReply(QByteArrayView message);

// A page of the rows of a patient's chart outside the PC's scopes.
struct ChartReply : BootReply
{
    Id patient{};
};

// Whole rows that were requested by id; a missing row is no longer in the device's scopes.
struct RepairReply : BootReply
{};

// For comparing a device with the server: the rows of its scopes in this many parts, by id, and a sum over
// the rows and versions of each part.
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
// The server's version of one row.
struct RowVersion
{
    QByteArray entity;
    Id id{};
    qint64 version = 0;
    bool operator==(const RowVersion &) const = default;
};
// Replies to POST /v1/digest: sums of all parts, or the rows of some parts.
struct DigestReply : Stamp
{
    Digest digest{};
};
[[nodiscard]] Result<DigestReply> decodeDigestReply(QByteArrayView message);
struct VersionsReply : Stamp
{
    QList<int> parts{}; // the requested parts
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

// zstd. Nothing when the text is not zstd or would be larger than `most` bytes.
// The shared dictionary (resources/wire, since its version 1) halves small messages; only for peers that
// have announced it.
inline constexpr const char *plainEncoding = "zstd";
inline constexpr const char *sharedEncoding = "zstd-clinicdesk1";
inline constexpr qsizetype mostShared = 64 * 1024; // larger messages do not need a dictionary
[[nodiscard]] QByteArray compressed(QByteArrayView plain, bool withDictionary = false);
[[nodiscard]] std::optional<QByteArray> decompressed(QByteArrayView packed, qsizetype most);

} // namespace clinic::sync

template <>
struct clinic::EnumCodes<clinic::sync::GroupStatus>
{
    static constexpr const char *codes[] = {"ok",      "dup",      "merged",     "flagged",
                                            "blocked", "rejected", "quarantined"};
};
