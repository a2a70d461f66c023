// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

#include <algorithm>

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

// The same of an answer. What was refused because the row under it is not there may be taken once it is.
[[nodiscard]] inline bool isUnjudged(GroupStatus status, const QByteArray &code)
{
    return (status == GroupStatus::Quarantined && isUnjudged(code)) ||
           ((status == GroupStatus::Quarantined || status == GroupStatus::Rejected) &&
            code == "parent-refused");
}

} // namespace clinic::sync
