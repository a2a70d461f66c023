// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/messages.h"

#include "sync/wire/json.h"

#include <QFile>
#include <memory>
#include <zstd.h>

// Outside any namespace: the macro declares a function of the resource compiler's.
static void loadWireResources()
{
    Q_INIT_RESOURCE(wire);
}

namespace clinic::sync {
namespace messagecoding {

void appendText(QByteArray &out, const char *key, QByteArrayView text)
{
    out.append(",\"").append(key).append("\":");
    appendJsonString(out, QString::fromUtf8(text));
}

void appendNumber(QByteArray &out, const char *key, qint64 number)
{
    out.append(",\"").append(key).append("\":").append(QByteArray::number(number));
}

void appendIdOf(QByteArray &out, const char *key, const Id &id)
{
    if (id.isNull())
        return;
    out.append(",\"").append(key).append("\":\"");
    id.appendTo(out);
    out.append('"');
}

ServerRow readRow(json::Reader &reader)
{
    ServerRow row;
    row.entity = reader.bytes("e");
    row.id = reader.id("i");
    row.scope = reader.bytes("s");
    row.previous = reader.integer("p");
    row.version = reader.integer("v");
    row.branch = reader.optionalId("b");
    row.createdAt = reader.optionalInteger("ca");
    row.createdBy = reader.optionalId("cb");
    row.updatedAt = reader.optionalInteger("ua");
    row.updatedBy = reader.optionalId("ub");
    row.device = reader.optionalId("d");
    const auto fields = json::readFields(reader.object("f"));
    if (fields)
        row.fields = *fields;
    else
        reader.note("f");
    return row;
}

// Each object of an array member through `read`; the first fault goes to `reader`.
template <class F>
void readEach(json::Reader &reader, const char *key, F read)
{
    int index = 0;
    for (const json::Element element : reader.array(key)) {
        json::Object object;
        const QByteArray path = reader.path() + '/' + key + '/' + QByteArray::number(index++);
        if (element.get(object) != simdjson::SUCCESS)
            return reader.note(key);
        json::Reader inner(object, path);
        read(inner);
        if (!inner.ok())
            return reader.note(inner);
    }
}

} // namespace messagecoding

void readStamp(json::Reader &reader, Stamp &stamp)
{
    stamp.epoch = reader.bytes("epoch");
    stamp.head = reader.integer("head");
    stamp.now = reader.integer("now");
}

void appendStamp(QByteArray &out, const Stamp &stamp)
{
    out.append("\"epoch\":\"").append(stamp.epoch).append('"');
    messagecoding::appendNumber(out, "head", stamp.head);
    messagecoding::appendNumber(out, "now", stamp.now);
}

QByteArray encodePush(const QList<OutboxGroup> &groups)
{
    QByteArray out("{\"groups\":[");
    for (qsizetype i = 0; i < groups.size(); ++i) {
        out.append(i ? ",{\"n\":" : "{\"n\":").append(QByteArray::number(groups[i].n));
        messagecoding::appendNumber(out, "c", groups[i].changes);
        out.append(",\"h\":\"").append(groups[i].hash.toBase64());
        out.append("\",\"b\":").append(groups[i].body).append('}');
    }
    return out.append("]}");
}

Result<QList<OutboxGroup>> decodePush(QByteArrayView message)
{
    const auto fault = [](const char *path) { return fail(ErrorCode::Invalid, QString::fromLatin1(path)); };
    // The lazy reader, because it gives the bytes of a value as they came.
    simdjson::ondemand::parser parser;
    const simdjson::padded_string text(message.data(), size_t(message.size()));
    simdjson::ondemand::document document;
    simdjson::ondemand::object root;
    simdjson::ondemand::array array;
    if (parser.iterate(text).get(document) != simdjson::SUCCESS ||
        document.get_object().get(root) != simdjson::SUCCESS)
        return fault("/");
    if (root["groups"].get_array().get(array) != simdjson::SUCCESS)
        return fault("/groups");
    QList<OutboxGroup> groups;
    for (auto element : array) {
        simdjson::ondemand::object object;
        simdjson::ondemand::object body;
        std::string_view hash;
        std::string_view raw;
        int64_t n = 0;
        int64_t changes = 0;
        if (element.get_object().get(object) != simdjson::SUCCESS ||
            object["n"].get_int64().get(n) != simdjson::SUCCESS ||
            object["c"].get_int64().get(changes) != simdjson::SUCCESS ||
            object["h"].get_string().get(hash) != simdjson::SUCCESS ||
            object["b"].get_object().get(body) != simdjson::SUCCESS ||
            body.raw_json().get(raw) != simdjson::SUCCESS || n <= 0 || changes <= 0)
            return fault("/groups");
        groups << OutboxGroup{n, changes, json::view(raw).toByteArray(),
                              QByteArray::fromBase64(json::view(hash).toByteArray())};
    }
    return groups;
}

QByteArray encode(const PushReply &reply)
{
    using namespace messagecoding;
    QByteArray out("{");
    appendStamp(out, reply);
    out.append(",\"results\":[");
    for (qsizetype i = 0; i < reply.results.size(); ++i) {
        const GroupResult &r = reply.results[i];
        out.append(i ? ",{\"g\":" : "{\"g\":").append(QByteArray::number(r.group));
        appendText(out, "status", enumCode(r.status).toLatin1());
        appendNumber(out, "seq", r.seq);
        if (!r.code.isEmpty())
            appendText(out, "code", r.code);
        if (!r.detail.isEmpty())
            appendText(out, "detail", r.detail);
        if (r.expect)
            appendNumber(out, "expect", r.expect);
        out.append('}');
    }
    return out.append("]}");
}

Result<PushReply> decodePushReply(QByteArrayView message)
{
    json::Message reader(message);
    PushReply reply;
    readStamp(reader, reply);
    messagecoding::readEach(reader, "results", [&](json::Reader &inner) {
        GroupResult result;
        result.group = inner.integer("g");
        const auto status = enumFromCode<GroupStatus>(inner.text("status"));
        if (!status)
            return inner.note("status");
        result.status = *status;
        result.seq = inner.integer("seq");
        result.code = inner.optionalBytes("code");
        result.detail = inner.optionalBytes("detail");
        result.expect = inner.optionalInteger("expect");
        reply.results << result;
    });
    if (!reader.ok())
        return reader.failed();
    return reply;
}

namespace messagecoding {
void appendRowHead(QByteArray &out, const ServerRow &row)
{
    out.append("{\"e\":\"").append(row.entity).append('"');
    appendIdOf(out, "i", row.id);
    appendText(out, "s", row.scope);
    appendNumber(out, "p", row.previous);
    appendNumber(out, "v", row.version);
    appendIdOf(out, "b", row.branch);
    if (row.previous <= 0) {
        appendNumber(out, "ca", row.createdAt);
        appendIdOf(out, "cb", row.createdBy);
    }
    appendNumber(out, "ua", row.updatedAt);
    appendIdOf(out, "ub", row.updatedBy);
    appendIdOf(out, "d", row.device);
    out.append(",\"f\":");
}
} // namespace messagecoding

void appendRow(QByteArray &out, const ServerRow &row, QByteArrayView fields)
{
    messagecoding::appendRowHead(out, row);
    out.append(fields).append('}');
}

QByteArray encodeRow(const ServerRow &row)
{
    QByteArray out;
    messagecoding::appendRowHead(out, row);
    out.append('{');
    bool first = true;
    for (auto it = row.fields.begin(); it != row.fields.end(); ++it) {
        if (row.previous <= 0 && it->isNull())
            continue;
        out.append(first ? "\"" : ",\"").append(it.key()).append("\":");
        appendWireValue(out, *it);
        first = false;
    }
    return out.append("}}");
}

void appendGroup(QByteArray &out, qint64 seq, const Id &device, qint64 group, QByteArrayView rows)
{
    using namespace messagecoding;
    out.append("{\"seq\":").append(QByteArray::number(seq));
    appendIdOf(out, "device", device);
    appendNumber(out, "g", group);
    out.append(",\"rows\":[").append(rows).append("]}");
}

Result<PullReply> decodePullReply(QByteArrayView message)
{
    json::Message reader(message);
    PullReply reply;
    readStamp(reader, reply);
    reply.to = reader.integer("to");
    reply.more = reader.boolean("more");
    reply.reset = reader.boolean("reset");
    messagecoding::readEach(reader, "groups", [&](json::Reader &inner) {
        ServerGroup group;
        group.seq = inner.integer("seq");
        group.device = inner.optionalId("device");
        group.group = inner.integer("g");
        messagecoding::readEach(inner, "rows",
                                [&](json::Reader &row) { group.rows << messagecoding::readRow(row); });
        reply.groups << group;
    });
    if (!reader.ok())
        return reader.failed();
    return reply;
}

Result<BootReply> decodeBootReply(QByteArrayView message)
{
    json::Message reader(message);
    BootReply reply;
    readStamp(reader, reply);
    reply.after = reader.bytes("after");
    reply.done = reader.boolean("done");
    reply.to = reader.integer("to");
    reply.total = reader.optionalInteger("total");
    messagecoding::readEach(reader, "rows",
                            [&](json::Reader &row) { reply.rows << messagecoding::readRow(row); });
    if (!reader.ok())
        return reader.failed();
    return reply;
}

QByteArray encode(const ErrorReply &reply)
{
    QByteArray out("{\"error\":\"");
    out.append(reply.code).append('"');
    messagecoding::appendText(out, "detail", reply.detail);
    return out.append('}');
}

ErrorReply decodeErrorReply(QByteArrayView message)
{
    json::Message reader(message);
    return {reader.optionalBytes("error"), reader.optionalBytes("detail"),
            QByteArray::fromBase64(reader.optionalBytes("proof"))};
}

namespace {

constexpr int packingLevel = 3;

const QByteArray &dictionary()
{
    static const QByteArray bytes = [] {
        loadWireResources();
        QFile file(QStringLiteral(":/wire/1.dict"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }();
    return bytes;
}

struct ContextEnd
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

} // namespace

QByteArray compressed(QByteArrayView plain, bool withDictionary)
{
    static ZSTD_CDict *const shared =
        ZSTD_createCDict(dictionary().constData(), size_t(dictionary().size()), packingLevel);
    thread_local const std::unique_ptr<ZSTD_CCtx, ContextEnd> context(ZSTD_createCCtx());
    QByteArray out(qsizetype(ZSTD_compressBound(size_t(plain.size()))), Qt::Uninitialized);
    const size_t size = withDictionary && shared
                            ? ZSTD_compress_usingCDict(context.get(), out.data(), size_t(out.size()),
                                                       plain.data(), size_t(plain.size()), shared)
                            : ZSTD_compressCCtx(context.get(), out.data(), size_t(out.size()), plain.data(),
                                                size_t(plain.size()), 1);
    return ZSTD_isError(size) ? QByteArray() : out.first(qsizetype(size));
}

std::optional<QByteArray> decompressed(QByteArrayView packed, qsizetype most)
{
    static ZSTD_DDict *const shared = ZSTD_createDDict(dictionary().constData(), size_t(dictionary().size()));
    const auto size = ZSTD_getFrameContentSize(packed.data(), size_t(packed.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > size_t(most))
        return std::nullopt;
    thread_local const std::unique_ptr<ZSTD_DCtx, ContextEnd> context(ZSTD_createDCtx());
    QByteArray out(qsizetype(size), Qt::Uninitialized);
    // A frame says which dictionary it was made with.
    const bool isShared = shared && ZSTD_getDictID_fromFrame(packed.data(), size_t(packed.size())) != 0;
    const size_t done = isShared ? ZSTD_decompress_usingDDict(context.get(), out.data(), size_t(size),
                                                              packed.data(), size_t(packed.size()), shared)
                                 : ZSTD_decompressDCtx(context.get(), out.data(), size_t(size), packed.data(),
                                                       size_t(packed.size()));
    if (ZSTD_isError(done) || done != size)
        return std::nullopt;
    return out;
}

} // namespace clinic::sync
