// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <algorithm>
#include <cstdio>
#include <ctime>

// How benchmarks measure and print: ratios to a stated baseline in the same run.
namespace clinic::bench {

// CPU of the whole process, all threads, in milliseconds.
inline double cpuMs()
{
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) * 1000 + double(t.tv_nsec) / 1e6;
}

inline double quantile(QList<double> values, double q)
{
    std::ranges::sort(values);
    return values.isEmpty() ? 0 : values[qsizetype(double(values.size() - 1) * q)];
}

inline double median(const QList<double> &values)
{
    return quantile(values, 0.5);
}

inline void row(const char *what, double ours, double baseline, const char *unit, const char *aim)
{
    std::printf("| %-44s | %9.3f | %9.3f | %-6s | %6.2f | %s |\n", what, ours, baseline, unit,
                baseline > 0 ? ours / baseline : 0.0, aim);
    std::fflush(stdout);
}

} // namespace clinic::bench
