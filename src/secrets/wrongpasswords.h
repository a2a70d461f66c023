// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QString>
#include <memory>

class QLockFile;

namespace clinic::secrets {

// Delays wrong passwords for a file, like sign-in, when there is no open clinic to count them. Counts in a
// small file beside it, before each try and for one program at a time: killing the program, or running it
// twice, gains nothing. A thief can try copied files at full speed elsewhere; Argon2id makes each try
// expensive.
class WrongPasswords
{
public:
    WrongPasswords(const QString &file, const Clock &clock);
    // A try without succeeded() was wrong.
    ~WrongPasswords();
    WrongPasswords(const WrongPasswords &) = delete;
    WrongPasswords &operator=(const WrongPasswords &) = delete;

    // Counts a try; WaitBeforeLogin with the seconds while the delay lasts.
    [[nodiscard]] Result<void> begin();
    void succeeded();
    // The remaining delay.
    [[nodiscard]] static qint64 secondsToWait(const QString &file, const Clock &clock);
    // The wrong passwords since the last call, for the audit.
    [[nodiscard]] static int takeUntold(const QString &file);

private:
    const QString m_file;
    const Clock &m_clock;
    std::unique_ptr<QLockFile> m_lock;
    bool m_isTrying = false;
    bool m_isKept = false; // the count is on the disk
};

} // namespace clinic::secrets
