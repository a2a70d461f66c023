// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/opening.h"

#include "core/filewriter.h"
#include "core/log.h"
#include "core/profile.h"
#include "domain/setup/entities.h"
#include "services/admin/accounts.h"
#include "services/clinic.h"
#include "storage/sealedvfs.h"
#include "storage/sealing.h"

#include <QFile>
#include <QFileInfo>

namespace clinic::services {
namespace opening {

constexpr int mostKept = 4; // keys a keychain keeps for one place; older ones may be of a file moved away

Result<std::unique_ptr<storage::Database>> openPlain(const QString &path, bool readOnly, const Clock &clock)
{
    storage::Database::Options options;
    options.path = path;
    options.inlineExecutors = true;
    options.readOnly = readOnly;
    return storage::Database::open(options, clock);
}

QString aside(const QString &path, const Clock &clock)
{
    return path + QStringLiteral(".unopened-%1").arg(clock.nowMs());
}

struct Person
{
    domain::AppUser user{};
    QString recoveryKey{};
};

// Whoever may work in the file may have it sealed.
Result<Person> whoSignsIn(storage::Database &database, const Clock &clock, const QString &name,
                          const QString &password)
{
    Clinic clinic(database, clock);
    SignIn intent;
    intent.login = name;
    intent.password = password;
    const auto answer = clinic.performNow(intent);
    if (!answer)
        return fail(answer);
    if (!answer->session.isSignedIn() && answer->refusal.code != ErrorCode::NeedsSecondFactor)
        return tl::unexpected(answer->refusal);
    auto &c = database.writerConnection();
    auto users =
        storage::select<domain::AppUser>(c, "WHERE user_name=? COLLATE NOCASE LIMIT 1", name.trimmed());
    if (users && users->isEmpty())
        users = storage::select<domain::AppUser>(c, "WHERE email=? COLLATE NOCASE LIMIT 1", name.trimmed());
    const auto hospitals = storage::select<domain::Hospital>(c, "LIMIT 1");
    if (!users)
        return fail(users);
    if (!hospitals)
        return fail(hospitals);
    if (users->isEmpty() || hospitals->isEmpty())
        return fail(ErrorCode::NotFound);
    return Person{users->first(), hospitals->first().recoveryKey};
}

} // namespace opening

Result<Opening> Opening::look(const QString &path, const QByteArray &stored, const Clock &clock)
{
    using storage::sealedvfs::Content;
    Opening file;
    file.m_path = path;
    file.m_stored = stored;
    const Content content = storage::sealedvfs::probe(path, {});
    if (content == Content::Missing) {
        if (auto begun = file.begin(clock); !begun)
            return fail(begun);
        return file;
    }
    if (content == Content::Plain) {
        auto plain = opening::openPlain(path, true, clock);
        if (!plain)
            return fail(plain);
        const storage::FileIdentity identity = (*plain)->identity();
        plain->reset();
        if (identity.isDemo)
            return file;
        file.m_stage = Stage::NeedsSealing;
        if (!identity.isSetUp()) { // nobody to ask, and nothing to lose
            if (auto sealed = file.seal({}, {}, clock); !sealed)
                return fail(sealed);
        }
        return file;
    }
    auto keys = secrets::KeyFile::load(keyFileOf(path));
    const bool hasKeyFile = QFileInfo::exists(keyFileOf(path));
    if (!keys)
        qCWarning(logServices) << "the key file cannot be read";
    file.m_keys = keys ? std::move(*keys) : secrets::KeyFile::create(keyFileOf(path));
    QList<FileKey> known = FileKey::fromRecords(stored);
    if (file.choose(known)) {
        file.m_keys->openWith({file.m_key});
        if (auto finished = file.finishInterrupted(clock); !finished)
            return fail(finished);
        return file;
    }
    if (!keys)
        return fail(keys);
    if (file.m_keys->hasHolders()) {
        file.m_stage = Stage::NeedsPassword;
        return file;
    }
    if (!hasKeyFile)
        return fail(ErrorCode::NotADatabase);
    // Begun on a PC without a keychain and left before anybody was in it: its key was never more than memory.
    const QString aside = opening::aside(path, clock);
    if (auto moved = moveFile(path, aside); !moved)
        return fail(moved);
    static_cast<void>(moveFile(path + QStringLiteral("-wal"), aside + QStringLiteral("-wal")));
    QFile::remove(path + QStringLiteral("-shm"));
    if (auto begun = file.begin(clock); !begun)
        return fail(begun);
    return file;
}

Opening Opening::lookAtCopy(const QString &path, const QByteArray &stored)
{
    Opening file;
    file.m_path = path;
    if (storage::sealedvfs::isPlain(path))
        return file;
    auto keys = secrets::KeyFile::load(keyFileOf(path));
    file.m_keys = keys ? std::move(*keys) : secrets::KeyFile::create(keyFileOf(path));
    if (!file.choose(FileKey::fromRecords(stored)))
        file.m_stage = Stage::NeedsPassword;
    return file;
}

// A clinic that is not there yet. Keys that lie around may be of a file somebody moved away for a while.
Result<void> Opening::begin(const Clock &clock)
{
    const QString keyFile = keyFileOf(m_path);
    if (QFileInfo::exists(keyFile)) {
        const auto old = secrets::KeyFile::load(keyFile);
        const bool isWorthKeeping = !old || old->hasHolders();
        if (isWorthKeeping) {
            if (auto moved = moveFile(keyFile, opening::aside(keyFile, clock)); !moved)
                return moved;
        }
    }
    m_key = FileKey::create();
    m_keys = secrets::KeyFile::create(keyFile);
    m_keys->openWith({m_key});
    m_stage = Stage::Ready;
    return m_keys->save();
}

Result<void> Opening::choose(const QList<FileKey> &keys)
{
    for (const FileKey &key : keys) {
        if (storage::sealedvfs::probe(m_path, key) == storage::sealedvfs::Content::Fits) {
            m_key = key;
            m_others = keys;
            m_others.removeIf([&](const FileKey &other) { return other.id() == key.id(); });
            m_stage = Stage::Ready;
            return {};
        }
    }
    return fail(ErrorCode::WrongKey);
}

// A sealing, or a change of key, that was cut off after the new file took its place.
Result<void> Opening::finishInterrupted(const Clock &clock)
{
    if (m_others.isEmpty() && !storage::isSealingUnfinished(m_path))
        return {};
    auto lock = storage::FileLock::acquire(m_path + QStringLiteral(".lock"));
    if (!lock) // a program has it open; its next start does it
        return lock.error().code == ErrorCode::InUse ? Result<void>() : fail(lock);
    return storage::finishSealing(m_path, m_others.value(0), m_key, clock);
}

Result<void> Opening::openWithPassword(const QString &user, const QString &password)
{
    const auto keys = m_keys->openWithPassword(user, password);
    if (!keys)
        return fail(keys);
    return choose(*keys);
}

Result<void> Opening::openWithRecovery(const QString &typed)
{
    const auto keys = m_keys->openWithRecovery(typed);
    if (!keys)
        return fail(keys);
    return choose(*keys);
}

Result<void> Opening::seal(const QString &user, const QString &password, const Clock &clock)
{
    Result<opening::Person> person = fail(ErrorCode::Internal);
    {
        // For writing: an older file is brought to this version first.
        auto plain = opening::openPlain(m_path, false, clock);
        if (!plain)
            return fail(plain);
        if ((*plain)->identity().isSetUp()) {
            person = opening::whoSignsIn(**plain, clock, user, password);
            if (!person)
                return fail(person);
        } else {
            person = opening::Person{};
        }
    }
    auto keys = secrets::KeyFile::load(keyFileOf(m_path));
    if (keys && keys->hasHolders() && keys->openWithPassword(user, password)) {
        m_key = keys->keys().last(); // it was begun before
    } else {
        if (!keys || keys->hasHolders())
            static_cast<void>(moveFile(keyFileOf(m_path), opening::aside(keyFileOf(m_path), clock)));
        keys = secrets::KeyFile::create(keyFileOf(m_path));
        m_key = FileKey::create();
        keys->openWith({m_key});
        if (!person->user.id.isNull()) {
            if (auto held = keys->hold(person->user.id, person->user.userName, password,
                                       person->user.verifier, passwordCost(testHooksAllowed()));
                !held)
                return held;
        }
    }
    static_cast<void>(keys->setRecovery(person->recoveryKey));
    if (auto saved = keys->save(); !saved)
        return saved;
    m_keys = std::move(*keys);
    if (auto sealed = storage::sealFile(m_path, {}, m_key, clock); !sealed)
        return sealed;
    m_stage = Stage::Ready;
    return {};
}

void Opening::postponeSealing()
{
    if (m_stage != Stage::NeedsSealing)
        return;
    qCWarning(logServices) << "the clinic's file stays in the clear for now";
    m_stage = Stage::Ready;
    m_key = {};
    m_keys.reset();
}

Result<void> Opening::renewKey(const Clock &clock, const std::function<bool(const QByteArray &)> &keep)
{
    if (m_stage != Stage::Ready || m_key.isNull() || !m_keys)
        return fail(ErrorCode::NothingToDo);
    // Nothing is written before it is sure that nobody has the file open.
    if (const auto lock = storage::FileLock::acquire(m_path + QStringLiteral(".lock")); !lock)
        return fail(lock);
    const FileKey old = m_key;
    const FileKey fresh = FileKey::create();
    m_keys->add(fresh);
    if (auto saved = m_keys->save(); !saved)
        return saved;
    const bool isKept = keep(fresh.record() + old.record());
    // One of the two has to have both, or a cut in the middle would leave a file nobody opens.
    if (!isKept && !m_keys->hasHolders())
        return fail(ErrorCode::SecretsUnavailable);
    if (auto sealed = storage::sealFile(m_path, old, fresh, clock); !sealed)
        return sealed;
    m_key = fresh;
    m_keys->keepOnly(fresh);
    if (auto saved = m_keys->save(); !saved)
        return saved;
    static_cast<void>(keep(fresh.record()));
    return {};
}

QByteArray Opening::toStore() const
{
    if (m_key.isNull() || m_stage != Stage::Ready)
        return {};
    QByteArray record = m_key.record();
    if (m_stored.startsWith(record))
        return {};
    const qsizetype at = m_stored.indexOf(record);
    QByteArray others = m_stored;
    if (at >= 0 && at % FileKey::recordSize == 0)
        others.remove(at, FileKey::recordSize);
    return record + others.left((opening::mostKept - 1) * FileKey::recordSize);
}

std::unique_ptr<secrets::KeyFile> Opening::takeKeyFile()
{
    if (m_key.isNull() || !m_keys)
        return nullptr;
    auto keys = std::make_unique<secrets::KeyFile>(std::move(*m_keys));
    m_keys.reset();
    return keys;
}

} // namespace clinic::services
