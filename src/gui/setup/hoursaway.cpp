// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setup/hoursaway.h"

#include "domain/setup/hours.h"
#include "gui/appointments/toucheddialog.h"
#include "gui/setup/setuppage.h"

namespace clinic::gui {

void takeHoursAway(Shell &shell, QWidget *parent, const storage::Record &record, bool own,
                   const QList<Id> &shown, std::function<void()> then)
{
    storage::Record after = record;
    after.values[after.entity->indexOf("weekday")] = qint64(domain::noWeekday);
    const auto answered = [&shell, parent, record, own, then](const Result<storage::Record> &done) {
        if (!done) {
            const bool asks = TouchedDialog::ask(
                shell, parent, done.error(),
                [&shell, parent, record, own, then](const QList<Id> &ids, std::function<void()> saved) {
                    takeHoursAway(shell, parent, record, own, ids, [then, saved] {
                        then();
                        saved();
                    });
                });
            if (!asks)
                shell.sayError(done.error());
            return;
        }
        shell.say(SetupPage::tr("Removed."), [&shell, parent, record, own, taken = *done, then] {
            const auto back = [&shell, then](const Result<storage::Record> &again) {
                if (!again)
                    shell.sayError(again.error());
                then();
            };
            storage::Record restored = taken;
            restored.values = record.values;
            if (own)
                shell.workspace().setup.saveOwnSchedule(parent, taken, restored, back);
            else
                shell.workspace().setup.save(parent, taken, restored, back);
        });
        then();
    };
    if (own)
        shell.workspace().setup.saveOwnSchedule(parent, record, after, answered, shown);
    else
        shell.workspace().setup.save(parent, record, after, answered, shown);
}

void removeTakenAway(QList<storage::Record> &rows)
{
    rows.removeIf([](const storage::Record &record) {
        const int weekday = record.entity->indexOf("weekday");
        return weekday >= 0 && record.values[weekday] == Value{qint64(domain::noWeekday)};
    });
}

} // namespace clinic::gui
