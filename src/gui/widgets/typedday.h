// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QLineEdit>
#include <optional>

class QDateTimeEdit;

namespace clinic::gui {

// The day that a typed text means: any whole date that PartialDate reads with the day first, and short forms,
// whose missing parts come from `shown`: "5" (that day of the month), "5/12" (the nearest such day),
// "5/12/27" (the nearest such year), "2027" (the same day of that year). Nothing for any other text.
[[nodiscard]] std::optional<QDate> typedDay(QStringView text, const QDate &shown);

// The line in which a user types a whole day over a field for days. Qt edits such a field part by part, and
// takes 2/12/2026 for another day. The line opens with the first digit, or with a pasted day, and lies over
// the field's text. A full date is the field's at once. Enter or leaving the field takes a short form; Esc
// gives the former day back. A text that is no day stays, marked, with a tip; until it is mended the field
// has the former day, and no form with such a text is saved.
class TypedDay final : public QLineEdit
{
    Q_OBJECT
public:
    // For the whole life of `field`.
    static void attach(QDateTimeEdit *field);
    // Whether a field in `form` holds a text that is no day; that field gets the focus and its tip.
    [[nodiscard]] static bool findsUnread(const QWidget *form);
    [[nodiscard]] bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit TypedDay(QDateTimeEdit *field);
    [[nodiscard]] bool opensWith(QKeyEvent *key);
    [[nodiscard]] bool typeKey(QKeyEvent *key);
    void open(const QString &text);
    [[nodiscard]] bool take();
    void giveBack();
    void close();
    void mark(bool isUnread);
    [[nodiscard]] QString fault() const;
    [[nodiscard]] std::optional<QDateTime> read(bool isShortRead) const;

    QDateTimeEdit *m_field;
    QDateTime m_before;
    bool m_isTyping = false; // the field's day changes by the typed text
};

} // namespace clinic::gui
