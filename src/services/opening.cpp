// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/opening.h"

#include "core/filewriter.h"
#include "core/log.h"
#include "core/profile.h"
#include "domain/setup/entities.h"
#include "secrets/wrongpasswords.h"
#include "services/admin/accounts.h"
#include "services/admin/standing.h"
#include "services/clinic.h"
#include "storage/migrator.h"
#include "storage/sealedvfs.h"
#include "storage/sealing.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace clinic::services {
namespace opening {

constexpr int mostKept = 4; // keys of one path in a keychain; older ones may belong to a moved file

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

// Renames both copies.
Result<void> setAside(const QString &keyFile, const Clock &clock)
{
    const QString to = aside(keyFile, clock);
    for (const auto &[from, target] : {std::pair{keyFile, to}, {secondCopyOf(keyFile), secondCopyOf(to)}}) {
        if (!QFile::exists(from))
            continue;
        if (auto moved = moveFile(from, target); !moved)
            return moved;
    }
    return {};
}

struct Person
{
    domain::AppUser user{};
    QString recoveryKey{};
};

// A user who can sign in may seal the file.
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
    Opening file(clock);
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
        if (!identity.isSetUp()) { // no user and no data yet
            if (auto sealed = file.seal({}, {}, clock); !sealed)
                return fail(sealed);
        }
        return file;
    }
    file.m_clock = &clock;
    file.findKeyFiles();
    const QList<FileKey> known = FileKey::fromRecords(stored);
    if (file.choose(known)) {
        file.settle(known);
        return file;
    }
    if (std::ranges::any_of(file.m_candidates, &secrets::KeyFile::hasHolders)) {
        file.m_stage = Stage::NeedsPassword;
        return file;
    }
    if (file.m_candidates.isEmpty() || !file.m_candidates.first().isWhole())
        return tl::unexpected(file.noKeyFile());
    // Begun on a PC without a keychain and abandoned before it had a user: its key was only in memory.
    const QString aside = opening::aside(path, clock);
    if (auto moved = moveFile(path, aside); !moved)
        return fail(moved);
    static_cast<void>(moveFile(path + QStringLiteral("-wal"), aside + QStringLiteral("-wal")));
    QFile::remove(path + QStringLiteral("-shm"));
    if (auto begun = file.begin(clock); !begun)
        return fail(begun);
    return file;
}

Opening Opening::lookAtCopy(const QString &path, const QByteArray &stored, const Clock &clock)
{
    Opening file(clock);
    file.m_path = path;
    if (storage::sealedvfs::isPlain(path))
        return file;
    file.findKeyFiles();
    if (!file.choose(FileKey::fromRecords(stored)))
        file.m_stage = Stage::NeedsPassword;
    return file;
}

// The two copies beside the file; if neither opens it, the key files of its newest backups, which are
// copies.
void Opening::findKeyFiles()
{
    m_candidates = secrets::KeyFile::loadAll(keyFileOf(m_path));
    const auto isGood = [](const secrets::KeyFile &keys) { return keys.isWhole() && keys.hasHolders(); };
    if (!m_clock || std::ranges::any_of(m_candidates, isGood))
        return;
    constexpr qsizetype tried = 3;
    const QFileInfo clinic(m_path);
    const QDir folder(clinic.dir().filePath(QStringLiteral("backups")));
    const QStringList backups =
        folder.entryList({QStringLiteral("clinic-*.db")}, QDir::Files, QDir::Name | QDir::Reversed);
    qsizetype found = 0;
    for (const QString &backup : backups) {
        auto keys = secrets::KeyFile::load(keyFileOf(folder.filePath(backup)));
        if (!keys || !isGood(*keys))
            continue;
        keys->moveTo(keyFileOf(m_path));
        m_candidates << *keys;
        if (++found == tried)
            break;
    }
}

Error Opening::noKeyFile() const
{
    const QString path = keyFileOf(m_path);
    const bool isThere = isKept(path);
    const qint64 size = QFileInfo(m_path).size();
    if (!isThere && (size == 0 || size % FileKey::pageSize != 0))
        return Error(ErrorCode::NotADatabase);
    return Error(ErrorCode::KeyFileChanged, isThere ? QString() : QStringLiteral("missing"), {path});
}

// Begins a new clinic. Keys found here may belong to a file that was moved away for a while.
Result<void> Opening::begin(const Clock &clock)
{
    const QString keyFile = keyFileOf(m_path);
    if (isKept(keyFile)) {
        const auto old = secrets::KeyFile::load(keyFile);
        if (!old || old->hasHolders()) {
            if (auto moved = opening::setAside(keyFile, clock); !moved)
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

// Opens with the first key file that has a key of this file.
Result<void> Opening::openWith(const std::function<Result<QList<FileKey>>(secrets::KeyFile &)> &open)
{
    if (std::ranges::none_of(m_candidates, &secrets::KeyFile::hasHolders))
        return tl::unexpected(noKeyFile());
    Result<void> opened = fail(ErrorCode::WrongPassword);
    bool isFirst = true;
    for (const secrets::KeyFile &candidate : std::as_const(m_candidates)) {
        secrets::KeyFile keys = candidate;
        const auto known = open(keys);
        const auto chosen = known ? choose(*known) : fail(known);
        if (chosen) {
            m_keys = std::move(keys);
            settle(*known);
            return {};
        }
        if (std::exchange(isFirst, false))
            opened = chosen;
    }
    // The password may be wrong, or the damaged copy has the holder.
    if (std::ranges::none_of(m_candidates, &secrets::KeyFile::isWhole))
        return tl::unexpected(noKeyFile());
    return opened;
}

// After opening: repairs the key file, and finishes an interrupted sealing with every known key. Not while a
// program has the clinic open: its next start does it. A failure is left for the next time and does not stop
// the opening.
void Opening::settle(const QList<FileKey> &known)
{
    if (!m_keys) {
        const auto ours = std::ranges::find_if(
            m_candidates, [&](const secrets::KeyFile &keys) { return keys.isMarkedBy(known); });
        if (ours != m_candidates.end())
            m_keys = *ours;
        else
            m_keys =
                m_candidates.isEmpty() ? secrets::KeyFile::create(keyFileOf(m_path)) : m_candidates.first();
        // Other keys in the keychain may belong to another file.
        QList<FileKey> own = known;
        own.removeIf([&](const FileKey &key) { return key.id() != m_key.id() && !m_keys->names(key); });
        m_keys->openWith(own);
    }
    m_candidates.clear();
    const bool isCut = m_keys->keys().size() > 1 || storage::isSealingUnfinished(m_path);
    const bool isMissing =
        m_keys->isOurs() && m_keys->hasHolders() && !secrets::KeyFile::isKeptTwice(keyFileOf(m_path));
    if (!m_clock || (!isCut && !isMissing))
        return;
    const auto lock = FileLock::acquire(m_path + QStringLiteral(".lock"));
    if (!lock)
        return;
    Result<void> done;
    if (isMissing)
        done = m_keys->save();
    if (done && isCut) {
        const auto copies = storage::finishSealing(m_path, m_keys->keys() + m_others, m_key, *m_clock);
        done = copies ? keepNeeded(*copies) : fail(copies);
    }
    if (!done)
        qCWarning(logServices) << "what was left undone stays so:" << done.error().detail;
}

void Opening::noteLeft(const storage::CopiesSealed &copies)
{
    m_left = {};
    if (!copies.left.isEmpty())
        m_left = fail(copies.why.code, QStringLiteral("copies"), {copies.left.join(QStringLiteral(", "))},
                      copies.why.detail);
}

// A key stays as long as a copy needs it.
Result<void> Opening::keepNeeded(const storage::CopiesSealed &copies)
{
    noteLeft(copies);
    const auto before = m_keys->keys().size();
    m_keys->keepOnly(copies.needed + QList<FileKey>{m_key});
    if (!copies.hasUnknown && copies.left.isEmpty())
        m_keys->forgetUnopened();
    return m_keys->keys().size() == before ? Result<void>() : m_keys->save();
}

Result<void> Opening::hasKeyFile() const
{
    return m_candidates.isEmpty() ? tl::unexpected(noKeyFile()) : Result<void>();
}

Result<void> Opening::openWithPassword(const QString &user, const QString &password)
{
    if (auto found = hasKeyFile(); !found) // nothing to try a password at
        return found;
    secrets::WrongPasswords tries(keyFileOf(m_path), *m_time);
    if (auto begun = tries.begin(); !begun)
        return begun;
    const QList<secrets::KeyFile> candidates = m_candidates;
    auto opened = openWith([&](secrets::KeyFile &keys) { return keys.openWithPassword(user, password); });
    if (opened) {
        opened = checkPerson(user, password);
        if (!opened) { // the user may try again
            m_candidates = candidates;
            m_keys.reset();
            m_key = {};
            m_others.clear();
            m_stage = Stage::NeedsPassword;
        }
    }
    if (opened || opened.error().code == ErrorCode::Inactive)
        tries.succeeded();
    return opened;
}

// Looks up the user in the opened file, because the key file has no names. An unreadable or older file
// reports that to the next opening.
Result<void> Opening::checkPerson(const QString &user, const QString &password)
{
    storage::Database::Options options;
    options.path = m_path;
    options.inlineExecutors = true;
    options.readOnly = true;
    options.key = m_key;
    const auto database = storage::Database::open(options, *m_time);
    if (!database)
        return {};
    auto &c = (*database)->writerConnection();
    if (storage::fileVersion(c).value_or(0) != storage::schemaVersion())
        return {};
    if (!(*database)->identity().isSetUp()) // an interrupted set-up: there are no users yet
        return {};
    const QString name = user.trimmed();
    for (const char *column : {"WHERE user_name=? COLLATE NOCASE", "WHERE email=? COLLATE NOCASE"}) {
        const auto users = storage::select<domain::AppUser>(c, column, name);
        if (!users)
            return {};
        for (const auto &known : *users) {
            if (m_keys->isPasswordOf(known.id, password))
                return standing::isLetIn(c, known, m_time->nowMs())
                           ? Result<void>()
                           : fail(ErrorCode::Inactive, QStringLiteral("user"), {known.inactiveReason});
        }
    }
    return fail(ErrorCode::WrongPassword);
}

// The file opened without it; a key file that it belongs to has the key of this file.
Result<void> Opening::checkPaper(const QString &typed)
{
    findKeyFiles();
    const QList<secrets::KeyFile> candidates = m_candidates;
    if (m_keys) // they were needed until the file was open
        m_candidates.clear();
    if (std::ranges::none_of(candidates, &secrets::KeyFile::hasHolders))
        return tl::unexpected(noKeyFile());
    for (secrets::KeyFile keys : candidates) {
        const auto known = keys.openWithRecovery(typed);
        if (known && std::ranges::any_of(*known, [&](const FileKey &key) { return key.id() == m_key.id(); }))
            return {};
    }
    return fail(ErrorCode::WrongKey, QStringLiteral("recovery"));
}

Result<void> Opening::openWithRecovery(const QString &typed)
{
    if (m_stage == Stage::Ready && !m_key.isNull())
        return checkPaper(typed);
    return openWith([&](secrets::KeyFile &keys) { return keys.openWithRecovery(typed); });
}

Result<void> Opening::seal(const QString &user, const QString &password, const Clock &clock)
{
    Result<opening::Person> person = fail(ErrorCode::Internal);
    {
        // For writing: an older file is migrated first.
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
        m_key = keys->keys().last(); // the sealing was begun before
    } else {
        if (!keys || keys->hasHolders()) {
            if (auto moved = opening::setAside(keyFileOf(m_path), clock); !moved)
                return moved;
        }
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
    const auto sealed = storage::sealFile(m_path, m_keys->keys(), m_key, clock);
    if (!sealed)
        return fail(sealed);
    m_stage = Stage::Ready;
    noteLeft(*sealed);
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
    // Nothing is written before it is certain that no program has the file open.
    if (const auto lock = FileLock::acquire(m_path + QStringLiteral(".lock")); !lock)
        return fail(lock);
    const FileKey old = m_key;
    const FileKey fresh = FileKey::create();
    m_keys->add(fresh);
    if (auto saved = m_keys->save(); !saved)
        return saved;
    const auto records = [](const QList<FileKey> &keys) {
        QByteArray all;
        for (const FileKey &key : keys)
            all += key.record();
        return all;
    };
    const bool isKept = keep(records(QList<FileKey>{fresh, old} + m_others));
    // The keychain or the key file must hold both keys, or an interruption would leave a file without a key.
    if (!isKept && !m_keys->hasHolders())
        return fail(ErrorCode::SecretsUnavailable);
    const auto sealed = storage::sealFile(m_path, m_keys->keys() + m_others, fresh, clock);
    if (!sealed)
        return fail(sealed);
    m_key = fresh;
    if (auto saved = keepNeeded(*sealed); !saved)
        return saved;
    // The other keys may belong to a file that was moved away.
    const bool oldIsNeeded =
        std::ranges::any_of(sealed->needed, [&](const FileKey &key) { return key.id() == old.id(); });
    static_cast<void>(keep(
        records(QList<FileKey>{fresh} + (oldIsNeeded ? QList<FileKey>{old} : QList<FileKey>()) + m_others)));
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
