// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/filedialog.h"

#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QDate>

namespace clinic::gui {
namespace fileexchange {

QString parcelFilter()
{
    return FileExchangeDialog::tr("Files for the server (*.parcel)");
}

QString answerFilter()
{
    return FileExchangeDialog::tr("Answers of the server (*.answers)");
}

} // namespace fileexchange

FileExchangeDialog::FileExchangeDialog(Shell &shell)
    : FormDialog(tr("Exchange by file"), tr("Close"), shell.window()), m_shell(shell)
{
    setObjectName(QStringLiteral("byFile"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(600, 470);
    auto *hint =
        label(tr("For a PC without a network. The files can be carried on any stick: only the server and "
                 "the PC itself can read them, and taking one in twice does no harm."),
              "muted");
    hint->setWordWrap(true);
    body()->addWidget(hint);
    addStep(tr("1. On this PC"),
            tr("Everything that waits here and the question for what is new go into a file."),
            tr("&Write a file for the server …"), "writeParcel", [this] { writeFile(); });
    addStep(tr("2. On a PC that reaches the server"),
            tr("Takes another PC's file to the server and writes the answers into a second file."),
            tr("&Carry another PC's file …"), "carryParcel", [this] { carry(); });
    addStep(tr("3. Back on the PC without a network"),
            tr("What others did comes in; what waited is confirmed."), tr("&Take in the answers …"),
            "takeAnswers", [this] { takeAnswers(); });
    m_outcome = label(QString());
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setWordWrap(true);
    body()->addWidget(m_outcome);
    body()->addStretch();
    showOnly();
}

void FileExchangeDialog::addStep(const QString &heading, const QString &text, const QString &action,
                                 const char *name, std::function<void()> run)
{
    auto *card = new Card(heading);
    auto *explanation = label(text, "muted");
    explanation->setWordWrap(true);
    card->body()->addWidget(explanation);
    auto *button = gui::button(action, nullptr, this, std::move(run));
    button->setObjectName(QString::fromLatin1(name));
    card->body()->addWidget(button, 0, Qt::AlignLeft);
    m_buttons << button;
    body()->addWidget(card);
}

void FileExchangeDialog::say(const QString &text, bool isFault)
{
    m_outcome->setText(text);
    setRole(m_outcome, isFault ? "error" : "");
    wait(false);
    showWhole(m_outcome);
}

void FileExchangeDialog::wait(bool waiting)
{
    for (auto *button : std::as_const(m_buttons))
        button->setEnabled(!waiting);
}

void FileExchangeDialog::writeFile()
{
    const QString name = tr("to the server %1").arg(m_shell.workspace().today().toString(Qt::ISODate)) +
                         QStringLiteral(".parcel");
    m_shell.prompter().saveFile(this, tr("Write a file for the server"), name, fileexchange::parcelFilter(),
                                [this](const QString &file) {
                                    wait(true);
                                    m_shell.workspace().connection.writeParcel(
                                        this, file, [this, file](const Result<sync::ParcelHead> &head) {
                                            if (!head)
                                                return say(models::errorText(head.error()), true);
                                            say(tr("Written: %1. Take it to a PC that reaches the server.")
                                                    .arg(models::leftToRight(file)));
                                        });
                                });
}

void FileExchangeDialog::takeAnswers()
{
    m_shell.prompter().openFile(
        this, tr("Take in the answers"), fileexchange::answerFilter(), [this](const QString &file) {
            wait(true);
            m_shell.workspace().connection.takeAnswers(
                this, file, [this](const Result<sync::CarriedAnswers> &taken) {
                    if (!taken)
                        return say(models::errorText(taken.error()), true);
                    if (taken->again)
                        return say(
                            tr("The server was put back from a backup meanwhile. Write one more file: it "
                               "brings what the server lacks."),
                            true);
                    if (!taken->problem.isEmpty())
                        return say(
                            tr("The server does not accept this PC at the moment (%1). Everything saved "
                               "here stays.")
                                .arg(QString::fromLatin1(taken->problem)),
                            true);
                    say(tr("Taken in. Confirmed by the server: %1. New from others: %2.")
                            .arg(taken->answered)
                            .arg(taken->received));
                });
        });
}

void FileExchangeDialog::carry()
{
    m_shell.prompter().openFile(
        this, tr("Carry another PC's file"), fileexchange::parcelFilter(), [this](const QString &file) {
            QString name = file.section(u'/', -1);
            if (name.endsWith(QStringView(u".parcel")))
                name.chop(7);
            m_shell.prompter().saveFile(
                this, tr("Where the answers go"), name + QStringLiteral(".answers"),
                fileexchange::answerFilter(), [this, file](const QString &answers) {
                    wait(true);
                    m_outcome->setText(tr("Asking the server …"));
                    m_shell.workspace().connection.carry(
                        this, file, answers, [this, answers](const Result<sync::ParcelHead> &head) {
                            if (!head)
                                return say(models::errorText(head.error()), true);
                            say(tr("The answers for %1 are in %2. Take them back to that PC.")
                                    .arg(QString::fromUtf8(head->name), models::leftToRight(answers)));
                        });
                });
        });
}

} // namespace clinic::gui
