// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfile.h"

#include "core/filewriter.h"
#include "core/fold.h"
#include "core/log.h"
#include "secrets/recoverykey.h"
#include "secrets/wrongpasswords.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <functional>

namespace clinic::secrets {
namespace {

constexpr int format = 1;
constexpr qsizetype largestFile = 4 * 1024 * 1024;

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytes(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

// One byte: enough to try the right holder first, too little to confirm a guessed name.
QByteArray tagOf(const QString &user, const QByteArray &salt)
{
    return crypto::hash(fold(user).toUtf8(), salt).first(1);
}

// Tells damage from a wrong password. It does not protect against a deliberate change.
QString sumOf(const QJsonObject &all)
{
    const QByteArray content = QJsonDocument(all).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Blake2b_256).toHex());
}

} // namespace

Result<KeyFile> KeyFile::read(const QString &name, const QString &path)
{
    KeyFile keys = create(path);
    QFile file(name);
    if (!file.exists())
        return fail(ErrorCode::FileMissing, {}, {path});
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, {}, {path});
    QJsonObject all = QJsonDocument::fromJson(file.read(largestFile)).object();
    if (all.value(QStringLiteral("format")).toInt() != format)
        return fail(ErrorCode::KeyFileChanged, {}, {path});
    const QJsonValue sum = all.take(QStringLiteral("sum"));
    keys.m_isWhole = sum.isUndefined() || sum.toString() == sumOf(all); // older versions wrote none
    for (const QJsonValue entry : all.value(QStringLiteral("holders")).toArray()) {
        const QJsonObject o = entry.toObject();
        Holder holder;
        holder.id = bytes(o.value(QStringLiteral("id")));
        holder.owner = Id::fromBytes(bytes(o.value(QStringLiteral("owner"))));
        holder.stamp = bytes(o.value(QStringLiteral("stamp")));
        holder.salt = bytes(o.value(QStringLiteral("salt")));
        holder.cost = {o.value(QStringLiteral("passes")).toVariant().toULongLong(),
                       size_t(o.value(QStringLiteral("memory")).toVariant().toULongLong())};
        holder.boxPublic = bytes(o.value(QStringLiteral("public")));
        holder.boxSecret = bytes(o.value(QStringLiteral("secret")));
        holder.tag = bytes(o.value(QStringLiteral("tag")));
        // Argon2id's memory is allocated before the mark can be checked, so the file's cost is limited.
        if (holder.id.isEmpty() || holder.boxPublic.size() != crypto::keySize || holder.cost.passes > 100 ||
            holder.cost.memoryBytes > size_t(1) << 30)
            return fail(ErrorCode::KeyFileChanged, {}, {path});
        keys.m_holders << holder;
    }
    for (const QJsonValue entry : all.value(QStringLiteral("files")).toArray()) {
        const QJsonObject o = entry.toObject();
        Sealed sealed{bytes(o.value(QStringLiteral("id"))), bytes(o.value(QStringLiteral("mark"))), {}};
        const QJsonObject held = o.value(QStringLiteral("keys")).toObject();
        for (auto it = held.begin(); it != held.end(); ++it)
            sealed.keys.insert(QByteArray::fromBase64(it.key().toLatin1()), bytes(it.value()));
        keys.m_sealed << sealed;
    }
    return keys;
}

QList<KeyFile> KeyFile::loadAll(const QString &path)
{
    QList<KeyFile> found;
    for (const QString &name : {path, secondCopyOf(path)}) {
        if (auto keys = read(name, path))
            found << *keys;
    }
    // Not std::ranges: clang 14 cannot compile GCC 12's subrange, which that returns.
    std::stable_partition(found.begin(), found.end(), std::mem_fn(&KeyFile::isWhole));
    return found;
}

Result<KeyFile> KeyFile::load(const QString &path)
{
    const QList<KeyFile> found = loadAll(path);
    if (!found.isEmpty())
        return found.first();
    return isKept(path) ? fail(ErrorCode::KeyFileChanged, {}, {path}) : Result<KeyFile>(create(path));
}

bool KeyFile::isKeptTwice(const QString &path)
{
    const auto keys = read(path, path);
    QFile first(path);
    QFile second(secondCopyOf(path));
    return keys && keys->isWhole() && first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly) &&
           first.readAll() == second.readAll();
}

KeyFile KeyFile::create(const QString &path)
{
    KeyFile keys;
    keys.m_path = path;
    return keys;
}

bool KeyFile::hasRecovery() const
{
    return std::ranges::any_of(m_holders, &Holder::isRecovery);
}

Result<QList<FileKey>> KeyFile::openWithPassword(const QString &user, const QString &password)
{
    // Holders whose tag fits first; the user may have another user name by now.
    QList<Holder> candidates;
    for (const bool fits : {true, false}) {
        for (const Holder &holder : std::as_const(m_holders)) {
            if (!holder.isRecovery() && (holder.tag == tagOf(user, holder.salt)) == fits)
                candidates << holder;
        }
    }
    for (const Holder &holder : std::as_const(candidates)) {
        auto secret = secretOf(holder, password);
        if (!secret)
            continue;
        auto opened = openAs(holder, {holder.boxPublic, *secret});
        crypto::wipe(*secret);
        return opened;
    }
    return fail(ErrorCode::WrongPassword);
}

std::optional<QByteArray> KeyFile::secretOf(const Holder &holder, const QString &password)
{
    for (const QByteArray &form : crypto::passwordForms(password)) {
        QByteArray key = crypto::keyFromPassword(form, holder.salt, holder.cost);
        auto secret = crypto::open(holder.boxSecret, key, holder.id + holder.boxPublic);
        crypto::wipe(key);
        if (secret)
            return secret;
    }
    return std::nullopt;
}

bool KeyFile::isPasswordOf(const Id &owner, const QString &password) const
{
    return std::ranges::any_of(m_holders, [&](const Holder &holder) {
        auto secret =
            holder.owner == owner && !holder.isRecovery() ? secretOf(holder, password) : std::nullopt;
        const bool fits = secret.has_value();
        if (secret)
            crypto::wipe(*secret);
        return fits;
    });
}

Result<QList<FileKey>> KeyFile::openWithRecovery(const QString &typed)
{
    const auto pair = recovery::pairOf(typed);
    if (!pair)
        return fail(ErrorCode::WrongKey, QStringLiteral("recovery"));
    for (const Holder &holder : QList<Holder>(m_holders)) {
        if (holder.isRecovery() && holder.boxPublic == pair->publicKey)
            return openAs(holder, *pair);
    }
    return fail(ErrorCode::WrongKey, QStringLiteral("recovery"));
}

Result<QList<FileKey>> KeyFile::openAs(const Holder &holder, const crypto::BoxKey &pair)
{
    QList<FileKey> keys;
    for (const Sealed &sealed : std::as_const(m_sealed)) {
        auto record = crypto::openSealed(sealed.keys.value(holder.id), pair);
        if (!record)
            continue;
        const FileKey key = FileKey::fromRecord(*record);
        crypto::wipe(*record);
        if (!key.isNull() && key.id() == sealed.file)
            keys << key;
    }
    if (keys.isEmpty())
        return fail(ErrorCode::KeyFileChanged);
    const Holder proven = holder;
    openWith(keys);
    // This holder is valid, whatever was done to the others.
    if (m_holders.isEmpty())
        m_holders << proven;
    return keys;
}

int KeyFile::takeWrongPasswords() const
{
    return WrongPasswords::takeUntold(m_path);
}

bool KeyFile::isMarkedBy(const QList<FileKey> &keys) const
{
    return std::ranges::any_of(keys, [this](const FileKey &key) {
        return std::ranges::any_of(m_sealed, [&](const Sealed &sealed) {
            return sealed.file == key.id() && crypto::equal(sealed.mark, key.mac(marked(sealed.file)));
        });
    });
}

bool KeyFile::names(const FileKey &key) const
{
    return std::ranges::find(m_sealed, key.id(), &Sealed::file) != m_sealed.end() ||
           std::ranges::any_of(m_keys, [&](const FileKey &known) { return known.id() == key.id(); });
}

void KeyFile::openWith(const QList<FileKey> &keys)
{
    m_keys = keys;
    m_isOurs = isMarkedBy(keys);
    if (!m_isOurs && !m_holders.isEmpty()) {
        qCWarning(logApp) << "the key file was changed from outside; its holders are forgotten";
        m_holders.clear();
    }
    // In the file's order, oldest first.
    const auto placeOf = [this](const FileKey &key) {
        const auto at = std::ranges::find(m_sealed, key.id(), &Sealed::file);
        return at - m_sealed.begin();
    };
    std::ranges::stable_sort(m_keys, {}, placeOf);
    m_unopened = m_isOurs ? m_sealed : QList<Sealed>();
    m_unopened.removeIf([&](const Sealed &sealed) {
        return std::ranges::any_of(keys, [&](const FileKey &key) { return key.id() == sealed.file; });
    });
    m_sealed.clear();
}

void KeyFile::add(const FileKey &key)
{
    m_keys << key;
}

void KeyFile::keepOnly(const QList<FileKey> &keys)
{
    m_keys.removeIf([&](const FileKey &known) {
        return std::ranges::none_of(keys, [&](const FileKey &key) { return key.id() == known.id(); });
    });
}

QByteArray KeyFile::stampOf(const QString &verifier) const
{
    // Made with the oldest key, which stays while another is added; after a replacement no stamp matches,
    // and the next sign-in writes it again.
    return m_keys.isEmpty() ? QByteArray() : m_keys.first().mac("verifier " + verifier.toUtf8()).first(16);
}

Result<void> KeyFile::hold(const Id &owner, const QString &user, const QString &password,
                           const QString &verifier, const crypto::PasswordCost &cost)
{
    Holder holder;
    holder.id = crypto::randomBytes(8);
    holder.owner = owner;
    holder.salt = crypto::randomBytes(16);
    holder.cost = cost;
    holder.tag = tagOf(user, holder.salt);
    holder.stamp = stampOf(verifier);
    crypto::BoxKey pair = crypto::newBoxKey();
    holder.boxPublic = pair.publicKey;
    QByteArray key = crypto::keyFromPassword(crypto::passwordForms(password).first(), holder.salt, cost);
    if (key.isEmpty())
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("no memory for Argon2id"));
    holder.boxSecret = crypto::seal(pair.secretKey, key, holder.id + holder.boxPublic);
    crypto::wipe(key);
    crypto::wipe(pair.secretKey);
    m_holders << holder;
    return {};
}

bool KeyFile::isHeld(const Id &owner, const QString &verifier) const
{
    const QByteArray stamp = stampOf(verifier);
    return std::ranges::any_of(
        m_holders, [&](const Holder &holder) { return holder.owner == owner && holder.stamp == stamp; });
}

bool KeyFile::settle(const Id &owner, const QString &verifier, const QSet<Id> &active)
{
    const QByteArray stamp = stampOf(verifier);
    return m_holders.removeIf([&](const Holder &holder) {
        return !holder.isRecovery() &&
               (!active.contains(holder.owner) || (holder.owner == owner && holder.stamp != stamp));
    }) > 0;
}

bool KeyFile::setRecovery(const QString &publicHalf)
{
    const QByteArray boxPublic = QByteArray::fromBase64(publicHalf.toLatin1());
    const bool changed = m_holders.removeIf([&](const Holder &holder) {
        return holder.isRecovery() && holder.boxPublic != boxPublic;
    }) > 0;
    if (hasRecovery() || boxPublic.size() != crypto::keySize)
        return changed;
    Holder holder;
    holder.id = crypto::randomBytes(8);
    holder.boxPublic = boxPublic;
    m_holders << holder;
    return true;
}

Result<void> KeyFile::offerRecovery(const QString &publicHalf)
{
    const auto holders = m_holders;
    m_offered = publicHalf;
    m_holders.removeIf([](const Holder &holder) { return holder.isRecovery(); });
    static_cast<void>(setRecovery(publicHalf));
    for (const Holder &holder : holders) {
        if (holder.isRecovery())
            m_holders << holder;
    }
    auto saved = save();
    if (!saved) {
        m_holders = holders;
        m_offered.clear();
    }
    return saved;
}

void KeyFile::settleRecovery(bool isTaken)
{
    const QByteArray offered = QByteArray::fromBase64(std::exchange(m_offered, {}).toLatin1());
    const bool changed = m_holders.removeIf([&](const Holder &holder) {
        return holder.isRecovery() && !offered.isEmpty() && (holder.boxPublic == offered) != isTaken;
    }) > 0;
    if (!changed)
        return;
    if (auto saved = save(); !saved) // both recovery keys open until the next sign-in saves the file
        qCWarning(logApp) << "the key file could not be kept up to date:" << saved.error().detail;
}

// The content that the mark covers: everything that decides to whom a key is sealed.
QByteArray KeyFile::marked(const QByteArray &file) const
{
    QByteArray all = "clinicdesk key file " + file;
    for (const Holder &holder : m_holders) {
        for (const QByteArray &part :
             {holder.id, holder.owner.toBytes(), holder.stamp, holder.salt,
              QByteArray::number(holder.cost.passes), QByteArray::number(qulonglong(holder.cost.memoryBytes)),
              holder.boxPublic, holder.boxSecret, holder.tag})
            all += QByteArray::number(part.size()) + ' ' + part;
    }
    return all;
}

Result<void> KeyFile::save()
{
    QJsonArray holders;
    for (const Holder &holder : std::as_const(m_holders))
        holders << QJsonObject{{QStringLiteral("id"), text(holder.id)},
                               {QStringLiteral("owner"), text(holder.owner.toBytes())},
                               {QStringLiteral("stamp"), text(holder.stamp)},
                               {QStringLiteral("salt"), text(holder.salt)},
                               {QStringLiteral("passes"), qint64(holder.cost.passes)},
                               {QStringLiteral("memory"), qint64(holder.cost.memoryBytes)},
                               {QStringLiteral("public"), text(holder.boxPublic)},
                               {QStringLiteral("secret"), text(holder.boxSecret)},
                               {QStringLiteral("tag"), text(holder.tag)}};
    QJsonArray files;
    for (const FileKey &key : std::as_const(m_keys)) {
        QJsonObject held;
        for (const Holder &holder : std::as_const(m_holders)) {
            QByteArray record = key.record();
            held.insert(text(holder.id), text(crypto::sealFor(record, holder.boxPublic)));
            crypto::wipe(record);
        }
        files << QJsonObject{{QStringLiteral("id"), text(key.id())},
                             {QStringLiteral("mark"), text(key.mac(marked(key.id())))},
                             {QStringLiteral("keys"), held}};
    }
    for (const Sealed &sealed : std::as_const(m_unopened)) {
        QJsonObject held;
        for (auto it = sealed.keys.begin(); it != sealed.keys.end(); ++it)
            held.insert(text(it.key()), text(it.value()));
        files << QJsonObject{{QStringLiteral("id"), text(sealed.file)},
                             {QStringLiteral("mark"), text(sealed.mark)},
                             {QStringLiteral("keys"), held}};
    }
    QJsonObject all{{QStringLiteral("format"), format},
                    {QStringLiteral("holders"), holders},
                    {QStringLiteral("files"), files}};
    all.insert(QStringLiteral("sum"), sumOf(all));
    return writeTwice(m_path, QJsonDocument(all).toJson(QJsonDocument::Indented));
}

} // namespace clinic::secrets
