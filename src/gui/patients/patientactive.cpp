// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/digits.h"
#include "domain/patients/rules.h"
#include "gui/appointments/toucheddialog.h"
#include "gui/patients/patientprofile.h"
#include "models/labels.h"

// Deactivates and reactivates a patient.
namespace clinic::gui {

void PatientProfile::changeActive()
{
    const bool activate = !m_chart.patient.active;
    if (activate)
        return setActive(true, {}, {}, {});
    shell().prompter().askText(this, tr("Deactivate this patient"), tr("Why?"),
                               {tr("Moved away"), tr("Died"), tr("Registered twice")},
                               [this](const QString &reason) {
                                   if (reason == tr("Died"))
                                       askDeath();
                                   else
                                       setActive(false, reason, {}, {});
                               });
}

// The day as typed; if it is unknown, a year or nothing.
void PatientProfile::askDeath()
{
    shell().prompter().askText(
        this, tr("Deactivate this patient"),
        tr("When did this person die? (a day, a year, or 0 when not known)"),
        {models::dateText(*PartialDate::create(workspace().today().year(), workspace().today().month(),
                                               workspace().today().day()))},
        [this](const QString &typed) {
            PartialDate day;
            if (digits::plain(typed).trimmed() != u"0") {
                const auto read = PartialDate::parse(typed, workspace().today());
                if (!read) {
                    shell().sayError(read.error());
                    return;
                }
                day = *read;
            }
            setActive(false, domain::deathReason(day), {}, {});
        });
}

void PatientProfile::setActive(bool active, const QString &reason, const QList<Id> &shown,
                               std::function<void()> then)
{
    workspace().patients.setActive(
        this, m_patient, active, reason,
        [this, active, reason, then](const Result<domain::Patient> &done) {
            if (!done) {
                const bool asks = TouchedDialog::ask(
                    shell(), this, done.error(),
                    [this, active, reason](const QList<Id> &ids, std::function<void()> saved) {
                        setActive(active, reason, ids, saved);
                    });
                if (!asks)
                    shell().sayError(done.error());
                return;
            }
            shell().say(active ? tr("Reactivated.")
                               : tr("Deactivated. The record is kept and can be reactivated."));
            if (then)
                then();
        },
        shown);
}

} // namespace clinic::gui
