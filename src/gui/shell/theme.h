// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QIcon>
#include <QObject>

namespace clinic::gui {

// Design tokens turned into one palette and one style sheet. No colour stands anywhere else.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);

    // "system", "light", "dark" or "contrast"; percent scales all text. True when something changed.
    bool apply(const QString &name, int fontPercent);
    [[nodiscard]] QColor colour(const QString &role) const { return m_colours.value(role); }
    // A line icon tinted in the text colour, or in the given role.
    [[nodiscard]] QIcon icon(const QString &name, const QString &role = QStringLiteral("text")) const;
    [[nodiscard]] const QString &current() const { return m_current; }
    // The colours of a named theme, for the contrast test.
    [[nodiscard]] static QHash<QString, QColor> colours(const QString &theme);
    [[nodiscard]] static int space(const char *step);

Q_SIGNALS:
    void changed();

private:
    QHash<QString, QColor> m_colours;
    QString m_current;
    qreal m_basePointSize = 10;
    int m_percent = 0;
};

} // namespace clinic::gui
