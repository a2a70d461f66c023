// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <functional>

namespace clinic::secrets {

// "There is none", "it is locked" and "it failed" are different answers: only the first may be taken for
// "make a new one".
enum class Found { Yes, No, Locked, Failed };

struct Secret
{
    Found found = Found::Failed;
    QByteArray value{};
};

// Where this PC keeps its keys: the system's keychain, or a file sealed under a password. Answers come on the
// calling thread, later, and not at all once `context` is gone.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    virtual void read(const QString &name, QObject *context, std::function<void(const Secret &)> then) = 0;
    // True only when it was read back as it was written.
    virtual void write(const QString &name, const QByteArray &value, QObject *context,
                       std::function<void(bool saved)> then) = 0;
    // Gone for good; also true when there was none.
    virtual void remove(const QString &name, QObject *context, std::function<void(bool removed)> then) = 0;
};

} // namespace clinic::secrets
