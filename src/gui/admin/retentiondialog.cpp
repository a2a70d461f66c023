// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/retentiondialog.h"

#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

RetentionDialog::RetentionDialog(Shell &shell)
    : FormDialog(tr("Retention rules"), tr("&Do it"), shell.window()),
      m_shell(shell),
      m_rules(label(QString(), "muted")),
      m_outcome(label(QString())),
      m_progress(new QProgressBar)
{
    setObjectName(QStringLiteral("retention"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(720, 560);
    m_rules->setWordWrap(true);
    m_outcome->setWordWrap(true);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_model = new models::RowsModel<Line>(
        {{tr("Patient"), [](const Line &l) { return QVariant(l.patient.displayName()); }},
         {tr("Number"), [](const Line &l) { return QVariant(l.patient.number); }},
         {tr("Last changed"),
          [this](const Line &l) {
              return QVariant(models::dayText(l.patient.updatedAt, m_shell.workspace().zone()));
          },
          [](const Line &l) { return QVariant(l.patient.updatedAt); }},
         {tr("What happens"),
          [](const Line &l) { return QVariant(l.anonymises ? tr("Anonymised") : tr("Archived")); }}},
        this);
    m_list = new ListView(tr("Whom the rules apply to"), m_model,
                          TakenAs{domain::IntentionId::ExportPatients, "patient", {}});
    m_list->setStretch({34, 26, 20, 20});
    m_list->setMinimumHeight(260);
    m_outcome->hide();
    m_progress->hide();
    body()->addWidget(m_rules);
    body()->addWidget(m_progress);
    body()->addWidget(m_outcome);
    body()->addWidget(m_list, 1);
    saveButton()->setEnabled(false);
    m_list->showLoading();
    read();
}

void RetentionDialog::read()
{
    m_shell.workspace().patients.planRetention(this, [this](const Result<services::RetentionPlan> &plan) {
        if (!plan)
            return m_list->showFailure(models::errorText(plan.error()), [this] { read(); });
        const auto rule = [](int years, const QString &text, const QString &never) {
            return years > 0 ? text.arg(years) : never;
        };
        m_rules->setText(
            rule(plan->archiveYears, tr("Archived %1 years after the last visit, payment or change."),
                 tr("Nobody is archived.")) +
            u'\n' +
            rule(plan->anonymiseYears, tr("Anonymised %1 years after it; there is no way back from that."),
                 tr("Nobody is anonymised.")) +
            u'\n' +
            tr("Patients with a coming appointment or an open balance are left out. The numbers of years are "
               "in the settings."));
        QList<Line> lines;
        for (const auto &patient : plan->anonymise)
            lines << Line{patient, true};
        for (const auto &patient : plan->archive)
            lines << Line{patient, false};
        m_model->setRows(lines);
        m_list->setEmptyText(plan->archiveYears + plan->anonymiseYears > 0
                                 ? tr("The rules apply to nobody today.")
                                 : tr("There are no rules yet: set the years under Settings."));
        m_list->showRows();
        saveButton()->setEnabled(!lines.isEmpty());
        if (!plan->isComplete && m_outcome->text().isEmpty())
            tell(tr("There are more; they are shown when these are done."));
    });
}

void RetentionDialog::save()
{
    const QList<Line> lines = m_model->rows();
    const auto anonymised = std::ranges::count_if(lines, &Line::anonymises);
    m_shell.prompter().confirm(this, tr("Apply the retention rules"),
                               tr("%1 patients are anonymised, which cannot be undone, and %2 archived. Each "
                                  "is recorded in the audit.")
                                   .arg(anonymised)
                                   .arg(lines.size() - anonymised),
                               tr("Apply"), [this, lines](bool yes) {
                                   if (!yes)
                                       return;
                                   m_left = lines;
                                   m_done = 0;
                                   setBusy(true);
                                   m_progress->setRange(0, int(lines.size()));
                                   m_progress->setValue(0);
                                   m_progress->show();
                                   next();
                               });
}

// One after the other: each is a step of its own, and closing the window stops between two.
void RetentionDialog::next()
{
    m_progress->setValue(m_done);
    if (m_left.isEmpty())
        return finish(tr("%n patient(s) done.", nullptr, m_done));
    const Line line = m_left.takeFirst();
    const auto then = [this](bool done, const Error &error) {
        if (!done)
            return finish(tr("%n patient(s) done.", nullptr, m_done) + u' ' + models::errorText(error));
        ++m_done;
        next();
    };
    auto &patients = m_shell.workspace().patients;
    if (line.anonymises)
        patients.anonymise(this, line.patient.id, [then](const Result<services::Anonymised> &done) {
            then(done.has_value(), done ? Error() : done.error());
        });
    else
        patients.setActive(this, line.patient.id, false, QString(services::retentionReason),
                           [then](const Result<domain::Patient> &done) {
                               then(done.has_value(), done ? Error() : done.error());
                           });
}

void RetentionDialog::finish(const QString &text)
{
    setBusy(false);
    m_progress->hide();
    tell(text);
    read();
}

void RetentionDialog::tell(const QString &text)
{
    m_outcome->setText(text);
    m_outcome->show();
}

} // namespace clinic::gui
