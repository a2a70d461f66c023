// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/texts.h"

#include <QAbstractTableModel>
#include <functional>

namespace clinic::models {

// Sort key of a cell, so that amounts and dates sort by value.
inline constexpr int SortRole = Qt::UserRole;

// The model of all lists: a table over plain values. Columns are data; the rows are replaced together.
template <class T>
class RowsModel : public QAbstractTableModel
{
public:
    struct Column
    {
        QString title;
        std::function<QVariant(const T &)> text;
        std::function<QVariant(const T &)> sortKey{}; // the text when not given
        Qt::Alignment alignment = Qt::AlignLeading | Qt::AlignVCenter;
    };

    explicit RowsModel(QList<Column> columns, QObject *parent = nullptr)
        : QAbstractTableModel(parent), m_columns(std::move(columns))
    {}

    void setRows(QList<T> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    [[nodiscard]] const QList<T> &rows() const { return m_rows; }
    [[nodiscard]] const T *at(const QModelIndex &index) const
    {
        return index.isValid() && index.row() < m_rows.size() ? &m_rows[index.row()] : nullptr;
    }
    // Foreground or other roles that depend on the whole row.
    void setDecorator(std::function<QVariant(const T &, int role)> decorator)
    {
        m_decorator = std::move(decorator);
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const T *row = at(index);
        if (!row || index.column() >= m_columns.size())
            return {};
        const Column &column = m_columns[index.column()];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole: {
            const QVariant cell = column.text(*row);
            return cell.userType() == QMetaType::QString ? QVariant(exchange::isolated(cell.toString()))
                                                         : cell;
        }
        case SortRole:
            return column.sortKey ? column.sortKey(*row) : column.text(*row);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment);
        default:
            return m_decorator ? m_decorator(*row, role) : QVariant();
        }
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        if (role == Qt::DisplayRole)
            return m_columns[section].title;
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(m_columns[section].alignment);
        return {};
    }

private:
    QList<Column> m_columns;
    QList<T> m_rows;
    std::function<QVariant(const T &, int)> m_decorator;
};

inline constexpr Qt::Alignment alignNumber = Qt::AlignTrailing | Qt::AlignVCenter;

} // namespace clinic::models
