// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/importer.h"

#include "core/filewriter.h"
#include "models/patients/importtext.h"

namespace clinic::models {

Importer::Importer(services::Clinic &clinic, QString path, QObject *parent)
    : QObject(parent), m_clinic(clinic), m_path(std::move(path))
{}

void Importer::load(const QString &coding)
{
    struct Loaded
    {
        Result<exchange::TextTable> table = fail(ErrorCode::Internal);
        services::ImportMapping mapping{};
        QByteArray source{};
    };
    m_clinic.runOnReader<Loaded>(
        this,
        [path = m_path, coding] {
            Loaded loaded;
            exchange::TableOptions options;
            options.encoding = coding;
            loaded.table = exchange::readTable(path, options);
            if (loaded.table) {
                loaded.mapping = services::guessMapping(loaded.table->header, loaded.table->rows);
                loaded.source = exchange::fileHash(path);
            }
            return loaded;
        },
        [this](const Loaded &loaded) {
            if (!loaded.table) {
                Q_EMIT failed(loaded.table.error());
                return;
            }
            m_table = *loaded.table;
            m_source = loaded.source;
            m_mapping = loaded.mapping;
            m_tally = {};
            m_tally.of = static_cast<int>(m_table.rows.size());
            Q_EMIT this->loaded();
        });
}

void Importer::takeHeaderAsRow()
{
    exchange::takeHeaderAsRow(m_table);
    m_mapping = services::guessMapping(m_table.header, m_table.rows);
    m_tally.of = static_cast<int>(m_table.rows.size());
    Q_EMIT loaded();
}

services::ImportQuestions Importer::questions(const services::ImportMapping &mapping) const
{
    services::ImportMapping tried = mapping;
    return services::examineList(tried, m_table.rows, m_table.lines,
                                 QDateTime::currentDateTimeUtc().date().year());
}

void Importer::start(const services::ImportMapping &mapping)
{
    m_stopped = false;
    m_mapping = mapping;
    std::optional<Error> doubt;
    if (m_table.doubt)
        doubt = codingInDoubt(*m_table.doubt);
    else if (!m_mapping.isComplete())
        doubt = columnsUnknown(m_table);
    else if (const auto asked = services::examineList(m_mapping, m_table.rows, m_table.lines,
                                                      QDateTime::currentDateTimeUtc().date().year());
             asked.any())
        doubt = datesInDoubt(asked);
    if (doubt) {
        Q_EMIT failed(*doubt);
        return;
    }
    m_clinic.ask(this, services::ImportProgress{m_source}, [this](const Result<int> &done) {
        m_tally = {};
        m_tally.of = static_cast<int>(m_table.rows.size());
        // An interrupted import continues; a finished one starts again and finds every patient registered.
        m_tally.done = done && *done < m_tally.of ? *done : 0;
        m_report.clear();
        m_skipped.clear();
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
    batch.rows = importRows(m_table, m_tally.done, end);
    m_clinic.run(this, batch, [this, end](const Result<QList<services::ImportOutcome>> &outcomes) {
        if (!outcomes) {
            Q_EMIT failed(outcomes.error());
            return;
        }
        for (const auto &outcome : *outcomes) {
            m_tally.imported += outcome.fate == services::ImportFate::Imported;
            m_tally.duplicates += outcome.fate == services::ImportFate::Duplicate;
            m_tally.bad += outcome.fate == services::ImportFate::Bad;
            if (outcome.fate != services::ImportFate::Imported)
                m_skipped << outcome;
            if (const QString text = importOutcomeText(outcome); !text.isEmpty())
                m_report << (outcome.fate == services::ImportFate::Imported
                                 ? tr("Line %1: imported; %2").arg(outcome.line).arg(text)
                                 : tr("Line %1: %2").arg(outcome.line).arg(text));
        }
        m_tally.done = end;
        Q_EMIT progressed();
        next();
    });
}

Result<void> Importer::saveSkipped(const QString &path) const
{
    return writeFile(path, skippedRows(m_table, m_skipped));
}

} // namespace clinic::models
