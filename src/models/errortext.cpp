// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/errortext.h"

#include "core/money.h"
#include "domain/access/permissions.h"
#include "domain/entities.h"
#include "domain/setup/settings.h"
#include "models/labels.h"
#include "models/patients/importtext.h"

#include <QCoreApplication>
#include <QLocale>

namespace clinic::models {
namespace errortexts {

class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString sentence(const Error &e)
{
    if (e.field.startsWith(QStringView(u"import-")))
        return importErrorText(e);
    const auto raw = [&](qsizetype i) { return e.args.value(i); };
    // Names, times and numbers keep their direction inside the sentence.
    const auto arg = [&](qsizetype i) { return isolated(raw(i)); };
    const auto clock = [&](qsizetype i) {
        return isolated(
            QLocale().toString(QTime::fromString(raw(i), QStringLiteral("HH:mm")), QStringLiteral("HH:mm")));
    };
    const QString field = fieldLabel(e.field);
    const auto amount = [&] {
        return isolated(money::formatWithCode(raw(0).toLongLong(), raw(1), QLocale()));
    };
    if (e.field == u"parcel") {
        if (e.code == ErrorCode::FileUnreadable)
            return ErrorText::tr(
                "This is not the right kind of file. What goes to the server ends in .parcel, what "
                "comes back in .answers.");
        if (e.code == ErrorCode::Damaged)
            return ErrorText::tr(
                "The file is not whole, or somebody changed it. Nothing of what is damaged was "
                "taken; copy it once more, or have it made again.");
        if (e.code == ErrorCode::OtherHospital)
            return ErrorText::tr("This file is not for this PC, or not for this hospital.");
    }
    if (e.field == u"copies")
        return ErrorText::tr(
                   "The clinic's file has its new key. These copies of it could not be given that key: %1. "
                   "They open as before, and the key before is kept for them. Make room on the disk and try "
                   "again; remove a copy that is damaged.")
            .arg(arg(0));
    if (e.field == u"leases" && e.code == ErrorCode::Invalid)
        return ErrorText::tr("By the server's clock these times are over. Is this PC's clock right?");
    if (e.field == u"other-clinic") {
        switch (e.code) {
        case ErrorCode::OtherHospital:
            return ErrorText::tr(
                "This clinic is connected to a server already. What it has comes from there.");
        case ErrorCode::Duplicate:
            return ErrorText::tr("This is a file of this hospital itself.");
        case ErrorCode::Invalid:
            return ErrorText::tr("This clinic uses another currency than this hospital (%1).").arg(arg(0));
        case ErrorCode::Forbidden:
            return ErrorText::tr("This PC keeps some branches only. Do it on one that keeps everything.");
        case ErrorCode::VersionUnknown:
            return ErrorText::tr(
                "This file was written by another version. Start ClinicDesk on it once, then try again.");
        default:
            break;
        }
    }
    switch (e.code) {
    case ErrorCode::Internal:
        return ErrorText::tr(
            "Something went wrong in the program. Nothing was saved, and what you typed is still here. "
            "Please try again; if it happens again, tell support the number below.");
    case ErrorCode::Cancelled:
        return ErrorText::tr("Stopped. Nothing was changed.");
    case ErrorCode::Required:
        if (e.field == u"password-file")
            return ErrorText::tr("The file with the password is empty.");
        return field.isEmpty() ? ErrorText::tr("A required field is empty.")
                               : ErrorText::tr("%1 is needed.").arg(field);
    case ErrorCode::Invalid:
        if (e.field == u"last_administrator")
            return ErrorText::tr(
                "There must be at least one administrator. Make another person administrator first.");
        if (e.field == u"timezone" || e.field == u"time_zone")
            return ErrorText::tr("“%1” is not a time zone. Use a name such as Africa/Johannesburg.")
                .arg(arg(0));
        if (e.field == u"profile")
            return ErrorText::tr("“%1” is not a profile. Use production, testing or development.")
                .arg(arg(0));
        if (e.field == u"currency")
            return ErrorText::tr("“%1” is not a currency. Use a code of three letters such as ZAR or EUR.")
                .arg(arg(0));
        if (e.field == u"user_name")
            return ErrorText::tr("A user name has 2 to 40 letters, digits, dots, hyphens or underscores.");
        if (e.field == u"approver_login")
            return ErrorText::tr("Somebody else has to approve this.");
        if (e.field == u"addresses")
            return ErrorText::tr(
                       "“%1” is not a server's address. One looks like https://clinic.example:8443; "
                       "http is for a server on this very PC only.")
                .arg(arg(0));
        if (e.field == u"fingerprint")
            return ErrorText::tr("A fingerprint has 64 digits from 0 to 9 and A to F; colons do not matter.");
        if (e.field == u"authority")
            return ErrorText::tr("This file is not a certificate in PEM form.");
        if (e.field == u"password-file")
            return ErrorText::tr(
                "The file with the password is not text in UTF-8. Save it again with that encoding.");
        if (e.field == u"start")
            return ErrorText::tr("The time has to be in the future and on a five-minute step.");
        if (e.field == u"minutes")
            return ErrorText::tr("The length has to be in steps of five minutes, at most a day.");
        return ErrorText::tr("%1 cannot be used as it is.").arg(field);
    case ErrorCode::OutOfRange:
        return ErrorText::tr("%1 has to be a number from %2 to %3.").arg(field, arg(0), arg(1));
    case ErrorCode::TooLong:
        if (e.field == u"addresses")
            return ErrorText::tr("At most %1 addresses.").arg(arg(0));
        if (e.field == u"group")
            return ErrorText::tr("This is too much to be saved at once. Please save it in smaller parts.");
        if (arg(1) == u"kB")
            return ErrorText::tr("%1 is too large: at most %2 kB fit.").arg(field, arg(0));
        return ErrorText::tr("%1 is too long: at most %2 characters fit.").arg(field, arg(0));
    case ErrorCode::BadDate:
        return ErrorText::tr(
            "This is not a date we understand. Type day, month and year, such as 21/7/1980, or only "
            "the year.");
    case ErrorCode::DateInFuture:
        return ErrorText::tr("This date is in the future.");
    case ErrorCode::DateImpossible:
        if (!raw(0).isEmpty())
            return ErrorText::tr(
                       "On that day the clocks are put forward: there is no %1. Choose an earlier time, "
                       "or one from %2 on.")
                .arg(clock(0), clock(1));
        return ErrorText::tr("There is no such day in the calendar.");
    case ErrorCode::TooOld:
        return ErrorText::tr("That is more than %1 years ago; nobody is that old. Is the year right?")
            .arg(arg(0));
    case ErrorCode::BadPhone:
        return ErrorText::tr("A telephone number has 5 to 15 digits, and may begin with +.");
    case ErrorCode::BadEmail:
        return ErrorText::tr("An e-mail address looks like name@example.org.");
    case ErrorCode::BadAmount:
        if (!arg(0).isEmpty()) {
            QLocale locale;
            locale.setNumberOptions(QLocale::OmitGroupSeparator);
            return ErrorText::tr("“%1” can be read as two amounts. Please type it like %2, without a "
                                 "thousands separator.")
                .arg(arg(0), locale.toString(1234.5, 'f', 2));
        }
        return ErrorText::tr("Please type an amount such as 120.50.");
    case ErrorCode::AmountTooLarge:
        return ErrorText::tr("This amount is too large.");
    case ErrorCode::ControlCharacters:
        return ErrorText::tr("%1 contains characters that cannot be seen. Please type it again.").arg(field);
    case ErrorCode::IdentifierTaken:
        return ErrorText::
            tr("This number is already in the record of %1 (%2), and only one person has it: look at that "
               "record, or check the number.")
                .arg(arg(0), leftToRight(arg(1)));
    case ErrorCode::Duplicate:
        if (e.field == u"cash_session")
            return ErrorText::tr("The cash drawer is open already.");
        if (e.field == u"data_key")
            return ErrorText::tr("Another PC has just replaced the key. Nothing more was done.");
        if (e.field == u"data_keys_today")
            return ErrorText::tr("The key was replaced too often today. Nothing more was done.");
        if (e.field == u"hospital")
            return ErrorText::tr("This folder holds a clinic already. Nothing was changed.");
        if (e.field == u"file")
            return ErrorText::tr(
                "A file of that name is there already. Please choose another name or folder.");
        return ErrorText::tr("%1 is taken already. Please choose another.").arg(field);
    case ErrorCode::NotFound:
        if (e.field == u"kept")
            return ErrorText::tr(
                "This PC does not keep that branch any more. Choose another branch at the top "
                "and save again.");
        return ErrorText::tr("This no longer exists, or has not reached this PC yet.");
    case ErrorCode::Stale: {
        QStringList names;
        for (const QString &column : e.args)
            names << fieldLabel(column);
        return ErrorText::tr(
                   "Somebody else changed %1 while you were typing. Nothing was overwritten; look at both "
                   "values and save again.")
            .arg(names.join(QStringLiteral(", ")));
    }
    case ErrorCode::Forbidden:
        return ErrorText::tr("You may not do this: it needs the permission “%1”.")
            .arg(permissionText(raw(0)));
    case ErrorCode::OutsideScope:
        if (e.field == u"practitioner_id")
            return ErrorText::tr("This calendar is outside of what your role reaches.");
        if (e.field == u"branch")
            return ErrorText::tr("Your role is held in one branch only. An administrator can change that.");
        return ErrorText::tr("This record is outside of what your role reaches.");
    case ErrorCode::OwnReview:
        return ErrorText::tr("You opened this record yourself. Somebody else reviews it.");
    case ErrorCode::ConsentRefused:
        return ErrorText::tr("The person does not want to be photographed. See “What was agreed to”.");
    case ErrorCode::Anonymised:
        return ErrorText::tr("This record was anonymised. Nothing that says who it was can be added to it.");
    case ErrorCode::StillNeeded:
        if (e.field == u"bookings")
            return ErrorText::tr(
                "%n appointment(s) or place(s) on the waiting list depend on this. Nothing was "
                "saved yet.",
                nullptr, raw(0).toInt());
        if (e.field == u"appointment")
            return ErrorText::tr("There is an appointment that is coming or not finished. Cancel or complete "
                                 "it first.");
        if (e.field == u"chart")
            return ErrorText::tr("Parts of this record are not on this PC. Fetch them first, so that nothing "
                                 "is left behind.");
        if (e.field == u"file")
            return ErrorText::tr("This PC does not have everybody's whole record. Do it on one that keeps "
                                 "every branch and has finished loading.");
        return ErrorText::tr("There is still money to be paid or given back. Settle that first.");
    case ErrorCode::IllegalStep:
        return ErrorText::tr("This appointment is %1, so it cannot become %2.")
            .arg(stateLabel(raw(0)).toLower(), stateLabel(raw(1)).toLower());
    case ErrorCode::Overlap:
        return ErrorText::tr("%1 has an appointment from %2 to %3. Choose another time.")
            .arg(arg(0), arg(1), arg(2));
    case ErrorCode::PatientOverlap:
        return ErrorText::tr("This patient has another appointment from %1 to %2.").arg(arg(0), arg(1));
    case ErrorCode::PlaceLost:
        return ErrorText::tr("Another desk has just taken %1. The next free times are below.").arg(arg(0));
    case ErrorCode::Unavailable:
        if (raw(1) == u"hours")
            return ErrorText::tr("%1 does not work at that time.").arg(arg(0));
        if (raw(1) == u"kept")
            return ErrorText::tr("That time of %1 is kept for a PC without the network.").arg(arg(0));
        return ErrorText::tr("%1 is away at that time (%2).")
            .arg(arg(0), raw(1) == u"leave" ? ErrorText::tr("leave") : arg(1));
    case ErrorCode::NeedsReason:
        return ErrorText::tr("Please say why.");
    case ErrorCode::Closed:
        return ErrorText::tr("This appointment is closed. It can be corrected by an amendment only.");
    case ErrorCode::Frozen:
        return ErrorText::tr(
            "This can no longer be changed. Correct it with a new document, such as a credit note.");
    case ErrorCode::MoreThanPaid:
        return ErrorText::tr("That is more than was paid: at most %1.").arg(amount());
    case ErrorCode::MoreThanOwed:
        return ErrorText::tr("That is more than is owed: at most %1.").arg(amount());
    case ErrorCode::NothingToDo:
        return ErrorText::tr("There is nothing on it yet.");
    case ErrorCode::CashClosed:
        return ErrorText::tr("The cash drawer is closed. Open it first, then take cash.");
    case ErrorCode::UndoTooLate:
        return ErrorText::tr("This can no longer be undone, because something happened after it.");
    case ErrorCode::Inactive:
        if (e.field == u"role")
            return ErrorText::tr("This account has no role. Ask an administrator.");
        if (e.field == u"patient")
            return ErrorText::tr("This patient is deactivated (%1). Reactivate first.")
                .arg(isolated(reasonText(raw(0))));
        if (e.field == u"resource")
            return ErrorText::tr("%1 is no longer in use.").arg(arg(0));
        return ErrorText::tr("This account is blocked. Ask an administrator.");
    case ErrorCode::NeedsSecondFactor:
        if (e.field == u"approver_code")
            return ErrorText::tr(
                "Whoever approves has a second factor: the code of their authenticator app, or "
                "one of their codes on paper.");
        return ErrorText::tr("Now the code from your authenticator app, or one of your codes on paper.");
    case ErrorCode::WrongSecondFactor:
        if (e.field == u"one_time")
            return ErrorText::tr("This is not the code that was sent, or its ten minutes are over.");
        if (e.field == u"clock")
            return ErrorText::tr("This code is about %n minute(s) old, or this PC's clock is fast by as "
                                 "much. Check the clock, "
                                 "then type a new code.",
                                 nullptr, raw(0).toInt());
        return ErrorText::tr(
            "This code is not right, or was used already. The app shows a new one every half "
            "minute; this PC's clock has to be right.");
    case ErrorCode::WrongPassword:
        return e.field.isEmpty() ? ErrorText::tr("User name or password is wrong.")
                                 : ErrorText::tr("The password is wrong.");
    case ErrorCode::WaitBeforeLogin:
        if (e.field == u"one_time")
            return ErrorText::tr("A code was sent already. Another one can be sent in %n second(s).", nullptr,
                                 raw(0).toInt());
        return ErrorText::tr("Too many wrong passwords or codes. Please wait %n second(s).", nullptr,
                             raw(0).toInt());
    case ErrorCode::EndsBeforeStart:
        if (e.field == u"died_on")
            return ErrorText::tr("The date of death is before the date of birth. Please check both.");
        return ErrorText::tr("The last day comes before the first.");
    case ErrorCode::OnlyViewing:
        return ErrorText::tr(
            "You are looking at what another role sees. Nothing can be changed until you go back.");
    case ErrorCode::NeedsProof:
        if (e.field == u"approver_login")
            return ErrorText::tr(
                "A password alone is not enough to approve here. Somebody with a second factor has to "
                "approve.");
        return ErrorText::tr("Nothing was done: please prove first that it is you.");
    case ErrorCode::OfflineTooLong:
        return ErrorText::tr(
            "This PC has not reached its server for %n day(s). Who may work may have changed; only an "
            "administrator can sign in until it has.",
            nullptr, raw(0).toInt());
    case ErrorCode::WeakPassword:
        return ErrorText::tr(
            "Choose a password of at least 8 characters that is not easy to guess. Three words in a "
            "row are good.");
    case ErrorCode::NotSignedIn:
        return ErrorText::tr("Please sign in first.");
    case ErrorCode::Storage:
        if (e.field == u"import")
            return ErrorText::tr("Writing to the disk failed, and the import has stopped. The rows before "
                                 "are saved. Check the "
                                 "disk, then import the list again.");
        return ErrorText::tr(
            "Writing to the disk failed. Nothing was saved, and what you typed is still here. Check the "
            "disk, then try again.");
    case ErrorCode::DiskFull:
        if (!arg(0).isEmpty()) // the file's path
            return ErrorText::tr(
                       "There is no room on the disk for %1. It was not written; a file of that name "
                       "is as it was. Make room, then try again.")
                .arg(leftToRight(arg(0)));
        if (e.field == u"import")
            return ErrorText::tr("The disk is full, and the import has stopped. The rows before that are "
                                 "saved. Make room, then "
                                 "import the list again.");
        return ErrorText::tr(
            "The disk is full. Nothing was saved, and what you typed is still here. Make room, then "
            "try again.");
    case ErrorCode::ReadOnly:
        if (!arg(0).isEmpty()) // the file's path
            return ErrorText::tr("%1 cannot be written. Check that its folder is there, and its rights.")
                .arg(leftToRight(arg(0)));
        return ErrorText::tr(
            "The clinic's file cannot be written. Check its rights and whether the disk is read-only.");
    case ErrorCode::NewerFile:
        return ErrorText::tr(
                   "This clinic's file was written by a newer version of ClinicDesk (%1, this one knows %2). "
                   "Install the newer version; the file was not touched.")
            .arg(arg(0), arg(1));
    case ErrorCode::NotADatabase:
        return ErrorText::tr(
            "This file is not a clinic. It was not touched; choose another one or restore a backup.");
    case ErrorCode::Damaged:
        if (e.field == u"log")
            return ErrorText::tr(
                       "The log of the clinic's file is damaged: some of what was saved last cannot be read "
                       "any more.") +
                   u' ' +
                   (arg(0).isEmpty()
                        ? ErrorText::tr("Nothing was changed. Start the program: it keeps both files first.")
                        : ErrorText::tr(
                              "The file and its log were kept as %1, for support. Start again to go on with "
                              "what was saved before that, or restore the last good backup.")
                              .arg(leftToRight(arg(0))));
        return ErrorText::tr(
            "The clinic's file is damaged. It was not touched; restore the last good backup and keep "
            "this file for support.");
    case ErrorCode::SealBroken:
        if (!arg(2).isEmpty())
            return ErrorText::tr(
                       "Somebody put another part of the clinic's file (page %1) in the place of page %2. "
                       "Nothing more was read; restore the last good backup and keep this file for "
                       "support.")
                .arg(arg(2), arg(0));
        return ErrorText::tr(
                   "A part of the clinic's file (page %1) is not what ClinicDesk wrote there: it was "
                   "changed from outside, or the disk lost it. Nothing more was read; restore the last "
                   "good backup and keep this file for support.")
            .arg(arg(0));
    case ErrorCode::SealedFile:
        return ErrorText::tr(
            "The clinic's file is sealed, and there is no key for it here. Sign in as somebody "
            "who has worked on this PC, or use the recovery key.");
    case ErrorCode::WrongKey:
        if (e.field == u"recovery")
            return ErrorText::tr("This recovery key is not right, or is not this hospital's newest one.");
        return ErrorText::tr("The key does not belong to this clinic's file. Nothing was changed.");
    case ErrorCode::KeyFileChanged:
        return (e.field == u"missing"
                    ? ErrorText::tr(
                          "The file with the keys to this clinic, %1, is missing, and its second copy as "
                          "well. The clinic itself was not touched.")
                    : ErrorText::tr(
                          "The file with the keys to this clinic, %1, is damaged, and its second copy as "
                          "well. The clinic itself was not touched."))
                   .arg(leftToRight(arg(0))) +
               u' ' +
               ErrorText::tr(
                   "Copy the file with the keys that lies beside a backup of this clinic (its name ends in "
                   ".db.keys) to this place, under this name. Passwords and the recovery key of the time of "
                   "that backup then open the clinic.");
    case ErrorCode::NeedsRecoveryKey:
        return ErrorText::tr(
            "This code is for a hospital that has lost all its PCs. Now type the recovery key that "
            "was printed and put away; nothing else opens what the server has.");
    case ErrorCode::KeyMissing:
        return ErrorText::tr(
            "This is sealed with a key of the hospital's that has not reached this PC yet. It "
            "comes by itself as soon as another PC of the hospital is switched on.");
    case ErrorCode::ReportedLost:
        return ErrorText::tr(
            "This PC was reported lost, and the server has ordered everything of the clinic to "
            "be removed from it. That is done. If the PC is back, an administrator's code lets "
            "it begin again.");
    case ErrorCode::InUse:
        return ErrorText::tr("ClinicDesk is open on this clinic. Close it there first, or use it there.");
    case ErrorCode::FileMissing:
        if (!arg(0).isEmpty())
            return ErrorText::tr("%1 is not there.").arg(leftToRight(arg(0)));
        return ErrorText::tr("The file or folder is not there.");
    case ErrorCode::FileUnreadable:
        if (!arg(0).isEmpty())
            return ErrorText::tr("%1 cannot be read. Check that it is there and that you may open it.")
                .arg(leftToRight(arg(0)));
        return ErrorText::tr("The file cannot be read. Check that it is there and that you may open it.");
    case ErrorCode::FileTooLarge:
        return ErrorText::tr("This file is larger than %1 MB.").arg(arg(0));
    case ErrorCode::WrongProfile:
        return ErrorText::tr("This belongs to another profile.");
    case ErrorCode::VersionUnknown:
        return ErrorText::tr("This version is not known.");
    case ErrorCode::NotConnected:
        return ErrorText::tr("This PC is not connected to a server.");
    case ErrorCode::NoServer:
        return ErrorText::tr("The server does not answer. Check the network and try again; nothing is lost.");
    case ErrorCode::CodeRefused:
        return ErrorText::tr(
            "The server does not accept this code. It may have been used or be older than seven "
            "days; ask for a new one.");
    case ErrorCode::OtherHospital:
        return ErrorText::tr(
            "This PC already holds another hospital's data. Move its file aside, start again and join with "
            "this code; then bring that file in on the screen “Server”.");
    case ErrorCode::SecretsUnavailable:
        return ErrorText::tr(
            "This PC's keychain does not answer, so the keys for the server have no safe place. "
            "Unlock the keychain and try again.");
    }
    return {};
}

} // namespace errortexts

QString errorText(const Error &error)
{
    QString text = errortexts::sentence(error);
    if (!error.errorId.isEmpty())
        text += u'\n' + errortexts::ErrorText::tr("Error number %1").arg(error.errorId);
    return text;
}

QString fieldLabel(const QString &column)
{
    if (column.isEmpty())
        return {};
    if (domain::settingInfo(column))
        return settingLabel(column);
    for (const EntityInfo *entity : domain::allEntities()) {
        const int index = entity->indexOf(column.toStdString());
        if (index >= 0)
            return QCoreApplication::translate("Field", entity->fields[size_t(index)].label);
    }
    static const QHash<QString, const char *> others{
        {QStringLiteral("hospital"), QT_TRANSLATE_NOOP("Field", "Name of the hospital")},
        {QStringLiteral("branch"), QT_TRANSLATE_NOOP("Field", "Name of the branch")},
        {QStringLiteral("password"), QT_TRANSLATE_NOOP("Field", "Password")},
        {QStringLiteral("amount"), QT_TRANSLATE_NOOP("Field", "Amount")},
        {QStringLiteral("identifier"), QT_TRANSLATE_NOOP("Field", "Identifier")},
        {QStringLiteral("role"), QT_TRANSLATE_NOOP("Field", "Role")},
    };
    const char *label = others.value(column);
    return label ? QCoreApplication::translate("Field", label) : column;
}

QString fieldLabel(QStringView entity, const QString &column)
{
    const EntityInfo *info = domain::entityNamed(entity);
    const int index = info ? info->indexOf(column.toStdString()) : -1;
    return index >= 0 ? QCoreApplication::translate("Field", info->fields[size_t(index)].label)
                      : fieldLabel(column);
}

QString permissionText(const QString &permission)
{
    const char *label = domain::permissionLabel(permission);
    return *label ? QCoreApplication::translate("Permission", label) : permission;
}

} // namespace clinic::models
