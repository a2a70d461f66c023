// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attention/serveraddress.h"
#include "storage/connection.h"
#include "storage/identity.h"

#include <QStringList>

namespace clinic::storage {

class Database;

// The server's answer to a device that it has just accepted.
struct Enrolment
{
    Id hospital{};
    Id device{}; // the id that the PC sent
    QString deviceCode;
    QStringList servers{}; // addresses of one and the same server, in the order they are tried
    QByteArray epoch{};
    QByteArray serverKey{};   // Ed25519, 32 bytes: verifies tokens and orders
    QByteArray certificate{}; // SHA-256 of the server's own certificate; empty = an authority vouches
    std::optional<sync::HospitalKeys> keys{}; // absent for the first device, whose own keys become the
                                              // hospital's
};

// Writes one value of table local_state; null counts as empty.
Result<void> setState(Connection &connection, const char *key, const QString &value);
// Reads one value; empty when it was never written.
[[nodiscard]] Result<QString> stateOf(Connection &connection, const char *key);

// The last contact with a server, in this PC's time, stored with every new token (a quarter of an hour); 0 =
// not known.
[[nodiscard]] Result<qint64> lastContact(Connection &connection);
// Stores now as the last contact. On the writer's thread; a failed write is made up for by the next one.
void noteContact(Database &database, qint64 now);

// Stores the number of rows per entity before the first upload; returns the total.
Result<qint64> noteUploadedRows(Connection &connection);
// Deletes these numbers: this file's scopes change.
Result<void> forgetUploadedRows(Connection &connection);
// Rows missing since the upload, one sentence per entity (in English, for administrators and support).
[[nodiscard]] Result<QStringList> missingSinceUpload(Connection &connection);

// Stores the server's addresses and certificate.
Result<void> setServerAccess(Connection &connection, const domain::ServerAccess &access);

// Makes this file another device, with a provisional code until a server gives it one. Unsent groups keep
// the old device's id; the successor sends them under /v1/recover.
Result<void> becomeDevice(Connection &connection, const FileIdentity &identity, const Id &device,
                          const QString &deviceCode, qint64 now);
// A server has accepted the device that this file became: its numbers have that code.
Result<void> nameDevice(Connection &connection, const FileIdentity &identity, const QString &deviceCode);

// Makes the file a device of that server's hospital, in the open transaction. A file with data is the
// hospital's first device: it keeps everything and uploads it in place of its outbox. An empty file takes
// the hospital's keys and gets its rows with the first load. An enrolled file that was revoked becomes
// another device of the same hospital and keeps its data.
Result<void> enrolFile(Connection &connection, FileIdentity &identity, const Enrolment &enrolment,
                       qint64 now);

} // namespace clinic::storage
