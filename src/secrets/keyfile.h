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

// The key file beside a sealed clinic file: opens it on PCs without a keychain. Each holder has a key pair
// whose secret half only his password (Argon2id) or the recovery key opens; the file key is sealed to the
// public halves, so that a new file key reaches every holder without his password. The key file holds no
// names: a holder is a random id, the id of a user's row, and one byte that tells which passwords are worth
// trying.
//
// A forged holder gets no key: the file has a mark made with the file key, and holders without it are
// removed before a key is sealed to them. It is kept twice (core/filewriter.h), because without it nobody
// can open the clinic; a checksum shows which copy is damaged.
class KeyFile
{
public:
    // Reads the better copy at that path; without a file there are no holders. KeyFileChanged, with the
    // path, when none can be read.
    [[nodiscard]] static Result<KeyFile> load(const QString &path);
    // All readable copies, the better one first: another one is worth trying when the first opens nothing.
    // They are saved at `path`.
    [[nodiscard]] static QList<KeyFile> loadAll(const QString &path);
    // Both copies exist, are whole and equal.
    [[nodiscard]] static bool isKeptTwice(const QString &path);
    // For a new clinic, or when the key file was lost while a keychain still has the key.
    [[nodiscard]] static KeyFile create(const QString &path);

    [[nodiscard]] bool hasHolders() const { return !m_holders.isEmpty(); }
    // The checksum fits.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    // The mark fits one of these keys.
    [[nodiscard]] bool isMarkedBy(const QList<FileKey> &keys) const;
    // It contains this key, opened or not.
    [[nodiscard]] bool names(const FileKey &key) const;
    // Once keys are known: the mark fits one of them, so no holder is missing.
    [[nodiscard]] bool isOurs() const { return m_isOurs; }
    void moveTo(const QString &path) { m_path = path; }
    [[nodiscard]] bool hasRecovery() const;
    // Each of these opens the keys, newest last; the functions below need that. WrongPassword, or WrongKey
    // for an invalid or another hospital's recovery key. Argon2id takes a fifth of a second for each holder
    // tried.
    [[nodiscard]] Result<QList<FileKey>> openWithPassword(const QString &user, const QString &password);
    // Whether it is a password of that user, even if others have the same one. Needs known keys.
    [[nodiscard]] bool isPasswordOf(const Id &owner, const QString &password) const;
    [[nodiscard]] Result<QList<FileKey>> openWithRecovery(const QString &typed);
    void openWith(const QList<FileKey> &keys);
    [[nodiscard]] const QList<FileKey> &keys() const { return m_keys; }

    // add: another key for the same holders, while a file is sealed anew. keepOnly: deletes all other keys.
    void add(const FileKey &key);
    void keepOnly(const QList<FileKey> &keys);
    // Unopened keys in the file stay until this call.
    void forgetUnopened() { m_unopened.clear(); }

    // The number of wrong passwords at this file since the last call.
    [[nodiscard]] int takeWrongPasswords() const;

    // Makes a user's password open the file. His holders with other passwords stay until settle().
    // `verifier` is the one for sign-in: it shows later whether the holder is still right.
    [[nodiscard]] Result<void> hold(const Id &owner, const QString &user, const QString &password,
                                    const QString &verifier, const crypto::PasswordCost &cost);
    [[nodiscard]] bool isHeld(const Id &owner, const QString &verifier) const;
    // Deletes the user's holders with other passwords, and holders of users who are not in `active`. True
    // when that changed anything.
    bool settle(const Id &owner, const QString &verifier, const QSet<Id> &active);
    // Sets the hospital's recovery key, by its public half (base64); empty = none. True when that changed
    // anything.
    bool setRecovery(const QString &publicHalf);
    // The same in two steps, for a change that may fail: after offerRecovery() both recovery keys open
    // (saved), after settleRecovery() the new one if taken, otherwise the old one.
    [[nodiscard]] Result<void> offerRecovery(const QString &publicHalf);
    void settleRecovery(bool isTaken);

    // Writes both copies durably; on failure both are unchanged. Needs known keys.
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
        QByteArray boxSecret; // sealed under the password's Argon2id key
        QByteArray tag;
        [[nodiscard]] bool isRecovery() const { return owner.isNull(); }
    };
    struct Sealed
    {
        QByteArray file; // the id of the file key
        QByteArray mark;
        QHash<QByteArray, QByteArray> keys; // by holder
    };
    [[nodiscard]] static Result<KeyFile> read(const QString &file, const QString &path);
    [[nodiscard]] QByteArray marked(const QByteArray &file) const;
    [[nodiscard]] QByteArray stampOf(const QString &verifier) const;
    [[nodiscard]] Result<QList<FileKey>> openAs(const Holder &holder, const crypto::BoxKey &pair);
    // The secret half of the holder's pair; nothing for a wrong password.
    [[nodiscard]] static std::optional<QByteArray> secretOf(const Holder &holder, const QString &password);

    QString m_path;
    QList<Holder> m_holders;
    QList<Sealed> m_sealed;   // until keys are known
    QList<Sealed> m_unopened; // from then on: keys that were not opened
    QList<FileKey> m_keys;
    QString m_offered; // the offered recovery key
    bool m_isWhole = true;
    bool m_isOurs = false;
};

} // namespace clinic::secrets
