// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filekey.h"

#include <QString>
#include <optional>

// The VFS a sealed clinic file is read and written through (docs/decisions/0023): every page of the file and
// of its write-ahead log is XAES-256-GCM, bound to file and place. It lies over another VFS and passes
// on what has no content of people's: locks, sizes, syncs, shared memory.
namespace clinic::storage::sealedvfs {

// The name to open with, over the VFS of that name (empty = the system's); registered when first asked for.
[[nodiscard]] QByteArray nameOver(const QByteArray &base);

// While it lives, files opened at that path through the VFS are sealed with that key. Paths are looked up as
// the VFS sees them; keys never stand in an URI.
class KeyLease
{
public:
    KeyLease(const QString &path, const FileKey &key);
    ~KeyLease();
    KeyLease(const KeyLease &) = delete;
    KeyLease &operator=(const KeyLease &) = delete;

private:
    QByteArray m_path;
};

// The first page that did not open, as long as somebody has the file open.
struct Fault
{
    quint64 page = 0;      // 1-based; in the write-ahead log the number of the frame
    bool isLog = false;    // in the write-ahead log
    quint64 belongsAt = 0; // where it came from when it is another page of this file; 0 = changed
};
[[nodiscard]] std::optional<Fault> fault(const QString &path);

// What lies at a path, and whether a key fits, without opening it as a database.
enum class Content { Missing, Plain, Fits, OtherKey };
[[nodiscard]] Content probe(const QString &path, const FileKey &key);
// A database anybody can read.
[[nodiscard]] bool isPlain(const QString &path);

} // namespace clinic::storage::sealedvfs
