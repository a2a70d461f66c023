// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLineEdit>

namespace clinic::gui {

// A field for an amount of money, read with money::parse. When the field is left, and before anything is
// saved, it shows the amount that was read.
class AmountEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit AmountEdit(const QString &currency, QWidget *parent = nullptr);

    // The amount in minor units, which the field then shows. The error names this field.
    [[nodiscard]] Result<qint64> take();
    // The same without changing the field.
    [[nodiscard]] Result<qint64> amount() const;
    void setAmount(qint64 minor);

Q_SIGNALS:
    // The field was left with an invalid amount.
    void unreadable(const clinic::Error &error);

private:
    QString m_currency;
};

} // namespace clinic::gui
