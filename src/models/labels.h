// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/scope.h"
#include "domain/appointments/entities.h"
#include "domain/billing/entities.h"
#include "domain/patients/entities.h"
#include "storage/appointments/queries.h"

#include <QDateTime>
#include <QTimeZone>

namespace clinic::models {

// Words and formats for all screens and documents, in the user's language.
[[nodiscard]] QString stateLabel(domain::AppointmentState state);
[[nodiscard]] QString stateLabel(const QString &code);
[[nodiscard]] QString sexLabel(domain::Sex sex);
[[nodiscard]] QString methodLabel(domain::PaymentMethod method);
[[nodiscard]] QString identifierLabel(domain::IdentifierKind kind);
[[nodiscard]] QString documentKindLabel(domain::DocumentKind kind);
[[nodiscard]] QString consentLabel(domain::ConsentKind kind);
[[nodiscard]] QString scopeLabel(domain::DataScope scope);
[[nodiscard]] QString severityLabel(domain::AllergySeverity severity);
// storage::ChainFault as text.
[[nodiscard]] QString chainFaultText(const QString &what);
[[nodiscard]] QString intentionLabel(const QString &name);
// The label of an audit event's outcome: "refused", "failed", "idle" and so on.
[[nodiscard]] QString outcomeLabel(const QString &code);
// The entity's label, by its table's name.
[[nodiscard]] QString entityLabel(const QString &name);
[[nodiscard]] QString settingLabel(const QString &key);
[[nodiscard]] QString roleLabel(const QString &code, const QString &storedName);
// Name or description of a role template.
[[nodiscard]] QString templateLabel(const char *text);
// The original name of a built-in role; the code of any other.
[[nodiscard]] QString roleLabel(const QString &code);
// Names, numbers and times that keep their direction inside a sentence or a list line; use it for all of
// them.
[[nodiscard]] QString isolated(const QString &text);
// The original text, for the clipboard.
[[nodiscard]] QString withoutIsolates(const QString &text);
// Numbers and codes that keep their order inside a right-to-left sentence.
[[nodiscard]] QString leftToRight(const QString &text);
// "17 May 1980", "May 1980", "about 1980"
[[nodiscard]] QString dateText(const PartialDate &date);
// The same; "not known" for a null date.
[[nodiscard]] QString birthText(const PartialDate &born);
// A stored text for users: an estimated date ("1996~") in words, any other text unchanged.
[[nodiscard]] QString storedText(const QString &stored);
// "45 y", "7 months" for the very young; empty when unknown
[[nodiscard]] QString ageText(const PartialDate &born, const QDate &today);
// "45 y, female"
[[nodiscard]] QString ageAndSex(const PartialDate &born, domain::Sex sex, const QDate &today);
[[nodiscard]] QString timeText(qint64 ms, const QTimeZone &zone);
// "14:05 – 14:20", with the days where it goes over midnight
[[nodiscard]] QString spanText(qint64 ms, int minutes, const QTimeZone &zone);
// An appointment's warning, such as "10 min over" or "patient deactivated"; usually empty.
[[nodiscard]] QString warningText(const storage::AppointmentView &view, qint64 now);
// Its state with that warning.
[[nodiscard]] QString stateText(const storage::AppointmentView &view, qint64 now);
// A patient's inactive reason as text: "died on 1 Mar 2026".
[[nodiscard]] QString reasonText(const QString &inactiveReason);
[[nodiscard]] QString dayText(qint64 ms, const QTimeZone &zone);
[[nodiscard]] QString dayTimeText(qint64 ms, const QTimeZone &zone);
[[nodiscard]] QString moneyText(qint64 minor, const QString &currency);
// The invoice's number, or "draft" and the invoice that was issued from it.
[[nodiscard]] QString invoiceName(const domain::Invoice &invoice);

} // namespace clinic::models
