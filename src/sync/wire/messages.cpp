// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/messages.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/limits.h"

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

ServerRow readRow(json::Reader &reader)
{
    ServerRow row;
    row.entity = reader.word("e", grammar::isName);
    row.id = reader.id("i");
    row.scope = reader.bytes("s");
    row.previous = reader.integer("p");
    row.version = reader.count("v");
    if (row.previous < ServerRow::whole || row.previous > grammar::mostCounted)
        reader.note("p");
    row.branch = reader.optionalId("b");
    row.createdAt = reader.optionalTime("ca");
    row.createdBy = reader.optionalId("cb");
    row.updatedAt = reader.optionalTime("ua");
    row.updatedBy = reader.optionalId("ub");
    row.device = reader.optionalId("d");
    const auto fields = json::readFields(reader.object("f"));
    if (fields)
        row.fields = *fields;
    else
        reader.note("f");
    return row;
}

// Reads each object of an array member; the first fault goes to `reader`.
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
    if (!grammar::isPlace(stamp.epoch))
        reader.note("epoch");
    stamp.head = reader.count("head");
    stamp.now = reader.time("now");
}

void writeStamp(JsonWriter &out, const Stamp &stamp)
{
    out.text("epoch", stamp.epoch).number("head", stamp.head).number("now", stamp.now);
}

QByteArray encode(const Stamp &stamp)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, stamp);
    writer.close();
    return out;
}

QByteArray encodePush(const QList<OutboxGroup> &groups)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().openList("groups");
    for (const OutboxGroup &group : groups) {
        writer.open().number("n", group.n).number("c", group.changes).base64("h", group.hash);
        writer.json("b", group.body).close();
    }
    writer.closeList().close();
    return out;
}

Result<QList<OutboxGroup>> decodePush(QByteArrayView message)
{
    const auto fault = [](const char *path) { return fail(ErrorCode::Invalid, QString::fromLatin1(path)); };
    // The on-demand reader, because it gives the original bytes of a value.
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
            body.raw_json().get(raw) != simdjson::SUCCESS || qsizetype(raw.size()) > limits::groupBody ||
            n == 0 || !grammar::isCount(n) || !grammar::isSize(changes))
            return fault("/groups");
        const auto sum = QByteArray::fromBase64Encoding(json::view(hash).toByteArray(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
        if (!sum) // a hash that does not fit is answered for that group
            return fault("/groups");
        groups << OutboxGroup{n, changes, json::view(raw).toByteArray(), *sum};
    }
    return groups;
}

QByteArray encode(const PushReply &reply)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, reply);
    writer.openList("results");
    for (const GroupResult &r : reply.results) {
        writer.open().number("g", r.group).text("status", enumCode(r.status)).number("seq", r.seq);
        writer.anyText("code", r.code).anyText("detail", r.detail);
        if (r.expect)
            writer.number("expect", r.expect);
        writer.close();
    }
    writer.closeList().close();
    return out;
}

Result<PushReply> decodePushReply(QByteArrayView message)
{
    json::Message reader(message);
    PushReply reply;
    readStamp(reader, reply);
    messagecoding::readEach(reader, "results", [&](json::Reader &inner) {
        GroupResult result;
        result.group = inner.count("g");
        const auto status = enumFromCode<GroupStatus>(inner.text("status"));
        if (!status)
            return inner.note("status");
        result.status = *status;
        result.seq = inner.count("seq");
        result.code = inner.optionalBytes("code");
        result.detail = inner.optionalBytes("detail");
        result.expect = inner.optionalCount("expect");
        reply.results << result;
    });
    if (!reader.ok())
        return reader.failed();
    return reply;
}

namespace messagecoding {

void writeRowHead(JsonWriter &out, const ServerRow &row)
{
    out.open().text("e", row.entity).anyId("i", row.id).text("s", row.scope);
    out.number("p", row.previous).number("v", row.version).anyId("b", row.branch);
    if (row.previous <= 0)
        out.number("ca", row.createdAt).anyId("cb", row.createdBy);
    out.number("ua", row.updatedAt).anyId("ub", row.updatedBy).anyId("d", row.device);
}

// The one object in a text. The next call invalidates it.
std::optional<json::Object> objectIn(QByteArrayView text)
{
    thread_local simdjson::dom::parser parser;
    json::Object object;
    if (parser.parse(text.data(), size_t(text.size()), true).get(object) != simdjson::SUCCESS)
        return std::nullopt;
    return object;
}

} // namespace messagecoding

bool isStoredRow(QByteArrayView text)
{
    const auto object = messagecoding::objectIn(text);
    if (!object)
        return false;
    json::Reader reader(*object);
    static_cast<void>(messagecoding::readRow(reader));
    return reader.ok();
}

void appendRow(QByteArray &out, const ServerRow &row, QByteArrayView fields)
{
    const auto object = messagecoding::objectIn(fields);
    if (!object || !json::readFields(*object))
        return;
    JsonWriter writer(out);
    messagecoding::writeRowHead(writer, row);
    writer.json("f", fields).close();
}

QByteArray encodeRow(const ServerRow &row)
{
    QByteArray out;
    JsonWriter writer(out);
    messagecoding::writeRowHead(writer, row);
    writer.open("f");
    for (auto it = row.fields.begin(); it != row.fields.end(); ++it) {
        if (row.previous <= 0 && it->isNull())
            continue;
        writer.name(it.key());
        appendWireValue(out, *it);
    }
    writer.close().close();
    return out;
}

QByteArray encodePull(const QByteArray &epoch, qint64 seq)
{
    QByteArray out;
    JsonWriter(out).open().text("epoch", epoch).number("seq", seq).close();
    return out;
}

QByteArray encodeBoot(const QByteArray &after, const QByteArray &scopes)
{
    QByteArray out;
    JsonWriter(out).open().text("after", after).anyText("scopes", scopes).close();
    return out;
}

Result<PullReply> decodePullReply(QByteArrayView message)
{
    json::Message reader(message);
    PullReply reply;
    readStamp(reader, reply);
    reply.to = reader.count("to");
    reply.more = reader.boolean("more");
    reply.reset = reader.boolean("reset");
    messagecoding::readEach(reader, "groups", [&](json::Reader &inner) {
        ServerGroup group;
        group.seq = inner.count("seq");
        group.device = inner.optionalId("device");
        group.group = inner.count("g");
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
    if (!grammar::isPlace(reply.after))
        reader.note("after");
    reply.done = reader.boolean("done");
    reply.to = reader.count("to");
    reply.total = reader.optionalCount("total");
    messagecoding::readEach(reader, "rows",
                            [&](json::Reader &row) { reply.rows << messagecoding::readRow(row); });
    if (!reader.ok())
        return reader.failed();
    return reply;
}

QByteArray encode(const ErrorReply &reply)
{
    QByteArray out;
    JsonWriter(out).open().text("error", reply.code).text("detail", reply.detail).close();
    return out;
}

ErrorReply decodeErrorReply(QByteArrayView message)
{
    json::Message reader(message);
    return {reader.optionalBytes("error"), reader.optionalBytes("detail"), reader.optionalBase64("proof")};
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
    // A frame names its dictionary.
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
