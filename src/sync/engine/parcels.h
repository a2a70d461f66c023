// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/replica/replica.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/parcel.h"

namespace clinic::sync {

// Who writes or reads a file that is carried.
struct ParcelKeys
{
    Id device{};
    DeviceKeys keys{};
};

// What came of a file of answers.
struct CarriedAnswers
{
    qint64 answered = 0; // groups that the server has dealt with
    qint64 received = 0; // groups or rows of others
    bool again = false;  // the server's history is another one by now: one more file is needed
    QByteArray problem;  // the server refused something; what came before it is taken
};

// Everything that waits in this file, and the question for what it does not have yet; the lines of a parcel
// after its head. On the writer's executor.
[[nodiscard]] Result<QList<QByteArray>> parcelLines(storage::Database &database, storage::Replica &replica,
                                                    const ParcelKeys &who);
// Takes the server's answers, in any order and as often as they come; what does not fit where the file stands
// is left for later. On the writer's executor.
[[nodiscard]] Result<CarriedAnswers> takeAnswerLines(storage::Database &database, storage::Replica &replica,
                                                     const ParcelKeys &who, const QList<QByteArray> &lines);

// Head and lines of a file; FileUnreadable when it is none, OtherHospital when it is another's.
struct ParcelFile
{
    ParcelHead head{};
    QList<QByteArray> lines{};
};
[[nodiscard]] Result<ParcelFile> readParcelFile(const QString &path, bool isAnswer);
Result<void> writeParcelFile(const QString &path, const ParcelFile &file);

} // namespace clinic::sync
