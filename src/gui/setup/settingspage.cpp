// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setup/settingspage.h"

#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/language.h"

#include <QScrollArea>

namespace clinic::gui {
namespace settingspage {

using Choices = QList<QPair<QString, QString>>;

// A setting's allowed values with their labels; none for free text and numbers.
Choices choicesOf(QLatin1StringView key)
{
    using namespace domain::setting;
    if (key == QLatin1StringView(paper))
        return {{QStringLiteral("A4"), QStringLiteral("A4")},
                {QStringLiteral("Letter"), QStringLiteral("Letter")},
                {QStringLiteral("A5"), QStringLiteral("A5")},
                {QStringLiteral("80mm"), SettingsPage::tr("80 mm receipt")}};
    if (key == QLatin1StringView(theme))
        return {{QStringLiteral("system"), SettingsPage::tr("As the system")},
                {QStringLiteral("light"), SettingsPage::tr("Light")},
                {QStringLiteral("dark"), SettingsPage::tr("Dark")},
                {QStringLiteral("contrast"), SettingsPage::tr("High contrast")}};
    if (key == QLatin1StringView(refundApproval))
        return {{QStringLiteral("true"), SettingsPage::tr("Yes")},
                {QStringLiteral("false"), SettingsPage::tr("No")}};
    if (key == QLatin1StringView(language)) {
        Choices choices{{QString(), SettingsPage::tr("As the system")}};
        for (const QString &code : models::shippedLanguages())
            choices << qMakePair(code, models::languageName(code));
        return choices;
    }
    return {};
}

} // namespace settingspage

SettingsPage::SettingsPage(Shell &shell) : Screen(shell), m_form(new Form)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Settings"), "title"));
    top->addStretch();
    m_save = button(tr("&Save"), "primary", this, [this] { save(); });
    top->addWidget(m_save);
    layout->addLayout(top);
    auto *hint = label(tr("These settings apply to everybody in the hospital. What a person chooses under My "
                          "account takes precedence."),
                       "muted");
    hint->setWordWrap(true);
    layout->addWidget(hint);
    for (const auto &info : domain::allSettings()) {
        if (info.allows(domain::SettingScope::Hospital))
            addEditor(info);
    }
    auto *card = new Card;
    card->body()->addWidget(m_form);
    auto *page = new QWidget;
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->addWidget(card);
    pageLayout->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    layout->addWidget(scroll, 1);
    connect(m_form, &Form::edited, this, [this] {
        m_dirty = true;
        m_save->setEnabled(true);
    });
    m_save->setEnabled(false);
}

QWidget *SettingsPage::firstFocus()
{
    return m_form->editor(QString::fromLatin1(domain::allSettings().front().key));
}

void SettingsPage::addEditor(const domain::SettingInfo &info)
{
    const QString key = QString::fromLatin1(info.key);
    const QString caption = models::settingLabel(key);
    const auto choices = settingspage::choicesOf(QLatin1StringView(info.key));
    if (choices.isEmpty()) {
        m_form->addLine(key, caption);
        return;
    }
    auto *box = m_form->addChoice(key, caption);
    for (const auto &[code, name] : choices)
        box->addItem(name, code);
}

void SettingsPage::refresh()
{
    if (m_dirty) // typed text stays
        return;
    workspace().setup.hospitalSettings(this, [this](const Result<QHash<QString, QString>> &values) {
        if (!values)
            shell().sayError(values.error());
        else
            show(*values);
    });
}

void SettingsPage::show(const QHash<QString, QString> &values)
{
    m_stored = values;
    for (auto it = values.begin(); it != values.end(); ++it) {
        QWidget *editor = m_form->editor(it.key());
        if (auto *line = qobject_cast<QLineEdit *>(editor))
            line->setText(it.value());
        else if (auto *box = qobject_cast<QComboBox *>(editor))
            box->setCurrentIndex(qMax(0, box->findData(it.value())));
    }
    m_dirty = false;
    m_save->setEnabled(false);
}

QString SettingsPage::typed(const QString &key) const
{
    QWidget *editor = m_form->editor(key);
    if (const auto *line = qobject_cast<QLineEdit *>(editor))
        return line->text().trimmed();
    const auto *box = qobject_cast<QComboBox *>(editor);
    return box ? box->currentData().toString() : m_stored.value(key);
}

void SettingsPage::save()
{
    m_form->clearFaults();
    QHash<QString, QString> changed;
    for (auto it = m_stored.begin(); it != m_stored.end(); ++it) {
        const QString value = typed(it.key());
        if (m_form->editor(it.key()) && value != it.value())
            changed.insert(it.key(), value);
    }
    m_save->setEnabled(false);
    workspace().setup.saveHospitalSettings(this, changed,
                                           [this, changed](const Result<services::Done> &done) {
                                               if (!done) {
                                                   m_save->setEnabled(true);
                                                   m_form->showFault(done.error());
                                                   return;
                                               }
                                               m_dirty = false;
                                               refresh();
                                               shell().say(tr("Saved."));
                                           });
}

} // namespace clinic::gui
