// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QList>

namespace clinic::server {

// A short text to one person, by whatever gateway the installation has.
struct Message
{
    QByteArray channel; // "email" or "sms"
    QString to;
    QString code; // what the text is about
};

class Messenger
{
public:
    virtual ~Messenger() = default;
    // Of "email" and "sms", what is set up.
    [[nodiscard]] virtual QList<QByteArray> channels() const = 0;
    // Hands it to the gateway and waits for its answer, some seconds at most. NoServer with what it said.
    [[nodiscard]] virtual Result<void> send(const Message &message) = 0;
};

} // namespace clinic::server
