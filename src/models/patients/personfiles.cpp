// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/personfiles.h"

#include "domain/setup/settings.h"
#include "exchange/fhir.h"
#include "models/documents.h"

#include <QFileInfo>

namespace clinic::models {

void writePerson(Workspace &workspace, QObject *context, const services::PersonRecord &record,
                 const QString &path, std::function<void(const Result<void> &)> then)
{
    workspace.clinic().runOnFiles<Result<void>>(
        context, [record, path] { return exchange::writePerson(record, path); },
        [&workspace, record, path, then = std::move(then)](const Result<void> &written) {
            if (!written)
                return then(written);
            const QFileInfo info(path);
            const QString words =
                info.absolutePath() + u'/' + info.completeBaseName() + QStringLiteral(".pdf");
            then(exchange::writePdf(exchange::personHtml(letterhead(workspace), record),
                                    workspace.setting(domain::setting::paper), words,
                                    record.patient.displayName()));
        });
}

} // namespace clinic::models
