// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/opener.h"

#include "core/log.h"

namespace clinic::app {
namespace {

// A keychain that waits for somebody to unlock it may wait for ever; a password works meanwhile.
constexpr int patienceMs = 5'000;

} // namespace

Opener::Opener(QString path, secrets::SecretStore &secrets, const Clock &clock)
    : m_path(std::move(path)), m_secrets(secrets), m_clock(clock), m_thread("clinic-opening")
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        qCWarning(logApp) << "the keychain does not answer";
        look({});
    });
}

Opener::~Opener() = default;

void Opener::start()
{
    m_patience.start(patienceMs);
    m_secrets.read(QString::fromLatin1(services::Opening::keychainName), this,
                   [this](const secrets::Secret &secret) { look(secret.value); });
}

void Opener::onThread(Work work, std::function<void(const Result<void> &)> then)
{
    m_thread.post([this, work = std::move(work), then = std::move(then)] {
        const Result<void> done = work();
        QMetaObject::invokeMethod(
            this, [done, then] { then(done); }, Qt::QueuedConnection);
    });
}

void Opener::look(const QByteArray &stored)
{
    m_patience.stop();
    if (std::exchange(m_looked, true))
        return;
    onThread(
        [this, stored]() -> Result<void> {
            auto looked = services::Opening::look(m_path, stored, m_clock);
            if (!looked)
                return fail(looked);
            m_opening = std::move(*looked);
            return {};
        },
        [this](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(done.error());
            else if (m_opening->stage() == services::Opening::Stage::Ready)
                finish();
            else
                ask();
        });
}

void Opener::ask()
{
    const bool isSealed = m_opening->stage() == services::Opening::Stage::NeedsPassword;
    m_gate = std::make_unique<gui::GateWindow>(isSealed ? gui::GateWindow::Purpose::Open
                                                        : gui::GateWindow::Purpose::Seal);
    const auto answered = [this](const Result<void> &done) {
        if (!done)
            m_gate->showFault(done.error());
        else
            finish();
    };
    connect(m_gate.get(), &gui::GateWindow::passwordGiven, this,
            [this, isSealed, answered](const QString &user, const QString &password) {
                m_user = user;
                m_password = password;
                onThread(
                    [this, isSealed, user, password] {
                        return isSealed ? m_opening->openWithPassword(user, password)
                                        : m_opening->seal(user, password, m_clock);
                    },
                    answered);
            });
    connect(m_gate.get(), &gui::GateWindow::postponed, this, [this] {
        m_opening->postponeSealing();
        finish();
    });
    connect(m_gate.get(), &gui::GateWindow::recoveryKeyGiven, this, [this, answered](const QString &typed) {
        m_user.clear();
        m_password.clear();
        onThread([this, typed] { return m_opening->openWithRecovery(typed); }, answered);
    });
    m_gate->show();
    Q_EMIT asked();
}

void Opener::finish()
{
    // The keychain gets the key whether it had none, or an older one; where there is none, nothing is lost.
    if (const QByteArray keys = m_opening->toStore(); !keys.isEmpty())
        m_secrets.write(QString::fromLatin1(services::Opening::keychainName), keys, this, [](bool saved) {
            if (!saved)
                qCInfo(logApp) << "no keychain keeps the key of the file; a password opens it";
        });
    Q_EMIT found();
    if (m_gate) // not before another window is there: the last one to close ends the program
        m_gate->hide();
}

} // namespace clinic::app
