// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

#include <algorithm>
#include <optional>

// Answers that say nothing about a group's content: the server could not read it, failed on it, did not
// judge it, or lacks its parent row. Such a group is held on its PC and sent again; the server then judges
// it again.
namespace clinic::sync {

[[nodiscard]] inline bool isUnjudged(const QByteArray &code)
{
    static constexpr const char *codes[] = {"undecodable",   "not-yours",         "device-revoked",
                                            "server-error",  "unknown-intention", "unknown-entity",
                                            "parent-missing"};
    return std::ranges::any_of(codes, [&code](const char *each) { return code == each; });
}

// Whether the server judges a group with that answer again. A group that was rejected for its parent may be
// applied later.
[[nodiscard]] inline bool mayBeJudgedAgain(std::optional<GroupStatus> status, const QByteArray &code)
{
    const bool isAside = status == GroupStatus::Quarantined;
    return (isAside && isUnjudged(code)) ||
           ((isAside || status == GroupStatus::Rejected) && code == "parent-refused");
}

} // namespace clinic::sync
