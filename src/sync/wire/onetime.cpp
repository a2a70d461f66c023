// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/onetime.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace onetimecoding {

JsonWriter &ask(JsonWriter &out, const Id &actor, const Id &role, const Id &session)
{
    return out.open().id("actor", actor).id("role", role).id("session", session);
}

} // namespace onetimecoding

QByteArray encode(const CodeWish &wish)
{
    QByteArray out;
    JsonWriter writer(out);
    onetimecoding::ask(writer, wish.actor, wish.role, wish.session);
    writer.text("channel", wish.channel).text("to", wish.to).close();
    return out;
}

Result<CodeWish> decodeCodeWish(QByteArrayView message)
{
    json::Message reader(message);
    CodeWish wish{reader.id("actor"), reader.id("role"), reader.id("session"), reader.bytes("channel"),
                  QString::fromUtf8(reader.bytes("to"))};
    if (wish.channel != "email" && wish.channel != "sms")
        reader.note("channel");
    // One address or number, without characters that end a line or a header of an e-mail.
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
    QByteArray out;
    JsonWriter writer(out);
    onetimecoding::ask(writer, attempt.actor, attempt.role, attempt.session);
    writer.text("code", attempt.code).close();
    return out;
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
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, verdict);
    writer.flag("right", verdict.isRight);
    if (verdict.isRight)
        writer.base64("signature", verdict.signature);
    writer.close();
    return out;
}

Result<CodeVerdict> decodeCodeVerdict(QByteArrayView message)
{
    json::Message reader(message);
    CodeVerdict verdict;
    readStamp(reader, verdict);
    verdict.isRight = reader.boolean("right");
    verdict.signature = reader.optionalBase64("signature");
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
