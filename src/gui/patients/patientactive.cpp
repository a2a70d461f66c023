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
    if (m_chart.patient.active)
        askReason({});
    else
        setActive(true, {}, {}, {}, {});
}

void PatientProfile::askReason(const QString &typed)
{
    shell().prompter().askText(
        this, tr("Deactivate this patient"), tr("Why?"),
        {tr("Moved away"), tr("Died"), tr("Registered twice")},
        [this](const QString &reason) {
            if (reason == tr("Died"))
                askDeath({});
            else
                setActive(false, reason, {}, {}, [this, reason] { askReason(reason); });
        },
        typed);
}

// Asks for the date of death: a day, a year, or "?" if it is unknown. The form proposes no day, because
// Continue alone would then record it.
void PatientProfile::askDeath(const QString &typed)
{
    shell().prompter().askText(
        this, tr("Deactivate this patient"), tr("Date of death (a day or a year; ? if not known)"), {},
        [this](const QString &answer) {
            const QString plain = digits::plain(answer).trimmed();
            PartialDate day;
            if (plain != u"?" && plain != u"؟" && plain != u"0") {
                const auto read = PartialDate::parse(answer, workspace().today());
                if (!read) {
                    shell().sayError(read.error());
                    return askDeath(answer);
                }
                day = *read;
            }
            setActive(false, domain::deathReason(day), {}, {}, [this, answer] { askDeath(answer); });
        },
        typed);
}

void PatientProfile::setActive(bool active, const QString &reason, const QList<Id> &shown,
                               std::function<void()> then, std::function<void()> again)
{
    workspace().patients.setActive(
        this, m_patient, active, reason,
        [this, active, reason, then, again](const Result<domain::Patient> &done) {
            if (!done) {
                const bool asks = TouchedDialog::ask(
                    shell(), this, done.error(),
                    [this, active, reason, again](const QList<Id> &ids, std::function<void()> saved) {
                        setActive(active, reason, ids, saved, again);
                    });
                if (!asks)
                    shell().sayError(done.error());
                if (!asks && again)
                    again();
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
