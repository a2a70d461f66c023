// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/textfile.h"
#include "models/patients/patientscontroller.h"
#include "services/patients/importing.h"

namespace clinic::models {

// Reads a list and stores it batch by batch; stops between batches on request, and continues there the next
// time.
class Importer : public QObject
{
    Q_OBJECT
public:
    struct Tally
    {
        int done = 0;
        int of = 0;
        int imported = 0;
        int duplicates = 0;
        int bad = 0;
    };

    Importer(services::Clinic &clinic, QString path, QObject *parent = nullptr);

    // Reads the file outside the interface thread, then emits loaded() or failed(). An empty encoding is
    // found by reading; table().doubt is then set if it was a guess.
    void load(const QString &coding = {});
    [[nodiscard]] static const QStringList &codings() { return exchange::offeredCodings(); }
    // The header row is a patient, not column names.
    void takeHeaderAsRow();
    [[nodiscard]] const exchange::TextTable &table() const { return m_table; }
    [[nodiscard]] const services::ImportMapping &mapping() const { return m_mapping; }
    // The questions for this list; reads the whole list.
    [[nodiscard]] services::ImportQuestions questions(const services::ImportMapping &mapping) const;
    // Emits progressed() after each batch, and finished() or failed() at the end. Fails at once, and reads
    // no row, when columns, encoding or dates are in doubt.
    void start(const services::ImportMapping &mapping);
    void stop() { m_stopped = true; }
    [[nodiscard]] const Tally &tally() const { return m_tally; }
    // Rows for the user to look at, each with the reason.
    [[nodiscard]] const QStringList &report() const { return m_report; }
    // Writes the rows that were not stored, each with its line and reason.
    [[nodiscard]] Result<void> saveSkipped(const QString &path) const;

Q_SIGNALS:
    void loaded();
    void progressed();
    void finished();
    void failed(const clinic::Error &error);

private:
    void next();

    services::Clinic &m_clinic;
    QString m_path;
    QByteArray m_source;
    exchange::TextTable m_table;
    services::ImportMapping m_mapping;
    Tally m_tally;
    QStringList m_report;
    QList<services::ImportOutcome> m_skipped;
    bool m_stopped = false;
};

} // namespace clinic::models
