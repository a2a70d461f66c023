// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace clinic::test {

// The value of what a test only prepares with: it ends where that does not work.
template <class T>
T must(const Result<T> &result)
{
    if (!result)
        qFatal("cannot prepare: %d %s %s", int(result.error().code), qPrintable(result.error().field),
               qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return *result;
}

} // namespace clinic::test
