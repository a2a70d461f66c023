// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulation/world.h"

namespace clinic::test {

// The store as it is, or with the bug planted around it.
[[nodiscard]] std::unique_ptr<server::Store> planted(std::unique_ptr<server::SqliteStore> store, Bug bug);
// What a device with the bug would take instead of the server's answer; nothing = the answer itself.
// `sometimes` says whether the bug strikes now.
[[nodiscard]] std::optional<sync::Engine::Take> brokenTake(Bug bug, const sync::Engine::Take &take,
                                                           storage::Database &database,
                                                           const std::function<bool()> &sometimes);
// Groups encoded anew for this try: other bytes, other hashes.
void reseal(QList<sync::OutboxGroup> &batch, quint64 random);

// A body of /v1/audit that lacks an event in its middle.
[[nodiscard]] QByteArray withoutOneEvent(const QByteArray &request, quint64 random);

// Sends the first sealed field of the first group as it was typed.
void unseal(QList<sync::OutboxGroup> &batch);

// Text that must be sealed wherever it goes, number n of them, and whether some of it can be read in bytes.
[[nodiscard]] QString secretText(qsizetype n);
[[nodiscard]] bool isReadable(QByteArrayView bytes);

} // namespace clinic::test
