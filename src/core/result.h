// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <tl/expected.hpp>

namespace clinic {

// An error as a value. models/errortext makes the messages for users.
enum class ErrorCode {
    Internal, // a bug; the log has the detail
    Cancelled,
    // input
    Required,
    Invalid,
    OutOfRange,
    TooLong,
    BadDate,
    DateInFuture,
    DateImpossible,
    TooOld, // args: the highest age in years
    EndsBeforeStart,
    BadPhone,
    BadEmail,
    BadAmount,
    AmountTooLarge,
    ControlCharacters,
    Duplicate,
    IdentifierTaken, // args: name and number of its patient
    // rules
    NotFound,
    Stale,          // args: labels of fields that another user changed
    Forbidden,      // args: permission
    OutsideScope,   // the role's scope; args: the patient, when it is a record
    OwnReview,      // another user has to review it
    ConsentRefused, // the patient has not consented
    Anonymised,     // the patient was anonymised
    StillNeeded,    // for a future appointment or an open balance
    IllegalStep,    // args: states from, to
    Overlap,        // args: resource, from, to
    PatientOverlap, // args: from, to
    PlaceLost,      // args: when
    Unavailable,    // args: resource, reason
    NeedsReason,
    Closed,
    Frozen,
    MoreThanPaid,
    MoreThanOwed,
    NothingToDo,
    CashClosed,
    UndoTooLate,
    Inactive,
    // accounts
    WrongPassword,
    NeedsSecondFactor,
    WrongSecondFactor,
    WaitBeforeLogin, // args: seconds
    WeakPassword,
    NotSignedIn,
    OnlyViewing,    // only views as another role
    NeedsProof,     // proof of identity; nothing was done
    OfflineTooLong, // args: days
    // files
    Storage,
    DiskFull,
    ReadOnly,
    NewerFile, // args: file version, program version
    NotADatabase,
    Damaged,
    SealBroken, // args: page, "log" or empty, the page it was taken from or empty
    SealedFile, // no key was given
    WrongKey,   // another file's key
    KeyFileChanged,
    InUse,
    NeedsRecoveryKey, // the hospital has lost every PC
    KeyMissing,       // sealed with a data key that has not arrived here yet
    ReportedLost,     // the server ordered the removal of this PC's data
    FileMissing,
    FileUnreadable,
    FileTooLarge, // args: the limit in megabytes
    WrongProfile,
    // server
    NotConnected, // this PC was never connected to one
    NoServer,
    CodeRefused,
    OtherHospital,
    SecretsUnavailable,
    VersionUnknown,
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString field{};    // the form field or column at fault, if any
    QStringList args{}; // arguments of the message; never shown alone
    QString detail{};   // for the program log only: driver text and the like, never patient data
    QString errorId{};  // short id written to the log beside the detail

    Error() = default;
    Error(ErrorCode c, QString f = {}, QStringList a = {}, QString d = {})
        : code(c), field(std::move(f)), args(std::move(a)), detail(std::move(d))
    {}
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, QString field = {}, QStringList args = {},
                                  QString detail = {})
{
    return tl::unexpected<Error>(Error(code, std::move(field), std::move(args), std::move(detail)));
}

template <class T>
tl::unexpected<Error> fail(const Result<T> &failed)
{
    return tl::unexpected<Error>(failed.error());
}

} // namespace clinic
