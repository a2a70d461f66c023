// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/patientpicker.h"

#include "models/labels.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace clinic::gui {

PatientPicker::PatientPicker(Shell &shell, QWidget *parent)
    : QWidget(parent), m_shell(shell), m_edit(new QLineEdit), m_results(new QListWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_edit);
    layout->addWidget(m_results);
    m_edit->setPlaceholderText(tr("Name, telephone or number"));
    m_edit->setAccessibleName(tr("Patient"));
    m_results->setAccessibleName(tr("Patients found"));
    m_results->setFocusPolicy(Qt::NoFocus);
    m_results->setMaximumHeight(fontMetrics().height() * 9);
    m_results->hide();
    setFocusProxy(m_edit);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &PatientPicker::search);
    connect(m_results, &QListWidget::itemClicked, this, [this] { take(m_results->currentRow()); });
}

void PatientPicker::setPatient(const Id &id, const QString &name)
{
    m_patient = id;
    const QSignalBlocker quiet(m_edit); // not a search
    m_edit->setText(name);
    m_results->hide();
}

void PatientPicker::search(const QString &text)
{
    m_patient = {};
    m_shell.workspace().patients.search(this, text, [this](const Result<QList<models::PatientHit>> &hits) {
        if (!hits)
            return;
        m_hits = hits->first(qMin(hits->size(), qsizetype(20)));
        m_results->clear();
        for (const auto &hit : std::as_const(m_hits)) {
            QStringList parts{hit.displayName(),
                              models::ageAndSex(hit.birthDate, hit.sex, m_shell.workspace().today()),
                              models::leftToRight(hit.phone.right(8)), models::leftToRight(hit.number)};
            parts.removeAll(QString());
            for (QString &part : parts)
                part = models::isolated(part);
            m_results->addItem(parts.join(QStringLiteral("  ·  ")));
        }
        m_results->setVisible(!m_hits.isEmpty());
        m_results->setCurrentRow(0);
    });
}

void PatientPicker::take(int row)
{
    if (row < 0 || row >= m_hits.size())
        return;
    const auto &hit = m_hits[row];
    setPatient(hit.id, hit.displayName());
    Q_EMIT chosen();
}

bool PatientPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_results->isVisible()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Down:
            m_results->setCurrentRow(qMin(m_results->currentRow() + 1, m_results->count() - 1));
            return true;
        case Qt::Key_Up:
            m_results->setCurrentRow(qMax(m_results->currentRow() - 1, 0));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            take(m_results->currentRow());
            return true;
        case Qt::Key_Tab:
            if (m_patient.isNull())
                take(m_results->currentRow());
            return false;
        case Qt::Key_Escape:
            m_results->hide();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace clinic::gui
