// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/amountedit.h"

#include "core/money.h"

namespace clinic::gui {

AmountEdit::AmountEdit(const QString &currency, QWidget *parent) : QLineEdit(parent), m_currency(currency)
{
    setMaxLength(100);
    connect(this, &QLineEdit::editingFinished, this, [this] {
        if (const auto read = take(); !read && !text().trimmed().isEmpty())
            Q_EMIT unreadable(read.error());
    });
}

Result<qint64> AmountEdit::amount() const
{
    const auto read = money::parse(text(), m_currency, QLocale());
    return read ? read : fail(read.error().code, objectName(), read.error().args);
}

Result<qint64> AmountEdit::take()
{
    const auto read = amount();
    if (read)
        setAmount(*read);
    return read;
}

void AmountEdit::setAmount(qint64 minor)
{
    const QString shown = money::format(minor, m_currency, QLocale());
    if (text() != shown)
        setText(shown);
}

} // namespace clinic::gui
