// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/sealedfile.h"

#include "core/filewriter.h"
#include "core/log.h"
#include "secrets/wrongpasswords.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace clinic::secrets {

namespace {

struct Header
{
    QByteArray salt;
    crypto::PasswordCost cost;
};

// Argon2id's memory is allocated before the seal can be checked, so the file's cost is limited.
std::optional<Header> headerOf(const QByteArray &line)
{
    const auto parts = line.trimmed().split(' ');
    if (parts.size() != 4 || parts[0] != "clinicdesk-secrets-1")
        return std::nullopt;
    Header header{QByteArray::fromBase64(parts[1]), {parts[2].toULongLong(), 0}};
    const quint64 memory = parts[3].toULongLong();
    if (header.salt.size() != 16 || header.cost.passes < 1 || header.cost.passes > 100 || memory < 8 * 1024 ||
        memory > quint64(1) << 30)
        return std::nullopt;
    header.cost.memoryBytes = size_t(memory);
    return header;
}

} // namespace

// Reads one of the two copies; nothing when it is missing.
std::optional<SealedFile> SealedFile::read(const QString &name, const QString &path, const QString &password,
                                           Opened &result)
{
    constexpr qint64 largestSealed = 4 * 1024 * 1024;
    SealedFile store;
    store.m_path = path;
    QFile file(name);
    result = Opened::Unreadable;
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    store.m_header = file.readLine(200);
    const QByteArray sealed = file.read(largestSealed);
    const auto header = headerOf(store.m_header);
    if (!header || sealed.isEmpty())
        return std::nullopt;
    std::optional<QByteArray> plain;
    for (const QByteArray &form : crypto::passwordForms(password)) {
        store.m_key = crypto::keyFromPassword(form, header->salt, header->cost);
        if (store.m_key.isEmpty())
            return std::nullopt;
        plain = crypto::open(sealed, store.m_key, store.m_header);
        if (plain)
            break;
    }
    if (!plain) {
        result = Opened::WrongPassword;
        return std::nullopt;
    }
    const QJsonObject values = QJsonDocument::fromJson(*plain).object();
    for (auto it = values.begin(); it != values.end(); ++it)
        store.m_values.insert(it.key(), QByteArray::fromBase64(it.value().toString().toLatin1()));
    result = Opened::Yes;
    return store;
}

std::optional<SealedFile> SealedFile::open(const QString &path, const QString &password,
                                           const crypto::PasswordCost &cost, Opened &result,
                                           const Clock &clock)
{
    if (!QFile::exists(path) && !QFile::exists(secondCopyOf(path))) {
        SealedFile store;
        store.m_path = path;
        const QByteArray salt = crypto::randomBytes(16);
        store.m_header = "clinicdesk-secrets-1 " + salt.toBase64() + ' ' + QByteArray::number(cost.passes) +
                         ' ' + QByteArray::number(qulonglong(cost.memoryBytes)) + '\n';
        store.m_key = crypto::keyFromPassword(crypto::passwordForms(password).first(), salt, cost);
        result = store.m_key.isEmpty() ? Opened::Unreadable : Opened::Yes;
        return store.m_key.isEmpty() ? std::nullopt : std::optional(store);
    }
    const auto contentOf = [](const QString &name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray first = contentOf(path);
    const QByteArray second = contentOf(secondCopyOf(path));
    WrongPasswords tries(path, clock);
    if (!tries.begin()) {
        result = Opened::Wait;
        return std::nullopt;
    }
    auto store = read(path, path, password, result);
    if (!store && second != first) {
        Opened other{};
        store = read(secondCopyOf(path), path, password, other);
        if (store || result == Opened::Unreadable)
            result = other;
    }
    if (result != Opened::WrongPassword)
        tries.succeeded();
    if (store && first != second && !store->save()) // one was missing, damaged or older
        qCWarning(logApp) << "the file of secrets is there only once";
    return store;
}

bool SealedFile::save() const
{
    QJsonObject values;
    for (auto it = m_values.begin(); it != m_values.end(); ++it)
        values.insert(it.key(), QString::fromLatin1(it.value().toBase64()));
    const QByteArray sealed =
        crypto::seal(QJsonDocument(values).toJson(QJsonDocument::Compact), m_key, m_header);
    return writeTwice(m_path, m_header + sealed).has_value();
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
