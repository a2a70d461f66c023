// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/groupencoder.h"

namespace clinic::sync {
namespace groupencoding {

void appendId(QByteArray &out, const char *key, const Id &id)
{
    if (id.isNull())
        return;
    out.append(",\"").append(key).append("\":\"").append(id.toString().toLatin1()).append('"');
}

void appendSealed(QByteArray &out, const Value &value, const Change &change, const FieldInfo &field,
                  const Sealer &sealer)
{
    if (isNull(value)) {
        out.append("null");
        return;
    }
    out.append("{\"e\":\"").append(sealer.envelope(value, change.id, field.column));
    out.append("\",\"f\":\"").append(sealer.fingerprint(value, change.id, field.column)).append("\"}");
}

void appendBase(QByteArray &out, const Value &value, const Change &change, const FieldInfo &field,
                const Sealer &sealer)
{
    if (field.sealing == Sealing::Clear || isNull(value))
        appendJsonValue(out, value);
    else
        out.append('"').append(sealer.fingerprint(value, change.id, field.column)).append('"');
}

} // namespace groupencoding

void appendJsonString(QByteArray &out, QStringView text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.append('"');
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append('\\').append(c);
        else if (u < 0x20)
            out.append("\\u00").append(hex[u >> 4]).append(hex[u & 15]);
        else
            out.append(c);
    }
    out.append('"');
}

void appendJsonValue(QByteArray &out, const Value &value)
{
    if (const auto *i = std::get_if<qint64>(&value))
        out.append(QByteArray::number(*i));
    else if (const auto *s = std::get_if<QString>(&value))
        appendJsonString(out, *s);
    else if (const auto *b = std::get_if<QByteArray>(&value))
        out.append('"')
            .append(b->size() == 16 ? Id::fromBytes(*b).toString().toLatin1() : b->toBase64())
            .append('"');
    else
        out.append("null");
}

QByteArray encodeGroup(const GroupHeader &header, const QList<Change> &changes, const Sealer &sealer)
{
    using namespace groupencoding;
    QByteArray out;
    out.reserve(512 + changes.size() * 512);
    out.append("{\"g\":").append(QByteArray::number(header.group));
    out.append(",\"intention\":\"").append(header.intention).append('"');
    appendId(out, "actor", header.actor);
    appendId(out, "role", header.role);
    appendId(out, "session", header.session);
    appendId(out, "device", header.device);
    appendId(out, "hospital", header.hospital);
    appendId(out, "branch", header.branch);
    out.append(",\"at\":").append(QByteArray::number(header.at));
    out.append(",\"seen\":").append(QByteArray::number(header.seen));
    out.append(",\"schema\":").append(QByteArray::number(header.schema));
    out.append(",\"changes\":[");
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const Change &change = changes[i];
        const bool insert = change.op == Change::Op::Insert;
        out.append(i ? ",{\"op\":\"" : "{\"op\":\"")
            .append(insert ? "insert" : "patch")
            .append("\",\"entity\":\"");
        out.append(change.entity->name).append('"');
        appendId(out, "id", change.id);
        if (insert)
            appendId(out, "branch", change.branchId);
        if (insert && change.made) {
            out.append(",\"made\":{\"at\":").append(QByteArray::number(change.made->createdAt));
            appendId(out, "by", change.made->createdBy);
            out.append(",\"last\":").append(QByteArray::number(change.made->updatedAt));
            appendId(out, "lastBy", change.made->updatedBy);
            out.append('}');
        }
        out.append(",\"f\":{");
        bool first = true;
        for (const FieldChange &f : change.fields) {
            if (insert && isNull(f.after))
                continue;
            out.append(first ? "\"" : ",\"").append(f.field->column).append("\":");
            first = false;
            if (!insert) {
                out.append('[');
                appendBase(out, f.before, change, *f.field, sealer);
                out.append(',');
            }
            if (f.field->sealing == Sealing::Sealed)
                appendSealed(out, f.after, change, *f.field, sealer);
            else
                appendJsonValue(out, f.after);
            if (!insert)
                out.append(']');
        }
        out.append("}}");
    }
    out.append("]}");
    return out;
}

} // namespace clinic::sync
