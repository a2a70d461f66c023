// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draftstore.h"

namespace clinic::models {

DraftKeeper::DraftKeeper(services::Clinic &clinic, QString form, QObject *parent)
    : QObject(parent), m_clinic(clinic)
{
    m_draft.form = std::move(form);
    m_timer.setSingleShot(true);
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::flush);
}

void DraftKeeper::changed(const QString &title, const Id &subject, const QByteArray &content)
{
    if (content == m_draft.content)
        return;
    m_draft.title = title;
    m_draft.subject = subject;
    m_draft.content = content;
    if (!m_timer.isActive())
        m_timer.start();
}

void DraftKeeper::flush()
{
    m_timer.stop();
    if (m_draft.content.isEmpty()) {
        discard();
        return;
    }
    if (m_draft.id.isNull())
        m_draft.id = Id::create(m_clinic.clock().nowMs());
    services::saveDraft(m_clinic, m_draft);
}

void DraftKeeper::discard()
{
    m_timer.stop();
    m_draft.content.clear();
    if (!m_draft.id.isNull())
        services::dropDraft(m_clinic, m_draft.id);
    m_draft.id = {};
}

} // namespace clinic::models
