// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/textfile.h"
#include "models/patients/patientscontroller.h"
#include "services/patients/importing.h"

#include <atomic>

namespace clinic::models {

// Reads a list and stores it batch by batch, from the first row on; stops between batches when asked to. What
// is stored already comes back as a duplicate, so an import that was stopped is simply started again.
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
    ~Importer() override;

    // Reads the file away from the interface thread, then announces loaded() or failed(). An empty coding is
    // found out; table().doubt then says when that was a guess. Nothing happens while an import runs.
    void load(const QString &coding = {});
    [[nodiscard]] static const QStringList &codings() { return exchange::offeredCodings(); }
    // The first row is a person, not names of columns. Nothing happens while an import runs.
    void takeHeaderAsRow();
    [[nodiscard]] const exchange::TextTable &table() const { return m_table; }
    [[nodiscard]] const services::ImportMapping &mapping() const { return m_mapping; }
    // Finds the questions for this mapping in the whole list, on a reader thread, then emits examined(). A
    // later call replaces an earlier one.
    void examine(const services::ImportMapping &mapping);
    [[nodiscard]] const services::ImportQuestions &questions() const { return m_questions; }
    // Announces progressed() after each batch, and finished() or failed() at the end. Fails, and stores
    // nothing, when columns, coding, dates, names or letters are in doubt. Nothing happens while an import
    // runs.
    void start(const services::ImportMapping &mapping);
    void stop() { m_stopped = true; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] const Tally &tally() const { return m_tally; }
    // Rows that a person should look at, with the reason in words, and at the end those that were not
    // reached.
    [[nodiscard]] QStringList report() const;
    // Writes the rows that were not stored, each with its line and reason.
    [[nodiscard]] Result<void> saveSkipped(const QString &path) const;

Q_SIGNALS:
    void loaded();
    void examined();
    void progressed();
    void finished();
    void failed(const clinic::Error &error);

private:
    // The completed mapping and its questions.
    struct Examined
    {
        services::ImportMapping mapping{};
        services::ImportQuestions questions{};
    };
    void lookThrough(const services::ImportMapping &mapping, std::function<void(const Examined &)> then);
    void next();
    void note(const services::ImportOutcome &outcome);
    void end(const std::optional<Error> &error);

    services::Clinic &m_clinic;
    QString m_path;
    exchange::TextTable m_table;
    services::ImportMapping m_mapping;
    services::ImportQuestions m_questions;
    Tally m_tally;
    QStringList m_report;
    QList<services::ImportOutcome> m_skipped;
    QHash<int, services::ImportOutcome>
        m_stored;          // by line: what this very import has stored, also before a stop
    quint64 m_reading = 0; // the reading of the file that is wanted
    std::shared_ptr<std::atomic<quint64>> m_wanted; // the look through that is wanted
    bool m_stopped = false;
    bool m_isRunning = false;
};

} // namespace clinic::models
