// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sealedvfs.h"

#include "core/crypto.h"
#include "core/log.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>
#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <sqlite3.h>

// What SQLite does with its files, and so what is expected here, was read from SQLite 3.40 and is held by
// tests/storage/tst_sealed.cpp: pages are written whole; the log is written as a header of 32 bytes, then for
// each frame 24 bytes and a page. Anything else is refused: it would be content in the clear.
namespace clinic::storage::sealedvfs {
namespace {

constexpr int pageSize = FileKey::pageSize;
constexpr int overhead = FileKey::overhead;
constexpr int logHeaderSize = 32;
constexpr int frameHeaderSize = 24;
constexpr int frameSize = frameHeaderSize + pageSize;
constexpr int recoverLock = 2; // WAL_RECOVER_LOCK: held alone while the log is read again after a crash
constexpr quint64 mostPagesCompared = 300'000;

struct Entry
{
    FileKey key;
    int holders = 0;
    std::optional<Fault> fault;
};

std::mutex registryMutex;

std::map<QByteArray, Entry> &registry()
{
    static std::map<QByteArray, Entry> entries;
    return entries;
}

enum class Kind { Main, Log };

// SQLite allocates it as bytes and never runs a constructor: everything here is plain, the key is a pointer.
struct SealedFile
{
    sqlite3_file base;
    sqlite3_file *real;
    Kind kind;
    SealedFile *main; // of a log: the file it belongs to
    bool isRecovering;
    FileKey *key;
    QByteArray *path;
    unsigned char nonce[FileKey::nonceSize]; // 16 random bytes for this opening, then a counter
    quint64 sealed;
    unsigned char page[frameSize];
};

SealedFile *of(sqlite3_file *file)
{
    return reinterpret_cast<SealedFile *>(file);
}

sqlite3_vfs *baseOf(sqlite3_vfs *vfs)
{
    return static_cast<sqlite3_vfs *>(vfs->pAppData);
}

const unsigned char *nextNonce(SealedFile *s)
{
    qToLittleEndian(++s->sealed, s->nonce + 16);
    return s->nonce;
}

bool isZero(const unsigned char *bytes, int count)
{
    return std::all_of(bytes, bytes + count, [](unsigned char b) { return b == 0; });
}

quint64 pagesOf(sqlite3_file *file)
{
    sqlite3_int64 size = 0;
    return file->pMethods->xFileSize(file, &size) == SQLITE_OK ? quint64(size) / pageSize : 0;
}

// Notes what is wrong with a page, once: the first fault is the one that is told.
void noteFault(SealedFile *s, quint64 number)
{
    {
        const std::lock_guard lock(registryMutex);
        const auto it = registry().find(*s->path);
        if (it == registry().end() || it->second.fault)
            return;
    }
    Fault fault{number, s->kind == Kind::Log};
    if (!fault.isLog) {
        // Whoever put one page of the file over another changed nothing in it: it opens for its own place.
        unsigned char raw[pageSize];
        unsigned char copy[pageSize];
        const auto at = sqlite3_int64(number - 1) * pageSize;
        if (s->real->pMethods->xRead(s->real, raw, pageSize, at) == SQLITE_OK) {
            const quint64 count = std::min(pagesOf(s->real), mostPagesCompared);
            for (quint64 other = 1; other <= count && fault.belongsAt == 0; ++other) {
                std::memcpy(copy, raw, pageSize);
                if (other != number && s->key->open(copy, {'p', other}))
                    fault.belongsAt = other;
            }
        }
    }
    qCWarning(logStorage) << (fault.isLog ? "frame" : "page") << number
                          << (fault.belongsAt ? "is another page of the file" : "is not what was written");
    const std::lock_guard lock(registryMutex);
    const auto it = registry().find(*s->path);
    if (it != registry().end() && !it->second.fault)
        it->second.fault = fault;
}

// Reads and opens one page of the file into s->page.
int readPage(SealedFile *s, quint64 number)
{
    const int rc = s->real->pMethods->xRead(s->real, s->page, pageSize, sqlite3_int64(number - 1) * pageSize);
    if (rc != SQLITE_OK)
        return rc; // a short read has zeros behind it, as SQLite wants it
    if (s->key->open(s->page, {'p', number}))
        return SQLITE_OK;
    // What opening leaves of a page is nothing; look again whether anything was ever written there.
    const int again =
        s->real->pMethods->xRead(s->real, s->page, pageSize, sqlite3_int64(number - 1) * pageSize);
    if (again == SQLITE_OK && isZero(s->page, pageSize))
        return SQLITE_CORRUPT;
    std::memset(s->page, 0, pageSize);
    return SQLITE_IOERR_DATA;
}

int readMain(SealedFile *s, unsigned char *out, int amount, sqlite3_int64 offset)
{
    const auto number = quint64(offset / pageSize) + 1;
    const int within = static_cast<int>(offset % pageSize);
    if (within + amount > pageSize)
        return SQLITE_IOERR_READ;
    const int rc = readPage(s, number);
    // The start of the file is looked at before the log is: a page that a cut left half written is mended
    // from there. Whoever looks at the whole page is told.
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ && number == 1 && amount <= 100) {
        std::memset(out, 0, size_t(amount));
        return SQLITE_IOERR_SHORT_READ;
    }
    if (rc == SQLITE_IOERR_DATA)
        noteFault(s, number);
    std::memcpy(out, s->page + within, size_t(amount));
    if (rc == SQLITE_OK && number == 1 && within == 0 && amount >= 100 &&
        (out[16] != 0x10 || out[17] != 0 || out[20] != overhead))
        return SQLITE_NOTADB; // no file of ours
    return rc;
}

int readLog(SealedFile *s, unsigned char *out, int amount, sqlite3_int64 offset)
{
    const sqlite3_int64 within = (offset - logHeaderSize) % frameSize;
    const bool inHeader = offset + amount <= logHeaderSize;
    const bool inFrameHeader = offset >= logHeaderSize && within + amount <= frameHeaderSize;
    if (inHeader || inFrameHeader)
        return s->real->pMethods->xRead(s->real, out, amount, offset);
    const bool isPage = offset >= logHeaderSize && within == frameHeaderSize && amount == pageSize;
    const bool isFrame = offset >= logHeaderSize && within == 0 && amount == frameSize;
    if (!isPage && !isFrame)
        return SQLITE_IOERR_READ;
    const int rc = s->real->pMethods->xRead(s->real, out, amount, offset);
    if (rc != SQLITE_OK)
        return rc;
    const auto frame = quint64((offset - logHeaderSize) / frameSize) + 1;
    if (s->key->open(out + (isFrame ? frameHeaderSize : 0), {'w', frame}))
        return SQLITE_OK;
    std::memset(out, 0, size_t(amount));
    // After a crash the last frames may be half there: to SQLite they look like the end of the log. At any
    // other time a frame that was written has to open.
    if (isFrame && s->main && s->main->isRecovering)
        return SQLITE_OK;
    noteFault(s, frame);
    return SQLITE_IOERR_DATA;
}

int sealedClose(sqlite3_file *file)
{
    SealedFile *s = of(file);
    const int rc = s->real->pMethods ? s->real->pMethods->xClose(s->real) : SQLITE_OK;
    sqlite3_free(s->real);
    delete s->key;
    delete s->path;
    std::memset(s->page, 0, sizeof s->page);
    return rc;
}

int sealedRead(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
    SealedFile *s = of(file);
    auto *out = static_cast<unsigned char *>(buffer);
    return s->kind == Kind::Main ? readMain(s, out, amount, offset) : readLog(s, out, amount, offset);
}

int sealedWrite(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
    SealedFile *s = of(file);
    const auto *in = static_cast<const unsigned char *>(buffer);
    FileKey::Place place;
    if (s->kind == Kind::Log) {
        const sqlite3_int64 within = (offset - logHeaderSize) % frameSize;
        if ((offset == 0 && amount == logHeaderSize) ||
            (offset >= logHeaderSize && within == 0 && amount == frameHeaderSize))
            return s->real->pMethods->xWrite(s->real, in, amount, offset);
        if (offset < logHeaderSize || within != frameHeaderSize || amount != pageSize)
            return SQLITE_IOERR_WRITE;
        place = {'w', quint64((offset - logHeaderSize) / frameSize) + 1};
    } else {
        if (amount != pageSize || offset % pageSize != 0)
            return SQLITE_IOERR_WRITE;
        place = {'p', quint64(offset / pageSize) + 1};
        if (place.number == 1 && (in[16] != 0x10 || in[17] != 0 || in[20] != overhead))
            return SQLITE_IOERR_WRITE;
    }
    // The log's checksums cover these bytes as SQLite sees them, and it has to see the same when it reads.
    if (!isZero(in + pageSize - overhead, overhead))
        return SQLITE_IOERR_WRITE;
    if (!s->key->seal(s->page, in, place, nextNonce(s)))
        return SQLITE_IOERR_NOMEM;
    return s->real->pMethods->xWrite(s->real, s->page, pageSize, offset);
}

int sealedTruncate(sqlite3_file *file, sqlite3_int64 size)
{
    return of(file)->real->pMethods->xTruncate(of(file)->real, size);
}

int sealedSync(sqlite3_file *file, int flags)
{
    return of(file)->real->pMethods->xSync(of(file)->real, flags);
}

int sealedFileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return of(file)->real->pMethods->xFileSize(of(file)->real, size);
}

int sealedLock(sqlite3_file *file, int level)
{
    return of(file)->real->pMethods->xLock(of(file)->real, level);
}

int sealedUnlock(sqlite3_file *file, int level)
{
    return of(file)->real->pMethods->xUnlock(of(file)->real, level);
}

int sealedReserved(sqlite3_file *file, int *out)
{
    return of(file)->real->pMethods->xCheckReservedLock(of(file)->real, out);
}

int sealedControl(sqlite3_file *file, int op, void *arg)
{
    switch (op) {
    case SQLITE_FCNTL_MMAP_SIZE: // mapped pages would pass by the key
        *static_cast<sqlite3_int64 *>(arg) = 0;
        return SQLITE_OK;
    case SQLITE_FCNTL_CHUNK_SIZE: // room that nobody wrote would be pages that do not open
    case SQLITE_FCNTL_SIZE_HINT:
        return SQLITE_OK;
    default:
        return of(file)->real->pMethods->xFileControl(of(file)->real, op, arg);
    }
}

int sealedSectorSize(sqlite3_file *)
{
    return pageSize;
}

int sealedCharacteristics(sqlite3_file *)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN;
}

int sealedShmMap(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return of(file)->real->pMethods->xShmMap(of(file)->real, page, size, extend, out);
}

int sealedShmLock(sqlite3_file *file, int offset, int count, int flags)
{
    SealedFile *s = of(file);
    const int rc = s->real->pMethods->xShmLock(s->real, offset, count, flags);
    const bool covers = offset <= recoverLock && recoverLock < offset + count;
    if (covers && (flags & SQLITE_SHM_EXCLUSIVE)) {
        if (flags & SQLITE_SHM_UNLOCK)
            s->isRecovering = false;
        else if (rc == SQLITE_OK)
            s->isRecovering = true;
    }
    return rc;
}

void sealedShmBarrier(sqlite3_file *file)
{
    of(file)->real->pMethods->xShmBarrier(of(file)->real);
}

int sealedShmUnmap(sqlite3_file *file, int deleteIt)
{
    return of(file)->real->pMethods->xShmUnmap(of(file)->real, deleteIt);
}

// Version 2: no memory-mapped reading.
constexpr sqlite3_io_methods sealedMethods = {2,
                                              sealedClose,
                                              sealedRead,
                                              sealedWrite,
                                              sealedTruncate,
                                              sealedSync,
                                              sealedFileSize,
                                              sealedLock,
                                              sealedUnlock,
                                              sealedReserved,
                                              sealedControl,
                                              sealedSectorSize,
                                              sealedCharacteristics,
                                              sealedShmMap,
                                              sealedShmLock,
                                              sealedShmBarrier,
                                              sealedShmUnmap,
                                              nullptr,
                                              nullptr};

int sealedOpen(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    SealedFile *s = of(file);
    std::memset(s, 0, sizeof(SealedFile));
    const bool isMain = flags & SQLITE_OPEN_MAIN_DB;
    // Journals and temporary files are kept in memory; one that is opened all the same would be in the clear.
    if (!name || (!isMain && !(flags & SQLITE_OPEN_WAL)))
        return SQLITE_CANTOPEN;
    FileKey key;
    QByteArray path(name);
    if (isMain) {
        const std::lock_guard lock(registryMutex);
        const auto it = registry().find(path);
        if (it != registry().end())
            key = it->second.key;
    } else {
        s->kind = Kind::Log;
        s->main = of(sqlite3_database_file_object(name));
        key = *s->main->key;
        path = *s->main->path;
    }
    if (key.isNull())
        return SQLITE_AUTH;
    sqlite3_vfs *base = baseOf(vfs);
    s->real = static_cast<sqlite3_file *>(sqlite3_malloc(base->szOsFile));
    if (!s->real)
        return SQLITE_NOMEM;
    std::memset(s->real, 0, size_t(base->szOsFile));
    const int rc = base->xOpen(base, name, s->real, flags, outFlags);
    if (rc != SQLITE_OK) {
        sqlite3_free(s->real);
        return rc;
    }
    s->key = new FileKey(key);
    s->path = new QByteArray(path);
    const QByteArray prefix = crypto::randomBytes(16);
    std::memcpy(s->nonce, prefix.constData(), 16);
    s->base.pMethods = &sealedMethods;
    return SQLITE_OK;
}

int passDelete(sqlite3_vfs *vfs, const char *name, int syncDir)
{
    return baseOf(vfs)->xDelete(baseOf(vfs), name, syncDir);
}

int passAccess(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    return baseOf(vfs)->xAccess(baseOf(vfs), name, flags, out);
}

int passFullPathname(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    return baseOf(vfs)->xFullPathname(baseOf(vfs), name, size, out);
}

int passRandomness(sqlite3_vfs *vfs, int count, char *out)
{
    return baseOf(vfs)->xRandomness(baseOf(vfs), count, out);
}

int passSleep(sqlite3_vfs *vfs, int microseconds)
{
    return baseOf(vfs)->xSleep(baseOf(vfs), microseconds);
}

int passCurrentTime(sqlite3_vfs *vfs, double *out)
{
    return baseOf(vfs)->xCurrentTime(baseOf(vfs), out);
}

int passLastError(sqlite3_vfs *vfs, int size, char *out)
{
    return baseOf(vfs)->xGetLastError(baseOf(vfs), size, out);
}

int passCurrentTime64(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    return baseOf(vfs)->xCurrentTimeInt64(baseOf(vfs), out);
}

struct Registered
{
    QByteArray name;
    sqlite3_vfs vfs{};
};

// As SQLite will name it, links followed.
QByteArray fullPath(const QString &path)
{
    sqlite3_vfs *system = sqlite3_vfs_find(nullptr);
    QByteArray out(system->mxPathname + 1, 0);
    const QByteArray given = path.toUtf8(); // as the URI has it
    // A link is followed and said so (SQLITE_OK_SYMLINK).
    const int rc =
        system->xFullPathname(system, given.constData(), static_cast<int>(out.size()), out.data()) & 0xff;
    return rc == SQLITE_OK ? QByteArray(out.constData()) : given;
}

} // namespace

QByteArray nameOver(const QByteArray &base)
{
    static std::mutex mutex;
    static std::map<QByteArray, std::unique_ptr<Registered>> all;
    const std::lock_guard lock(mutex);
    auto &known = all[base];
    if (known)
        return known->name;
    sqlite3_vfs *below = sqlite3_vfs_find(base.isEmpty() ? nullptr : base.constData());
    if (!below)
        return {};
    known = std::make_unique<Registered>();
    known->name = base.isEmpty() ? QByteArrayLiteral("clinic-sealed") : "clinic-sealed-" + base;
    sqlite3_vfs &vfs = known->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(SealedFile);
    vfs.mxPathname = below->mxPathname;
    vfs.zName = known->name.constData();
    vfs.pAppData = below;
    vfs.xOpen = sealedOpen;
    vfs.xDelete = passDelete;
    vfs.xAccess = passAccess;
    vfs.xFullPathname = passFullPathname;
    vfs.xRandomness = passRandomness;
    vfs.xSleep = passSleep;
    vfs.xCurrentTime = passCurrentTime;
    vfs.xGetLastError = passLastError;
    vfs.xCurrentTimeInt64 = passCurrentTime64;
    sqlite3_vfs_register(&vfs, 0);
    return known->name;
}

KeyLease::KeyLease(const QString &path, const FileKey &key) : m_path(fullPath(path))
{
    const std::lock_guard lock(registryMutex);
    Entry &entry = registry()[m_path];
    if (entry.holders++ == 0)
        entry.key = key;
}

KeyLease::~KeyLease()
{
    const std::lock_guard lock(registryMutex);
    const auto it = registry().find(m_path);
    if (it != registry().end() && --it->second.holders == 0)
        registry().erase(it);
}

std::optional<Fault> fault(const QString &path)
{
    const QByteArray full = fullPath(path);
    const std::lock_guard lock(registryMutex);
    const auto it = registry().find(full);
    return it == registry().end() ? std::nullopt : it->second.fault;
}

bool isPlain(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(16) == QByteArrayView("SQLite format 3\0", 16);
}

Content probe(const QString &path, const FileKey &key)
{
    if (isPlain(path))
        return Content::Plain;
    // Any page that opens proves the key; a power cut may have left the first ones half written.
    constexpr qint64 most = 64;
    QFile file(path);
    if (!QFileInfo::exists(path) || QFileInfo(path).size() == 0)
        return Content::Missing;
    const auto opens = [&key](QByteArray page, FileKey::Place place) {
        return page.size() == pageSize && !key.isNull() &&
               key.open(reinterpret_cast<unsigned char *>(page.data()), place);
    };
    if (file.open(QIODevice::ReadOnly)) {
        for (qint64 page = 1; page <= most && !file.atEnd(); ++page) {
            if (opens(file.read(pageSize), {'p', quint64(page)}))
                return Content::Fits;
        }
    }
    QFile log(path + QStringLiteral("-wal"));
    if (log.open(QIODevice::ReadOnly)) {
        for (qint64 frame = 1; frame <= most; ++frame) {
            if (!log.seek(logHeaderSize + (frame - 1) * frameSize + frameHeaderSize) || log.atEnd())
                break;
            if (opens(log.read(pageSize), {'w', quint64(frame)}))
                return Content::Fits;
        }
    }
    return Content::OtherKey;
}

} // namespace clinic::storage::sealedvfs
