// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/parcel.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/limits.h"
#include "sync/wire/messages.h"

namespace clinic::sync {
namespace {

constexpr int parcelVersion = 1;

QByteArray idText(const Id &id)
{
    return id.toString().toLatin1();
}

QByteArray requestText(const Id &hospital, const Id &device, const QByteArray &sealed)
{
    return "clinicdesk parcel " + idText(hospital) + idText(device) + sealed;
}

QByteArray answerText(const Id &hospital, const Id &device, const QByteArray &sealed)
{
    return "clinicdesk parcel answer " + idText(hospital) + idText(device) + sealed;
}

// The first `count` lines of the opened text, and the rest.
std::optional<QList<QByteArray>> parts(const QByteArray &packed, int count, qsizetype mostBytes)
{
    const auto plain = decompressed(packed, mostBytes);
    if (!plain)
        return std::nullopt;
    QList<QByteArray> out;
    qsizetype at = 0;
    for (int i = 0; i < count; ++i) {
        const auto end = plain->indexOf('\n', at);
        if (end < 0)
            return std::nullopt;
        out << plain->mid(at, end - at);
        at = end + 1;
    }
    out << plain->mid(at);
    return out;
}

} // namespace

QByteArray encode(const ParcelHead &head)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().text("clinicdesk", QByteArrayView(head.isAnswer ? "answer" : "parcel"));
    writer.number("version", parcelVersion).id("hospital", head.hospital).id("device", head.device);
    writer.base64("name", head.name).number("made", head.madeAt).number("lines", head.lines).close();
    return out;
}

Result<ParcelHead> decodeParcelHead(QByteArrayView line)
{
    json::Message reader(line);
    const QByteArray what = reader.bytes("clinicdesk");
    const qint64 version = reader.integer("version");
    ParcelHead head{what == "answer",      reader.id("hospital"), reader.id("device"),
                    reader.base64("name"), reader.time("made"),   reader.count("lines")};
    if (!reader.ok() || (what != "parcel" && what != "answer"))
        return fail(ErrorCode::FileUnreadable, QStringLiteral("parcel"));
    if (version > parcelVersion)
        return fail(ErrorCode::NewerFile, {}, {QString::number(version), QString::number(parcelVersion)});
    return head;
}

SealedRequest sealRequest(const Id &hospital, const Id &device, QByteArrayView path, QByteArrayView body,
                          const QByteArray &signSecret, const QByteArray &serverKey)
{
    SealedRequest request{hospital, device, {}, {}, {}};
    request.sealed = crypto::sealFor(compressed(path.toByteArray() + '\n' + body.toByteArray()),
                                     crypto::boxPublicOf(serverKey));
    request.signature = crypto::sign(requestText(hospital, device, request.sealed), signSecret);
    return request;
}

QByteArray encode(const SealedRequest &request)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("hospital", request.hospital).id("device", request.device);
    writer.base64("sealed", request.sealed).base64("signature", request.signature);
    writer.base64("from", request.from).close();
    return out;
}

Result<SealedRequest> decodeSealedRequest(QByteArrayView message)
{
    json::Message reader(message);
    SealedRequest request{reader.id("hospital"), reader.id("device"), reader.base64("sealed"),
                          reader.base64("signature"), reader.base64("from")};
    if (!reader.ok())
        return reader.failed();
    return request;
}

std::optional<OpenedRequest> open(const SealedRequest &request, const QByteArray &deviceKey,
                                  const crypto::SigningKey &server)
{
    if (!crypto::verify(requestText(request.hospital, request.device, request.sealed), request.signature,
                        deviceKey))
        return std::nullopt;
    const auto packed = crypto::openSealed(
        request.sealed, {crypto::boxPublicOf(server.publicKey), crypto::boxSecretOf(server.secretKey)});
    const auto opened = packed ? parts(*packed, 1, limits::unpackedRequest) : std::nullopt;
    if (!opened)
        return std::nullopt;
    return OpenedRequest{opened->at(0), opened->at(1)};
}

SealedAnswer sealAnswer(const Id &hospital, const Id &device, const OpenedAnswer &answer,
                        const QByteArray &deviceBoxKey, const crypto::SigningKey &server)
{
    SealedAnswer out;
    out.sealed = crypto::sealFor(compressed(answer.path + '\n' + answer.from + '\n' +
                                            QByteArray::number(answer.status) + '\n' + answer.body),
                                 deviceBoxKey);
    out.signature = crypto::sign(answerText(hospital, device, out.sealed), server.secretKey);
    return out;
}

QByteArray encode(const SealedAnswer &answer)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().base64("sealed", answer.sealed).base64("signature", answer.signature);
    writer.base64("next", answer.next).close();
    return out;
}

Result<SealedAnswer> decodeSealedAnswer(QByteArrayView message)
{
    json::Message reader(message);
    SealedAnswer answer{reader.base64("sealed"), reader.base64("signature"), reader.base64("next")};
    if (!reader.ok())
        return reader.failed();
    return answer;
}

std::optional<OpenedAnswer> open(const SealedAnswer &answer, const Id &hospital, const Id &device,
                                 const crypto::BoxKey &deviceKey, const QByteArray &serverKey)
{
    if (!crypto::verify(answerText(hospital, device, answer.sealed), answer.signature, serverKey))
        return std::nullopt;
    const auto packed = crypto::openSealed(answer.sealed, deviceKey);
    const auto opened = packed ? parts(*packed, 3, limits::answer) : std::nullopt;
    if (!opened)
        return std::nullopt;
    return OpenedAnswer{opened->at(0), opened->at(1), opened->at(2).toInt(), opened->at(3)};
}

} // namespace clinic::sync
