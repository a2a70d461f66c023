// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/codedialog.h"

#include "gui/widgets/controls.h"
#include "models/documents.h"

#include <QApplication>
#include <QClipboard>

namespace clinic::gui {

CodeDialog::CodeDialog(const QString &code, QWidget *parent)
    : FormDialog(tr("Code for another PC"), tr("Co&py"), parent), m_code(code)
{
    setObjectName(QStringLiteral("code"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(720, 380);
    auto *hint =
        label(tr("On the other PC choose “Connect to a server” and enter this code, or read it with a "
                 "scanner. It is good for one PC and seven days. Whoever has it can join the "
                 "hospital: give it to nobody else."),
              "muted");
    hint->setWordWrap(true);
    body()->addWidget(hint);
    auto *row = new QHBoxLayout;
    auto *form = new Form(1);
    auto *text = form->addText(QStringLiteral("code"), tr("Enrolment &code"), 1, 8);
    text->setPlainText(code);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    row->addWidget(form, 1);
    if (const QImage image = models::qrCode(code, 3); !image.isNull()) {
        auto *picture = new QLabel;
        picture->setObjectName(QStringLiteral("qr"));
        picture->setPixmap(QPixmap::fromImage(image));
        picture->setAccessibleName(tr("The code as a picture for scanners"));
        row->addWidget(picture, 0, Qt::AlignTop);
    }
    body()->addLayout(row);
    body()->addStretch();
}

void CodeDialog::save()
{
    QApplication::clipboard()->setText(m_code);
    accept();
}

} // namespace clinic::gui
