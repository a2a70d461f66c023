// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sync/wire/sealer.h"

#include <QStringList>

// How a device gets into a hospital: a code that one person reads to another.
namespace clinic::sync {

// What stands in an enrolment code. From the secret are derived a proof, which is sent once, and a wrapping
// key, which never is.
struct EnrolmentCode
{
    QStringList servers{}; // addresses of one server, as in a browser: https://sync.example:8443
    Id hospital{};
    QByteArray serverKey{}; // Ed25519 of the server, 32 bytes: its tokens and orders
    QByteArray
        certificate{};   // SHA-256 of the server's own certificate; empty = an ordinary authority vouches
    QByteArray secret{}; // 20 random bytes

    // Letters and digits in groups of five, with a checksum; spaces, hyphens and case do not matter when
    // read.
    [[nodiscard]] QString toText() const;
    // Invalid for anything that is not a whole code.
    [[nodiscard]] static Result<EnrolmentCode> fromText(QStringView text);
};

[[nodiscard]] QByteArray enrolmentProof(const QByteArray &secret);
// All of a hospital's keys as text, to be sealed.
[[nodiscard]] QByteArray keysText(const HospitalKeys &keys);
[[nodiscard]] std::optional<HospitalKeys> keysFromText(const QByteArray &text);
// The hospital's keys as they wait on the server, which cannot open them.
[[nodiscard]] QByteArray wrapKeys(const HospitalKeys &keys, const QByteArray &secret, const Id &hospital);
[[nodiscard]] std::optional<HospitalKeys> unwrapKeys(const QByteArray &wrapped, const QByteArray &secret,
                                                     const Id &hospital);

// A device's own keys. The secret halves live in secrets/ and never travel.
struct DeviceKeys
{
    QByteArray signPublic;
    QByteArray signSecret;
    QByteArray boxPublic;
    QByteArray boxSecret;
    [[nodiscard]] static DeviceKeys create();
};

// Body of POST /v1/enrol. own: the hospital this file already is, if any; of a first device it becomes the
// server's. next: the number of the device's next group.
[[nodiscard]] QByteArray encodeEnrol(const EnrolmentCode &code, const Id &own, const Id &device,
                                     const DeviceKeys &keys, const QString &name, qint64 next);
// Body of POST /v1/succeed, answered like an enrolment: a restored file goes on as another device, and its
// predecessor's key speaks for it.
[[nodiscard]] QByteArray encodeSucceed(const Id &hospital, const Id &predecessor,
                                       const QByteArray &predecessorKey, const Id &device,
                                       const DeviceKeys &keys, qint64 next);
// What the predecessor signs.
[[nodiscard]] QByteArray successionText(const Id &device, const QByteArray &signKey);
struct EnrolReply
{
    Id hospital{};
    QByteArray epoch;
    qint64 number = 0; // of this device in its hospital
    QByteArray serverKey;
    QByteArray refresh;
    QByteArray wrapped; // the keys, under the code's secret; empty for the first device
    QByteArray paper;   // the keys, for whoever has the recovery key: every PC of the hospital is gone
};
[[nodiscard]] Result<EnrolReply> decodeEnrolReply(QByteArrayView message);

// A PC of the hospital as its server knows it.
struct DeviceListing
{
    Id id{};
    qint64 number = 0;
    QString name;
    QByteArray state; // active, revoked, retired, lost
    qint64 lastContact = 0;
    qint64 createdAt = 0;
    QByteArray scopes;     // what it keeps, or is to keep
    qint64 wipedAt = 0;    // when it said that it obeys; 0 = it has not been heard of since it was lost
    QString system{};      // as it says itself, like what follows
    QString version{};     // of ClinicDesk
    Id lastUser{};         // who worked there last
    qint64 lastUsedAt = 0; // and when the server heard so
    QByteArray boxKey{};   // what is sealed to it is sealed to that one
    QByteArray boxProof{}; // empty: it has not vouched for it yet
};
// What is done to one of them: exactly one of state and scopes.
struct DeviceChange
{
    Id device{};
    QByteArray state{};
    QByteArray scopes{};
};
// Body of POST /v1/devices: the list, after that was done when a device is named.
[[nodiscard]] QByteArray encodeDevices(const Id &actor, const Id &role, const DeviceChange &change = {});
// The same, of those on which the actor has worked.
[[nodiscard]] QByteArray encodeOwnDevices(const Id &actor, const Id &role);
// Body of POST /v1/chart; after: where the page before ended.
[[nodiscard]] QByteArray encodeChart(const Id &patient, const Id &actor, const Id &role,
                                     const QByteArray &after);
// Body of POST /v1/codes. scopes: what the new PC is to keep; empty = what this one does.
[[nodiscard]] QByteArray encodeCode(const QByteArray &proofHash, const QByteArray &wrapped,
                                    const QByteArray &scopes, const Id &actor, const Id &role);
// What the server signs to order a lost PC to remove what it has of the clinic; nothing else makes it do so.
[[nodiscard]] QByteArray wipeOrder(const Id &hospital, const Id &device, qint64 at);
[[nodiscard]] Result<QList<DeviceListing>> decodeDevicesReply(QByteArrayView message);

// "1" to "ZZ": what stands in the numbers a device issues. Letters that are read as others are left out.
[[nodiscard]] QString deviceCode(qint64 number);

} // namespace clinic::sync
