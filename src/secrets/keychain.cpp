// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychain.h"

#include <qt6keychain/keychain.h>

namespace clinic::secrets {

void Keychain::read(const QString &name, QObject *context, std::function<void(const Secret &)> then)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    job->setAutoDelete(true);
    job->setKey(name);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, then = std::move(then)] {
        switch (job->error()) {
        case QKeychain::NoError:
            return then({Found::Yes, job->binaryData()});
        case QKeychain::EntryNotFound:
            return then({Found::No});
        case QKeychain::AccessDenied:
        case QKeychain::AccessDeniedByUser:
            return then({Found::Locked});
        default:
            return then({Found::Failed});
        }
    });
    job->start();
}

void Keychain::write(const QString &name, const QByteArray &value, QObject *context,
                     std::function<void(bool)> then)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setAutoDelete(true);
    job->setKey(name);
    job->setInsecureFallback(false);
    job->setBinaryData(value);
    QObject::connect(job, &QKeychain::Job::finished, context,
                     [this, job, name, value, context = QPointer<QObject>(context), then = std::move(then)] {
                         if (job->error() != QKeychain::NoError)
                             return then(false);
                         // A missing or locked keyring answers in many ways; what can be read back is there.
                         read(name, context, [value, then](const Secret &secret) {
                             then(secret.found == Found::Yes && secret.value == value);
                         });
                     });
    job->start();
}

void Keychain::remove(const QString &name, QObject *context, std::function<void(bool)> then)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    job->setAutoDelete(true);
    job->setKey(name);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context, [this, name, context, then = std::move(then)] {
        // "Deleted" is also said where there is no keychain: what counts is that it is not found.
        read(name, context, [then](const Secret &secret) { then(secret.found == Found::No); });
    });
    job->start();
}

} // namespace clinic::secrets
