// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "core/filekey.h"
#include "core/id.h"
#include "core/result.h"

#include <QHash>
#include <QSet>

namespace clinic::secrets {

// Who may open a sealed clinic file where no keychain does: a small file beside it. Each holder has a pair of
// keys, whose secret half only his password (Argon2id) or the paper opens; the file's key is sealed to the
// public halves, so that a new file key reaches every holder without his password. It names nobody: a holder
// is a random id, the id of a user's row, and one byte that tells by which passwords it is worth trying.
//
// Whoever changes it from outside gains nothing: it carries a mark made with the file's key, and holders that
// somebody added are thrown out before anything is sealed to them. It is kept twice (core/filewriter.h), for
// without it nobody gets in; a sum tells which of the two is damaged.
class KeyFile
{
public:
    // Reads the better one of the two at that path; without one there are no holders. KeyFileChanged, with
    // the path, when none can be read.
    [[nodiscard]] static Result<KeyFile> load(const QString &path);
    // All that can be read there, the better one first: another one is worth trying when the first opens
    // nothing. What they save later, they save at `path`.
    [[nodiscard]] static QList<KeyFile> loadAll(const QString &path);
    // Both are there, whole and the same.
    [[nodiscard]] static bool isKeptTwice(const QString &path);
    // For a new clinic, or where the old file was lost while a keychain still has the key.
    [[nodiscard]] static KeyFile create(const QString &path);

    [[nodiscard]] bool hasHolders() const { return !m_holders.isEmpty(); }
    // Nothing in it has changed since it was written, as far as its sum tells.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    // Made with one of these keys, and not changed since.
    [[nodiscard]] bool isMarkedBy(const QList<FileKey> &keys) const;
    // It has this key, opened or not.
    [[nodiscard]] bool names(const FileKey &key) const;
    // After keys are known: its mark was made with one of them, so that nobody was forgotten.
    [[nodiscard]] bool isOurs() const { return m_isOurs; }
    void moveTo(const QString &path) { m_path = path; }
    [[nodiscard]] bool hasRecovery() const;
    // Each of these makes the keys known, newest last; what follows needs that. WrongPassword, or WrongKey
    // for a recovery key that is none or of another hospital. Argon2id takes a fifth of a second for each
    // holder tried.
    [[nodiscard]] Result<QList<FileKey>> openWithPassword(const QString &user, const QString &password);
    // Whether it is one of that person's, whoever else has the same one. Once keys are known.
    [[nodiscard]] bool isPasswordOf(const Id &owner, const QString &password) const;
    [[nodiscard]] Result<QList<FileKey>> openWithRecovery(const QString &typed);
    void openWith(const QList<FileKey> &keys);
    [[nodiscard]] const QList<FileKey> &keys() const { return m_keys; }

    // Another key, for the same holders, while a file is sealed anew; and the end of those before.
    void add(const FileKey &key);
    void keepOnly(const QList<FileKey> &keys);
    // Keys in it that nobody has opened yet stay as they are, until this.
    void forgetUnopened() { m_unopened.clear(); }

    // How many passwords were wrong at this file since this was asked last.
    [[nodiscard]] int takeWrongPasswords() const;

    // Somebody's password opens the file from now on. Holders of his with other passwords stay until
    // settle(). `verifier` is what sign-in compares with: it says later whether the holder is still the right
    // one.
    [[nodiscard]] Result<void> hold(const Id &owner, const QString &user, const QString &password,
                                    const QString &verifier, const crypto::PasswordCost &cost);
    [[nodiscard]] bool isHeld(const Id &owner, const QString &verifier) const;
    // Forgets passwords that are not his any more, and people who are not among `active`. True when that
    // changed anything.
    bool settle(const Id &owner, const QString &verifier, const QSet<Id> &active);
    // The hospital's recovery key, by its public half (base64); empty = none. True when that changed
    // anything.
    bool setRecovery(const QString &publicHalf);
    // The same in two steps, for a change that may not come about: both papers open from now on (saved), and
    // one of them after settleRecovery(), which takes the new one if it is meant to stay.
    [[nodiscard]] Result<void> offerRecovery(const QString &publicHalf);
    void settleRecovery(bool isTaken);

    // Durable, twice, when it returns; otherwise both files are as they were. Not before keys are known.
    [[nodiscard]] Result<void> save();

private:
    struct Holder
    {
        QByteArray id;
        Id owner;         // null: the recovery key
        QByteArray stamp; // of the verifier; empty: the recovery key
        QByteArray salt;
        crypto::PasswordCost cost;
        QByteArray boxPublic;
        QByteArray boxSecret; // sealed under what Argon2id makes of the password
        QByteArray tag;
        [[nodiscard]] bool isRecovery() const { return owner.isNull(); }
    };
    struct Sealed
    {
        QByteArray file; // the id of the file's key
        QByteArray mark;
        QHash<QByteArray, QByteArray> keys; // by holder
    };
    [[nodiscard]] static Result<KeyFile> read(const QString &file, const QString &path);
    [[nodiscard]] QByteArray marked(const QByteArray &file) const;
    [[nodiscard]] QByteArray stampOf(const QString &verifier) const;
    [[nodiscard]] Result<QList<FileKey>> openAs(const Holder &holder, const crypto::BoxKey &pair);
    // The secret half of its pair; nothing when the password is not its.
    [[nodiscard]] static std::optional<QByteArray> secretOf(const Holder &holder, const QString &password);

    QString m_path;
    QList<Holder> m_holders;
    QList<Sealed> m_sealed;   // until keys are known
    QList<Sealed> m_unopened; // from then on: what none of the known keys is
    QList<FileKey> m_keys;
    QString m_offered; // the paper that may come
    bool m_isWhole = true;
    bool m_isOurs = false;
};

} // namespace clinic::secrets
