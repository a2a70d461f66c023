// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"

namespace clinic::domain {
namespace settingtables {

constexpr SettingInfo settings[] = {
    {setting::lockMinutes, "5", SettingScope::Hospital, "Lock after minutes without use"},
    {setting::slotMinutes, "15", SettingScope::Hospital, "Minutes of a new appointment"},
    {setting::dayStart, "7", SettingScope::Hospital, "First hour of the calendar"},
    {setting::dayEnd, "19", SettingScope::Hospital, "Last hour of the calendar"},
    {setting::paper, "A4", SettingScope::Hospital, "Paper of documents (A4, Letter, A5, 80mm)"},
    {setting::theme, "system", SettingScope::Hospital, "Theme (system, light, dark, contrast)"},
    {setting::language, "", SettingScope::Hospital, "Language (empty = of the system)"},
    {setting::fontPercent, "100", SettingScope::User, "Size of text in percent"},
    {setting::backupFolder, "", SettingScope::Hospital, "Second place for daily backups"},
    {setting::backupKeep, "30", SettingScope::Hospital, "Daily backups kept"},
    {setting::calendarFilter, "", SettingScope::User, "Last filter of the calendar"},
    {setting::refundApproval, "true", SettingScope::Hospital, "Refunds need a second person's approval"},
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
