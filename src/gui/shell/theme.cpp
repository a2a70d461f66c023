// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QPalette>
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

} // namespace themedetail

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
    QString sheet = QString::fromUtf8(themedetail::resource(QStringLiteral("theme/style.qss")));
    const QJsonObject type = themedetail::tokens().value(u"type").toObject();
    for (auto it = type.begin(); it != type.end(); ++it)
        sheet.replace(QRegularExpression(u'@' + it.key() + QStringLiteral("\\b")),
                      QString::number(points * it.value().toDouble(), 'f', 1) + QStringLiteral("pt"));
    const QJsonObject radius = themedetail::tokens().value(u"radius").toObject();
    for (auto it = radius.begin(); it != radius.end(); ++it)
        sheet.replace(QRegularExpression(u'@' + it.key() + QStringLiteral("\\b")),
                      QString::number(it.value().toInt()) + QStringLiteral("px"));
    for (auto it = m_colours.begin(); it != m_colours.end(); ++it)
        sheet.replace(QRegularExpression(u'@' + it.key() + QStringLiteral("\\b")), it.value().name());
    qApp->setStyleSheet(sheet);
    Q_EMIT changed();
    return true;
}

QIcon Theme::icon(const QString &name, const QString &role) const
{
    QSvgRenderer renderer(themedetail::resource(QStringLiteral("icons/") + name + QStringLiteral(".svg")));
    QIcon icon;
    for (const int size : {16, 24, 48}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour(role));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace clinic::gui
