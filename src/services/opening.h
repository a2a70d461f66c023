// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "secrets/keyfile.h"

#include <functional>

namespace clinic::storage {
struct CopiesSealed;
}

namespace clinic::services {

// Finds the key of a clinic's file before it is opened: in the keychain, or in the key file with a password
// or the recovery key. Seals an unsealed file of an older version; a new file begins sealed. Demo clinics
// have no real data and stay unsealed. No windows and no event loop: programs ask the user.
class Opening
{
public:
    enum class Stage {
        Ready,         // open it with key()
        NeedsPassword, // the keychain has no key: openWithPassword() or openWithRecovery()
        NeedsSealing   // the file is unsealed: seal()
    };

    // `stored` is the keychain's value for this file (keychainName), or empty. A sealed file without any key
    // or user is moved aside.
    [[nodiscard]] static Result<Opening> look(const QString &path, const QByteArray &stored,
                                              const Clock &clock);
    // The same for a sealed backup, or another clinic's file: creates, moves and finishes nothing.
    [[nodiscard]] static Opening lookAtCopy(const QString &path, const QByteArray &stored,
                                            const Clock &clock);
    static constexpr const char *keychainName = "file-key";

    [[nodiscard]] Stage stage() const { return m_stage; }
    // Whether a password or the recovery key could open the file; else NotADatabase or KeyFileChanged.
    [[nodiscard]] Result<void> hasKeyFile() const;
    // WrongPassword, WrongKey; KeyFileChanged, with the path, when the key file is missing (field "missing")
    // or damaged. The stage stays. A password is right only with its user's name; a blocked user is
    // Inactive. Each wrong one costs more time, also across restarts (WaitBeforeLogin); the recovery key
    // never waits.
    [[nodiscard]] Result<void> openWithPassword(const QString &user, const QString &password);
    // Also for a sealed file that is Ready: the paper stands for a right then, and has to have its key.
    [[nodiscard]] Result<void> openWithRecovery(const QString &typed);
    // Seals an unsealed file, for a user who can sign in to it. Takes as long as copying it, on any thread.
    // Fails as sign-in does; does not ask for the second factor.
    [[nodiscard]] Result<void> seal(const QString &user, const QString &password, const Clock &clock);
    // Opens an unsealed file as it is, this once: a full disk or a damaged file must not stop the clinic.
    void postponeSealing();
    // Gives a ready, closed file another key. `keep` must store the given keys before it returns; it is
    // called before the first write and once at the end.
    [[nodiscard]] Result<void> renewKey(const Clock &clock,
                                        const std::function<bool(const QByteArray &)> &keep);

    // After seal() and renewKey(): backups that could not be sealed anew, and why (field "copies", args:
    // their names). They open as before; the next start tries again.
    [[nodiscard]] const Result<void> &whatIsLeft() const { return m_left; }

    // Null for an unsealed file.
    [[nodiscard]] const FileKey &key() const { return m_key; }
    // The value that the keychain should store; empty when it has it already, or the file is unsealed.
    [[nodiscard]] QByteArray toStore() const;
    // For services::Clinic; null for an unsealed file.
    [[nodiscard]] std::unique_ptr<secrets::KeyFile> takeKeyFile();

private:
    explicit Opening(const Clock &time) : m_time(&time) {}
    [[nodiscard]] Result<void> checkPerson(const QString &user, const QString &password);
    [[nodiscard]] Result<void> checkPaper(const QString &typed);
    [[nodiscard]] Result<void> begin(const Clock &clock);
    [[nodiscard]] Result<void> choose(const QList<FileKey> &keys);
    void findKeyFiles();
    [[nodiscard]] Error noKeyFile() const;
    [[nodiscard]] Result<void>
    openWith(const std::function<Result<QList<FileKey>>(secrets::KeyFile &)> &open);
    void settle(const QList<FileKey> &known);
    void noteLeft(const storage::CopiesSealed &copies);
    [[nodiscard]] Result<void> keepNeeded(const storage::CopiesSealed &copies);

    const Clock *m_time; // for counting wrong passwords
    QString m_path;
    QByteArray m_stored;
    Stage m_stage = Stage::Ready;
    FileKey m_key;
    QList<FileKey> m_others;              // other known keys beside it, of an interrupted change
    QList<secrets::KeyFile> m_candidates; // key files to try until one opens the file
    std::optional<secrets::KeyFile> m_keys;
    Result<void> m_left;
    const Clock *m_clock = nullptr; // null: read-only
};

} // namespace clinic::services
