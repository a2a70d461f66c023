// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// One part of a patient: allergy, condition, contact, identifier or next of kin; added, changed or removed.
template <class T>
class PartDialog : public FormDialog
{
public:
    using Fill = std::function<void(Form &, const T &)>;
    // The typed part, or an error: shown beside its field, and nothing is stored.
    using Read = std::function<Result<T>(const Form &, T)>;

    PartDialog(Shell &shell, const QString &title, const T &part, Fill fill, Read read)
        : FormDialog(title, FormDialog::tr("Save"), shell.window()),
          m_shell(shell),
          m_before(part),
          m_form(new Form(1)),
          m_read(std::move(read))
    {
        resize(460, 360);
        fill(*m_form, part);
        body()->addWidget(m_form);
        body()->addStretch();
        QObject::connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
    }

protected:
    void save() override
    {
        m_form->clearFaults();
        const Result<T> typed = m_read(*m_form, m_before);
        if (!typed) {
            m_form->showFault(typed.error());
            return;
        }
        setBusy(true);
        m_shell.workspace().patients.savePart(this, m_before, *typed,
                                              [this](const Result<storage::Record> &saved) {
                                                  setBusy(false);
                                                  if (!saved) {
                                                      m_form->showFault(saved.error());
                                                      return;
                                                  }
                                                  m_dirty = false;
                                                  accept();
                                              });
    }
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    Shell &m_shell;
    T m_before;
    Form *m_form;
    Read m_read;
    bool m_dirty = false;
};

} // namespace clinic::gui
