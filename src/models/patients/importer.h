// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/textfile.h"
#include "models/patients/patientscontroller.h"
#include "services/patients/importing.h"

namespace clinic::models {

// Reads a list and stores it batch by batch; stops between batches when asked to, and goes on there the next
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

    // Reads the file away from the interface thread, then announces loaded() or failed().
    void load();
    [[nodiscard]] const exchange::TextTable &table() const { return m_table; }
    [[nodiscard]] services::ImportMapping &mapping() { return m_mapping; }
    void start();
    void stop() { m_stopped = true; }
    [[nodiscard]] const Tally &tally() const { return m_tally; }
    // Rows that were not stored, with the reason in words.
    [[nodiscard]] const QStringList &report() const { return m_report; }

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
    bool m_stopped = false;
};

} // namespace clinic::models
