// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filename.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace clinic {

QString fileNameOf(const QString &text)
{
    QString name;
    for (const QChar c : text) {
        if (QStringView(u"/\\:*?\"<>|").contains(c))
            name += u'-';
        else if (c.isSpace())
            name += u' ';
        else if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            name += c;
    }
    name = name.simplified();
    constexpr qsizetype most = 120;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending =
        dot > 0 && dot < name.size() - 1 && name.size() - dot <= 10 ? name.mid(dot) : QString();
    QString base = name.left(name.size() - ending.size()).left(most);
    if (!base.isEmpty() && base.back().isHighSurrogate())
        base.chop(1);
    static const QRegularExpression ends(QStringLiteral("^[. ]+|[. ]+$"));
    base.remove(ends);
    static const QRegularExpression reserved(QStringLiteral("^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?$"),
                                             QRegularExpression::CaseInsensitiveOption);
    if (base.isEmpty() || reserved.match(base).hasMatch())
        base.prepend(u'_');
    return base + ending;
}

} // namespace clinic
