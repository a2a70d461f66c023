// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace.h"

namespace clinic::models {

// What the clinic has about a person, for that person: FHIR R4 in `path` (JSON), the same in words beside it
// (PDF), and the documents in a folder.
// Bundle and documents may be large and are written beside the interface's thread.
void writePerson(Workspace &workspace, QObject *context, const services::PersonRecord &record,
                 const QString &path, std::function<void(const Result<void> &)> then);

} // namespace clinic::models
