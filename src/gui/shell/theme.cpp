// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QRegularExpression>
#include <QSvgRenderer>

static void loadInterfaceResources()
{
    Q_INIT_RESOURCE(interface);
}

namespace clinic::gui {
namespace themedetail {

QByteArray resource(const QString &name)
{
    static const bool loaded = [] {
        loadInterfaceResources();
        return true;
    }();
    Q_UNUSED(loaded)
    QFile file(QStringLiteral(":/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QJsonObject &tokens()
{
    static const QJsonObject object =
        QJsonDocument::fromJson(resource(QStringLiteral("theme/tokens.json"))).object();
    return object;
}

// The style sheet with its @tokens replaced, in one pass.
QString filledIn(const QString &sheet, const QHash<QString, QString> &values)
{
    static const QRegularExpression token(QStringLiteral("@(\\w+)"));
    QString out;
    out.reserve(sheet.size());
    qsizetype from = 0;
    for (auto it = token.globalMatch(sheet); it.hasNext();) {
        const auto match = it.next();
        out += QStringView(sheet).mid(from, match.capturedStart() - from);
        out += values.value(match.captured(1), match.captured());
        from = match.capturedEnd();
    }
    out += QStringView(sheet).mid(from);
    return out;
}

// Draws a one-coloured SVG in a colour of the theme, in the size that is asked for and only then: most icons
// of a start are in menus that nobody opens.
class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(QString name, QColor colour) : m_name(std::move(name)), m_colour(colour) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QString key = QStringLiteral("clinic-icon/%1/%2/%3x%4/%5")
                                .arg(m_name, m_colour.name())
                                .arg(size.width())
                                .arg(size.height())
                                .arg(mode == QIcon::Disabled);
        QPixmap drawn;
        if (QPixmapCache::find(key, &drawn))
            return drawn;
        QSvgRenderer renderer(resource(QStringLiteral("icons/") + m_name + QStringLiteral(".svg")));
        drawn = QPixmap(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        painter.setOpacity(mode == QIcon::Disabled ? 0.5 : 1);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(drawn.rect(), m_colour);
        painter.end();
        QPixmapCache::insert(key, drawn);
        return drawn;
    }
    [[nodiscard]] QIconEngine *clone() const override { return new TintedIconEngine(m_name, m_colour); }

private:
    QString m_name;
    QColor m_colour;
};

} // namespace themedetail

using themedetail::TintedIconEngine;

Theme::Theme(QObject *parent) : QObject(parent)
{
    m_basePointSize = QApplication::font().pointSizeF() > 0 ? QApplication::font().pointSizeF() : 10;
}

QHash<QString, QColor> Theme::colours(const QString &theme)
{
    QHash<QString, QColor> out;
    const QJsonObject object = themedetail::tokens().value(theme).toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        out.insert(it.key(), QColor(it.value().toString()));
    return out;
}

int Theme::space(const char *step)
{
    return themedetail::tokens().value(u"space").toObject().value(QLatin1StringView(step)).toInt();
}

bool Theme::apply(const QString &name, int fontPercent)
{
    static const QPalette startUp = QApplication::palette();
    const QString wanted = name == u"dark" || name == u"contrast" || name == u"light" ? name
                           : startUp.color(QPalette::Window).lightness() < 128        ? QStringLiteral("dark")
                                                                               : QStringLiteral("light");
    // A style sheet makes every widget look again at itself: only when something changes.
    if (wanted == m_current && fontPercent == m_percent)
        return false;
    m_current = wanted;
    m_percent = fontPercent;
    m_colours = colours(m_current);
    QPalette palette;
    palette.setColor(QPalette::Window, colour(QStringLiteral("window")));
    palette.setColor(QPalette::Base, colour(QStringLiteral("surface")));
    palette.setColor(QPalette::AlternateBase, colour(QStringLiteral("window")));
    palette.setColor(QPalette::Button, colour(QStringLiteral("surface")));
    palette.setColor(QPalette::ToolTipBase, colour(QStringLiteral("raised")));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, colour(QStringLiteral("text")));
    palette.setColor(QPalette::PlaceholderText, colour(QStringLiteral("muted")));
    palette.setColor(QPalette::Highlight, colour(QStringLiteral("accent")));
    palette.setColor(QPalette::HighlightedText, colour(QStringLiteral("onAccent")));
    palette.setColor(QPalette::Link, colour(QStringLiteral("accent")));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colour(QStringLiteral("muted")));
    QApplication::setPalette(palette);

    const qreal points = m_basePointSize * qBound(70, fontPercent, 300) / 100.0;
    QFont font = QApplication::font();
    font.setPointSizeF(points);
    QApplication::setFont(font);
    QHash<QString, QString> values;
    const QJsonObject type = themedetail::tokens().value(u"type").toObject();
    for (auto it = type.begin(); it != type.end(); ++it)
        values.insert(it.key(),
                      QString::number(points * it.value().toDouble(), 'f', 1) + QStringLiteral("pt"));
    const QJsonObject radius = themedetail::tokens().value(u"radius").toObject();
    for (auto it = radius.begin(); it != radius.end(); ++it)
        values.insert(it.key(), QString::number(it.value().toInt()) + QStringLiteral("px"));
    for (auto it = m_colours.begin(); it != m_colours.end(); ++it)
        values.insert(it.key(), it.value().name());
    qApp->setStyleSheet(themedetail::filledIn(
        QString::fromUtf8(themedetail::resource(QStringLiteral("theme/style.qss"))), values));
    Q_EMIT changed();
    return true;
}

QIcon Theme::icon(const QString &name, const QString &role) const
{
    return QIcon(new TintedIconEngine(name, colour(role)));
}

} // namespace clinic::gui
