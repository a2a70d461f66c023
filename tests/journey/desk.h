// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/windows.h"
#include "models/workspace.h"
#include "support/fakeclock.h"
#include "support/memorysecrets.h"

#include <QTemporaryDir>
#include <QTest>

namespace clinic::test {

// Answers questions as a test says; a question nobody expected fails the test.
class ScriptedPrompter final : public gui::Prompter
{
public:
    bool nextConfirm = true;
    QString nextText;
    QStringList nextTexts; // where more than one is asked for: the first of them, as long as there are some
    QStringList suggested; // what the last question for a text offered
    QString typedBefore;   // and what stood in it, as typed before
    QString nextFile;
    QString nextSave; // where it is another one than nextFile
    int asked = 0;

    void confirm(QWidget *, const QString &, const QString &, const QString &,
                 std::function<void(bool)> then) override
    {
        ++asked;
        then(nextConfirm);
    }
    void askText(QWidget *, const QString &, const QString &, const QStringList &suggestions,
                 std::function<void(const QString &)> then, const QString &typed = {}) override
    {
        ++asked;
        suggested = suggestions;
        typedBefore = typed;
        then(nextTexts.isEmpty() ? nextText : nextTexts.takeFirst());
    }
    void saveFile(QWidget *, const QString &, const QString &, const QString &,
                  std::function<void(const QString &)> then) override
    {
        ++asked;
        then((nextSave.isEmpty() ? nextFile : nextSave));
    }
    void openFile(QWidget *, const QString &, const QString &,
                  std::function<void(const QString &)> then) override
    {
        ++asked;
        then(nextFile);
    }
};

// The whole window on a real file with real threads, driven by key presses and clicks. Monday 2026-03-02,
// 10:00 at the branch (Africa/Johannesburg).
class Desk
{
public:
    struct Options
    {
        bool demo = true;  // people and appointments in it
        bool setUp = true; // false: the first-start page
        QSize size{1280, 800};
        int branches = 1;
        bool real = false; // a clinic that may be enrolled, instead of a demo: sign in with signInAs()
    };
    Desk() : Desk(Options{}) {}
    explicit Desk(const Options &options);
    ~Desk();

    // Signs in with a click on the demo button of that user and waits for Today.
    void signIn(const QString &user);
    // Signs in by name; everybody's password is "correct horse".
    void signInAs(const QString &user);
    // In another language from now on, through the account page's setting; the window is a new one.
    void speak(const QString &language);
    // As if nobody touched the desk for as long as the settings allow. False when nothing waits for that.
    bool passIdleTime();
    void waitIdle(); // until every answer has come and been shown
    void keepTheme();

    // The topmost open dialog, or the window.
    [[nodiscard]] QWidget *top() const;
    template <class T>
    [[nodiscard]] T *find(const QString &name) const
    {
        T *found = nullptr;
        for (T *w : top()->findChildren<T *>(name)) {
            if (w->isVisible() || !found)
                found = w;
        }
        return found;
    }
    // A visible button by its text without mnemonic.
    [[nodiscard]] QAbstractButton *button(const QString &text) const;
    void click(const QString &text);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString &text);
    [[nodiscard]] QString status() const;
    // Saves the window (and the dialog on it) as DIR/NN-name.png when CLINICDESK_TOUR names a folder.
    void shot(const QString &name);
    void grab(const QString &path);

    FakeClock clock;
    QTemporaryDir folder;
    ScriptedPrompter prompter;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<services::Clinic> clinic;
    MemorySecrets secrets;
    std::unique_ptr<models::Workspace> workspace;
    std::unique_ptr<sync::Agent> agent; // of a real clinic
    std::unique_ptr<gui::Theme> theme;
    std::unique_ptr<gui::Windows> windows;
    QPointer<gui::MainWindow> window; // the first of them

private:
    int m_shots = 0;
};

} // namespace clinic::test
