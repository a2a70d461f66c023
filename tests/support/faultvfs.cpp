// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultvfs.h"

#include <QFile>
#include <QHash>
#include <QMap>
#include <cstring>
#include <mutex>
#include <random>
#include <sqlite3.h>

namespace clinic::test {
namespace {

// Both VFSs are shims: they pass everything to the system's, after asking their gate.
struct ShimFile
{
    sqlite3_file base;
    sqlite3_file *real;
    int kind; // 0 = fault, 1 = power cut
    char path[1024];
};

sqlite3_vfs *systemVfs()
{
    static sqlite3_vfs *const system = sqlite3_vfs_find(nullptr); // also when another becomes the default
    return system;
}

std::mutex gateMutex;

struct FaultState
{
    qint64 count = 0;
    qint64 failFrom = 0;
    bool failed = false;
} faultState;

struct PowerState
{
    qint64 count = 0;
    qint64 cutAt = 0;
    bool cut = false;
    std::mt19937 random;
    // Unsynced writes by file, in order; what the file held when it was last synced is what is really on
    // disk.
    struct Write
    {
        qint64 offset;
        QByteArray bytes; // empty with truncateTo >= 0: a truncation
        qint64 truncateTo = -1;
    };
    QHash<QByteArray, QList<Write>> unsynced;
    QHash<QByteArray, QByteArray> durable; // whole contents as of the last sync; tests are small
} powerState;

// True when this access may go on.
bool pass(int kind)
{
    const std::lock_guard lock(gateMutex);
    if (kind == 0) {
        ++faultState.count;
        if (faultState.failFrom > 0 && faultState.count >= faultState.failFrom) {
            faultState.failed = true;
            return false;
        }
        return true;
    }
    ++powerState.count;
    if (powerState.cutAt > 0 && powerState.count >= powerState.cutAt)
        powerState.cut = true;
    return !powerState.cut;
}

QByteArray readAll(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ShimFile *shim(sqlite3_file *file)
{
    return reinterpret_cast<ShimFile *>(file);
}

int shimClose(sqlite3_file *file)
{
    ShimFile *s = shim(file);
    const int rc = s->real->pMethods ? s->real->pMethods->xClose(s->real) : SQLITE_OK;
    sqlite3_free(s->real);
    return rc;
}

int shimRead(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
    if (!pass(shim(file)->kind))
        return SQLITE_IOERR_READ;
    return shim(file)->real->pMethods->xRead(shim(file)->real, buffer, amount, offset);
}

int shimWrite(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
    ShimFile *s = shim(file);
    if (s->kind == 1) {
        const std::lock_guard lock(gateMutex);
        const QByteArray path(s->path);
        if (!powerState.cut &&
            !path.isEmpty()) // a write in flight when the power fails may reach the disk in part
            powerState.unsynced[path].append({offset, QByteArray(static_cast<const char *>(buffer), amount)});
    }
    if (!pass(s->kind))
        return SQLITE_IOERR_WRITE;
    return s->real->pMethods->xWrite(s->real, buffer, amount, offset);
}

int shimTruncate(sqlite3_file *file, sqlite3_int64 size)
{
    ShimFile *s = shim(file);
    if (!pass(s->kind))
        return SQLITE_IOERR_TRUNCATE;
    if (s->kind == 1 && s->path[0]) {
        const std::lock_guard lock(gateMutex);
        powerState.unsynced[QByteArray(s->path)].append({0, {}, size});
    }
    return s->real->pMethods->xTruncate(s->real, size);
}

int shimSync(sqlite3_file *file, int flags)
{
    ShimFile *s = shim(file);
    if (!pass(s->kind))
        return SQLITE_IOERR_FSYNC;
    if (s->kind == 1 && s->path[0]) {
        const std::lock_guard lock(gateMutex);
        powerState.unsynced.remove(QByteArray(s->path));
        powerState.durable.insert(QByteArray(s->path), readAll(QByteArray(s->path)));
        return SQLITE_OK; // the page cache is disk enough for a test
    }
    return s->real->pMethods->xSync(s->real, flags);
}

int shimFileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return shim(file)->real->pMethods->xFileSize(shim(file)->real, size);
}
int shimLock(sqlite3_file *file, int level)
{
    return shim(file)->real->pMethods->xLock(shim(file)->real, level);
}
int shimUnlock(sqlite3_file *file, int level)
{
    return shim(file)->real->pMethods->xUnlock(shim(file)->real, level);
}
int shimReserved(sqlite3_file *file, int *out)
{
    return shim(file)->real->pMethods->xCheckReservedLock(shim(file)->real, out);
}
int shimControl(sqlite3_file *file, int op, void *arg)
{
    return shim(file)->real->pMethods->xFileControl(shim(file)->real, op, arg);
}
int shimSectorSize(sqlite3_file *)
{
    return 512;
}
int shimCharacteristics(sqlite3_file *)
{
    return 0;
}
int shimShmMap(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return shim(file)->real->pMethods->xShmMap(shim(file)->real, page, size, extend, out);
}
int shimShmLock(sqlite3_file *file, int offset, int n, int flags)
{
    return shim(file)->real->pMethods->xShmLock(shim(file)->real, offset, n, flags);
}
void shimShmBarrier(sqlite3_file *file)
{
    shim(file)->real->pMethods->xShmBarrier(shim(file)->real);
}
int shimShmUnmap(sqlite3_file *file, int deleteIt)
{
    return shim(file)->real->pMethods->xShmUnmap(shim(file)->real, deleteIt);
}

constexpr sqlite3_io_methods shimMethods = {2,
                                            shimClose,
                                            shimRead,
                                            shimWrite,
                                            shimTruncate,
                                            shimSync,
                                            shimFileSize,
                                            shimLock,
                                            shimUnlock,
                                            shimReserved,
                                            shimControl,
                                            shimSectorSize,
                                            shimCharacteristics,
                                            shimShmMap,
                                            shimShmLock,
                                            shimShmBarrier,
                                            shimShmUnmap,
                                            nullptr,
                                            nullptr};

int shimOpen(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    ShimFile *s = shim(file);
    std::memset(s, 0, sizeof(ShimFile));
    s->kind = vfs->pAppData ? 1 : 0;
    if (!pass(s->kind))
        return SQLITE_CANTOPEN;
    s->real = static_cast<sqlite3_file *>(sqlite3_malloc(systemVfs()->szOsFile));
    std::memset(s->real, 0, size_t(systemVfs()->szOsFile));
    if (name)
        qstrncpy(s->path, name, sizeof s->path);
    const int rc = systemVfs()->xOpen(systemVfs(), name, s->real, flags, outFlags);
    if (rc != SQLITE_OK) {
        sqlite3_free(s->real);
        return rc;
    }
    s->base.pMethods = &shimMethods;
    if (s->kind == 1 && name) {
        const std::lock_guard lock(gateMutex);
        if (!powerState.durable.contains(QByteArray(name)))
            powerState.durable.insert(QByteArray(name), readAll(QByteArray(name)));
    }
    return SQLITE_OK;
}

int shimDelete(sqlite3_vfs *vfs, const char *name, int syncDir)
{
    if (!pass(vfs->pAppData ? 1 : 0))
        return SQLITE_IOERR_DELETE;
    if (vfs->pAppData) {
        const std::lock_guard lock(gateMutex);
        powerState.durable.remove(QByteArray(name));
        powerState.unsynced.remove(QByteArray(name));
    }
    return systemVfs()->xDelete(systemVfs(), name, syncDir);
}

int shimAccess(sqlite3_vfs *, const char *name, int flags, int *out)
{
    return systemVfs()->xAccess(systemVfs(), name, flags, out);
}
int shimFullPathname(sqlite3_vfs *, const char *name, int size, char *out)
{
    return systemVfs()->xFullPathname(systemVfs(), name, size, out);
}
int shimRandomness(sqlite3_vfs *, int n, char *out)
{
    return systemVfs()->xRandomness(systemVfs(), n, out);
}
int shimSleep(sqlite3_vfs *, int us)
{
    return systemVfs()->xSleep(systemVfs(), us);
}
int shimCurrentTime(sqlite3_vfs *, double *out)
{
    return systemVfs()->xCurrentTime(systemVfs(), out);
}
int shimLastError(sqlite3_vfs *, int n, char *out)
{
    return systemVfs()->xGetLastError(systemVfs(), n, out);
}
int shimCurrentTime64(sqlite3_vfs *, sqlite3_int64 *out)
{
    return systemVfs()->xCurrentTimeInt64(systemVfs(), out);
}

void installShim(sqlite3_vfs &vfs, const char *name, void *kind)
{
    if (vfs.zName)
        return;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(ShimFile);
    vfs.mxPathname = 1024;
    vfs.zName = name;
    vfs.pAppData = kind;
    vfs.xOpen = shimOpen;
    vfs.xDelete = shimDelete;
    vfs.xAccess = shimAccess;
    vfs.xFullPathname = shimFullPathname;
    vfs.xRandomness = shimRandomness;
    vfs.xSleep = shimSleep;
    vfs.xCurrentTime = shimCurrentTime;
    vfs.xGetLastError = shimLastError;
    vfs.xCurrentTimeInt64 = shimCurrentTime64;
    sqlite3_vfs_register(&vfs, 0);
}

} // namespace

void faultvfs::install()
{
    static sqlite3_vfs vfs{};
    installShim(vfs, "clinic-fault", nullptr);
}

void faultvfs::makeDefault()
{
    static_cast<void>(systemVfs()); // the one below, before it is not the default any more
    sqlite3_vfs_register(sqlite3_vfs_find("clinic-fault"), 1);
}

void faultvfs::failFrom(qint64 n)
{
    const std::lock_guard lock(gateMutex);
    faultState = {0, n, false};
}

qint64 faultvfs::accesses()
{
    const std::lock_guard lock(gateMutex);
    return faultState.count;
}

bool faultvfs::hasFailed()
{
    const std::lock_guard lock(gateMutex);
    return faultState.failed;
}

void powercutvfs::install()
{
    static sqlite3_vfs vfs{};
    static int marker = 1;
    installShim(vfs, "clinic-powercut", &marker);
}

void powercutvfs::cutAt(qint64 n, quint32 seed)
{
    const std::lock_guard lock(gateMutex);
    powerState.count = 0;
    powerState.cutAt = n;
    powerState.cut = false;
    powerState.random.seed(seed);
    if (n == 0) { // start of a round; arming later must not forget what is already on its way to the disk
        powerState.unsynced.clear();
        powerState.durable.clear();
    }
}

qint64 powercutvfs::accesses()
{
    const std::lock_guard lock(gateMutex);
    return powerState.count;
}

bool powercutvfs::isCut()
{
    const std::lock_guard lock(gateMutex);
    return powerState.cut;
}

void powercutvfs::recover()
{
    const std::lock_guard lock(gateMutex);
    constexpr qint64 sector = 512;
    for (auto it = powerState.durable.begin(); it != powerState.durable.end(); ++it) {
        QByteArray content = it.value();
        for (const auto &write : powerState.unsynced.value(it.key())) {
            if (write.truncateTo >= 0) {
                if (powerState.random() & 1)
                    content.resize(qMin(content.size(), qsizetype(write.truncateTo)));
                continue;
            }
            for (qint64 at = 0; at < write.bytes.size();) {
                const qint64 absolute = write.offset + at;
                const qint64 length = qMin(sector - absolute % sector, qint64(write.bytes.size()) - at);
                if (powerState.random() & 1) {
                    if (content.size() < absolute + length)
                        content.append(QByteArray(absolute + length - content.size(), '\0'));
                    std::memcpy(content.data() + absolute, write.bytes.constData() + at, size_t(length));
                }
                at += length;
            }
        }
        QFile file(QFile::decodeName(it.key()));
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write(content);
        QFile::remove(QFile::decodeName(it.key()) + QStringLiteral("-shm"));
    }
    powerState.cut = false;
    powerState.cutAt = 0;
    powerState.unsynced.clear();
    powerState.durable.clear();
}

} // namespace clinic::test
