// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/sealedfile.h"

#include "core/filewriter.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace clinic::secrets {

std::optional<SealedFile> SealedFile::open(const QString &path, const QString &password,
                                           const crypto::PasswordCost &cost, Opened &result)
{
    SealedFile store;
    store.m_path = path;
    QFile file(path);
    QByteArray sealed;
    crypto::PasswordCost used = cost;
    QByteArray salt = crypto::randomBytes(16);
    result = Opened::Unreadable;
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly))
            return std::nullopt;
        store.m_header = file.readLine(200);
        sealed = file.readAll();
        const auto parts = store.m_header.trimmed().split(' ');
        if (parts.size() != 4 || parts[0] != "clinicdesk-secrets-1")
            return std::nullopt;
        salt = QByteArray::fromBase64(parts[1]);
        used = {parts[2].toULongLong(), size_t(parts[3].toULongLong())};
    } else {
        store.m_header = "clinicdesk-secrets-1 " + salt.toBase64() + ' ' + QByteArray::number(used.passes) +
                         ' ' + QByteArray::number(qulonglong(used.memoryBytes)) + '\n';
    }
    store.m_key = crypto::keyFromPassword(password, salt, used);
    if (store.m_key.isEmpty())
        return std::nullopt;
    if (!sealed.isEmpty()) {
        const auto plain = crypto::open(sealed, store.m_key, store.m_header);
        if (!plain) {
            result = Opened::WrongPassword;
            return std::nullopt;
        }
        const QJsonObject values = QJsonDocument::fromJson(*plain).object();
        for (auto it = values.begin(); it != values.end(); ++it)
            store.m_values.insert(it.key(), QByteArray::fromBase64(it.value().toString().toLatin1()));
    }
    result = Opened::Yes;
    return store;
}

bool SealedFile::save() const
{
    QJsonObject values;
    for (auto it = m_values.begin(); it != m_values.end(); ++it)
        values.insert(it.key(), QString::fromLatin1(it.value().toBase64()));
    const QByteArray sealed =
        crypto::seal(QJsonDocument(values).toJson(QJsonDocument::Compact), m_key, m_header);
    return writeFile(m_path, m_header + sealed, FileWriter::Holds::Keys).has_value();
}

void SealedFile::read(const QString &name, QObject *context, std::function<void(const Secret &)> then)
{
    const auto known = m_values.constFind(name);
    const Secret secret = known == m_values.constEnd() ? Secret{Found::No} : Secret{Found::Yes, *known};
    QMetaObject::invokeMethod(
        context, [secret, then = std::move(then)] { then(secret); }, Qt::QueuedConnection);
}

void SealedFile::write(const QString &name, const QByteArray &value, QObject *context,
                       std::function<void(bool)> then)
{
    m_values.insert(name, value);
    const bool saved = save();
    QMetaObject::invokeMethod(
        context, [saved, then = std::move(then)] { then(saved); }, Qt::QueuedConnection);
}

void SealedFile::remove(const QString &name, QObject *context, std::function<void(bool)> then)
{
    const bool removed = m_values.remove(name) == 0 || save();
    QMetaObject::invokeMethod(
        context, [removed, then = std::move(then)] { then(removed); }, Qt::QueuedConnection);
}

} // namespace clinic::secrets
