// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "services/admin/approval.h"
#include "services/workunit.h"

namespace clinic::services {

// That whoever sits at the open window is the one who signed in, or that somebody else who may do it says
// yes. A wrong answer is an answer, not an error: it is stored, and the delay grows as at signing in.
struct ProofAnswer
{
    bool isProven = false;
    Error refusal{};
};
// What the server says about a code it sent: somebody typed it in this session on this PC.
struct ServerWord
{
    qint64 at = 0; // the server's time, ms
    QByteArray signature{};
};
struct ProveIdentity
{
    using Outcome = ProofAnswer;
    static constexpr auto intention = domain::IntentionId::ProveIdentity;
    domain::IntentionId forWhat{};
    QString secret;      // the code of the second factor, or the password of whoever has none
    Approver approver{}; // somebody else instead
    ServerWord word{};   // or a code the server sent, for whoever has no second factor; each good once
};
[[nodiscard]] Result<ProofAnswer> perform(WorkUnit &unit, const ProveIdentity &intent);

// What is asked for.
struct ProofNeeded
{
    bool code = false;     // of the authenticator app
    bool password = false; // one's own is enough
    // neither: somebody else has to say yes, or the server sends a code there
    QString email{};
    QString phone{};
};
struct OwnProof
{
    using Outcome = ProofNeeded;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<ProofNeeded> answer(ReadUnit &unit, const OwnProof &question);

} // namespace clinic::services
