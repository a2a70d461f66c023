// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QIODevice>
#include <memory>

struct UConverter;

namespace clinic::exchange {

// The encoding of a text file. Certain: by a byte order mark, or because no other encoding gives such bytes
// (UTF-8, UTF-16 with every second byte zero). Otherwise the name is the likeliest one.
struct Coding
{
    QString name;
    bool isCertain = false;
    QStringList lines; // doubtful lines: "3: Grégory,A", read with this encoding; at most five
};
// Reads the device once and seeks back to its beginning.
[[nodiscard]] Result<Coding> findCoding(QIODevice &device);
// Encodings to offer, the most frequent first.
[[nodiscard]] const QStringList &offeredCodings();

// The lines of a device, decoded while reading. Line ends may be LF, CR LF or CR.
class CodedLines
{
public:
    // Fails for a name that ICU does not know.
    [[nodiscard]] static Result<std::unique_ptr<CodedLines>> open(QIODevice &device, const QString &coding);
    ~CodedLines();
    Q_DISABLE_COPY_MOVE(CodedLines)

    struct Line
    {
        QString text; // without its line end
        int number = 0;
        bool isCut = false; // longer than longestLine: the rest was skipped
    };
    static constexpr qsizetype longestLine = 1'000'000; // characters
    // False at the end.
    [[nodiscard]] bool next(Line &line);

private:
    explicit CodedLines(QIODevice &device) : m_device(device) {}
    bool readOn();

    QIODevice &m_device;
    UConverter *m_converter = nullptr;
    QString m_text;
    qsizetype m_at = 0;
    int m_number = 0;
    bool m_isAtEnd = false;
    bool m_isBegun = false;
};

} // namespace clinic::exchange
