// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands.h"
#include "services/admin/keyholders.h"
#include "services/opening.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

// The key of a sealed clinic: finding it, replacing it, the recovery key.
namespace clinic::ctl {
namespace {

// A locked keychain may never answer; a password works meanwhile.
constexpr int patienceMs = 10'000;

// Waits for the answer, up to that time.
void waitFor(QObject &context)
{
    QTimer::singleShot(patienceMs, &context, &QCoreApplication::quit);
    QCoreApplication::exec();
}

} // namespace

// The keys that the keychain, or the file in its place, has for this folder; empty when there are none or no
// answer comes.
QByteArray Commands::storedKeys()
{
    auto store = secretStore();
    QByteArray keys;
    if (!store)
        return keys;
    QObject context;
    (*store)->read(QString::fromLatin1(services::Opening::keychainName), &context,
                   [&keys](const secrets::Secret &secret) {
                       keys = secret.value;
                       QCoreApplication::quit();
                   });
    waitFor(context);
    return keys;
}

bool Commands::storeKeys(const QByteArray &keys)
{
    auto store = secretStore();
    if (!store)
        return false;
    bool isSaved = false;
    QObject context;
    (*store)->write(QString::fromLatin1(services::Opening::keychainName), keys, &context,
                    [&isSaved](bool saved) {
                        isSaved = saved;
                        QCoreApplication::quit();
                    });
    waitFor(context);
    return isSaved;
}

Result<void> Commands::unlock(services::Opening &opening)
{
    const bool isOpen = opening.stage() != services::Opening::Stage::NeedsPassword;
    // A recovery key that is given is checked even if a keychain opened the file: it replaces a user's
    // password.
    const bool hasPaper = m_parser.isSet(QStringLiteral("recovery-key-file")) &&
                          (!isOpen || (!opening.key().isNull() && !m_isPaperForServer));
    if (isOpen && !hasPaper)
        return {};
    if (!isOpen) {
        if (auto found = opening.hasKeyFile(); !found)
            return found;
    }
    if (hasPaper) {
        const auto typed = password(QStringLiteral("recovery-key-file"));
        return typed ? opening.openWithRecovery(*typed) : fail(typed);
    }
    // An interrupted `init` left a key file for its administrator.
    const QString user = m_parser.value(m_parser.isSet(QStringLiteral("user")) ? QStringLiteral("user")
                                                                               : QStringLiteral("admin"));
    if (user.isEmpty())
        return fail(ErrorCode::SealedFile);
    const auto typed = password(QStringLiteral("password-file"));
    return typed ? opening.openWithPassword(user, *typed) : fail(typed);
}

Result<services::Opening> Commands::findKey(const QString &path)
{
    // There is no paper to a clinic that is not there yet.
    if (m_parser.isSet(QStringLiteral("recovery-key-file")) && !m_isPaperForServer && !QFile::exists(path))
        return fail(ErrorCode::FileMissing, {}, {path});
    auto found = services::Opening::look(path, storedKeys(), m_clock);
    if (!found)
        return found;
    if (auto unlocked = unlock(*found); !unlocked)
        return fail(unlocked);
    // Without a keychain the key file is enough.
    if (const QByteArray keys = found->toStore(); !keys.isEmpty())
        static_cast<void>(storeKeys(keys));
    return found;
}

int Commands::seal()
{
    if (!QFile::exists(file()))
        return failed(Error(ErrorCode::FileMissing, {}, {file()}));
    auto found = findKey(file());
    if (!found)
        return failed(found.error());
    if (found->stage() != services::Opening::Stage::NeedsSealing && found->key().isNull())
        return failed(Error(ErrorCode::NothingToDo));
    auto noted = openFor(domain::IntentionId::SealFile, [&](bool readOnly) {
        storage::Database::Options options;
        options.path = file();
        options.inlineExecutors = true;
        options.readOnly = readOnly;
        options.key = found->key();
        return storage::Database::open(options, m_clock);
    });
    if (!noted)
        return failed(noted.error());
    if (!m_isNoted)
        return failed(m_obstacle);
    noted->reset(); // the file is replaced, or gets another key
    if (found->stage() == services::Opening::Stage::NeedsSealing) {
        if (!m_parser.isSet(QStringLiteral("user")))
            return failed(Error(ErrorCode::NotSignedIn));
        const auto typed = password(QStringLiteral("password-file"));
        if (!typed)
            return failed(typed.error());
        if (auto sealed = found->seal(m_parser.value(QStringLiteral("user")), *typed, m_clock); !sealed)
            return failed(sealed.error());
        static_cast<void>(storeKeys(found->toStore()));
        if (auto left = found->whatIsLeft(); !left)
            return failed(left.error());
        print(QStringLiteral("The clinic's file is sealed, its backups in this folder as well."),
              {{QStringLiteral("sealed"), true}});
        return Ok;
    }
    if (auto renewed = found->renewKey(m_clock, [this](const QByteArray &keys) { return storeKeys(keys); });
        !renewed)
        return failed(renewed.error());
    if (auto left = found->whatIsLeft(); !left)
        return failed(left.error());
    print(QStringLiteral("The clinic's file has a new key."), {{QStringLiteral("sealed"), true}});
    return Ok;
}

int Commands::newRecoveryKey()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const auto typed = password(QStringLiteral("password-file"));
    if (!typed)
        return failed(typed.error());
    const auto made = m_clinic->performNow(services::MakeRecoveryKey{*typed});
    if (!made)
        return failed(made.error());
    print(*made, {{QStringLiteral("recoveryKey"), *made}});
    return Ok;
}

} // namespace clinic::ctl
