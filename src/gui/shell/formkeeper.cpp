// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/formkeeper.h"

#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace clinic::gui {
namespace formkeeper {

class KeptText
{
    Q_DECLARE_TR_FUNCTIONS(KeptText)
};

} // namespace formkeeper

FormKeeper::FormKeeper(services::Clinic &clinic, QWidget *window)
    : QObject(window), m_clinic(clinic), m_window(window)
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &FormKeeper::look);
    m_timer.start();
}

void FormKeeper::look()
{
    if (!m_clinic.session().isSignedIn())
        return;
    for (auto *dialog : m_window->findChildren<FormDialog *>()) {
        auto *keeper = m_kept.value(dialog);
        if (!dialog->isVisible() || (!keeper && dialog->findChild<models::DraftKeeper *>()))
            continue;
        const QByteArray text = dialog->hasTyped() ? dialog->typedText().toUtf8() : QByteArray();
        if (!keeper && text.isEmpty())
            continue;
        if (!keeper) {
            keeper = new models::DraftKeeper(m_clinic, QString::fromUtf16(form), dialog);
            m_kept.insert(dialog, keeper);
            // The user accepted or cancelled. A dialog that is only deleted was interrupted.
            connect(dialog, &QDialog::finished, keeper, &models::DraftKeeper::discard);
            connect(dialog, &QObject::destroyed, this, [this, dialog] { m_kept.remove(dialog); });
        }
        keeper->changed(dialog->windowTitle(), {}, text);
    }
}

void FormKeeper::flush()
{
    look();
    for (auto *draft : m_window->findChildren<models::DraftKeeper *>())
        draft->flush();
}

void showKeptText(const models::Draft &draft, QWidget *parent)
{
    using formkeeper::KeptText;
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("keptText"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(draft.title);
    auto *layout = new QVBoxLayout(dialog);
    auto *caption = label(KeptText::tr("What was typed into this form before it was closed:"));
    caption->setWordWrap(true);
    layout->addWidget(caption);
    auto *text = new QPlainTextEdit(QString::fromUtf8(draft.content));
    text->setReadOnly(true);
    text->setAccessibleName(KeptText::tr("Kept text"));
    layout->addWidget(text, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(button(KeptText::tr("&Copy all"), nullptr, dialog,
                              [text] { QApplication::clipboard()->setText(text->toPlainText()); }));
    buttons->addWidget(button(KeptText::tr("Close"), "primary", dialog, [dialog] { dialog->accept(); }));
    layout->addLayout(buttons);
    dialog->open();
}

} // namespace clinic::gui
