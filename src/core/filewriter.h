// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QIODevice>
#include <initializer_list>

// The only place where the programs write files, apart from SQLite, the log and the crash report (tst_house).
// Each function leaves what stood at the path before as it was when it fails. DiskFull when there is no room
// (or no quota), else ReadOnly; the path is in args.
namespace clinic {

// Writes a file piece by piece beside the one it replaces. It gets its name only after everything is on the
// disk, in one step: there is a whole file at `path` at any moment, the old one or the new one. Qt's
// QSaveFile does not keep this promise: on a full disk it replaces the file by an empty one and says yes.
//
// A file that is already there keeps its permissions; a link is followed. Without commit() nothing changes.
class FileWriter final : public QIODevice
{
public:
    // Keys: nobody else may read the file, and it is read back before it takes its place.
    enum class Holds { Anything, Keys };

    explicit FileWriter(const QString &path, Holds holds = Holds::Anything);
    ~FileWriter() override;

    // Needed before the first write; false when nothing can be written there, and failure() says why.
    [[nodiscard]] bool begin();
    [[nodiscard]] Result<void> commit();
    // Files that belong together: all are on the disk before the first takes its place.
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
    QString m_target; // where a link at m_path leads
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
// What is in `from` is on the disk before it takes the place of what is at `to`, if anything. On one disk.
[[nodiscard]] Result<void> moveFile(const QString &from, const QString &to);
// A second name for the file as it is now, for when something else takes its place; a copy where the disk
// knows no second names. What had that name before is erased.
[[nodiscard]] Result<void> keepAs(const QString &path, const QString &name);
// Overwrites a file before it removes it. What a disk keeps elsewhere of what was written before is out of
// reach. A file that has a second name loses only this one: the other may be in use.
[[nodiscard]] bool eraseFile(const QString &path);

// Files that decide whether anything opens (keys) are kept twice, each enough alone.
[[nodiscard]] inline QString secondCopyOf(const QString &path)
{
    return path + QStringLiteral(".copy");
}
// At least one of the two is there.
[[nodiscard]] bool isKept(const QString &path);
// Both are on the disk before either takes its place.
[[nodiscard]] Result<void> writeTwice(const QString &path, const QByteArray &content);
// Each to its place; one that is missing is made from the other. Nothing to do where there is none.
[[nodiscard]] Result<void> copyTwice(const QString &from, const QString &to);

} // namespace clinic
