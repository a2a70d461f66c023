// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/prompts.h"

#include "core/filename.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"

#include <QDialog>
#include <QFileDialog>
#include <QMessageBox>

namespace clinic::gui {
namespace prompts {

// One line of text, with suggestions. A FormDialog, so that FormKeeper keeps the typed text.
class TextPrompt final : public FormDialog
{
public:
    TextPrompt(QWidget *parent, const QString &title, const QString &labelText,
               const QStringList &suggestions, std::function<void(const QString &)> then,
               const QString &typed)
        : FormDialog(title, QObject::tr("Continue"), parent),
          m_suggestions(suggestions),
          m_then(std::move(then)),
          m_text(new QComboBox)
    {
        setMinimumWidth(420);
        auto *caption = label(labelText);
        caption->setWordWrap(true);
        m_text->setEditable(true);
        m_text->addItems(suggestions);
        m_text->setCurrentText(typed.isEmpty() ? suggestions.value(0) : typed);
        m_text->setAccessibleName(labelText);
        m_text->setObjectName(QStringLiteral("promptText"));
        caption->setBuddy(m_text);
        body()->addWidget(caption);
        body()->addWidget(m_text);
        body()->addStretch();
        m_text->lineEdit()->selectAll();
        connect(m_text->lineEdit(), &QLineEdit::returnPressed, this, [this] { save(); });
        m_text->setFocus();
    }

protected:
    void save() override
    {
        const QString text = m_text->currentText();
        const auto then = std::exchange(m_then, {}); // Ctrl+Enter comes from the field and from the form
        if (!then)
            return;
        accept();
        then(text);
    }
    [[nodiscard]] bool isDirty() const override
    {
        const QString text = m_text->currentText().trimmed();
        return !text.isEmpty() && !m_suggestions.contains(text);
    }

private:
    QStringList m_suggestions;
    std::function<void(const QString &)> m_then;
    QComboBox *m_text;
};

} // namespace prompts

void WindowPrompter::confirm(QWidget *parent, const QString &title, const QString &text, const QString &yes,
                             std::function<void(bool)> then)
{
    auto *box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, parent);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto *accept = box->addButton(yes, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(box, &QMessageBox::finished, parent,
                     [box, accept, then = std::move(then)] { then(box->clickedButton() == accept); });
    box->open();
}

void WindowPrompter::askText(QWidget *parent, const QString &title, const QString &labelText,
                             const QStringList &suggestions, std::function<void(const QString &)> then,
                             const QString &typed)
{
    (new prompts::TextPrompt(parent, title, labelText, suggestions, std::move(then), typed))->open();
}

void WindowPrompter::saveFile(QWidget *parent, const QString &title, const QString &name,
                              const QString &filter, std::function<void(const QString &)> then)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(fileNameOf(name));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [then = std::move(then)](const QString &path) { then(path); });
    dialog->open();
}

void WindowPrompter::openFile(QWidget *parent, const QString &title, const QString &filter,
                              std::function<void(const QString &)> then)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [then = std::move(then)](const QString &path) { then(path); });
    dialog->open();
}

} // namespace clinic::gui
