// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/prompts.h"

#include "core/filename.h"
#include "gui/widgets/controls.h"

#include <QDialog>
#include <QFileDialog>
#include <QMessageBox>

namespace clinic::gui {

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
                             const QStringList &suggestions, std::function<void(const QString &)> then)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setMinimumWidth(420);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(label(title, "heading"));
    auto *caption = label(labelText);
    auto *box = new QComboBox;
    box->setEditable(true);
    box->addItems(suggestions);
    box->setCurrentText(suggestions.value(0));
    box->setAccessibleName(labelText);
    box->setObjectName(QStringLiteral("promptText"));
    caption->setBuddy(box);
    layout->addWidget(caption);
    layout->addWidget(box);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(button(QObject::tr("Cancel"), nullptr, dialog, [dialog] { dialog->reject(); }));
    auto *ok = button(QObject::tr("Continue"), "primary", dialog, [dialog] { dialog->accept(); });
    ok->setDefault(true);
    row->addWidget(ok);
    layout->addLayout(row);
    box->lineEdit()->selectAll();
    QObject::connect(dialog, &QDialog::accepted, parent,
                     [box, then = std::move(then)] { then(box->currentText()); });
    dialog->open();
    box->setFocus();
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
