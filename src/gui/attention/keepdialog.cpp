// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/keepdialog.h"

#include "gui/widgets/controls.h"

namespace clinic::gui {
namespace {

QByteArray scopeOfBranch(const Id &branch)
{
    return "B:" + branch.toString().toLatin1();
}

} // namespace

KeepDialog::KeepDialog(const QString &title, const QString &hint, const QString &saveText,
                       const QList<domain::Branch> &branches, const QByteArray &scopes, QWidget *parent)
    : FormDialog(title, saveText, parent)
{
    setObjectName(QStringLiteral("keep"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(480, 320);
    auto *text = label(hint, "muted");
    text->setWordWrap(true);
    body()->addWidget(text);
    m_everything = new QRadioButton(tr("&Everything, also branches that come later"));
    m_some = new QRadioButton(tr("&Only these branches:"));
    body()->addWidget(m_everything);
    body()->addWidget(m_some);
    auto *list = new QVBoxLayout;
    list->setContentsMargins(28, 0, 0, 0);
    const auto now = scopes.split(' ');
    for (const auto &branch : branches) {
        auto *box = new QCheckBox(QString(branch.name).replace(u'&', QStringLiteral("&&")));
        box->setChecked(now.contains(scopeOfBranch(branch.id)));
        connect(box, &QCheckBox::toggled, this, [this](bool on) {
            if (on)
                m_some->setChecked(true);
            updateButtons();
        });
        m_branches << std::make_pair(branch.id, box);
        list->addWidget(box);
    }
    body()->addLayout(list);
    body()->addStretch();
    const bool everything = scopes.isEmpty() || now.contains("*");
    (everything ? m_everything : m_some)->setChecked(true);
    connect(m_everything, &QRadioButton::toggled, this, &KeepDialog::updateButtons);
    updateButtons();
    (everything ? m_everything : m_some)->setFocus();
}

void KeepDialog::updateButtons()
{
    const bool any = std::any_of(m_branches.begin(), m_branches.end(),
                                 [](const auto &b) { return b.second->isChecked(); });
    saveButton()->setEnabled(m_everything->isChecked() || any);
}

void KeepDialog::save()
{
    QByteArray scopes("*");
    if (m_some->isChecked()) {
        scopes = "T";
        for (const auto &[branch, box] : std::as_const(m_branches)) {
            if (box->isChecked())
                scopes += ' ' + scopeOfBranch(branch);
        }
    }
    Q_EMIT chosen(scopes);
    accept();
}

QString keptText(const QByteArray &scopes, const QList<domain::Branch> &branches)
{
    if (scopes == "*")
        return KeepDialog::tr("Everything");
    QStringList names;
    for (const auto &branch : branches) {
        if (scopes.split(' ').contains(scopeOfBranch(branch.id)))
            names << branch.name;
    }
    return names.join(QStringLiteral(", "));
}

} // namespace clinic::gui
