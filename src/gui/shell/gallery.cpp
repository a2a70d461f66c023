// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/gallery.h"

#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "gui/widgets/timefields.h"
#include "models/errortext.h"
#include "models/rowsmodel.h"

#include <QProgressBar>
#include <QScrollArea>
#include <QTabWidget>

namespace clinic::gui {

Gallery::Gallery(Theme &theme, QWidget *parent) : QDialog(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("gallery"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Widget gallery"));
    resize(1100, 760);
    auto *outer = new QVBoxLayout(this);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Widget gallery"), "title"));
    top->addStretch();
    for (const auto &[code, name] :
         {std::pair{"light", tr("Light")}, {"dark", tr("Dark")}, {"contrast", tr("High contrast")}}) {
        top->addWidget(button(name, nullptr, this,
                              [this, code = QString::fromLatin1(code)] { m_theme.apply(code, 100); }));
    }
    outer->addLayout(top);
    auto *page = new QWidget;
    auto *columns = new QHBoxLayout(page);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    addWords(left);
    addButtons(left);
    addForm(right);
    addLists(right);
    left->addStretch();
    right->addStretch();
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    outer->addWidget(scroll, 1);
}

void Gallery::addWords(QVBoxLayout *into)
{
    auto *card = new Card(tr("Words"));
    for (const char *role : {"title", "heading", "value", "", "muted", "help", "error"})
        card->body()->addWidget(label(QStringLiteral("%1: %2").arg(QLatin1StringView(*role ? role : "plain"),
                                                                   tr("What a label looks like")),
                                      *role ? role : nullptr));
    into->addWidget(card);
    for (const char *role : {"card", "warn", "bad", "good"}) {
        auto *box = new Card(QString(), role);
        box->body()->addWidget(label(QString::fromLatin1(role)));
        into->addWidget(box);
    }
}

void Gallery::addButtons(QVBoxLayout *into)
{
    auto *card = new Card(tr("Buttons and choices"));
    for (const char *role : {"", "primary", "danger", "link"}) {
        auto *row = new QHBoxLayout;
        for (const bool enabled : {true, false}) {
            auto *b = button(QStringLiteral("%1%2").arg(QLatin1StringView(*role ? role : "plain"),
                                                        enabled ? QString() : tr(" (disabled)")),
                             *role ? role : nullptr, this, [] {});
            b->setEnabled(enabled);
            row->addWidget(b);
        }
        card->body()->addLayout(row);
    }
    for (const bool enabled : {true, false}) {
        auto *row = new QHBoxLayout;
        auto *check = new QCheckBox(tr("Check box"));
        check->setChecked(true);
        auto *choice = new QComboBox;
        choice->setAccessibleName(tr("Choice"));
        choice->addItems({tr("First"), tr("Second")});
        auto *date = new DayEdit(QDate(2026, 3, 2));
        date->setAccessibleName(tr("Date"));
        for (QWidget *w :
             {static_cast<QWidget *>(check), static_cast<QWidget *>(choice), static_cast<QWidget *>(date)}) {
            w->setEnabled(enabled);
            row->addWidget(w);
        }
        card->body()->addLayout(row);
    }
    auto *progress = new QProgressBar;
    progress->setAccessibleName(tr("Progress"));
    progress->setValue(40);
    card->body()->addWidget(progress);
    into->addWidget(card);
}

void Gallery::addForm(QVBoxLayout *into)
{
    auto *card = new Card(tr("A form with a fault"));
    auto *form = new Form;
    form->addLine(QStringLiteral("family_name"), tr("&Family name"))->setText(QStringLiteral("Moyo"));
    form->addLine(QStringLiteral("phone"), tr("&Phone"), 1, tr("Help stands under the field"))
        ->setText(QStringLiteral("12"));
    form->addChoice(QStringLiteral("sex"), tr("Se&x"))->addItem(tr("Please choose"));
    form->addLine(QStringLiteral("number"), tr("&Number"))->setEnabled(false);
    form->addText(QStringLiteral("remarks"), tr("&Remarks"));
    form->showFault(Error(ErrorCode::BadPhone, QStringLiteral("phone")));
    card->body()->addWidget(form);
    into->addWidget(card);
}

void Gallery::addLists(QVBoxLayout *into)
{
    auto *tabs = new QTabWidget;
    tabs->setAccessibleName(tr("States of a list"));
    const auto list = [&](const QString &name) {
        auto *model = new models::RowsModel<int>({{tr("Number"), [](int n) { return QVariant(n); }},
                                                  {tr("Square"), [](int n) { return QVariant(n * n); }}},
                                                 this);
        auto *view = new ListView(name, model, TakenAs::nobody());
        view->setMinimumHeight(180);
        tabs->addTab(view, name);
        return std::pair{view, model};
    };
    const auto [rows, model] = list(tr("Rows"));
    model->setRows({1, 2, 3, 4});
    rows->showRows();
    const auto [empty, none] = list(tr("Empty"));
    empty->setEmptyText(tr("Nothing here yet."), tr("Add the first"), [] {});
    empty->showRows();
    list(tr("Loading")).first->showLoading();
    list(tr("Failed")).first->showFailure(models::errorText(Error(ErrorCode::DiskFull)), [] {});
    into->addWidget(tabs);
}

} // namespace clinic::gui
