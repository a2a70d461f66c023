// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attention/serveraddress.h"
#include "storage/connection.h"
#include "storage/identity.h"

#include <QStringList>

namespace clinic::storage {

class Database;

// What a server tells a device that has just been accepted.
struct Enrolment
{
    Id hospital{};
    Id device{}; // as it told the server
    QString deviceCode;
    QStringList servers{}; // addresses of one and the same server, in the order they are tried
    QByteArray epoch{};
    QByteArray serverKey{};   // Ed25519, 32 bytes: tokens and orders are checked against it
    QByteArray certificate{}; // SHA-256 of the server's own certificate; empty = an authority vouches
    std::optional<sync::HospitalKeys> keys{}; // absent for the first device, whose own become the hospital's
};

// One value of what this file knows of itself (table local_state); null counts as empty.
Result<void> setState(Connection &connection, const char *key, const QString &value);
// The same, read; empty when it was never written.
[[nodiscard]] Result<QString> stateOf(Connection &connection, const char *key);

// When a server was last spoken to, in this PC's time, kept with every new token (a quarter of an hour); 0 =
// not known.
[[nodiscard]] Result<qint64> lastContact(Connection &connection);
// Keeps that it is now. Writer's thread; what cannot be written is written the next time.
void noteContact(Database &database, qint64 now);

// Keeps how many rows of each kind are here, as they are about to be uploaded; how many in all.
Result<qint64> noteUploadedRows(Connection &connection);
// From here on this file keeps other rows than it had then.
Result<void> forgetUploadedRows(Connection &connection);
// Which of them are not here any more, a sentence for each kind (in English, for administrators and support).
[[nodiscard]] Result<QStringList> missingSinceUpload(Connection &connection);

// The server's addresses and how its certificate is known.
Result<void> setServerAccess(Connection &connection, const domain::ServerAccess &access);

// Another device from now on, with a provisional code until a server gives it one. What the old one wrote
// keeps its name: it is the successor's to send, under /v1/recover.
Result<void> becomeDevice(Connection &connection, const FileIdentity &identity, const Id &device,
                          const QString &deviceCode, qint64 now);
// A server has accepted the device that this file became: it counts under that code.
Result<void> nameDevice(Connection &connection, const FileIdentity &identity, const QString &deviceCode);

// Makes the file a device of that server's hospital, in the transaction that is open. A file with data of its
// own is the hospital's first device: it keeps everything and uploads it in place of its outbox. An empty
// file takes the hospital's keys and gets its rows with the first load. An enrolled file that its server does
// not accept any more becomes another device of the same hospital; everything it has stays.
Result<void> enrolFile(Connection &connection, FileIdentity &identity, const Enrolment &enrolment,
                       qint64 now);

} // namespace clinic::storage
