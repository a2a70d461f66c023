// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "services/workunit.h"
#include "storage/auditlog.h"

namespace clinic::services {

// Events that leave the program are signed, so that whoever gets the file later can tell whether anything in
// it was changed. The key is this PC's own for that purpose and lies in the clinic's file; its public half,
// where the chain stood and what the server had countersigned of it are in the signature.
struct SignAuditExport
{
    using Outcome = QByteArray; // JSON, for a file beside the exported one
    static constexpr auto intention = domain::IntentionId::ExportAudit;
    QByteArray content;
};
[[nodiscard]] Result<QByteArray> perform(WorkUnit &unit, const SignAuditExport &intent);

struct ExportFound
{
    bool isWhole = false; // exactly what was signed
    bool isOurs = false;  // by this PC's key
    Id device{};
    QString by{};
    qint64 at = 0;
    qint64 events = 0;     // how long the chain was
    qint64 signedUpTo = 0; // as far as the server had countersigned it
    QByteArray key{};      // public half
};
// Invalid for what is no signature.
struct CheckAuditExport
{
    using Outcome = ExportFound;
    static constexpr const char *permission = "audit.view";
    QByteArray content;
    QByteArray signature;
};
[[nodiscard]] Result<ExportFound> answer(ReadUnit &unit, const CheckAuditExport &question);

// The chain of this PC's events, from the first to the last: it takes about 20 us for each.
struct CheckAuditChain
{
    using Outcome = storage::AuditStanding;
    static constexpr const char *permission = "audit.view";
};
[[nodiscard]] Result<storage::AuditStanding> answer(ReadUnit &unit, const CheckAuditChain &question);

} // namespace clinic::services
