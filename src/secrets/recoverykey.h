// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"

#include <optional>

// The key on paper: 160 random bits, and a pair of keys that follows from them. Files of the hospital's PCs
// are sealed to the public half, which is no secret; only the paper opens them.
namespace clinic::secrets::recovery {

// 33 letters and digits in groups of four; the last is a check character.
[[nodiscard]] QString create();
// Nothing when it is none, or was mistyped. Blanks, hyphens and small letters do no harm.
[[nodiscard]] std::optional<crypto::BoxKey> pairOf(const QString &typed);
// As it stands in settings: base64 of the public half; empty when `typed` is none.
[[nodiscard]] QString publicHalf(const QString &typed);

} // namespace clinic::secrets::recovery
