// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/personfiles.h"

#include "domain/setup/settings.h"
#include "exchange/fhir.h"
#include "models/documents.h"

#include <QFileInfo>
#include <QSaveFile>

namespace clinic::models {

Result<void> writePerson(const Workspace &workspace, const services::PersonRecord &record,
                         const QString &path)
{
    QSaveFile file(path);
    const QByteArray bundle = exchange::fhirBundle(record);
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorCode::ReadOnly);
    if (file.write(bundle) != bundle.size() || !file.commit())
        return fail(ErrorCode::DiskFull);
    const QFileInfo info(path);
    const QString words = info.absolutePath() + u'/' + info.completeBaseName() + QStringLiteral(".pdf");
    return exchange::writePdf(exchange::personHtml(letterhead(workspace), record),
                              workspace.setting(domain::setting::paper), words, record.patient.displayName());
}

} // namespace clinic::models
