// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/setup/settings.h"
#include "gui/shell/theme.h"
#include "models/workspace.h"

#include <QWidget>
#include <functional>

namespace clinic::gui {

// Questions to the person, injected so that tests can answer them. All of them return at once (open(), never
// exec()).
class Prompter
{
public:
    virtual ~Prompter() = default;
    virtual void confirm(QWidget *parent, const QString &title, const QString &text, const QString &yes,
                         std::function<void(bool)> then) = 0;
    // A line of text, such as a reason; suggestions to choose from. Not called when the user cancels.
    // typed: a refused text, shown again for correction.
    virtual void askText(QWidget *parent, const QString &title, const QString &label,
                         const QStringList &suggestions, std::function<void(const QString &)> then,
                         const QString &typed = {}) = 0;
    virtual void saveFile(QWidget *parent, const QString &title, const QString &name, const QString &filter,
                          std::function<void(const QString &)> then) = 0;
    virtual void openFile(QWidget *parent, const QString &title, const QString &filter,
                          std::function<void(const QString &)> then) = 0;
};

// Which of this PC's clinics the windows show, and which may be chosen at the login instead.
struct ProfileOffer
{
    QString current = QStringLiteral("production");
    QStringList offered{}; // empty = no choice
    bool showsBanner = false;
};

// What screens may do with the window around them.
class Shell
{
public:
    virtual ~Shell() = default;
    [[nodiscard]] virtual models::Workspace &workspace() = 0;
    [[nodiscard]] virtual Theme &theme() = 0;
    [[nodiscard]] virtual Prompter &prompter() = 0;
    [[nodiscard]] virtual QWidget *window() = 0;
    // Shows a screen by its id, remembering where one came from.
    virtual void go(const QString &screen) = 0;
    virtual void back() = 0;
    virtual void openPatient(const Id &patient) = 0;
    // What just happened, with a way back while there is one.
    virtual void say(const QString &text, std::function<void()> undo = {}) = 0;
    virtual void sayError(const Error &error) = 0;

    // The dialogs that several screens start.
    virtual void registerPatient(const QString &typed,
                                 std::function<void(const domain::Patient &)> then = {}) = 0;
    virtual void editPatient(const domain::Patient &patient) = 0;
    virtual void bookAppointment(const domain::Appointment &proposal, const Id &waitingEntry = {},
                                 std::function<void()> then = {}) = 0;
    virtual void openAppointment(const Id &appointment) = 0;
    virtual void invoiceAppointment(const Id &appointment) = 0;
    virtual void openInvoice(const Id &invoice) = 0;
    virtual void newInvoice(const Id &patient) = 0;
    virtual void openDrawer() = 0;
    virtual void importPatients() = 0;
    // Tomorrow on paper, with telephone numbers, for when nothing works.
    virtual void printTomorrow() = 0;
};

// One page of the window.
class Screen : public QWidget
{
    Q_OBJECT
public:
    explicit Screen(Shell &shell) : m_shell(shell)
    {
        setObjectName(QStringLiteral("page"));
        setAttribute(Qt::WA_StyledBackground);
    }

    [[nodiscard]] virtual QString title() const = 0;
    // Reads again what it shows; called when it comes into view.
    virtual void refresh() = 0;
    // Where typing should go when it opens.
    [[nodiscard]] virtual QWidget *firstFocus() { return this; }

protected:
    [[nodiscard]] Shell &shell() const { return m_shell; }
    [[nodiscard]] models::Workspace &workspace() const { return m_shell.workspace(); }

private:
    Shell &m_shell;
};

} // namespace clinic::gui
