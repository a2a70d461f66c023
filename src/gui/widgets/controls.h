// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "domain/access/intentions.h"

#include <QAbstractTableModel>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <functional>
#include <optional>

namespace clinic::gui {

// Plain text: markup in a name is shown, not rendered.
[[nodiscard]] QLabel *label(const QString &text, const char *role = nullptr, QWidget *parent = nullptr);
[[nodiscard]] QPushButton *button(const QString &text, const char *role, QObject *context,
                                  std::function<void()> clicked);
// A box with a border; its layout is vertical.
class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(const QString &heading = {}, const char *role = "card", QWidget *parent = nullptr);
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

private:
    QVBoxLayout *m_body;
};

// A bar for 0 to 100 percent; -1: unknown progress.
void showProgress(QProgressBar &bar, int percent);

// Sets a style property and applies the style again.
void setRole(QWidget *widget, const char *role);
void setInvalid(QWidget *widget, bool invalid);

// A combo box over (id, text) choices.
template <class List, class IdOf, class TextOf>
void fillChoices(QComboBox *box, const List &items, IdOf idOf, TextOf textOf, const QString &none = {})
{
    const QVariant before = box->currentData();
    box->clear();
    if (!none.isNull())
        box->addItem(none, QByteArray());
    for (const auto &item : items)
        box->addItem(textOf(item), idOf(item).toBytes());
    const int again = box->findData(before);
    box->setCurrentIndex(again >= 0 ? again : 0);
}

// The audit event for copying several rows of a list: its intention, with permission and proof, and its
// subject. nobody(): the list names no patient, and copying needs no permission and writes no event.
struct TakenAs
{
    std::optional<domain::IntentionId> what{};
    const char *entity = "";
    Id subject{};
    [[nodiscard]] static TakenAs nobody() { return {}; }
};

// Lists of the program: whole rows, keyboard, sorting by SortRole, a menu on the header that hides columns,
// a filter with Ctrl+F, copy with Ctrl+C, and in place of rows a sentence when there are none, something
// loads, or loading failed (with Retry).
class ListView : public QWidget
{
    Q_OBJECT
public:
    // name is the accessible name.
    ListView(const QString &name, QAbstractItemModel *model, const TakenAs &taken, QWidget *parent = nullptr);

    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] QModelIndex current() const; // in the source model's rows
    void select(int sourceRow);
    void setEmptyText(const QString &text, const QString &action = {}, std::function<void()> run = {});
    void showLoading();
    void showFailure(const QString &text, std::function<void()> retry);
    // Call after the model was filled: shows the rows, or the sentence for none.
    void showRows();
    [[nodiscard]] const TakenAs &takenAs() const { return m_taken; }
    // The selected rows to the clipboard, as a table with tabs.
    void copySelection() const;
    // Relative widths of the columns.
    void setStretch(const QList<int> &weights);

    // Order and hidden columns, for the owner to remember.
    [[nodiscard]] QString arrangement() const;
    void arrange(const QString &arrangement);

Q_SIGNALS:
    void arranged(); // the user moved or hid a column
    // The user copies several rows that name patients: the owner checks the permission and calls
    // copySelection(). A single row is copied at once.
    void manyRowsWanted();
    void opened(const QModelIndex &source); // Enter or double click
    void currentChanged(const QModelIndex &source);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyWidths();
    void chooseColumns(const QPoint &at);
    void showFilter();

    QAbstractItemModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QStackedWidget *m_stack;
    QTableView *m_table;
    QLineEdit *m_filter;
    QLabel *m_message;
    QPushButton *m_action;
    std::function<void()> m_run;
    QString m_emptyText;
    QString m_emptyAction;
    std::function<void()> m_emptyRun;
    QList<int> m_weights;
    TakenAs m_taken;
};

} // namespace clinic::gui
