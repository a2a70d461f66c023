// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

#include <QHash>

namespace clinic::test {

// A keychain that forgets when it dies.
class MemorySecrets final : public secrets::SecretStore
{
public:
    void read(const QString &name, QObject *context,
              std::function<void(const secrets::Secret &)> then) override
    {
        const auto known = m_values.constFind(name);
        const secrets::Secret secret = known == m_values.constEnd()
                                           ? secrets::Secret{secrets::Found::No}
                                           : secrets::Secret{secrets::Found::Yes, *known};
        QMetaObject::invokeMethod(
            context, [secret, then = std::move(then)] { then(secret); }, Qt::QueuedConnection);
    }
    void write(const QString &name, const QByteArray &value, QObject *context,
               std::function<void(bool saved)> then) override
    {
        m_values.insert(name, value);
        QMetaObject::invokeMethod(
            context, [then = std::move(then)] { then(true); }, Qt::QueuedConnection);
    }

    void remove(const QString &name, QObject *context, std::function<void(bool removed)> then) override
    {
        m_values.remove(name);
        QMetaObject::invokeMethod(
            context, [then = std::move(then)] { then(true); }, Qt::QueuedConnection);
    }
    [[nodiscard]] bool isEmpty() const { return m_values.isEmpty(); }

private:
    QHash<QString, QByteArray> m_values;
};

} // namespace clinic::test
