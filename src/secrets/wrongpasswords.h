// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QString>
#include <memory>

class QLockFile;

namespace clinic::secrets {

// Lets a wrong password for a file cost time, as one at sign-in does, where there is no clinic open yet to
// count it in. It is counted in a small file beside that one, before the password is tried and for one
// program at a time: who ends the program, or runs it twice, gains nothing. Whoever takes the files away may
// of course try as fast as his machines go; against that stands what one try costs (Argon2id).
class WrongPasswords
{
public:
    WrongPasswords(const QString &file, const Clock &clock);
    // An attempt that did not succeed was wrong.
    ~WrongPasswords();
    WrongPasswords(const WrongPasswords &) = delete;
    WrongPasswords &operator=(const WrongPasswords &) = delete;

    // WaitBeforeLogin with the seconds, or one attempt.
    [[nodiscard]] Result<void> begin();
    void succeeded();
    // How long the next one has to wait.
    [[nodiscard]] static qint64 secondsToWait(const QString &file, const Clock &clock);
    // How many were wrong since somebody was told; they count as told from now on.
    [[nodiscard]] static int takeUntold(const QString &file);

private:
    const QString m_file;
    const Clock &m_clock;
    std::unique_ptr<QLockFile> m_lock;
    bool m_isTrying = false;
    bool m_isKept = false; // on the disk
};

} // namespace clinic::secrets
