// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"

namespace clinic::secrets {

// The system's keychain through QtKeychain.
class Keychain final : public SecretStore
{
public:
    // Names are kept apart by `service`, one per clinic file.
    explicit Keychain(QString service) : m_service(std::move(service)) {}
    void read(const QString &name, QObject *context, std::function<void(const Secret &)> then) override;
    void write(const QString &name, const QByteArray &value, QObject *context,
               std::function<void(bool saved)> then) override;
    void remove(const QString &name, QObject *context, std::function<void(bool removed)> then) override;

private:
    QString m_service;
};

} // namespace clinic::secrets
