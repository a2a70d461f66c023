// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/groupdecoder.h"

#include "sync/wire/json.h"

#include <QSet>

namespace clinic::sync {
namespace groupdecoding {

constexpr size_t mostChanges = 500;

bool readPatch(const json::Object &object, WireChange &change)
{
    QSet<QByteArray> seen;
    for (const auto &member : object) {
        const QByteArray column = json::view(member.key).toByteArray();
        if (!grammar::isName(column) || seen.contains(column))
            return false;
        seen << column;
        json::Array pair;
        if (member.value.get(pair) != simdjson::SUCCESS || pair.size() != 2)
            return false;
        const auto base = json::readValue(pair.at(0));
        const auto next = json::readValue(pair.at(1));
        if (!base || !next || base->isSealed())
            return false;
        change.fields << WireChange::Field{column, *base, *next};
    }
    return true;
}

} // namespace groupdecoding

Result<WireGroup> decodeGroup(QByteArrayView body)
{
    json::Message reader(body);
    WireGroup group;
    GroupHeader &header = group.header;
    header.group = reader.count("g");
    header.intention = reader.word("intention", grammar::isIntention);
    header.actor = reader.optionalId("actor");
    header.role = reader.optionalId("role");
    header.session = reader.optionalId("session");
    header.device = reader.id("device");
    header.hospital = reader.id("hospital");
    header.branch = reader.optionalId("branch");
    header.at = reader.time("at");
    header.seen = reader.count("seen");
    const qint64 schema = reader.count("schema");
    if (schema > std::numeric_limits<int>::max())
        reader.note("schema");
    header.schema = int(schema);
    const json::Array changes = reader.array("changes");
    if (!reader.ok())
        return reader.failed();
    if (header.group <= 0 || changes.size() == 0 || changes.size() > groupdecoding::mostChanges) {
        reader.note("changes");
        return reader.failed();
    }
    for (const json::Element element : changes) {
        json::Object object;
        const QByteArray path = "/changes/" + QByteArray::number(group.changes.size());
        if (element.get(object) != simdjson::SUCCESS)
            return fail(ErrorCode::Invalid, QString::fromLatin1(path));
        json::Reader inner(object, path);
        WireChange change;
        const QByteArray op = inner.bytes("op");
        change.entity = inner.word("entity", grammar::isName);
        change.id = inner.id("id");
        change.branchId = inner.optionalId("branch");
        const json::Object fields = inner.object("f");
        if (op != "insert" && op != "patch")
            inner.note("op");
        if (inner.has("made")) {
            json::Reader made(inner.object("made"), path + "/made");
            change.made = RowStamps{made.time("at"), made.optionalId("by"), made.time("last"),
                                    made.optionalId("lastBy")};
            inner.note(made);
        }
        if (!inner.ok())
            return inner.failed();
        if (op == "insert") {
            const auto values = json::readFields(fields);
            if (!values)
                inner.note("f");
            else {
                for (auto it = values->begin(); it != values->end(); ++it)
                    change.fields << WireChange::Field{it.key(), {}, *it};
            }
        } else {
            change.op = Change::Op::Patch;
            if (!groupdecoding::readPatch(fields, change))
                inner.note("f");
        }
        if (!inner.ok())
            return inner.failed();
        group.changes << change;
    }
    return group;
}

} // namespace clinic::sync
