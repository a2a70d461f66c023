// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/draftstore.h"

#include <QPointer>
#include <QTimer>

class QWidget;

namespace clinic::gui {

class FormDialog;

// Saves the typed text of all forms in a window, so that no sign-out, no session ended elsewhere and no
// crash loses it. A form with drafts of its own (patient, appointment) saves itself; the text of any other
// is a draft "text", which Today offers to read and copy. Saving the form, or discarding its text, deletes
// it.
class FormKeeper : public QObject
{
    Q_OBJECT
public:
    static constexpr char16_t form[] = u"text";

    FormKeeper(services::Clinic &clinic, QWidget *window);

    // Saves all drafts of the window now instead of within a second: before locking or leaving.
    void flush();

private:
    void look();

    services::Clinic &m_clinic;
    QWidget *m_window;
    QHash<FormDialog *, models::DraftKeeper *> m_kept;
    QTimer m_timer;
};

// Shows a saved text, to be read and copied.
void showKeptText(const models::Draft &draft, QWidget *parent);

} // namespace clinic::gui
