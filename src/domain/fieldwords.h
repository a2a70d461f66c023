// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

// Short names for the field tables of the modules; include in their .cpp files only.
namespace clinic::domain::fieldwords {
inline constexpr auto sealed = Sealing::Sealed;
inline constexpr auto clear = Sealing::Clear;
inline constexpr auto keepServer = ConflictPolicy::KeepServer;
inline constexpr auto takeLater = ConflictPolicy::TakeLater;
inline constexpr auto frozen = ConflictPolicy::Frozen;
inline constexpr auto erasable = ConflictPolicy::Erasable;
} // namespace clinic::domain::fieldwords
