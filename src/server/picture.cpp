// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/picture.h"

namespace clinic::server {
namespace {

constexpr const char *columns =
    "scope, parent, branch, created_at, created_by, updated_at, updated_by, device, fields, rv, patient";

} // namespace

sync::WireValue wireText(const QByteArray &utf8)
{
    return utf8.isEmpty() ? sync::WireValue{} : sync::WireValue{textValue(utf8)};
}

sync::WireValue wireId(const Id &id)
{
    return id.isNull() ? sync::WireValue{} : sync::WireValue{Value{id.toString()}};
}

QString PictureRow::text(const char *column) const
{
    const auto it = fields.find(column);
    return it != fields.end() && std::holds_alternative<QString>(it->clear) ? std::get<QString>(it->clear)
                                                                            : QString();
}

qint64 PictureRow::number(const char *column) const
{
    const auto it = fields.find(column);
    return it != fields.end() && std::holds_alternative<qint64>(it->clear) ? std::get<qint64>(it->clear) : 0;
}

Id PictureRow::id(const char *column) const
{
    return Id::fromString(text(column));
}

namespace {
struct Parent
{
    const char *column;
    const char *entity; // null: the row's own column
};
const Parent *parentRule(const QByteArray &entity)
{
    static const QHash<QByteArray, Parent> table{{"appointment_event", {"appointment_id", "appointment"}},
                                                 {"appointment_amendment", {"appointment_id", "appointment"}},
                                                 {"void", {"row_id", nullptr}},
                                                 {"conflict", {"row_id", nullptr}},
                                                 {"user_role", {"user_id", "app_user"}},
                                                 {"role_permission", {"role_id", "role"}},
                                                 {"invoice_line", {"invoice_id", "invoice"}},
                                                 {"payment", {"invoice_id", "invoice"}},
                                                 {"credit_note", {"invoice_id", "invoice"}}};
    const auto it = table.constFind(entity);
    return it == table.constEnd() ? nullptr : &*it;
}
} // namespace

const char *Picture::parentColumn(const QByteArray &entity)
{
    const Parent *rule = parentRule(entity);
    return rule ? rule->column : nullptr;
}

RowKey Picture::parentOf(const QByteArray &entity, const sync::WireFields &fields)
{
    const Parent *rule = parentRule(entity);
    if (!rule)
        return {};
    PictureRow row;
    row.fields = fields;
    const Id id = row.id(rule->column);
    return id.isNull() ? RowKey()
                       : RowKey(rule->entity ? QByteArray(rule->entity) : row.text("entity").toUtf8(), id);
}

PictureRow Picture::fromRow(const Row &row, int first)
{
    PictureRow out;
    out.exists = true;
    out.scope = bytesAt(row, first);
    out.parent = idAt(row, first + 1);
    out.branch = idAt(row, first + 2);
    out.createdAt = integerAt(row, first + 3);
    out.createdBy = idAt(row, first + 4);
    out.updatedAt = integerAt(row, first + 5);
    out.updatedBy = idAt(row, first + 6);
    out.device = idAt(row, first + 7);
    out.fields = sync::decodeFields(bytesAt(row, first + 8)).value_or(sync::WireFields());
    out.version = integerAt(row, first + 9);
    out.patient = idAt(row, first + 10);
    return out;
}

namespace {
constexpr qsizetype mostIds = 500; // in one statement
}

Result<void> Picture::prefetch(QList<RowKey> keys)
{
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    keys.removeIf([this](const RowKey &key) { return m_rows.contains(key); });
    for (qsizetype from = 0; from < keys.size();) {
        const QByteArray entity = keys[from].first;
        Row parameters{idValue(m_hospital), textValue(entity)};
        QByteArray marks;
        qsizetype to = from;
        for (; to < keys.size() && keys[to].first == entity && to - from < mostIds; ++to) {
            parameters << idValue(keys[to].second);
            marks += (to > from ? ",$" : "$") + QByteArray::number(parameters.size());
            m_rows.insert(keys[to], PictureRow{});
        }
        const auto rows = m_session.run(QByteArray("SELECT id, ") + columns +
                                            " FROM record WHERE hospital_id=$1 AND entity=$2 AND id IN (" +
                                            marks + ") ORDER BY id" + m_session.forUpdate(),
                                        parameters);
        if (!rows)
            return fail(rows);
        for (const Row &row : *rows)
            m_rows.insert(RowKey(entity, idAt(row, 0)), fromRow(row, 1));
        from = to;
    }
    return {};
}

Result<PictureRow> Picture::row(const RowKey &key)
{
    for (const Edit &edit : std::as_const(m_draft)) {
        if (edit.key == key)
            return edit.after;
    }
    const auto known = m_rows.constFind(key);
    if (known != m_rows.constEnd())
        return *known;
    const auto rows =
        m_session.run(QByteArray("SELECT ") + columns +
                          " FROM record WHERE hospital_id=$1 AND entity=$2 AND id=$3" + m_session.forUpdate(),
                      {idValue(m_hospital), textValue(key.first), idValue(key.second)});
    if (!rows)
        return fail(rows);
    return *m_rows.insert(key, rows->isEmpty() ? PictureRow{} : fromRow(rows->first(), 0));
}

Result<QList<Id>> Picture::children(const QByteArray &entity, const Id &parent)
{
    const RowKey key(entity, parent);
    auto known = m_children.find(key);
    if (known == m_children.end()) {
        const auto rows =
            m_session.run(QByteArray("SELECT id, ") + columns +
                              " FROM record WHERE hospital_id=$1 AND entity=$2 AND parent=$3 ORDER BY id",
                          {idValue(m_hospital), textValue(entity), idValue(parent)});
        if (!rows)
            return fail(rows);
        QList<Id> ids;
        for (const Row &row : *rows) {
            ids << idAt(row, 0);
            const RowKey child(entity, ids.last());
            if (!m_rows.contains(child))
                m_rows.insert(child, fromRow(row, 1));
        }
        // Rows inserted by earlier groups of this push.
        for (auto it = m_rows.begin(); it != m_rows.end(); ++it) {
            if (it.key().first == entity && it->exists && it->parent == parent &&
                !ids.contains(it.key().second))
                ids << it.key().second;
        }
        known = m_children.insert(key, ids);
    }
    QList<Id> ids = *known;
    for (const Edit &edit : std::as_const(m_draft)) {
        if (edit.isNew && edit.key.first == entity && edit.after.parent == parent)
            ids << edit.key.second;
    }
    return ids;
}

Result<QList<PictureRow>> Picture::holding(const QByteArray &entity, const QByteArray &text)
{
    QList<PictureRow> found;
    for (auto it = m_rows.begin(); it != m_rows.end(); ++it) {
        if (it.key().first == entity && it->exists && sync::encodeFields(it->fields).contains(text))
            found << *it;
    }
    const auto rows = m_session.run(QByteArray("SELECT id, ") + columns +
                                        " FROM record WHERE hospital_id=$1 AND entity=$2 AND fields LIKE $3 "
                                        "ORDER BY seq DESC LIMIT 100",
                                    {idValue(m_hospital), textValue(entity), textValue('%' + text + '%')});
    if (!rows)
        return fail(rows);
    for (const Row &row : *rows) {
        if (!m_rows.contains({entity, idAt(row, 0)}))
            found << fromRow(row, 1);
    }
    return found;
}

void Picture::put(const RowKey &key, const PictureRow &before, PictureRow after)
{
    if (const char *column = parentColumn(key.first))
        after.parent = after.id(column);
    else if (after.patient.isNull()) // rows of a patient that every PC has are found by the patient
        after.parent = after.id("patient_id");
    auto edit = std::find_if(m_draft.begin(), m_draft.end(), [&](const Edit &e) { return e.key == key; });
    if (edit == m_draft.end()) {
        m_draft << Edit{key, !before.exists, before.version, {}, {}};
        edit = m_draft.end() - 1;
    }
    after.exists = true;
    after.version = edit->previous + 1;
    QList<QByteArray> names = before.fields.keys() + after.fields.keys();
    for (const QByteArray &name : std::as_const(names)) {
        const sync::WireValue was = before.fields.value(name);
        const sync::WireValue is = after.fields.value(name);
        if (!(was == is))
            edit->changed.insert(name, is);
    }
    edit->after = after;
}

QList<Edit> Picture::accept()
{
    for (const Edit &edit : std::as_const(m_draft)) {
        m_rows.insert(edit.key, edit.after);
        if (edit.isNew && !edit.after.parent.isNull()) {
            const auto known = m_children.find({edit.key.first, edit.after.parent});
            if (known != m_children.end())
                *known << edit.key.second;
        }
    }
    return std::exchange(m_draft, {});
}

} // namespace clinic::server
