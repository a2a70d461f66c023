// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/passwordfile.h"

#include <QFile>
#include <QStringDecoder>

namespace clinic::secrets {

Result<QString> passwordFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileMissing, {}, {path});
    constexpr qint64 most = 65536;
    const QByteArray bytes = file.read(most);
    // Stateless: an incomplete character at the end is an error.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder(bytes);
    if (decoder.hasError() || text.contains(QChar(0)) || text.contains(QChar::ReplacementCharacter))
        return fail(ErrorCode::Invalid, QStringLiteral("password-file"));
    while (text.endsWith(u'\n') || text.endsWith(u'\r'))
        text.chop(1);
    if (text.isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("password-file"));
    return text;
}

} // namespace clinic::secrets
