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

// Finds the key to a clinic's file before it is opened: in what the keychain keeps, or with somebody's
// password or the recovery key out of the key file beside it. A file from before files were sealed is sealed
// on the way, a new one begins sealed. Demo clinics have nobody's data and stay as they are. No windows and
// no event loop: programs ask, this answers.
class Opening
{
public:
    enum class Stage {
        Ready,         // open it with key()
        NeedsPassword, // no keychain has its key: openWithPassword() or openWithRecovery()
        NeedsSealing   // it is in the clear: seal()
    };

    // `stored` is what the keychain keeps for this file (keychainName), empty where there is none. A file
    // that is sealed, has no key anywhere and never belonged to anybody is moved aside.
    [[nodiscard]] static Result<Opening> look(const QString &path, const QByteArray &stored,
                                              const Clock &clock);
    // The same for a sealed backup, or another clinic's file: nothing is begun, moved or finished there.
    [[nodiscard]] static Opening lookAtCopy(const QString &path, const QByteArray &stored,
                                            const Clock &clock);
    static constexpr const char *keychainName = "file-key";

    [[nodiscard]] Stage stage() const { return m_stage; }
    // WrongPassword, WrongKey; KeyFileChanged, with the path, where the key file is missing (field "missing")
    // or damaged. The stage stays. A password opens for whose it is: under another name it is wrong, and
    // whoever is blocked is Inactive. Wrong ones cost more time with each, and with each start
    // (WaitBeforeLogin); the paper is never kept waiting.
    // Whether there is anything beside the file that a password or the paper could open; else NotADatabase or
    // KeyFileChanged.
    [[nodiscard]] Result<void> hasKeyFile() const;
    [[nodiscard]] Result<void> openWithPassword(const QString &user, const QString &password);
    // Also for a sealed file that is Ready: the paper stands for a right then, and has to have its key.
    [[nodiscard]] Result<void> openWithRecovery(const QString &typed);
    // Seals a file that is in the clear, for whoever can sign in to it. Takes as long as copying it, on any
    // thread. What sign-in refuses is refused; the second factor is not asked for here.
    [[nodiscard]] Result<void> seal(const QString &user, const QString &password, const Clock &clock);
    // Opens a file that is in the clear as it is, this once: a full disk, or a damaged file that has to be
    // looked at, must not keep a clinic from its work.
    void postponeSealing();
    // Another key for a file that is ready and that nobody has open. `keep` has to keep the keys it is given
    // before it returns; it is asked before anything is written and once more at the end.
    [[nodiscard]] Result<void> renewKey(const Clock &clock,
                                        const std::function<bool(const QByteArray &)> &keep);

    // After seal() and renewKey(): backups that could not be sealed anew and why (field "copies", args: their
    // names). They open as they did; the next start tries again.
    [[nodiscard]] const Result<void> &whatIsLeft() const { return m_left; }

    // Null for a file that is not sealed.
    [[nodiscard]] const FileKey &key() const { return m_key; }
    // What the keychain ought to keep; empty when it does already, or nothing is sealed.
    [[nodiscard]] QByteArray toStore() const;
    // For services::Clinic; null for a file that is not sealed.
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

    const Clock *m_time; // wrong passwords are counted by it
    QString m_path;
    QByteArray m_stored;
    Stage m_stage = Stage::Ready;
    FileKey m_key;
    QList<FileKey> m_others;              // that were known beside it: of an interrupted change
    QList<secrets::KeyFile> m_candidates; // until one of them opens the file
    std::optional<secrets::KeyFile> m_keys;
    Result<void> m_left;
    const Clock *m_clock = nullptr; // null: nothing is written here
};

} // namespace clinic::services
