// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/picturereader.h"

#include "core/log.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTimer>
#include <QtEndian>
#include <cstring>

namespace clinic::models {
namespace {

constexpr int longestMs = 20'000;
constexpr qsizetype headSize = 12;

} // namespace

QImage PictureReader::imageFrom(const QByteArray &pixels, int side)
{
    if (!pixels.startsWith("CDP1") || pixels.size() < headSize)
        return {};
    const auto number = [&pixels](int at) { return qFromLittleEndian<quint32>(pixels.constData() + at); };
    const quint32 width = number(4);
    const quint32 height = number(8);
    if (width == 0 || height == 0 || width > quint32(side) || height > quint32(side) ||
        pixels.size() != headSize + qsizetype(width) * qsizetype(height) * 4)
        return {};
    QImage image(int(width), int(height), QImage::Format_RGB32);
    for (int y = 0; y < image.height() && !image.isNull(); ++y)
        std::memcpy(image.scanLine(y), pixels.constData() + headSize + qsizetype(y) * qsizetype(width) * 4,
                    size_t(width) * 4);
    return image;
}

PictureReader::PictureReader()
    : m_program(QCoreApplication::applicationDirPath() + QStringLiteral("/clinicdesk-preview"))
{}

void PictureReader::read(QObject *context, const QByteArray &bytes, int side,
                         std::function<void(const QImage &)> then) const
{
    // Nobody's child: whoever asked may be gone at any moment, and is not held up by a program that still
    // runs.
    auto *process = new QProcess;
    process->setStandardErrorFile(QProcess::nullDevice()); // decoders complain of every odd byte
    QObject::connect(context, &QObject::destroyed, process, &QProcess::kill);
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
    QObject::connect(process, &QProcess::finished, context,
                     [process, side, then](int code, QProcess::ExitStatus status) {
                         const bool isDone = status == QProcess::NormalExit && code == 0;
                         then(isDone ? imageFrom(process->readAllStandardOutput(), side) : QImage());
                     });
    // A crash is told by finished(); a program that is not there by nothing else.
    QObject::connect(process, &QProcess::errorOccurred, context,
                     [process, then = std::move(then)](QProcess::ProcessError error) {
                         if (error != QProcess::FailedToStart)
                             return;
                         qCWarning(logApp) << "the program that decodes pictures cannot be started";
                         process->deleteLater();
                         then({});
                     });
    QTimer::singleShot(longestMs, process, &QProcess::kill);
    process->start(m_program, {QString::number(side)});
    process->write(bytes);
    process->closeWriteChannel();
}

} // namespace clinic::models
