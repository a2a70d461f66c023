// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/groupencoder.h"

#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace groupencoding {

void writeSealed(JsonWriter &out, const Value &value, const Change &change, const FieldInfo &field,
                 const Sealer &sealer)
{
    if (isNull(value)) {
        out.null();
        return;
    }
    out.open().text("e", sealer.envelope(value, change.id, field.column));
    out.text("f", sealer.fingerprint(value, change.id, field.column)).close();
}

void writeBase(JsonWriter &out, const Value &value, const Change &change, const FieldInfo &field,
               const Sealer &sealer)
{
    if (field.sealing == Sealing::Clear || isNull(value))
        out.value(value);
    else
        out.text(sealer.fingerprint(value, change.id, field.column));
}

void writeChange(JsonWriter &out, const Change &change, const Sealer &sealer)
{
    const bool insert = change.op == Change::Op::Insert;
    out.open().text("op", insert ? "insert" : "patch").text("entity", change.entity->name);
    out.anyId("id", change.id);
    if (insert)
        out.anyId("branch", change.branchId);
    if (insert && change.made) {
        out.open("made").number("at", change.made->createdAt).anyId("by", change.made->createdBy);
        out.number("last", change.made->updatedAt).anyId("lastBy", change.made->updatedBy).close();
    }
    out.open("f");
    for (const FieldChange &f : change.fields) {
        if (insert && isNull(f.after))
            continue;
        out.name(f.field->column);
        if (!insert) {
            out.openList();
            writeBase(out, f.before, change, *f.field, sealer);
        }
        if (f.field->sealing == Sealing::Sealed)
            writeSealed(out, f.after, change, *f.field, sealer);
        else
            out.value(f.after);
        if (!insert)
            out.closeList();
    }
    out.close().close();
}

} // namespace groupencoding

QByteArray encodeChange(const Change &change, const Sealer &sealer)
{
    QByteArray out;
    JsonWriter writer(out);
    groupencoding::writeChange(writer, change, sealer);
    return out;
}

QByteArray encodeGroup(const GroupHeader &header, QByteArrayView changes)
{
    QByteArray out;
    out.reserve(512 + changes.size());
    JsonWriter writer(out);
    writer.open().number("g", header.group).text("intention", header.intention);
    writer.anyId("actor", header.actor).anyId("role", header.role).anyId("session", header.session);
    writer.anyId("device", header.device).anyId("hospital", header.hospital).anyId("branch", header.branch);
    writer.number("at", header.at).number("seen", header.seen).number("schema", header.schema);
    writer.openList("changes");
    if (!changes.isEmpty())
        writer.json(changes);
    writer.closeList().close();
    return out;
}

QByteArray encodeGroup(const GroupHeader &header, const QList<Change> &changes, const Sealer &sealer)
{
    QByteArray list;
    list.reserve(changes.size() * 512);
    JsonWriter writer(list);
    for (const Change &change : changes)
        groupencoding::writeChange(writer, change, sealer);
    return encodeGroup(header, list);
}

} // namespace clinic::sync
