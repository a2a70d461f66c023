// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

#include <algorithm>

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

// The same for an answer. A group rejected for its parent may be applied later.
[[nodiscard]] inline bool isUnjudged(GroupStatus status, const QByteArray &code)
{
    return (status == GroupStatus::Quarantined && isUnjudged(code)) ||
           ((status == GroupStatus::Quarantined || status == GroupStatus::Rejected) &&
            code == "parent-refused");
}

} // namespace clinic::sync
