// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace.h"

namespace clinic::models {

// What the clinic has about a person, for that person: FHIR R4 in `path` (JSON), the same in words beside it
// (PDF), and the documents in a folder.
[[nodiscard]] Result<void> writePerson(const Workspace &workspace, const services::PersonRecord &record,
                                       const QString &path);

} // namespace clinic::models
