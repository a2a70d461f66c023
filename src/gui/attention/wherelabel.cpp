// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/wherelabel.h"

#include "gui/widgets/controls.h"

namespace clinic::gui {

WhereLabel::WhereLabel(models::Workspace &workspace, const Id &row, QWidget *parent)
    : QLabel(parent), m_workspace(workspace), m_row(row)
{
    setObjectName(QStringLiteral("whereItIs"));
    setTextFormat(Qt::PlainText);
    setRole(this, "muted");
    hide();
    connect(&workspace.connection, &models::Connection::changed, this, &WhereLabel::refresh);
    refresh();
}

void WhereLabel::refresh()
{
    if (!m_workspace.connection.isEnrolled())
        return hide();
    m_workspace.connection.waitingFor(this, m_row, [this](const Result<int> &waiting) {
        setVisible(waiting.has_value());
        if (waiting)
            setText(whereText(*waiting));
    });
}

QString whereText(int waiting)
{
    return waiting > 0 ? WhereLabel::tr("Saved here; %n change(s) wait for the server", nullptr, waiting)
                       : WhereLabel::tr("Saved here and on the server");
}

} // namespace clinic::gui
