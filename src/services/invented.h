// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/transaction.h"

#include <random>

namespace clinic::services {

// The same numbers everywhere for the same seed.
class Dice
{
public:
    explicit Dice(quint32 seed) : m_random(seed) {}
    int below(int n) { return static_cast<int>(m_random() % static_cast<unsigned>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    QString word(const char16_t *list)
    {
        const auto words = QStringView(list).split(u' ');
        return words[below(static_cast<int>(words.size()))].toString().replace(u'_', u' ');
    }

private:
    std::mt19937 m_random; // the same everywhere, unlike the distributions
};

// A person who does not exist, of one of many cultures; large registers get as many distinct names as real
// ones.
[[nodiscard]] domain::Patient inventedPatient(Dice &dice, int thisYear, bool large);

// One user "demo-<role>" for every role on a PC but the administrator, who is there already; the doctor is
// that practitioner.
Result<void> addDemoUsers(storage::Transaction &tx, const Id &practitioner);

} // namespace clinic::services
