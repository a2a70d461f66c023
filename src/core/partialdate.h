// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDate>
#include <compare>
#include <optional>

namespace clinic {

// A date with an unknown day, or unknown day and month, or estimated from an age. Gregorian.
class PartialDate
{
public:
    static constexpr int mostYears = 130; // of an age

    constexpr PartialDate() = default;

    [[nodiscard]] static Result<PartialDate> create(int year, int month = 0, int day = 0,
                                                    bool estimated = false);
    // "1980", "1980-07", "1980-07-21", each with a trailing "~" when estimated: the stored form.
    [[nodiscard]] static PartialDate fromStored(QStringView text);
    // The birth year of a person of that age today, marked as estimated.
    [[nodiscard]] static Result<PartialDate> fromAge(int years, const QDate &today);
    // A typed date: 21/7/1980, 21.7.80, 1980-07-21, 7/1980, 1980, 21 Jul 1980, Jul 21, 1980, 21071980,
    // 19800721; with "~" or "about" before it, or "~" behind, an estimate. dayFirst decides 3/4/1980. Digits
    // of any script.
    [[nodiscard]] static Result<PartialDate> parse(QStringView text, const QDate &today,
                                                   bool dayFirst = true);
    // A typed age as an estimate: "30", "~45", "8 m", "3 weeks", "5 d"; nothing when the text is no age.
    // Years give a year, months a month, weeks and days a day.
    [[nodiscard]] static std::optional<Result<PartialDate>> parseAge(QStringView text, const QDate &today);
    // A birth date: a date or an age.
    [[nodiscard]] static Result<PartialDate> parseBirth(QStringView text, const QDate &today,
                                                        bool dayFirst = true);

    [[nodiscard]] bool isNull() const { return m_year == 0; }
    [[nodiscard]] bool isEstimated() const { return m_estimated; }
    [[nodiscard]] bool isComplete() const { return m_day != 0; }
    [[nodiscard]] int year() const { return m_year; }
    [[nodiscard]] int month() const { return m_month; }
    [[nodiscard]] int day() const { return m_day; }
    [[nodiscard]] QString toStored() const;
    // The form that parse() reads, for forms and files: "1980-07-21", and "~1996" for an estimate.
    [[nodiscard]] QString toTyped() const;
    // The earliest day it can mean.
    [[nodiscard]] QDate earliest() const;
    // Whole years on that day, or -1 when unknown or not born yet.
    [[nodiscard]] int ageOn(const QDate &day) const;

    bool operator==(const PartialDate &) const = default;

private:
    int m_year = 0;
    int m_month = 0;
    int m_day = 0;
    bool m_estimated = false;
};

} // namespace clinic
