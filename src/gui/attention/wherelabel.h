// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace.h"

#include <QLabel>

namespace clinic::gui {

// Where one appointment or invoice is saved, in words: here, or here and on the server. Follows what happens;
// hidden on a PC that works alone.
class WhereLabel : public QLabel
{
    Q_OBJECT
public:
    WhereLabel(models::Workspace &workspace, const Id &row, QWidget *parent = nullptr);

private:
    void refresh();

    models::Workspace &m_workspace;
    Id m_row;
};

// "Saved here; 2 changes wait for the server", "Saved here and on the server".
[[nodiscard]] QString whereText(int waiting);

} // namespace clinic::gui
