// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/clinic.h"
#include "services/drafts.h"

#include <QTimer>

namespace clinic::models {

using services::Draft;

// What is being typed into one form, kept in the file at most once a second until the form is saved or thrown
// away.
class DraftKeeper : public QObject
{
    Q_OBJECT
public:
    DraftKeeper(services::Clinic &clinic, QString form, QObject *parent);

    // Continues a draft that was found; otherwise one is begun with the first change.
    void adopt(const Draft &draft) { m_draft = draft; }
    // The form's content changed. An empty content drops the draft.
    void changed(const QString &title, const Id &subject, const QByteArray &content);
    // The form was saved or its text thrown away.
    void discard();
    // Now rather than within a second: before locking or leaving.
    void flush();

private:
    services::Clinic &m_clinic;
    Draft m_draft;
    QTimer m_timer;
};

} // namespace clinic::models
