// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QIODevice>
#include <memory>

struct UConverter;

namespace clinic::exchange {

// How the bytes of a text file are coded. Certain: a mark at its beginning says so, or no other coding gives
// such bytes (UTF-8, UTF-16 with every second byte empty). Otherwise the name is the likeliest one.
struct Coding
{
    QString name;
    bool isCertain = false;
    QStringList lines; // what is in doubt: "3: Grégory,A", read with this coding; at most five
};
// Reads the device once and puts it back to its beginning.
[[nodiscard]] Result<Coding> findCoding(QIODevice &device);
// Codings a person may be offered, in the order of how often they are met.
[[nodiscard]] const QStringList &offeredCodings();

// The lines of a device, decoded as they are read. Ends may be LF, CR LF or CR.
class CodedLines
{
public:
    // A name that ICU does not know is an error.
    [[nodiscard]] static Result<std::unique_ptr<CodedLines>> open(QIODevice &device, const QString &coding);
    ~CodedLines();
    Q_DISABLE_COPY_MOVE(CodedLines)

    struct Line
    {
        QString text; // without its end
        int number = 0;
        bool isCut = false; // longer than longestLine: the rest of it was passed over
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
