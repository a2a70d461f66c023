// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/controls.h"

#include "models/labels.h"
#include "models/rowsmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QStyledItemDelegate>

namespace clinic::gui {

QLabel *label(const QString &text, const char *role, QWidget *parent)
{
    auto *l = new QLabel(parent);
    l->setTextFormat(Qt::PlainText);
    // A Latin name in an Arabic window is aligned with the window's direction.
    l->setAlignment((QGuiApplication::isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute |
                    Qt::AlignVCenter);
    l->setText(text);
    if (role)
        l->setProperty("role", QString::fromLatin1(role));
    return l;
}

QPushButton *button(const QString &text, const char *role, QObject *context, std::function<void()> clicked)
{
    auto *b = new QPushButton(text);
    b->setAutoDefault(false);
    if (role)
        b->setProperty("role", QString::fromLatin1(role));
    QObject::connect(b, &QPushButton::clicked, context, [clicked = std::move(clicked)] { clicked(); });
    return b;
}

Card::Card(const QString &heading, const char *role, QWidget *parent)
    : QFrame(parent), m_body(new QVBoxLayout(this))
{
    setProperty("role", QString::fromLatin1(role));
    m_body->setContentsMargins(14, 12, 14, 12);
    m_body->setSpacing(8);
    if (!heading.isEmpty())
        m_body->addWidget(label(heading, "heading"));
}

namespace controls {

void restyle(QWidget *widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace controls

void showProgress(QProgressBar &bar, int percent)
{
    bar.setRange(0, percent < 0 ? 0 : 100);
    bar.setValue(percent);
}

void setRole(QWidget *widget, const char *role)
{
    widget->setProperty("role", QString::fromLatin1(role));
    controls::restyle(widget);
}

void setInvalid(QWidget *widget, bool invalid)
{
    if (widget->property("invalid").toBool() == invalid)
        return;
    widget->setProperty("invalid", invalid);
    controls::restyle(widget);
}

namespace controls {

// One line of text per cell: the style's own painting measures every text three times.
class RowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter->fillRect(option.rect, option.palette.highlight());
        else if (option.features & QStyleOptionViewItem::Alternate)
            painter->fillRect(option.rect, option.palette.alternateBase());
        QString text = displayText(index.data(), option.locale);
        if (text.isEmpty())
            return;
        const QVariant font = index.data(Qt::FontRole);
        painter->setFont(font.isValid() ? font.value<QFont>() : option.font);
        const QVariant colour = index.data(Qt::ForegroundRole);
        painter->setPen(colour.isValid() && !selected ? colour.value<QBrush>().color()
                        : selected                    ? option.palette.color(QPalette::HighlightedText)
                                                      : option.palette.color(QPalette::Text));
        const QRect inside = option.rect.adjusted(padding, 0, -padding, 0);
        text = painter->fontMetrics().elidedText(text, option.textElideMode, inside.width());
        const QVariant wanted = index.data(Qt::TextAlignmentRole);
        const auto alignment =
            wanted.isValid() ? Qt::Alignment(wanted.toInt()) : Qt::Alignment(Qt::AlignLeading);
        painter->drawText(inside,
                          int(QStyle::visualAlignment(option.direction, alignment | Qt::AlignVCenter)) |
                              Qt::TextSingleLine,
                          text);
    }

private:
    static constexpr int padding = 8;
};

} // namespace controls

using controls::RowDelegate;

ListView::ListView(const QString &name, QAbstractItemModel *model, const TakenAs &taken, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_proxy(new QSortFilterProxyModel(this)),
      m_stack(new QStackedWidget(this)),
      m_table(new QTableView),
      m_filter(new QLineEdit),
      m_taken(taken)
{
    m_proxy->setSourceModel(model);
    m_proxy->setSortRole(models::SortRole);
    m_proxy->setSortLocaleAware(true);
    m_table->setModel(m_proxy);
    m_table->setAccessibleName(name);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 14);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsMovable(true);
    m_table->setSortingEnabled(true);
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_proxy->sort(-1);
    m_table->installEventFilter(this);

    auto *empty = new QWidget;
    auto *layout = new QVBoxLayout(empty);
    m_message = label(QString(), "muted");
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_action = new QPushButton;
    m_action->setProperty("role", QStringLiteral("primary"));
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_run)
            m_run();
    });
    layout->addStretch();
    layout->addWidget(m_message);
    layout->addWidget(m_action, 0, Qt::AlignCenter);
    layout->addStretch();
    m_stack->addWidget(m_table);
    m_stack->addWidget(empty);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setPlaceholderText(tr("Show only rows with …"));
    m_filter->setAccessibleName(tr("Filter: %1").arg(name));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_filter->hide();
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    auto *header = m_table->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &ListView::chooseColumns);
    connect(header, &QHeaderView::sectionMoved, this, &ListView::arranged);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(6);
    outer->addWidget(m_filter);
    outer->addWidget(m_stack);
    setFocusProxy(m_table);

    connect(m_table, &QTableView::doubleClicked, this,
            [this](const QModelIndex &i) { Q_EMIT opened(m_proxy->mapToSource(i)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &i) { Q_EMIT currentChanged(m_proxy->mapToSource(i)); });
}

QModelIndex ListView::current() const
{
    return m_proxy->mapToSource(m_table->currentIndex());
}

void ListView::select(int sourceRow)
{
    const QModelIndex index = m_proxy->mapFromSource(m_model->index(sourceRow, 0));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void ListView::setEmptyText(const QString &text, const QString &action, std::function<void()> run)
{
    m_emptyText = text;
    m_emptyAction = action;
    m_emptyRun = std::move(run);
}

void ListView::showLoading()
{
    if (m_model->rowCount() > 0)
        return; // the frame and its content stay until there is a newer one
    m_message->setText(tr("Loading …"));
    m_action->hide();
    m_stack->setCurrentIndex(1);
}

void ListView::showFailure(const QString &text, std::function<void()> retry)
{
    m_message->setText(text);
    m_action->setText(tr("Try again"));
    m_run = std::move(retry);
    m_action->show();
    m_stack->setCurrentIndex(1);
}

void ListView::showRows()
{
    const bool empty = m_model->rowCount() == 0;
    if (empty) {
        m_message->setText(m_emptyText);
        m_action->setText(m_emptyAction);
        m_action->setVisible(!m_emptyAction.isEmpty());
        m_run = m_emptyRun;
    }
    m_stack->setCurrentIndex(empty ? 1 : 0);
    applyWidths();
}

void ListView::setStretch(const QList<int> &weights)
{
    m_weights = weights;
    applyWidths();
}

void ListView::applyWidths()
{
    int total = 0;
    auto *header = m_table->horizontalHeader();
    for (int i = 0; i < m_weights.size(); ++i)
        total += header->isSectionHidden(i) ? 0 : m_weights[i];
    if (total == 0)
        return;
    // The last column takes the remaining width, so that rounding never brings a scroll bar.
    const int width = m_table->contentsRect().width() - m_table->verticalScrollBar()->sizeHint().width() - 2;
    int last = 0; // of visible columns, in order on screen
    for (int place = 0; place < header->count(); ++place) {
        if (!header->isSectionHidden(header->logicalIndex(place)))
            last = header->logicalIndex(place);
    }
    if (last >= m_weights.size())
        return;
    const int lastWidth = qMax(header->sectionSizeHint(last), width * m_weights[last] / total);
    int left = width;
    for (int i = 0; i < m_weights.size(); ++i) {
        if (i == last || header->isSectionHidden(i))
            continue;
        const int share = (width - lastWidth) * m_weights[i] / qMax(1, total - m_weights[last]);
        m_table->setColumnWidth(i, qMax(header->sectionSizeHint(i), share));
        left -= m_table->columnWidth(i);
    }
    m_table->setColumnWidth(last, qMax(header->sectionSizeHint(last), left));
}

QString ListView::arrangement() const
{
    const auto *header = m_table->horizontalHeader();
    QStringList columns;
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        columns << (header->isSectionHidden(column) ? QStringLiteral("-") : QString()) +
                       QString::number(column);
    }
    return columns.join(u' ');
}

void ListView::arrange(const QString &arrangement)
{
    auto *header = m_table->horizontalHeader();
    const QStringList columns = arrangement.split(u' ', Qt::SkipEmptyParts);
    if (columns.size() != header->count()) // another version's: ignored
        return;
    const QSignalBlocker quiet(header);
    for (int place = 0; place < columns.size(); ++place) {
        const bool hidden = columns[place].startsWith(u'-');
        const int column = columns[place].mid(hidden ? 1 : 0).toInt();
        if (column < 0 || column >= header->count())
            return;
        header->moveSection(header->visualIndex(column), place);
        header->setSectionHidden(column, hidden && column > 0);
    }
    applyWidths();
}

void ListView::chooseColumns(const QPoint &at)
{
    auto *header = m_table->horizontalHeader();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < m_proxy->columnCount(); ++column) {
        auto *action = menu->addAction(m_proxy->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(column > 0); // the first column identifies the row
        connect(action, &QAction::toggled, this, [this, header, column](bool shown) {
            header->setSectionHidden(column, !shown);
            applyWidths();
            Q_EMIT arranged();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("Filter …"), QKeySequence::Find, this, &ListView::showFilter);
    menu->popup(header->mapToGlobal(at));
}

void ListView::showFilter()
{
    m_filter->show();
    m_filter->setFocus();
    m_filter->selectAll();
}

void ListView::copySelection() const
{
    QStringList lines;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < m_proxy->columnCount(); ++column)
            cells << models::withoutIsolates(row.siblingAtColumn(column).data().toString());
        lines << cells.join(u'\t');
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

bool ListView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        applyWidths();
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (watched == m_filter) {
            if (key->key() == Qt::Key_Escape) {
                m_filter->clear();
                m_filter->hide();
                m_table->setFocus();
                return true;
            }
            if (key->key() == Qt::Key_Down) {
                m_table->setFocus();
                return true;
            }
            return QWidget::eventFilter(watched, event);
        }
        if (key->matches(QKeySequence::Find)) {
            showFilter();
            return true;
        }
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            m_table->currentIndex().isValid()) {
            Q_EMIT opened(current());
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            if (m_taken.what && m_table->selectionModel()->selectedRows().size() > 1)
                Q_EMIT manyRowsWanted();
            else
                copySelection();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace clinic::gui
