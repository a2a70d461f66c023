// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/onetime.h"

#include "sync/wire/json.h"

namespace clinic::sync {
namespace onetimecoding {

QByteArray idField(const char *key, const Id &id)
{
    return '"' + QByteArray(key) + "\":\"" + id.toString().toLatin1() + '"';
}

QByteArray who(const Id &actor, const Id &role, const Id &session)
{
    return '{' + idField("actor", actor) + ',' + idField("role", role) + ',' + idField("session", session);
}

} // namespace onetimecoding

QByteArray encode(const CodeWish &wish)
{
    QByteArray out = onetimecoding::who(wish.actor, wish.role, wish.session) + ",\"channel\":\"" +
                     wish.channel + "\",\"to\":";
    appendJsonString(out, wish.to);
    return out + '}';
}

Result<CodeWish> decodeCodeWish(QByteArrayView message)
{
    json::Message reader(message);
    CodeWish wish{reader.id("actor"), reader.id("role"), reader.id("session"), reader.bytes("channel"),
                  QString::fromUtf8(reader.bytes("to"))};
    if (wish.channel != "email" && wish.channel != "sms")
        reader.note("channel");
    // One address or number, and nothing that could end a line or a header of a letter.
    const bool isMail = wish.channel == "email";
    const bool isAddress =
        wish.to.size() >= 3 && wish.to.size() <= 254 && (!isMail || wish.to.count(u'@') == 1) &&
        std::ranges::all_of(wish.to, [isMail](QChar c) {
            return isMail ? c.unicode() < 128 &&
                                (c.isLetterOrNumber() || QStringLiteral("@!#$%&'*+-/=?^_`{|}~.").contains(c))
                          : (c.unicode() < 128 && c.isDigit()) || QStringLiteral("+-/() ").contains(c);
        });
    if (!isAddress)
        reader.note("to");
    if (!reader.ok())
        return reader.failed();
    return wish;
}

QByteArray encode(const CodeTry &attempt)
{
    QByteArray out = onetimecoding::who(attempt.actor, attempt.role, attempt.session) + ",\"code\":";
    appendJsonString(out, attempt.code);
    return out + '}';
}

Result<CodeTry> decodeCodeTry(QByteArrayView message)
{
    json::Message reader(message);
    CodeTry attempt{reader.id("actor"), reader.id("role"), reader.id("session"),
                    QString::fromUtf8(reader.bytes("code"))};
    if (!reader.ok())
        return reader.failed();
    return attempt;
}

QByteArray encode(const CodeVerdict &verdict)
{
    QByteArray out("{");
    appendStamp(out, verdict);
    out += verdict.isRight ? ",\"right\":true,\"signature\":\"" + verdict.signature.toBase64() + '"'
                           : QByteArray(",\"right\":false");
    return out + '}';
}

Result<CodeVerdict> decodeCodeVerdict(QByteArrayView message)
{
    json::Message reader(message);
    CodeVerdict verdict;
    static_cast<Stamp &>(verdict) = {reader.bytes("epoch"), reader.integer("head"), reader.integer("now")};
    verdict.isRight = reader.boolean("right");
    verdict.signature = QByteArray::fromBase64(reader.optionalBytes("signature"));
    if (!reader.ok())
        return reader.failed();
    return verdict;
}

QByteArray codeProof(const Id &hospital, const Id &device, const Id &actor, const Id &session, qint64 at)
{
    return "clinicdesk code " + hospital.toString().toLatin1() + ' ' + device.toString().toLatin1() + ' ' +
           actor.toString().toLatin1() + ' ' + session.toString().toLatin1() + ' ' + QByteArray::number(at);
}

} // namespace clinic::sync
