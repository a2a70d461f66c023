// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <functional>

class QObject;

namespace clinic::models {

// Pictures are decoded by a program of its own (src/preview): one that was made to do harm ends that one, and
// is a picture that cannot be shown.
class PictureReader
{
public:
    // Beside this program, unless told otherwise.
    PictureReader();
    explicit PictureReader(QString program) : m_program(std::move(program)) {}

    // At most `side` pixels a side. `then` runs later, on the calling thread, at most once and only while
    // context lives; a null image for what is no picture.
    void read(QObject *context, const QByteArray &bytes, int side,
              std::function<void(const QImage &)> then) const;

    // What the program wrote, no more trusted than what it was given; null when it is no picture of at most
    // that size.
    [[nodiscard]] static QImage imageFrom(const QByteArray &pixels, int side);

private:
    QString m_program;
};

} // namespace clinic::models
