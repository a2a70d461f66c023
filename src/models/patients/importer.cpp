// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/importer.h"

#include "core/crypto.h"
#include "models/errortext.h"

#include <QFile>

namespace clinic::models {

Importer::Importer(services::Clinic &clinic, QString path, QObject *parent)
    : QObject(parent), m_clinic(clinic), m_path(std::move(path))
{}

void Importer::load()
{
    struct Loaded
    {
        Result<exchange::TextTable> table = fail(ErrorCode::Internal);
        QByteArray source{};
    };
    m_clinic.runOnReader<Loaded>(
        this,
        [path = m_path] {
            Loaded loaded;
            loaded.table = exchange::readTable(path);
            QFile file(path);
            if (loaded.table && file.open(QIODevice::ReadOnly))
                loaded.source = crypto::hash(file.readAll());
            return loaded;
        },
        [this](const Loaded &loaded) {
            if (!loaded.table) {
                Q_EMIT failed(loaded.table.error());
                return;
            }
            m_table = *loaded.table;
            m_source = loaded.source;
            m_mapping = services::guessMapping(m_table.header);
            m_tally.of = static_cast<int>(m_table.rows.size());
            Q_EMIT this->loaded();
        });
}

void Importer::start()
{
    m_stopped = false;
    m_clinic.ask(this, services::ImportProgress{m_source}, [this](const Result<int> &done) {
        m_tally = {};
        m_tally.of = static_cast<int>(m_table.rows.size());
        // An interrupted import goes on; a finished one starts again and finds everybody registered.
        m_tally.done = done && *done < m_tally.of ? *done : 0;
        m_report.clear();
        next();
    });
}

void Importer::next()
{
    if (m_stopped || m_tally.done >= m_tally.of) {
        Q_EMIT finished();
        return;
    }
    services::ImportBatch batch;
    batch.mapping = m_mapping;
    batch.source = m_source;
    batch.rowsBefore = m_tally.done;
    const int end = qMin(m_tally.done + services::ImportBatch::maximumRows, m_tally.of);
    for (int i = m_tally.done; i < end; ++i)
        batch.rows << services::ImportRow{m_table.lines[i], m_table.rows[i]};
    m_clinic.run(this, batch, [this, end](const Result<QList<services::ImportOutcome>> &outcomes) {
        if (!outcomes) {
            Q_EMIT failed(outcomes.error());
            return;
        }
        for (const auto &outcome : *outcomes) {
            m_tally.imported += outcome.fate == services::ImportFate::Imported;
            m_tally.duplicates += outcome.fate == services::ImportFate::Duplicate;
            m_tally.bad += outcome.fate == services::ImportFate::Bad;
            if (outcome.fate == services::ImportFate::Bad)
                m_report << tr("Line %1: %2").arg(outcome.line).arg(errorText(outcome.reason));
            else if (outcome.fate == services::ImportFate::Duplicate)
                m_report << tr("Line %1: already registered as %2").arg(outcome.line).arg(outcome.number);
            else if (!outcome.warning.isEmpty())
                m_report << tr("Line %1: imported; %2 was kept under remarks")
                                .arg(outcome.line)
                                .arg(fieldLabel(outcome.warning));
        }
        m_tally.done = end;
        Q_EMIT progressed();
        next();
    });
}

} // namespace clinic::models
