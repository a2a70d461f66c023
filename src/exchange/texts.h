// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimeZone>

// Texts for sentences, lists and documents, which read the same in any context.
namespace clinic::exchange {

// A name, number, time or other text that keeps its own direction inside a sentence (Unicode isolates).
// Unchanged if the direction cannot change, or if it is isolated already.
[[nodiscard]] QString isolated(const QString &text);
// The same for numbers and codes, which are always written from left to right.
[[nodiscard]] QString leftToRight(const QString &text);
// The original text, for the clipboard.
[[nodiscard]] QString withoutIsolates(const QString &text);

// "14:05"; marked when it is the second such time on that day.
[[nodiscard]] QString timeText(qint64 ms, const QTimeZone &zone);
// "14:05 – 14:20"; with the day when it ends on another one.
[[nodiscard]] QString spanText(qint64 ms, int minutes, const QTimeZone &zone);
[[nodiscard]] QString dayText(qint64 ms, const QTimeZone &zone);

} // namespace clinic::exchange
