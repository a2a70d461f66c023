// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/gatewindow.h"
#include "secrets/secretstore.h"
#include "services/opening.h"
#include "storage/executor.h"

#include <QObject>
#include <QTimer>

namespace clinic::app {

// Finds the key to the clinic's file before anything else is built: asks the keychain, and whoever sits there
// when that has none. Work that takes time is done on a thread of its own.
class Opener : public QObject
{
    Q_OBJECT
public:
    Opener(QString path, secrets::SecretStore &secrets, const Clock &clock);
    ~Opener() override;
    void start();

    // After found().
    [[nodiscard]] services::Opening &opening() { return *m_opening; }
    // Who opened it, to be signed in with; empty when the keychain did.
    [[nodiscard]] const QString &user() const { return m_user; }
    [[nodiscard]] const QString &password() const { return m_password; }

Q_SIGNALS:
    void asked(); // a window is there
    void found();
    void failed(const clinic::Error &error);

private:
    using Work = std::function<Result<void>()>;
    void look(const QByteArray &stored);
    void ask();
    void onThread(Work work, std::function<void(const Result<void> &)> then);
    void finish();

    QString m_path;
    secrets::SecretStore &m_secrets;
    const Clock &m_clock;
    QTimer m_patience;
    bool m_looked = false;
    std::optional<services::Opening> m_opening;
    std::unique_ptr<gui::GateWindow> m_gate;
    QString m_user;
    QString m_password;
    storage::ThreadExecutor m_thread; // last: it ends before what it works on
};

} // namespace clinic::app
