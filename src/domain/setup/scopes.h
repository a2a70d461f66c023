// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <QByteArrayList>

// What a PC keeps, in words: "*", or "T" and some of "B:<branch>" with blanks between them
// (docs/decisions/0016).
namespace clinic::domain {

inline constexpr const char *everythingScope = "*";
// Rows that every PC of the hospital has: set-up, users, patients with what must be known to find and treat
// them.
inline constexpr const char *sharedScope = "T";

[[nodiscard]] inline QByteArray scopeOfBranch(const Id &branch)
{
    return branch.isNull() ? QByteArray(sharedScope) : "B:" + branch.toString().toLatin1();
}

[[nodiscard]] inline bool keepsEverything(const QByteArray &scopes)
{
    return scopes == everythingScope;
}

[[nodiscard]] inline bool keepsBranch(const QByteArray &scopes, const Id &branch)
{
    return keepsEverything(scopes) || scopes.split(' ').contains(scopeOfBranch(branch));
}

} // namespace clinic::domain
