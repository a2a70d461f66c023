// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateEdit>
#include <QSpinBox>
#include <QTimeEdit>

// Fields for days, times and whole numbers. They accept the digits of every script in any language, and keep
// the order of their format in a right-to-left window (Qt reverses it there: 20:11 for 11:20). A day is also
// typed as a whole (TypedDay). tst_house allows no other such fields.
namespace clinic::gui {

class DayEdit : public QDateEdit
{
    Q_OBJECT
public:
    explicit DayEdit(const QDate &day = {}, QWidget *parent = nullptr);
    [[nodiscard]] QValidator::State validate(QString &input, int &position) const override;
};

class ClockEdit : public QTimeEdit
{
    Q_OBJECT
public:
    explicit ClockEdit(QWidget *parent = nullptr);
    [[nodiscard]] QValidator::State validate(QString &input, int &position) const override;
    [[nodiscard]] int minute() const { return time().msecsSinceStartOfDay() / 60'000; }
};

// A day and a wall time. Shows and returns the typed values; no instant, no zone.
class MomentEdit : public QDateTimeEdit
{
    Q_OBJECT
public:
    explicit MomentEdit(QWidget *parent = nullptr);
    [[nodiscard]] QValidator::State validate(QString &input, int &position) const override;
    void setShown(const QDate &day, int minute);
    [[nodiscard]] int minute() const { return time().msecsSinceStartOfDay() / 60'000; }
};

class NumberBox : public QSpinBox
{
    Q_OBJECT
public:
    explicit NumberBox(QWidget *parent = nullptr) : QSpinBox(parent) {}
    [[nodiscard]] QValidator::State validate(QString &input, int &position) const override;
    [[nodiscard]] int valueFromText(const QString &text) const override;
};

} // namespace clinic::gui
