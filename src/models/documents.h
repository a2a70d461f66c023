// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/documents.h"
#include "models/workspace.h"

namespace clinic::models {

// The head every printed page of this desk carries now.
[[nodiscard]] inline exchange::Letterhead letterhead(const Workspace &workspace)
{
    exchange::Letterhead head;
    head.hospital = workspace.place().hospital;
    head.branchName = workspace.session().branchName;
    head.zone = workspace.zone();
    head.printedAt = workspace.now();
    head.printedBy = workspace.session().displayName;
    return head;
}

} // namespace clinic::models
