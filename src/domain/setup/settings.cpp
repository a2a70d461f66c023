// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"

namespace clinic::domain {
namespace settingtables {

constexpr SettingInfo settings[] = {
    {setting::lockMinutes, "5", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Lock after minutes without use")},
    {setting::slotMinutes, "15", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Minutes of a new appointment")},
    {setting::dayStart, "7", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "First hour of the calendar")},
    {setting::dayEnd, "19", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Last hour of the calendar")},
    {setting::paper, "A4", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Paper of documents (A4, Letter, A5, 80mm)")},
    {setting::theme, "system", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Theme (system, light, dark, contrast)")},
    {setting::language, "", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Language (empty = of the system)")},
    {setting::fontPercent, "100", SettingScope::User,
     QT_TRANSLATE_NOOP("Setting", "Size of text in percent")},
    {setting::backupFolder, "", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Second place for daily backups")},
    {setting::backupKeep, "30", SettingScope::Hospital, QT_TRANSLATE_NOOP("Setting", "Daily backups kept")},
    {setting::calendarFilter, "", SettingScope::User,
     QT_TRANSLATE_NOOP("Setting", "Last filter of the calendar")},
    {setting::refundApproval, "true", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Refunds need a second person's approval")},
};

} // namespace settingtables

std::span<const SettingInfo> allSettings()
{
    return settingtables::settings;
}

const SettingInfo *settingInfo(QStringView key)
{
    for (const auto &info : settingtables::settings) {
        if (key == QLatin1StringView(info.key))
            return &info;
    }
    return nullptr;
}

} // namespace clinic::domain
