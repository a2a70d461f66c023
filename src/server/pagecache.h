// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCache>
#include <mutex>
#include <optional>

namespace clinic::server {

// Full pages of first loads, as they were once read. They do not grow old: rows lie in the order they last
// changed, so a row that changes later comes again further on, or with the log.
class PageCache
{
public:
    struct Page
    {
        QByteArray rows;
        QByteArray next; // where it ends
    };

    [[nodiscard]] std::optional<Page> find(const QByteArray &key) const
    {
        const std::lock_guard lock(m_mutex);
        const Page *page = m_pages.object(key);
        return page ? std::optional(*page) : std::nullopt;
    }
    void keep(const QByteArray &key, const Page &page)
    {
        const std::lock_guard lock(m_mutex);
        m_pages.insert(key, new Page(page), qMax<qsizetype>(1, page.rows.size() / 1024));
    }

private:
    static constexpr qsizetype mostKilobytes = 96 * 1024;
    mutable std::mutex m_mutex;
    QCache<QByteArray, Page> m_pages{mostKilobytes};
};

} // namespace clinic::server
