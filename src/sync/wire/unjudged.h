// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

#include <algorithm>
#include <optional>

// Answers that say nothing of what was written: the server could not read the group, stumbled over it, did
// not look at it, or has not got the row that the group belongs to. Such a group stays on its PC as it is and
// is sent again; when it comes again the server looks again.
namespace clinic::sync {

[[nodiscard]] inline bool isUnjudged(const QByteArray &code)
{
    static constexpr const char *codes[] = {"undecodable",   "not-yours",         "device-revoked",
                                            "server-error",  "unknown-intention", "unknown-entity",
                                            "parent-missing"};
    return std::ranges::any_of(codes, [&code](const char *each) { return code == each; });
}

// Whether a group with that answer is judged anew when it comes again. A group that was refused because the
// row it belongs to was refused may be taken once that row is there.
[[nodiscard]] inline bool mayBeJudgedAgain(std::optional<GroupStatus> status, const QByteArray &code)
{
    const bool isAside = status == GroupStatus::Quarantined;
    return (isAside && isUnjudged(code)) ||
           ((isAside || status == GroupStatus::Rejected) && code == "parent-refused");
}

} // namespace clinic::sync
