// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/form.h"

namespace clinic::gui {

// An enrolment code to copy, to read out, or to hold a scanner at.
class CodeDialog : public FormDialog
{
    Q_OBJECT
public:
    CodeDialog(const QString &code, QWidget *parent);

protected:
    [[nodiscard]] bool isDirty() const override { return false; }
    void save() override;

private:
    QString m_code;
};

} // namespace clinic::gui
