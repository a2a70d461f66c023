// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/engine.h"

// What the engine's actions do to the file: the same code in the program, the simulator and the tests.
namespace clinic::sync {

bool Engine::isAboutTheFile(const Action &action)
{
    return std::visit(
        [](const auto &a) {
            using A = std::decay_t<decltype(a)>;
            return std::is_same_v<A, ReadState> || std::is_same_v<A, ReadBatch> || std::is_same_v<A, Hold> ||
                   std::is_same_v<A, ReadRepairs> || std::is_same_v<A, ReadAudit> ||
                   std::is_same_v<A, ReadKeys> || std::is_same_v<A, TakeKeys> ||
                   std::is_same_v<A, SealAnew> || std::is_same_v<A, Take> || std::is_same_v<A, StartOver> ||
                   std::is_same_v<A, BecomeSuccessor>;
        },
        action);
}

std::optional<Engine::Event> Engine::carryOut(const Action &action, storage::Replica &replica)
{
    const auto stateAfter = [&](const Result<void> &done) {
        return StateRead{done ? replica.state() : Result<storage::ReplicaState>(fail(done))};
    };
    if (std::holds_alternative<ReadState>(action))
        return StateRead{replica.state()};
    if (const auto *batch = std::get_if<ReadBatch>(&action)) {
        if (batch->heldAfter < 0)
            return BatchRead{replica.nextBatch(batch->mostChanges, batch->mostBytes)};
        const auto held = replica.nextHeld(batch->heldAfter);
        if (!held)
            return BatchRead{fail(held)};
        return BatchRead{*held ? QList<OutboxGroup>{**held} : QList<OutboxGroup>()};
    }
    if (const auto *hold = std::get_if<Hold>(&action))
        return stateAfter(replica.hold(hold->n, hold->code));
    if (std::holds_alternative<ReadRepairs>(action))
        return RepairsRead{replica.repairRequest()};
    if (std::holds_alternative<ReadAudit>(action))
        return AuditRead{replica.auditRequest()};
    if (const auto *keys = std::get_if<ReadKeys>(&action))
        return KeysRead{replica.keysRequest(keys->boxKey.publicKey, keys->wanting, keys->refused)};
    if (const auto *keys = std::get_if<TakeKeys>(&action))
        return KeysTaken{replica.take(keys->reply, keys->boxKey)};
    if (const auto *anew = std::get_if<SealAnew>(&action))
        return SealedAnew{encode(replica.sealAnew(anew->work))};
    if (const auto *taken = std::get_if<Take>(&action))
        return stateAfter(std::visit([&](const auto &reply) { return replica.take(reply); }, *taken));
    if (const auto *over = std::get_if<StartOver>(&action))
        return stateAfter(replica.startOver(over->epoch, over->scopes));
    if (std::holds_alternative<BecomeSuccessor>(action))
        return stateAfter(replica.becomeSuccessor());
    return std::nullopt;
}

} // namespace clinic::sync
