// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <tl/expected.hpp>

namespace clinic {

// What went wrong, as a value. Sentences for people are made from these in one place (models/errortext).
enum class ErrorCode {
    Internal, // a defect of ours; the log has the detail
    Cancelled,
    // what was typed
    Required,
    Invalid,
    OutOfRange,
    TooLong,
    BadDate,
    DateInFuture,
    DateImpossible,
    TooOld, // args: years that nobody exceeds
    EndsBeforeStart,
    BadPhone,
    BadEmail,
    BadAmount,
    AmountTooLarge,
    ControlCharacters,
    Duplicate,
    IdentifierTaken, // args: name and number of whose it is
    // rules
    NotFound,
    Stale,          // args: field labels somebody else changed
    Forbidden,      // args: permission
    OutsideScope,   // of whose records the role reaches; args: the patient, when it is a record
    OwnReview,      // somebody else has to look at it
    ConsentRefused, // the person does not want it
    Anonymised,     // nobody knows who that was
    StillNeeded,    // by a coming appointment, or something to pay
    IllegalStep,    // args: from, to
    Overlap,        // args: whose, from, to
    PatientOverlap, // args: from, to
    PlaceLost,      // args: when
    Unavailable,    // args: who, why
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
    OnlyViewing,    // another role's view
    NeedsProof,     // that it is still you; nothing was done
    OfflineTooLong, // args: days
    // files
    Storage,
    DiskFull,
    ReadOnly,
    NewerFile, // args: file version, program version
    NotADatabase,
    Damaged,
    SealBroken, // args: page, "log" or empty, the page it was taken from or empty
    SealedFile, // no key for it was given
    WrongKey,   // a key of another file
    KeyFileChanged,
    InUse,
    NeedsRecoveryKey, // every PC of the hospital is gone
    KeyMissing,       // sealed with a data key of the hospital's that has not arrived here yet
    ReportedLost,     // the server ordered what this PC has to be removed
    FileMissing,
    FileUnreadable,
    FileTooLarge, // args: megabytes that are allowed
    WrongProfile,
    // server
    NoServer,
    CodeRefused,
    OtherHospital,
    SecretsUnavailable,
    VersionUnknown,
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString field{};    // name of the form field or column at fault, if one is
    QStringList args{}; // what the sentence needs; never shown without a sentence
    QString detail{};   // for the log only: driver text and the like, never patient data
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
