// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/setup/entities.h"

#include <span>

namespace clinic::domain {

// All settings: key, default, possible owners. The narrowest owner's value counts. Settings that protect the
// hospital belong to the hospital alone. Unknown keys in a file are kept.
struct SettingInfo
{
    const char *key;
    const char *defaultValue;
    unsigned scopes;               // one bit for each SettingScope
    const char *label;             // English; translated in context "Setting"
    const char *allowed = nullptr; // "1..240" or "A4|Letter"; null = any text

    [[nodiscard]] constexpr bool allows(SettingScope scope) const { return scopes & (1U << unsigned(scope)); }
};

namespace setting {
inline constexpr const char *lockMinutes = "session.lockMinutes";
inline constexpr const char *sessionHours = "session.hours";
inline constexpr const char *offlineDays = "session.offlineDays";
inline constexpr const char *passwordProves = "session.passwordProves";
inline constexpr const char *slotMinutes = "calendar.slotMinutes";
inline constexpr const char *dayStart = "calendar.dayStart";
inline constexpr const char *dayEnd = "calendar.dayEnd";
inline constexpr const char *paper = "print.paper";
inline constexpr const char *theme = "interface.theme";
inline constexpr const char *language = "interface.language";
inline constexpr const char *fontPercent = "interface.fontPercent";
inline constexpr const char *backupFolder = "backup.folder";
inline constexpr const char *backupKeep = "backup.keep";
inline constexpr const char *calendarFilter = "calendar.filter";
inline constexpr const char *lists = "interface.lists";
inline constexpr const char *refundApproval = "billing.refundNeedsApproval";
inline constexpr const char *documentsKept = "documents.keptMegabytes";
inline constexpr char emergencyMinutes[] = "emergency.minutes";
inline constexpr char archiveYears[] = "retention.archiveYears";
inline constexpr char anonymiseYears[] = "retention.anonymiseYears";
} // namespace setting

[[nodiscard]] std::span<const SettingInfo> allSettings();
// The value for storing; Invalid, with the key as its field and the allowed values, when it is not allowed.
[[nodiscard]] Result<QString> checkedSetting(const SettingInfo &info, const QString &typed);
// Whether a stored row is valid: a known key, of an owner that may have it. PC and server check it before a
// setting is written, and the PC before it counts.
[[nodiscard]] bool mayBeSet(QStringView key, SettingScope scope);
// Null for an unknown key.
[[nodiscard]] const SettingInfo *settingInfo(QStringView key);

} // namespace clinic::domain
