// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/crypto.h"
#include "secrets/secretstore.h"

#include <QHash>
#include <optional>

namespace clinic::secrets {

// The store of a PC without a keychain: one small file, kept twice, sealed under a password with Argon2id.
class SealedFile final : public SecretStore
{
public:
    enum class Opened { Yes, WrongPassword, Wait, Unreadable };

    // Opens or creates the file. Takes a quarter of a second, by Argon2id's design. Each wrong password
    // costs more time; Wait while that time lasts.
    [[nodiscard]] static std::optional<SealedFile> open(const QString &path, const QString &password,
                                                        const crypto::PasswordCost &cost, Opened &result,
                                                        const Clock &clock);
    void read(const QString &name, QObject *context, std::function<void(const Secret &)> then) override;
    void write(const QString &name, const QByteArray &value, QObject *context,
               std::function<void(bool saved)> then) override;
    void remove(const QString &name, QObject *context, std::function<void(bool removed)> then) override;

private:
    SealedFile() = default;
    [[nodiscard]] static std::optional<SealedFile> read(const QString &name, const QString &path,
                                                        const QString &password, Opened &result);
    [[nodiscard]] bool save() const;

    QString m_path;
    QByteArray m_header; // salt and cost
    QByteArray m_key;
    QHash<QString, QByteArray> m_values;
};

} // namespace clinic::secrets
