// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QIODevice>
#include <initializer_list>

// The programs write all files with these functions, except SQLite's files, the program log and the crash
// report (tst_house). When a function fails, the file at the path is unchanged. DiskFull when there is no
// room (or no quota), else ReadOnly; the path is in args.
namespace clinic {

// Writes a file piece by piece beside the one it replaces. The rename comes when everything is on the disk:
// at any moment the file at `path` is whole, the old one or the new one. Qt's QSaveFile does not guarantee
// this: on a full disk it replaces the file by an empty one and reports success.
//
// An existing file keeps its permissions; a link is followed. Without commit() nothing changes.
class FileWriter final : public QIODevice
{
public:
    // Keys: only this account may read the file, and it is read back before the rename.
    enum class Holds { Anything, Keys };

    explicit FileWriter(const QString &path, Holds holds = Holds::Anything);
    ~FileWriter() override;

    // Call before the first write; false when nothing can be written there, with the reason in failure().
    [[nodiscard]] bool begin();
    [[nodiscard]] Result<void> commit();
    // For files that belong together: all are on the disk before the first rename.
    [[nodiscard]] static Result<void> commitAll(std::initializer_list<FileWriter *> files);
    [[nodiscard]] Error failure() const;

    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    void note(int error);
    void put(const char *data, qint64 size);
    [[nodiscard]] Result<void> finish();
    void drop();
    [[nodiscard]] bool isAsWritten() const;

    QString m_path;
    QString m_target; // the target of a link at m_path
    QString m_partial;
    Holds m_holds;
    QByteArray m_buffer;
    QCryptographicHash m_sum{QCryptographicHash::Blake2b_256};
    int m_file = -1;
    int m_error = 0; // errno of the first failure
    bool m_finished = false;
};

[[nodiscard]] Result<void> writeFile(const QString &path, const QByteArray &content,
                                     FileWriter::Holds holds = FileWriter::Holds::Anything);
[[nodiscard]] Result<void> copyFile(const QString &from, const QString &to,
                                    FileWriter::Holds holds = FileWriter::Holds::Anything);
// Renames `from` to `to`, on one disk, after its content is on the disk.
[[nodiscard]] Result<void> moveFile(const QString &from, const QString &to);
// Gives the present file a second name before another file replaces it; a copy if the disk has no hard
// links. A file that had the second name is erased.
[[nodiscard]] Result<void> keepAs(const QString &path, const QString &name);
// Overwrites a file and removes it. Older content elsewhere on the disk is out of reach. A file with a
// second name only loses this name: the other may be in use.
[[nodiscard]] bool eraseFile(const QString &path);

// Key files are kept twice, each copy is enough alone.
[[nodiscard]] inline QString secondCopyOf(const QString &path)
{
    return path + QStringLiteral(".copy");
}
// True when at least one of the two exists.
[[nodiscard]] bool isKept(const QString &path);
// Both are on the disk before the first rename.
[[nodiscard]] Result<void> writeTwice(const QString &path, const QByteArray &content);
// Copies both files; a missing one is made from the other. Succeeds when there is none.
[[nodiscard]] Result<void> copyTwice(const QString &from, const QString &to);

} // namespace clinic
