// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/commandpalette.h"

#include "core/fold.h"
#include "gui/widgets/controls.h"
#include "models/labels.h"

#include <QKeyEvent>

namespace clinic::gui {

CommandPalette::CommandPalette(Shell &shell)
    : QDialog(shell.window()), m_shell(shell), m_edit(new QLineEdit), m_list(new QListWidget)
{
    setObjectName(QStringLiteral("palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go to"));
    resize(560, 420);
    auto *layout = new QVBoxLayout(this);
    m_edit->setPlaceholderText(tr("Patients, screens, actions"));
    m_edit->setAccessibleName(tr("What to look for"));
    m_list->setAccessibleName(tr("Found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_edit);
    layout->addWidget(m_list, 1);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, [this] { start(m_list->currentRow()); });
    m_edit->setFocus();
    fill();
}

void CommandPalette::fill()
{
    m_list->clear();
    m_runs.clear();
    const QString wanted = fold(m_edit->text());
    for (const auto &action : allActions()) {
        if (!isOffered(action, m_shell.workspace()))
            continue;
        const QString text = actionText(action).remove(u'&');
        if (!wanted.isEmpty() && !fold(text).contains(wanted))
            continue;
        auto *item = new QListWidgetItem(
            m_shell.theme().icon(QString::fromLatin1(action.icon ? action.icon : "check")), text, m_list);
        if (action.shortcut)
            item->setText(
                text + QStringLiteral("    ") +
                QKeySequence(QString::fromLatin1(action.shortcut)).toString(QKeySequence::NativeText));
        m_runs << [this, run = action.run] { run(m_shell); };
    }
    m_list->setCurrentRow(0);
    if (wanted.size() < 2 || !m_shell.workspace().may("patients.view"))
        return;
    m_shell.workspace().patients.search(
        this, m_edit->text(), [this](const Result<QList<models::PatientHit>> &hits) {
            if (!hits)
                return;
            for (const auto &hit : hits->first(qMin(hits->size(), qsizetype(12)))) {
                QStringList parts{hit.displayName(),
                                  models::ageAndSex(hit.birthDate, hit.sex, m_shell.workspace().today()),
                                  hit.number};
                for (QString &part : parts)
                    part = models::isolated(part);
                new QListWidgetItem(m_shell.theme().icon(QStringLiteral("patients")),
                                    parts.join(QStringLiteral("  ·  ")), m_list);
                m_runs << [this, id = hit.id] { m_shell.openPatient(id); };
            }
            if (m_list->currentRow() < 0)
                m_list->setCurrentRow(0);
        });
}

void CommandPalette::start(int row)
{
    if (row < 0 || row >= m_runs.size())
        return;
    const auto run = m_runs[row];
    hide();
    run();
    accept();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Down:
            m_list->setCurrentRow(qMin(m_list->currentRow() + 1, m_list->count() - 1));
            return true;
        case Qt::Key_Up:
            m_list->setCurrentRow(qMax(m_list->currentRow() - 1, 0));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            start(m_list->currentRow());
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace clinic::gui
