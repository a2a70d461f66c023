// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/clinic.h"
#include "services/setup/bringing.h"

namespace clinic::models {

using services::OtherClinic;

// Brings another clinic's file into this hospital, piece by piece; stops between two when asked to, and goes
// on there the next time.
class Bringer : public QObject
{
    Q_OBJECT
public:
    Bringer(services::Clinic &clinic, QString path, QObject *parent = nullptr)
        : QObject(parent), m_clinic(clinic), m_path(std::move(path))
    {}
    // What is in the file: looked() or failed().
    void look();
    // A sealed file: look() failed with SealedFile. With a recovery key the user is empty. looked() or
    // failed().
    void unlock(const QString &user, const QString &password);
    void start();
    void stop() { m_stopped = true; }
    [[nodiscard]] const OtherClinic &found() const { return m_found; }
    [[nodiscard]] qint64 done() const { return m_done; }
    [[nodiscard]] qint64 stored() const { return m_stored; }

Q_SIGNALS:
    void looked();
    void progressed();
    void finished();
    void failed(const clinic::Error &error);

private:
    void next();

    services::Clinic &m_clinic;
    QString m_path;
    FileKey m_key;
    OtherClinic m_found;
    services::BringPlace m_place;
    qint64 m_done = 0;
    qint64 m_stored = 0;
    bool m_stopped = false;
};

} // namespace clinic::models
