// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/keepdialog.h"

#include "domain/setup/scopes.h"
#include "gui/widgets/controls.h"

namespace clinic::gui {

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
    const bool everything = scopes.isEmpty() || domain::keepsEverything(scopes);
    auto *list = new QVBoxLayout;
    list->setContentsMargins(28, 0, 0, 0);
    for (const auto &branch : branches) {
        auto *box = new QCheckBox(QString(branch.name).replace(u'&', QStringLiteral("&&")));
        box->setChecked(domain::keepsBranch(scopes, branch.id) && !everything);
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
    QByteArray scopes(domain::everythingScope);
    if (m_some->isChecked()) {
        scopes = domain::sharedScope;
        for (const auto &[branch, box] : std::as_const(m_branches)) {
            if (box->isChecked())
                scopes += ' ' + domain::scopeOfBranch(branch);
        }
    }
    Q_EMIT chosen(scopes);
    accept();
}

QString keptText(const QByteArray &scopes, const QList<domain::Branch> &branches)
{
    if (domain::keepsEverything(scopes))
        return KeepDialog::tr("Everything");
    QStringList names;
    for (const auto &branch : branches) {
        if (domain::keepsBranch(scopes, branch.id))
            names << branch.name;
    }
    return names.join(QStringLiteral(", "));
}

} // namespace clinic::gui
