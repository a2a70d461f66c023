// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sql.h"
#include "sync/wire/messages.h"

#include <QHash>

namespace clinic::server {

using RowKey = QPair<QByteArray, Id>; // entity, id

// One row as the server has it now.
struct PictureRow
{
    bool exists = false;
    qint64 version = 0;
    QByteArray scope;
    Id patient{}; // the patient whose chart it belongs to; null for rows that every PC has
    Id parent{};
    Id branch{};
    qint64 createdAt = 0;
    Id createdBy{};
    qint64 updatedAt = 0;
    Id updatedBy{};
    Id device{};
    sync::WireFields fields{};

    [[nodiscard]] QString text(const char *column) const;
    [[nodiscard]] qint64 number(const char *column) const;
    [[nodiscard]] Id id(const char *column) const;
};

// Values for the fields of a row that the server makes; null for an empty text or id.
[[nodiscard]] sync::WireValue wireText(const QByteArray &utf8);
[[nodiscard]] sync::WireValue wireId(const Id &id);

// One group's change to one row.
struct Edit
{
    RowKey key;
    bool isNew = false;
    qint64 previous = 0;
    sync::WireFields changed{}; // patches: the changed fields, null where cleared
    PictureRow after{};
};

// The rows that a push needs, read and locked once, with the changes of its applied groups. A group works
// on a draft that is applied or dropped as a whole.
class Picture
{
public:
    Picture(SqlSession &session, const Id &hospital) : m_session(session), m_hospital(hospital) {}

    // Reads and locks, one statement per entity, in (entity, id) order; every push keeps this order, so that
    // two never wait for each other.
    Result<void> prefetch(QList<RowKey> keys);
    [[nodiscard]] Result<PictureRow> row(const RowKey &key);
    // Ids of an entity's rows under one parent (parentOf).
    [[nodiscard]] Result<QList<Id>> children(const QByteArray &entity, const Id &parent);

    // Rows of an entity with that text in their fields: those of this push, then the newest hundred.
    [[nodiscard]] Result<QList<PictureRow>> holding(const QByteArray &entity, const QByteArray &text);

    void begin() { m_draft.clear(); }
    // Records a row's new content; several changes of one group to one row become one edit.
    void put(const RowKey &key, const PictureRow &before, PictureRow after);
    [[nodiscard]] const QList<Edit> &draft() const { return m_draft; }
    // The draft becomes part of the picture.
    QList<Edit> accept();

    // The column with the id of a row's parent; null = none.
    [[nodiscard]] static const char *parentColumn(const QByteArray &entity);
    // The parent's key; an empty entity where there is none.
    [[nodiscard]] static RowKey parentOf(const QByteArray &entity, const sync::WireFields &fields);

private:
    static PictureRow fromRow(const Row &row, int first);

    SqlSession &m_session;
    Id m_hospital;
    QHash<RowKey, PictureRow> m_rows;
    QHash<RowKey, QList<Id>> m_children; // (entity, parent)
    QList<Edit> m_draft;
};

} // namespace clinic::server
