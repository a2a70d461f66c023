// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/setup/bringer.h"

namespace clinic::models {

void Bringer::look()
{
    m_clinic.ask(this, services::LookIntoClinic{m_path, m_key}, [this](const Result<OtherClinic> &found) {
        if (!found) {
            Q_EMIT failed(found.error());
            return;
        }
        m_found = *found;
        Q_EMIT looked();
    });
}

void Bringer::unlock(const QString &user, const QString &password)
{
    m_clinic.ask(this, services::UnlockOtherClinic{m_path, user, password},
                 [this](const Result<FileKey> &key) {
                     if (!key) {
                         Q_EMIT failed(key.error());
                         return;
                     }
                     m_key = *key;
                     look();
                 });
}

void Bringer::start()
{
    m_stopped = false;
    next();
}

void Bringer::next()
{
    if (m_stopped) {
        Q_EMIT finished();
        return;
    }
    m_clinic.ask(this, services::ReadOtherClinic{m_path, m_place, m_key},
                 [this](const Result<services::BroughtRows> &rows) {
                     if (!rows) {
                         Q_EMIT failed(rows.error());
                         return;
                     }
                     m_place = rows->next;
                     if (rows->done) {
                         Q_EMIT finished();
                         return;
                     }
                     if (rows->records.isEmpty())
                         return next();
                     m_clinic.run(this, services::BringRows{*rows},
                                  [this, count = rows->records.size()](const Result<int> &stored) {
                                      if (!stored) {
                                          Q_EMIT failed(stored.error());
                                          return;
                                      }
                                      m_stored += *stored;
                                      m_done += count;
                                      Q_EMIT progressed();
                                      next();
                                  });
                 });
}

} // namespace clinic::models
