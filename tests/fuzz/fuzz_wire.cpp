// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/audit.h"
#include "sync/wire/documents.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/keygrants.h"
#include "sync/wire/leases.h"
#include "sync/wire/messages.h"
#include "sync/wire/parcel.h"
#include "sync/wire/token.h"

// Everything that reads what came over the network, with any bytes. The first byte says which.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace clinic;
    if (size == 0)
        return 0;
    const QByteArray text(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    switch (data[0] % 18) {
    case 0:
        static_cast<void>(sync::decodeGroup(text));
        break;
    case 1:
        if (const auto groups = sync::decodePush(text)) {
            // What was read is what would be sent again, byte for byte.
            const auto again = sync::decodePush(sync::encodePush(*groups));
            if (!again || again->size() != groups->size())
                __builtin_trap();
            for (qsizetype i = 0; i < groups->size(); ++i) {
                if (groups->at(i).body != again->at(i).body || groups->at(i).n != again->at(i).n)
                    __builtin_trap();
            }
        }
        break;
    case 2:
        static_cast<void>(sync::decodePushReply(text));
        break;
    case 3:
        static_cast<void>(sync::decodePullReply(text));
        break;
    case 4:
        static_cast<void>(sync::decodeBootReply(text));
        break;
    case 5:
        if (const auto batch = sync::decodeAudit(text)) {
            if (!sync::decodeAudit(sync::encodeAudit(*batch)))
                __builtin_trap();
        }
        break;
    case 6:
        static_cast<void>(sync::decodeAuditReply(text));
        static_cast<void>(sync::decodeAuditQuestion(text));
        static_cast<void>(sync::decodeAuditFound(text));
        break;
    case 7:
        static_cast<void>(sync::decodeEnrolReply(text));
        break;
    case 8:
        static_cast<void>(sync::EnrolmentCode::fromText(QString::fromUtf8(text)));
        break;
    case 10:
        if (const auto head = sync::decodeParcelHead(text)) {
            if (!sync::decodeParcelHead(sync::encode(*head)))
                __builtin_trap();
        }
        break;
    case 11:
        if (const auto request = sync::decodeSealedRequest(text)) {
            const auto again = sync::decodeSealedRequest(sync::encode(*request));
            if (!again || again->sealed != request->sealed || again->from != request->from)
                __builtin_trap();
            static_cast<void>(
                sync::open(*request, QByteArray(32, 'k'), {QByteArray(32, 'p'), QByteArray(64, 's')}));
        }
        break;
    case 12:
        if (const auto answer = sync::decodeSealedAnswer(text)) {
            if (!sync::decodeSealedAnswer(sync::encode(*answer)))
                __builtin_trap();
            static_cast<void>(sync::open(*answer, Id::create(1), Id::create(2),
                                         {QByteArray(32, 'p'), QByteArray(32, 's')}, QByteArray(32, 'k')));
        }
        break;
    case 13:
        static_cast<void>(sync::decodeToken(text, QByteArray(32, 'k')));
        break;
    case 14:
        if (const auto request = sync::decodeLeaseRequest(text)) {
            const auto again =
                sync::decodeLeaseRequest(sync::encodeLeases(Id::create(1), Id::create(2), *request));
            if (!again || again->take.size() != request->take.size())
                __builtin_trap();
        }
        if (const auto reply = sync::decodeLeasesReply(text)) {
            if (!sync::decodeLeasesReply(sync::encode(*reply)))
                __builtin_trap();
        }
        break;
    case 15:
        static_cast<void>(sync::decodeMissingPieces(text));
        static_cast<void>(sync::decodePieceReply(text));
        break;
    case 16:
        if (const auto request = sync::decodeKeysRequest(text)) {
            const auto again = sync::decodeKeysRequest(sync::encode(*request));
            if (!again || again->grants.size() != request->grants.size())
                __builtin_trap();
        }
        if (const auto reply = sync::decodeKeysReply(text)) {
            if (!sync::decodeKeysReply(sync::encode(*reply)))
                __builtin_trap();
        }
        if (const auto rotation = sync::decodeRotation(text)) {
            if (!sync::decodeRotation(sync::encode(*rotation)))
                __builtin_trap();
        }
        break;
    case 17:
        if (const auto work = sync::decodeResealing(text)) {
            const auto again = sync::decodeResealing(sync::encode(*work));
            if (!again || again->rows.size() != work->rows.size() || again->to != work->to)
                __builtin_trap();
            const sync::Sealer sealer({{{1, QByteArray(32, 'k')}}, QByteArray(32, 'f')}, Id::create(1));
            static_cast<void>(sync::renewed(*work, sealer));
        }
        break;
    default:
        static_cast<void>(sync::decompressed(text, 1 << 20));
        static_cast<void>(sync::decodeErrorReply(text));
    }
    return 0;
}
