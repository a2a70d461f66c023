// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimeZone>

// What is put into sentences, lists and documents, so that it reads the same whatever stands around it.
namespace clinic::exchange {

// A name, number, time or any other text that keeps its own direction inside a sentence (Unicode isolates).
// Unchanged where nothing could run the other way, and where it is isolated already.
[[nodiscard]] QString isolated(const QString &text);
// The same for numbers and codes that are written from left to right whatever they contain.
[[nodiscard]] QString leftToRight(const QString &text);
// As it was typed, for the clipboard.
[[nodiscard]] QString withoutIsolates(const QString &text);

// "14:05"; says so when it is the second time that the clock shows it on that day.
[[nodiscard]] QString timeText(qint64 ms, const QTimeZone &zone);
// "14:05 – 14:20"; with the day where it ends on another one.
[[nodiscard]] QString spanText(qint64 ms, int minutes, const QTimeZone &zone);
[[nodiscard]] QString dayText(qint64 ms, const QTimeZone &zone);

} // namespace clinic::exchange
