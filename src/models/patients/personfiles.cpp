// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/personfiles.h"

#include "domain/setup/settings.h"
#include "exchange/fhir.h"
#include "models/documents.h"

#include <QFileInfo>

namespace clinic::models {

Result<void> writePerson(const Workspace &workspace, const services::PersonRecord &record,
                         const QString &path)
{
    if (auto written = exchange::writePerson(record, path); !written)
        return written;
    const QFileInfo info(path);
    const QString words = info.absolutePath() + u'/' + info.completeBaseName() + QStringLiteral(".pdf");
    return exchange::writePdf(exchange::personHtml(letterhead(workspace), record),
                              workspace.setting(domain::setting::paper), words, record.patient.displayName());
}

} // namespace clinic::models
