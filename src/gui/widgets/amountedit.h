// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLineEdit>

namespace clinic::gui {

// A field for an amount of money. What is typed is read as money::parse reads it; when the field is left, and
// before anything is saved, it shows the amount that was read, so that nobody saves what he has not seen.
class AmountEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit AmountEdit(const QString &currency, QWidget *parent = nullptr);

    // The amount in minor units, and the field shows it from now on. The error names this field.
    [[nodiscard]] Result<qint64> take();
    // The same, and the field stays as it is.
    [[nodiscard]] Result<qint64> amount() const;
    void setAmount(qint64 minor);

Q_SIGNALS:
    // The field was left with something that is no amount in it.
    void unreadable(const clinic::Error &error);

private:
    QString m_currency;
};

} // namespace clinic::gui
