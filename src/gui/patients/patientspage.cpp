// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/patientspage.h"

#include "models/errortext.h"
#include "models/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>

namespace clinic::gui {

QList<models::RowsModel<models::PatientHit>::Column> patientColumns(models::Workspace &workspace)
{
    using models::PatientHit;

    return {
        {PatientsPage::tr("Name"),
         [](const PatientHit &h) {
             const QString name = h.displayName();
             return QVariant(h.hasConflict ? name + QStringLiteral("  ⚑") : name);
         }},
        {PatientsPage::tr("Age and sex"),
         [&workspace](const PatientHit &h) {
             return QVariant(models::ageAndSex(h.birthDate, h.sex, workspace.today()));
         },
         [](const PatientHit &h) { return QVariant(h.birthDate.toStored()); }},
        {PatientsPage::tr("Birth date"),
         [](const PatientHit &h) { return QVariant(models::birthText(h.birthDate)); },
         [](const PatientHit &h) { return QVariant(h.birthDate.toStored()); }},
        {PatientsPage::tr("Phone"),
         [](const PatientHit &h) { return QVariant(models::leftToRight(h.phone)); }},
        {PatientsPage::tr("Number"), [](const PatientHit &h) { return QVariant(h.number); }},
        {PatientsPage::tr("Last visit"),
         [&workspace](const PatientHit &h) {
             if (h.isOutside)
                 return QVariant(PatientsPage::tr("Not yours"));
             return h.lastVisitAt ? QVariant(models::dayText(h.lastVisitAt, workspace.zone()))
                                  : QVariant(h.active ? QString() : PatientsPage::tr("Deactivated"));
         },
         [](const PatientHit &h) { return QVariant(h.lastVisitAt); }},
    };
}

PatientsPage::PatientsPage(Shell &shell)
    : Screen(shell),
      m_search(new QLineEdit),
      m_model(new models::RowsModel<models::PatientHit>(patientColumns(shell.workspace()), this))
{
    m_list = new ListView(tr("Patients found"), m_model,
                          TakenAs{domain::IntentionId::ExportPatients, "patient", {}});
    m_list->setStretch({28, 14, 13, 15, 16, 14});
    m_search->setPlaceholderText(tr("Name in any order, telephone, number, ID or birth date"));
    m_search->setAccessibleName(tr("Search patients"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &PatientsPage::search);
    connect(m_list, &ListView::opened, this, &PatientsPage::openCurrent);
    m_model->setDecorator([this](const models::PatientHit &hit, int role) -> QVariant {
        if (role == Qt::ToolTipRole && hit.isOutside)
            return tr(
                "Outside of what your role reaches: only who it is, until it is opened in an emergency");
        if (role == Qt::ForegroundRole && (!hit.active || hit.isOutside))
            return this->shell().theme().colour(QStringLiteral("muted"));
        return {};
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Patients"), "title"));
    top->addStretch();
    if (workspace().may(domain::IntentionId::RegisterPatient)) {
        top->addWidget(button(tr("Register patient"), "primary", this, [this] {
            const QString typed = m_search->text();
            this->shell().registerPatient(
                typed, [this](const domain::Patient &p) { this->shell().openPatient(p.id); });
        }));
    }
    layout->addLayout(top);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    connect(&workspace(), &models::Workspace::rowsChanged, this,
            [this](const QList<domain::RowChange> &rows) {
                if (isVisible() && models::touches(rows, {&domain::Patient::entity()}))
                    search();
            });
}

void PatientsPage::refresh()
{
    m_list->showLoading();
    search();
}

void PatientsPage::search()
{
    workspace().patients.search(this, m_search->text(), [this](const auto &hits) { show(hits); });
}

void PatientsPage::show(const Result<QList<models::PatientHit>> &hits)
{
    if (!hits) {
        if (hits.error().code != ErrorCode::Cancelled) // a newer search is running
            m_list->showFailure(models::errorText(hits.error()), [this] { search(); });
        return;
    }
    m_model->setRows(*hits);
    const bool mayRegister = workspace().may(domain::IntentionId::RegisterPatient);
    if (m_search->text().trimmed().isEmpty() && workspace().connection.isLoading())
        m_list->setEmptyText(tr("The hospital's records are still coming to this PC."));
    else if (m_search->text().trimmed().isEmpty())
        m_list->setEmptyText(tr("Nobody is registered yet."),
                             mayRegister ? tr("Register the first patient") : QString(),
                             [this] { shell().registerPatient({}); });
    else
        m_list->setEmptyText(
            workspace().connection.isLoading()
                ? tr("Nobody found for “%1” so far. This PC is still loading the hospital's data; whoever is "
                     "not here yet cannot be found.")
                      .arg(models::isolated(m_search->text()))
                : tr("Nobody found for “%1”. Try part of the name, or the end of the telephone number.")
                      .arg(models::isolated(m_search->text())),
            mayRegister ? tr("Register as a new patient") : QString(),
            [this] { shell().registerPatient(m_search->text()); });
    m_list->showRows();
    int row = 0;
    for (int i = 0; i < hits->size(); ++i) {
        if (hits->at(i).id == m_wanted)
            row = i;
    }
    m_wanted = {};
    if (!hits->isEmpty())
        m_list->select(row);
}

void PatientsPage::openCurrent()
{
    if (const auto *hit = m_model->at(m_list->current()))
        shell().openPatient(hit->id);
}

bool PatientsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            openCurrent();
            return true;
        }
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            const int step = key->key() == Qt::Key_Down ? 1 : -1;
            const int row = m_list->table()->currentIndex().row() + step;
            if (row >= 0 && row < m_model->rowCount())
                m_list->table()->selectRow(row);
            return true;
        }
    }
    return Screen::eventFilter(watched, event);
}

} // namespace clinic::gui
