// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/loginpage.h"

#include "core/log.h"
#include "core/preferences.h"
#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/language.h"
#include "shell/ui_loginpage.h"

#include <QKeyEvent>
#include <QMenu>

namespace clinic::gui {

LoginPage::LoginPage(models::Workspace &workspace, const ProfileOffer &profile)
    : m_workspace(workspace), m_ui(std::make_unique<Ui::LoginPage>())
{
    m_ui->setupUi(this);
    setObjectName(QStringLiteral("page"));
    setAttribute(Qt::WA_StyledBackground);
    setRole(m_ui->hospital, "title");
    m_ui->hospital->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) |
                                 Qt::AlignAbsolute);
    setRole(m_ui->note, "muted");
    setRole(m_ui->hint, "help");
    setRole(m_ui->fault, "error");
    setRole(m_ui->enter, "primary");
    setRole(m_ui->other, "link");
    for (auto *edit : {m_ui->login, m_ui->password, m_ui->code}) {
        edit->installEventFilter(this);
        connect(edit, &QLineEdit::returnPressed, this, [this] { attempt(m_ui->login->text(), false); });
    }
    connect(m_ui->enter, &QPushButton::clicked, this, [this] { attempt(m_ui->login->text(), false); });
    connect(m_ui->other, &QPushButton::clicked, this, &LoginPage::otherWanted);
    setRole(m_ui->language, "link");
    m_ui->language->setText(models::languageName(models::currentLanguage()));
    m_ui->language->setAccessibleName(tr("Language"));
    // Filled when it opens: the languages' names load a font for every script.
    auto *languages = new QMenu(m_ui->language);
    connect(languages, &QMenu::aboutToShow, this, [this, languages] {
        languages->clear();
        for (const QString &language : models::shippedLanguages())
            languages->addAction(models::languageName(language), this,
                                 [this, language] { Q_EMIT languageWanted(language); });
    });
    m_ui->language->setMenu(languages);
    const std::pair<const char *, QString> profiles[] = {
        {"production", tr("Production")}, {"testing", tr("Testing")}, {"development", tr("Development")}};
    for (const auto &[code, name] : profiles) {
        if (profile.offered.contains(QLatin1StringView(code)))
            m_ui->profile->addItem(name, QString::fromLatin1(code));
    }
    m_ui->profile->setCurrentIndex(qMax(0, m_ui->profile->findData(profile.current)));
    m_ui->profile->setAccessibleName(tr("Profile"));
    m_ui->profile->setVisible(!profile.offered.isEmpty());
    connect(m_ui->profile, &QComboBox::activated, this,
            [this] { Q_EMIT profileWanted(m_ui->profile->currentData().toString()); });
    m_wait.setInterval(500);
    connect(&m_wait, &QTimer::timeout, this, [this] {
        const qint64 left = m_waitUntil - m_workspace.now();
        m_ui->enter->setEnabled(left <= 0);
        if (left > 0)
            showRefusal(Error(ErrorCode::WaitBeforeLogin, {}, {QString::number((left + 999) / 1000)}));
        else {
            m_wait.stop();
            m_ui->fault->hide();
        }
    });
}

LoginPage::~LoginPage() = default;

void LoginPage::askForCode(bool asked)
{
    m_ui->code->clear();
    m_ui->code->setVisible(asked);
    m_ui->codeLabel->setVisible(asked);
}

void LoginPage::showLogin()
{
    askForCode(false);
    m_locked = {};
    m_workspace.clinic().ask(
        this, services::ReadSurroundings{}, [this](const Result<models::Surroundings> &place) {
            if (!place)
                return;
            m_ui->hospital->setText(place->hospital.name);
            if (m_ui->login->text().isEmpty() && m_ui->login->isEnabled() && !place->lastLogin.isEmpty()) {
                m_ui->login->setText(place->lastLogin);
                if (m_ui->login->hasFocus())
                    m_ui->password->setFocus();
            }
            m_ui->branch->clear();
            const QByteArray last = Id::fromString(preference(QStringLiteral("login/branch"))).toBytes();
            for (const auto &branch : place->branches)
                m_ui->branch->addItem(branch.name, branch.id.toBytes());
            m_ui->branch->setCurrentIndex(qMax(0, m_ui->branch->findData(last)));
            const bool several = place->branches.size() > 1;
            m_ui->branch->setVisible(several);
            m_ui->branchLabel->setVisible(several);
        });
    m_ui->branch->hide();
    m_ui->branchLabel->hide();
    m_ui->other->hide();
    m_ui->note->setText(m_workspace.isDemo() ? tr("Demo clinic: invented people, nothing here is real.")
                                             : tr("Please sign in."));
    m_ui->login->setEnabled(true);
    m_ui->login->clear();
    m_ui->password->clear();
    m_ui->fault->hide();
    m_ui->hint->hide();
    m_ui->enter->setText(tr("Sign in"));
    m_ui->language->show();
    m_ui->profile->setVisible(m_ui->profile->count() > 0);
    m_ui->demo->setVisible(m_workspace.isDemo());
    if (m_workspace.isDemo())
        showDemoUsers();
    m_ui->login->setFocus();
}

void LoginPage::signIn(const QString &login, const QString &password)
{
    m_ui->login->setText(login);
    m_ui->password->setText(password);
    attempt(login, false);
}

void LoginPage::showLocked(const models::Session &session)
{
    askForCode(false);
    m_locked = session;
    m_ui->note->setText(tr("Locked. %1 is still signed in, and nothing that was being typed is lost.")
                            .arg(models::isolated(session.displayName)));
    m_ui->login->setText(session.userName);
    m_ui->login->setEnabled(false);
    m_ui->password->clear();
    m_ui->fault->hide();
    m_ui->hint->hide();
    m_ui->branch->hide();
    m_ui->branchLabel->hide();
    m_ui->demo->hide();
    m_ui->language->hide();
    m_ui->profile->hide();
    m_ui->enter->setText(tr("Unlock"));
    m_ui->other->show();
    m_ui->password->setFocus();
}

void LoginPage::setNotice(const QString &text)
{
    m_ui->note->setText(text);
}

void LoginPage::showDemoUsers()
{
    m_workspace.accounts.demoUsers(this, [this](const Result<QList<QPair<QString, QString>>> &users) {
        while (auto *item = m_ui->demoLayout->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        if (!users)
            return;
        m_ui->demoLayout->addWidget(label(tr("Sign in as"), "muted"), 0, 0, 1, 2);
        int place = 2;
        for (const auto &[user, role] : *users) {
            const QString name = models::roleLabel(QString(role).toLower().replace(u' ', u'-'), role);
            auto *b = button(name, "link", this, [this, login = user] { attempt(login, true); });
            b->setToolTip(user);
            b->setObjectName(QStringLiteral("demo-") + user);
            m_ui->demoLayout->addWidget(b, place / 2, place % 2);
            ++place;
        }
    });
}

void LoginPage::attempt(const QString &login, bool demo)
{
    if (!m_ui->enter->isEnabled() && !demo)
        return;
    services::SignIn intent;
    intent.login = login;
    intent.password = m_ui->password->text();
    intent.branch =
        m_locked.isSignedIn() ? m_locked.branch : Id::fromBytes(m_ui->branch->currentData().toByteArray());
    intent.role = m_locked.role;
    intent.unlocking = m_locked.isSignedIn();
    intent.code = m_ui->code->text();
    // In a demo users have no passwords, not even to unlock.
    intent.demo = demo || (m_locked.isSignedIn() && m_workspace.isDemo());
    m_ui->enter->setEnabled(false);
    m_ui->fault->hide();
    m_workspace.accounts.signIn(this, intent, [this](const Result<services::SignInAnswer> &answer) {
        m_ui->enter->setEnabled(true);
        if (!answer || !answer->session.isSignedIn()) {
            showRefusal(answer ? answer->refusal : answer.error());
            const ErrorCode why = answer ? answer->refusal.code : answer.error().code;
            if (why == ErrorCode::NeedsSecondFactor || why == ErrorCode::WrongSecondFactor) {
                askForCode(true);
                if (why == ErrorCode::NeedsSecondFactor) { // not an error
                    m_ui->hint->setText(m_ui->fault->text());
                    m_ui->fault->hide();
                }
                m_ui->hint->setVisible(why == ErrorCode::NeedsSecondFactor);
                m_ui->code->setFocus();
                return;
            }
            m_ui->password->selectAll();
            m_ui->password->setFocus();
            return;
        }
        m_ui->password->clear();
        askForCode(false);
        if (const auto kept =
                setPreference(QStringLiteral("login/branch"), answer->session.branch.toString());
            !kept)
            qCWarning(logGui) << "the branch is not kept:" << kept.error().detail;
        if (m_locked.isSignedIn())
            Q_EMIT unlocked(answer->session);
        else
            Q_EMIT signedIn(answer->session);
    });
}

void LoginPage::showRefusal(const Error &error)
{
    m_ui->fault->setText(models::errorText(error));
    m_ui->fault->show();
    if (error.code == ErrorCode::WaitBeforeLogin && !m_wait.isActive()) {
        m_waitUntil = m_workspace.now() + error.args.value(0).toLongLong() * 1000;
        m_ui->enter->setEnabled(false);
        m_wait.start();
    }
}

bool LoginPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->password && event->type() == QEvent::KeyPress) {
        // Qt does not report caps lock: a capital without Shift shows it.
        const auto *key = static_cast<QKeyEvent *>(event);
        const QString text = key->text();
        if (text.size() == 1 && text.at(0).isLetter()) {
            const bool capsLock = text.at(0).isUpper() != bool(key->modifiers() & Qt::ShiftModifier);
            m_ui->hint->setText(tr("Caps lock seems to be on."));
            m_ui->hint->setVisible(capsLock);
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace clinic::gui
