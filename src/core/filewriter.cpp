// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriter.h"

#include "core/nativepath.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#ifdef Q_OS_WIN
#include <io.h>
#include <qt_windows.h>
#include <sys/stat.h>
#else
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace clinic {
namespace {

constexpr qsizetype pieceSize = 64 * 1024;

// The differences between systems. All functions set errno and continue after a signal.
namespace disk {
#ifdef Q_OS_WIN
int create(const QString &path, bool isPrivate)
{
    Q_UNUSED(isPrivate) // who may read a file is inherited from its folder
    return _wopen(nativePath(path).c_str(), _O_CREAT | _O_EXCL | _O_WRONLY | _O_BINARY | _O_NOINHERIT,
                  _S_IREAD | _S_IWRITE);
}

int openToSync(const QString &path)
{
    return _wopen(nativePath(path).c_str(), _O_RDWR | _O_BINARY | _O_NOINHERIT);
}

qint64 writeSome(int file, const char *data, qint64 size)
{
    return _write(file, data, unsigned(qMin(size, qint64(1) << 30)));
}

bool sync(int file)
{
    return _commit(file) == 0; // FlushFileBuffers
}

void close(int file)
{
    _close(file);
}

bool rename(const QString &from, const QString &to)
{
    if (MoveFileExW(nativePath(from).c_str(), nativePath(to).c_str(),
                    MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return true;
    const DWORD error = GetLastError();
    errno = error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL ? ENOSPC : EACCES;
    return false;
}

bool syncFolderOf(const QString &)
{
    return true; // MOVEFILE_WRITE_THROUGH
}

// An open file cannot be removed there.
bool claim(int)
{
    return true;
}

void removeUnclaimed(const QString &path)
{
    QFile::remove(path);
}

// 2 when that cannot be seen: nothing is overwritten then.
int namesOf(const QString &path)
{
    BY_HANDLE_FILE_INFORMATION about{};
    const HANDLE file =
        CreateFileW(nativePath(path).c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                    nullptr, OPEN_EXISTING, 0, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return 2;
    const bool known = GetFileInformationByHandle(file, &about);
    CloseHandle(file);
    return known ? int(about.nNumberOfLinks) : 2;
}
#else
template <class Call>
auto again(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result;
}

int create(const QString &path, bool isPrivate)
{
    const std::string name = nativePath(path);
    return again([&] {
        return ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, isPrivate ? 0600 : 0666);
    });
}

int openToSync(const QString &path)
{
    const std::string name = nativePath(path);
    return again([&] { return ::open(name.c_str(), O_RDONLY | O_CLOEXEC); });
}

qint64 writeSome(int file, const char *data, qint64 size)
{
    return again([&] { return ::write(file, data, size_t(size)); });
}

bool sync(int file)
{
#ifdef F_FULLFSYNC
    // On macOS fsync() only reaches the drive's cache. File systems without F_FULLFSYNC fall back to fsync().
    if (again([&] { return ::fcntl(file, F_FULLFSYNC); }) == 0)
        return true;
    if (errno != ENOTSUP && errno != EOPNOTSUPP && errno != EINVAL && errno != ENOTTY && errno != ENODEV)
        return false;
#endif
    // Some file systems have nothing to sync, or not for a folder.
    return again([&] { return ::fsync(file); }) == 0 || errno == EINVAL || errno == ENOTSUP;
}

void close(int file)
{
    ::close(file);
}

bool rename(const QString &from, const QString &to)
{
    return ::rename(nativePath(from).c_str(), nativePath(to).c_str()) == 0;
}

bool syncFolderOf(const QString &path)
{
    const int folder = openToSync(QFileInfo(path).absolutePath());
    if (folder < 0)
        return true; // a folder may be writable and not readable
    const bool done = sync(folder);
    const int error = errno;
    ::close(folder);
    errno = error;
    return done;
}

// Locks a file that is being written, so that no other writer takes it for an abandoned one. False if another
// writer removed the file before the lock.
bool claim(int file)
{
    static_cast<void>(again([&] { return ::flock(file, LOCK_EX); }));
    struct stat about = {};
    return ::fstat(file, &about) != 0 || about.st_nlink > 0;
}

// Removes an abandoned file under its lock. A writer that has just made the file notices that in claim().
void removeUnclaimed(const QString &path)
{
    const int file = openToSync(path);
    if (file < 0)
        return;
    if (::flock(file, LOCK_EX | LOCK_NB) == 0)
        QFile::remove(path);
    ::close(file);
}

// 2 when that cannot be seen, and for a link: nothing is overwritten then.
int namesOf(const QString &path)
{
    struct stat about = {};
    return ::lstat(nativePath(path).c_str(), &about) == 0 && S_ISREG(about.st_mode) ? int(about.st_nlink) : 2;
}
#endif
} // namespace disk

Error errorOf(int error, const QString &path)
{
    bool isFull = error == ENOSPC || error == EFBIG;
#ifdef EDQUOT
    isFull = isFull || error == EDQUOT;
#endif
    return Error(isFull ? ErrorCode::DiskFull : ErrorCode::ReadOnly, {}, {path},
                 QStringLiteral("%1: errno %2").arg(path).arg(error));
}

const QString partialMark = QStringLiteral(".partial-");

// Removes the partial files of killed writers.
void removeLeftBehind(const QString &path)
{
    const QFileInfo file(path);
    const QString begin = file.fileName() + partialMark;
    const QDir folder = file.absoluteDir();
    for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden | QDir::NoSymLinks)) {
        if (name.startsWith(begin) && name.size() == begin.size() + 8)
            disk::removeUnclaimed(folder.filePath(name));
    }
}

} // namespace

FileWriter::FileWriter(const QString &path, Holds holds) : m_path(path), m_holds(holds) {}

FileWriter::~FileWriter()
{
    drop();
}

void FileWriter::note(int error)
{
    if (m_error == 0)
        m_error = error == 0 ? EIO : error;
}

Error FileWriter::failure() const
{
    return errorOf(m_error, m_path);
}

bool FileWriter::begin()
{
    m_target = QFileInfo(m_path).absoluteFilePath();
    for (int links = 0; QFileInfo(m_target).isSymLink() && links < 20; ++links)
        m_target = QFileInfo(m_target).symLinkTarget();
    const QFileInfo old(m_target);
    if (old.exists() && (!old.isFile() || !old.isWritable())) {
        note(EACCES);
        return false;
    }
    removeLeftBehind(m_target);
    const bool isPrivate = m_holds == Holds::Keys || old.exists();
    for (int tries = 0; m_file < 0 && tries < 10; ++tries) {
        m_partial = m_target + partialMark +
                    QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
        m_file = disk::create(m_partial, isPrivate);
        if (m_file < 0 && errno != EEXIST)
            break;
        if (m_file >= 0 && !disk::claim(m_file)) {
            disk::close(m_file);
            m_file = -1;
            errno = EEXIST;
        }
    }
    if (m_file < 0) {
        note(errno);
        return false;
    }
    if (m_holds == Holds::Anything && old.exists() && !QFile::setPermissions(m_partial, old.permissions())) {
        note(EACCES);
        return false;
    }
    m_buffer.reserve(pieceSize);
    return QIODevice::open(WriteOnly | Unbuffered);
}

qint64 FileWriter::writeData(const char *data, qint64 size)
{
    if (m_finished)
        note(EINVAL);
    if (m_error != 0)
        return -1;
    if (m_buffer.size() + size > pieceSize) {
        put(m_buffer.constData(), m_buffer.size());
        m_buffer.clear();
        m_buffer.reserve(pieceSize);
    }
    if (size >= pieceSize)
        put(data, size);
    else
        m_buffer.append(data, qsizetype(size));
    return m_error == 0 ? size : -1;
}

void FileWriter::put(const char *data, qint64 size)
{
    m_sum.addData(QByteArrayView(data, qsizetype(size)));
    while (size > 0 && m_error == 0) {
        const qint64 written = disk::writeSome(m_file, data, size);
        if (written <= 0)
            return note(written < 0 ? errno : ENOSPC);
        data += written;
        size -= written;
    }
}

bool FileWriter::isAsWritten() const
{
    QFile file(m_partial);
    QCryptographicHash found(QCryptographicHash::Blake2b_256);
    return file.open(ReadOnly) && found.addData(&file) && found.result() == m_sum.result();
}

Result<void> FileWriter::finish()
{
    if (m_finished)
        return {};
    if (m_file < 0)
        note(EBADF);
    if (m_error == 0)
        put(m_buffer.constData(), m_buffer.size());
    m_buffer.clear();
    if (m_error == 0 && !disk::sync(m_file))
        note(errno);
    if (m_error == 0 && m_holds == Holds::Keys && !isAsWritten())
        note(EIO);
    if (m_error != 0) {
        return tl::unexpected(failure());
    }
    m_finished = true;
    return {};
}

Result<void> FileWriter::commit()
{
    return commitAll({this});
}

Result<void> FileWriter::commitAll(std::initializer_list<FileWriter *> files)
{
    for (FileWriter *file : files) {
        if (auto finished = file->finish(); !finished)
            return finished;
    }
    for (FileWriter *file : files) {
#ifdef Q_OS_WIN
        disk::close(file->m_file); // an open file cannot be renamed there
        file->m_file = -1;
#endif
        if (!disk::rename(file->m_partial, file->m_target)) {
            file->note(errno);
            return tl::unexpected(file->failure());
        }
        file->m_partial.clear();
        file->drop();
    }
    for (FileWriter *file : files) {
        if (!disk::syncFolderOf(file->m_target)) {
            file->note(errno);
            return tl::unexpected(file->failure());
        }
    }
    return {};
}

void FileWriter::drop()
{
    if (isOpen())
        QIODevice::close();
    if (m_file >= 0)
        disk::close(m_file);
    m_file = -1;
    if (!m_partial.isEmpty())
        QFile::remove(m_partial);
    m_partial.clear();
    m_finished = false;
}

Result<void> writeFile(const QString &path, const QByteArray &content, FileWriter::Holds holds)
{
    FileWriter file(path, holds);
    if (!file.begin())
        return tl::unexpected(file.failure());
    file.write(content);
    return file.commit();
}

Result<void> copyFile(const QString &from, const QString &to, FileWriter::Holds holds)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return fail(source.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileMissing, {}, {from});
    FileWriter file(to, holds);
    if (!file.begin())
        return tl::unexpected(file.failure());
    for (qint64 left = source.size(); left > 0;) {
        const QByteArray piece = source.read(qMin(left, qint64(1) << 20));
        if (piece.isEmpty())
            return fail(ErrorCode::FileUnreadable, {}, {from});
        if (file.write(piece) < 0)
            break;
        left -= piece.size();
    }
    return file.commit();
}

Result<void> moveFile(const QString &from, const QString &to)
{
    const int file = disk::openToSync(from);
    if (file < 0)
        return errno == ENOENT ? fail(ErrorCode::FileMissing, {}, {from})
                               : tl::unexpected(errorOf(errno, from));
    const bool isSynced = disk::sync(file);
    const int error = errno;
    disk::close(file);
    if (!isSynced)
        return tl::unexpected(errorOf(error, from));
    if (!disk::rename(from, to) || !disk::syncFolderOf(to))
        return tl::unexpected(errorOf(errno, to));
    if (QFileInfo(from).absolutePath() != QFileInfo(to).absolutePath())
        static_cast<void>(disk::syncFolderOf(from));
    return {};
}

Result<void> keepAs(const QString &path, const QString &name)
{
    if (!eraseFile(name))
        return tl::unexpected(errorOf(EACCES, name));
    std::error_code failed;
    std::filesystem::create_hard_link(std::filesystem::path(nativePath(path)),
                                      std::filesystem::path(nativePath(name)), failed);
    if (failed)
        return copyFile(path, name);
    return disk::syncFolderOf(name) ? Result<void>() : tl::unexpected(errorOf(errno, name));
}

bool eraseFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return true;
    if (disk::namesOf(path) == 1 && file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        const QByteArray nothing(1 << 20, 0);
        for (qint64 left = file.size(); left > 0; left -= nothing.size()) {
            if (file.write(nothing.constData(), qMin(left, qint64(nothing.size()))) < 0)
                break;
        }
        static_cast<void>(disk::sync(file.handle()));
        file.close();
    }
    return QFile::remove(path) && disk::syncFolderOf(path);
}

bool isKept(const QString &path)
{
    return QFile::exists(path) || QFile::exists(secondCopyOf(path));
}

namespace {

Result<void> writeBoth(const QString &path, const QByteArray &one, const QByteArray &other)
{
    FileWriter first(path, FileWriter::Holds::Keys);
    FileWriter second(secondCopyOf(path), FileWriter::Holds::Keys);
    for (const auto &[file, content] : {std::pair{&first, &one}, {&second, &other}}) {
        if (!file->begin())
            return tl::unexpected(file->failure());
        file->write(*content);
    }
    return FileWriter::commitAll({&first, &second});
}

} // namespace

Result<void> writeTwice(const QString &path, const QByteArray &content)
{
    return writeBoth(path, content, content);
}

Result<void> copyTwice(const QString &from, const QString &to)
{
    if (!isKept(from))
        return {};
    QByteArray content[2];
    const QString names[2] = {from, secondCopyOf(from)};
    for (int i = 0; i < 2; ++i) {
        QFile file(names[i]);
        if (!file.exists())
            continue;
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::FileUnreadable, {}, {names[i]});
        content[i] = file.readAll();
    }
    return writeBoth(to, content[0].isEmpty() ? content[1] : content[0],
                     content[1].isEmpty() ? content[0] : content[1]);
}

} // namespace clinic
