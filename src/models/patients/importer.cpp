// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/importer.h"

#include "core/filewriter.h"
#include "models/patients/importtext.h"

namespace clinic::models {

Importer::Importer(services::Clinic &clinic, QString path, QObject *parent)
    : QObject(parent),
      m_clinic(clinic),
      m_path(std::move(path)),
      m_wanted(std::make_shared<std::atomic<quint64>>(0))
{}

Importer::~Importer()
{
    ++*m_wanted; // what still waits for a reader is not begun
}

void Importer::load(const QString &coding)
{
    if (m_isRunning)
        return;
    struct Loaded
    {
        Result<exchange::TextTable> table = fail(ErrorCode::Internal);
        services::ImportMapping mapping{};
    };
    const quint64 number = ++m_reading;
    m_clinic.runOnFiles<Loaded>(
        this,
        [path = m_path, coding] {
            Loaded loaded;
            exchange::TableOptions options;
            options.encoding = coding;
            loaded.table = exchange::readTable(path, options);
            if (loaded.table)
                loaded.mapping = services::guessMapping(loaded.table->header, loaded.table->rows);
            return loaded;
        },
        [this, number](const Loaded &loaded) {
            if (number != m_reading)
                return; // another coding was chosen meanwhile
            if (!loaded.table) {
                Q_EMIT failed(loaded.table.error());
                return;
            }
            m_table = *loaded.table;
            m_mapping = loaded.mapping;
            m_tally = {};
            m_tally.of = static_cast<int>(m_table.rows.size());
            Q_EMIT this->loaded();
        });
}

void Importer::takeHeaderAsRow()
{
    if (m_isRunning)
        return;
    ++m_reading;
    exchange::takeHeaderAsRow(m_table);
    m_mapping = services::guessMapping(m_table.header, m_table.rows);
    m_tally = {};
    m_tally.of = static_cast<int>(m_table.rows.size());
    Q_EMIT loaded();
}

void Importer::lookThrough(const services::ImportMapping &mapping, std::function<void(const Examined &)> then)
{
    const quint64 number = ++*m_wanted;
    m_clinic.runOnFiles<Examined>(
        this,
        [wanted = m_wanted, number, mapping, rows = m_table.rows, lines = m_table.lines] {
            Examined result{mapping, {}};
            if (number == *wanted)
                result.questions = services::examineList(result.mapping, rows, lines,
                                                         QDateTime::currentDateTimeUtc().date().year());
            return result;
        },
        [this, number, then = std::move(then)](const Examined &result) {
            if (number == *m_wanted)
                then(result);
        });
}

void Importer::examine(const services::ImportMapping &mapping)
{
    if (m_isRunning)
        return;
    lookThrough(mapping, [this](const Examined &result) {
        m_questions = result.questions;
        Q_EMIT examined();
    });
}

void Importer::start(const services::ImportMapping &mapping)
{
    if (m_isRunning)
        return;
    if (m_table.doubt || !mapping.isComplete()) {
        Q_EMIT failed(m_table.doubt ? codingInDoubt(*m_table.doubt) : columnsUnknown(m_table));
        return;
    }
    ++m_reading; // a reading that still goes on comes too late
    m_isRunning = true;
    m_stopped = false;
    m_tally = {};
    m_tally.of = static_cast<int>(m_table.rows.size());
    m_report.clear();
    m_skipped.clear();
    lookThrough(mapping, [this](const Examined &result) {
        m_mapping = result.mapping;
        m_questions = result.questions;
        if (m_questions.any())
            end(listInDoubt(m_questions));
        else
            next();
    });
}

void Importer::end(const std::optional<Error> &error)
{
    m_isRunning = false;
    if (error)
        Q_EMIT failed(*error);
    else
        Q_EMIT finished();
}

void Importer::next()
{
    if (m_stopped || m_tally.done >= m_tally.of) {
        end({});
        return;
    }
    services::ImportBatch batch;
    batch.mapping = m_mapping;
    const int end = qMin(m_tally.done + services::ImportBatch::maximumRows, m_tally.of);
    batch.rows = importRows(m_table, m_tally.done, end);
    m_clinic.run(this, batch, [this, end](const Result<QList<services::ImportOutcome>> &outcomes) {
        if (!outcomes) {
            this->end(endOfImport(outcomes.error(), m_tally.done));
            return;
        }
        for (const auto &outcome : *outcomes)
            note(outcome);
        m_tally.done = end;
        Q_EMIT progressed();
        next();
    });
}

void Importer::note(const services::ImportOutcome &found)
{
    services::ImportOutcome outcome = found;
    // Stored by an earlier run in this dialog: counts as imported, with the remarks of that run.
    const auto stored = m_stored.constFind(found.line);
    if (found.fate == services::ImportFate::Duplicate && stored != m_stored.constEnd() &&
        stored->number == found.number)
        outcome = *stored;
    m_tally.imported += outcome.fate == services::ImportFate::Imported;
    m_tally.duplicates += outcome.fate == services::ImportFate::Duplicate;
    m_tally.bad += outcome.fate == services::ImportFate::Bad;
    if (outcome.fate == services::ImportFate::Imported)
        m_stored.insert(outcome.line, outcome);
    else
        m_skipped << outcome;
    if (const QString text = importOutcomeText(outcome); !text.isEmpty())
        m_report << (outcome.fate == services::ImportFate::Imported
                         ? tr("Line %1: imported; %2").arg(outcome.line).arg(text)
                         : tr("Line %1: %2").arg(outcome.line).arg(text));
}

QStringList Importer::report() const
{
    QStringList lines = m_report;
    if (const QString text = notReachedText(m_table, m_tally.done); !text.isEmpty() && !m_isRunning)
        lines << text;
    return lines;
}

Result<void> Importer::saveSkipped(const QString &path) const
{
    return writeFile(path, skippedRows(m_table, m_skipped, m_tally.done));
}

} // namespace clinic::models
