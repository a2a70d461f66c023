// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/draftstore.h"

#include <QPointer>
#include <QTimer>

class QWidget;

namespace clinic::gui {

class FormDialog;

// Keeps what is typed into any form of a window, so that no sign-out, no session ended elsewhere and no crash
// loses it. A form with a draft of its own (patient, booking) is left to that; of every other the text is
// kept as a draft "text", which Today offers to read and copy. Saving the form, or throwing its text away,
// drops it.
class FormKeeper : public QObject
{
    Q_OBJECT
public:
    static constexpr char16_t form[] = u"text";

    FormKeeper(services::Clinic &clinic, QWidget *window);

    // Every draft of the window now rather than within a second: before locking or leaving.
    void flush();

private:
    void look();

    services::Clinic &m_clinic;
    QWidget *m_window;
    QHash<FormDialog *, models::DraftKeeper *> m_kept;
    QTimer m_timer;
};

// Shows a kept text, to be read and copied.
void showKeptText(const models::Draft &draft, QWidget *parent);

} // namespace clinic::gui
