// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/messenger.h"

#include <QJsonObject>

namespace clinic::server {

// E-mail by SMTP and text messages by a provider's HTTP address, both with libcurl, as a file says
// (docs/sync.md). Thread-safe.
class Gateway final : public Messenger
{
public:
    // From the file; Invalid with what is wrong in it.
    [[nodiscard]] static Result<std::unique_ptr<Gateway>> fromFile(const QString &file);
    [[nodiscard]] QList<QByteArray> channels() const override;
    [[nodiscard]] Result<void> send(const Message &message) override;

private:
    [[nodiscard]] Result<void> sendMail(const Message &message) const;
    [[nodiscard]] Result<void> sendText(const Message &message) const;

    QJsonObject m_email;
    QJsonObject m_sms;
};

} // namespace clinic::server
