// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/form.h"

#include "gui/widgets/amountedit.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/typedday.h"
#include "models/errortext.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QMessageBox>
#include <QScreen>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>

namespace clinic::gui {
namespace formdetail {

constexpr Qt::InputMethodHints neverKept =
    Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase;

} // namespace formdetail

Form::Form(int columns, QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)), m_columns(columns)
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(2);
    m_summary = new Card(QString(), "bad");
    m_summaryText = label(QString());
    m_summaryText->setWordWrap(true);
    static_cast<Card *>(m_summary)->body()->addWidget(m_summaryText);
    m_summary->hide();
    m_grid->addWidget(m_summary, 0, 0, 1, columns);
    for (int i = 0; i < columns; ++i)
        m_grid->setColumnStretch(i, 1);
}

void Form::place(const QString &name, const QString &labelText, QWidget *editor, int span,
                 const QString &help)
{
    span = qMin(span, m_columns);
    if (m_column + span > m_columns) {
        m_column = 0;
        m_row += 3;
    }
    auto *caption = label(labelText);
    caption->setTextFormat(Qt::PlainText);
    caption->setBuddy(editor);
    editor->setObjectName(name);
    if (editor->accessibleName().isEmpty())
        editor->setAccessibleName(QString(labelText).remove(u'&'));
    auto *below = label(help, "help");
    below->setWordWrap(true);
    below->setVisible(!help.isEmpty());
    m_grid->addWidget(caption, m_row, m_column, 1, span, Qt::AlignBottom);
    m_grid->addWidget(editor, m_row + 1, m_column, 1, span);
    m_grid->addWidget(below, m_row + 2, m_column, 1, span, Qt::AlignTop);
    m_grid->setRowMinimumHeight(m_row + 2, 12);
    m_fields.insert(name, {editor, below, help});
    m_column += span;
}

QLineEdit *Form::addLine(const QString &name, const QString &labelText, int span, const QString &help)
{
    auto *edit = add(name, labelText, new QLineEdit, span, help);
    edit->setMaxLength(5000); // no form cuts longer pastes: services check the length
    // Not textEdited: screen readers and dictation set the text, which counts as typed.
    connect(edit, &QLineEdit::textChanged, this, &Form::edited);
    return edit;
}

QLineEdit *Form::addSecret(const QString &name, const QString &labelText, const QString &help,
                           QLineEdit::EchoMode shown)
{
    auto *edit = addLine(name, labelText, 1, help);
    setShown(edit, shown);
    return edit;
}

void Form::setShown(QLineEdit *secret, QLineEdit::EchoMode shown)
{
    secret->setEchoMode(shown); // which clears the hints of what can be read
    secret->setInputMethodHints(secret->inputMethodHints() | formdetail::neverKept);
}

QPlainTextEdit *Form::addSecretText(const QString &name, const QString &labelText, int lines)
{
    auto *edit = addText(name, labelText, 1, lines);
    edit->setInputMethodHints(edit->inputMethodHints() | formdetail::neverKept);
    return edit;
}

AmountEdit *Form::addAmount(const QString &name, const QString &labelText, const QString &currency)
{
    auto *edit = add(name, labelText, new AmountEdit(currency));
    connect(edit, &AmountEdit::unreadable, this, &Form::showFaultBeside);
    connect(edit, &QLineEdit::textChanged, this, [this, name] { unmark(name); });
    connect(edit, &QLineEdit::textChanged, this, &Form::edited);
    return edit;
}

QPlainTextEdit *Form::addText(const QString &name, const QString &labelText, int span, int lines)
{
    auto *edit = add(name, labelText, new QPlainTextEdit, span);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * lines + 20);
    connect(edit, &QPlainTextEdit::textChanged, this, &Form::edited);
    return edit;
}

QComboBox *Form::addChoice(const QString &name, const QString &labelText, int span)
{
    auto *box = add(name, labelText, new QComboBox, span);
    connect(box, &QComboBox::activated, this, &Form::edited);
    connect(box, &QComboBox::editTextChanged, this, &Form::edited);
    return box;
}

QCheckBox *Form::addCheck(const QString &name, const QString &labelText, int span)
{
    auto *box = new QCheckBox(labelText);
    place(name, QString(), box, span, QString());
    box->setAccessibleName(QString(labelText).remove(u'&'));
    connect(box, &QCheckBox::clicked, this, &Form::edited);
    return box;
}

void Form::setHelp(const QString &name, const QString &help)
{
    auto it = m_fields.find(name);
    if (it == m_fields.end())
        return;
    it->helpText = help;
    if (!it->editor->property("invalid").toBool()) {
        it->help->setText(help);
        it->help->setVisible(!help.isEmpty());
    }
}

QWidget *Form::editor(const QString &name) const
{
    return m_fields.value(name).editor;
}

void Form::clearFaults()
{
    m_faults = 0;
    m_summary->hide();
    m_summaryText->clear();
    for (auto it = m_fields.begin(); it != m_fields.end(); ++it)
        unmark(it.key());
}

void Form::unmark(const QString &name)
{
    const auto it = m_fields.constFind(name);
    if (it == m_fields.constEnd())
        return;
    setInvalid(it->editor, false);
    setRole(it->help, "help");
    it->help->setText(it->helpText);
    it->help->setVisible(!it->helpText.isEmpty());
}

void Form::markFault(const QString &name, const QString &text)
{
    const auto it = m_fields.constFind(name);
    if (it == m_fields.constEnd())
        return;
    setInvalid(it->editor, true);
    setRole(it->help, "error");
    it->help->setText(text);
    it->help->show();
    it->editor->setAccessibleDescription(text);
}

void Form::showFaultBeside(const Error &error)
{
    markFault(error.field, models::errorText(error));
}

void Form::showFault(const Error &error)
{
    const QString text = models::errorText(error);
    const auto it = m_fields.constFind(error.field);
    if (it != m_fields.constEnd()) {
        markFault(error.field, text);
        if (m_faults == 0)
            it->editor->setFocus();
    }
    m_summaryText->setText(m_summaryText->text().isEmpty() ? text : m_summaryText->text() + u'\n' + text);
    m_summary->show();
    ++m_faults;
}

namespace formdetail {

bool isSecret(const QWidget *field)
{
    const auto *line = qobject_cast<const QLineEdit *>(field);
    return (line && line->echoMode() != QLineEdit::Normal) ||
           field->inputMethodHints() & Qt::ImhSensitiveData;
}

// The cells of a table that a person can change, row by row, and the cell that is being typed.
QStringList typedRows(const QTableWidget *table)
{
    QStringList rows;
    for (int row = 0; row < table->rowCount(); ++row) {
        QStringList cells;
        bool isOurs = false;
        for (int column = 0; column < table->columnCount(); ++column) {
            const auto *item = table->item(row, column);
            if (!item)
                continue;
            isOurs |= bool(item->flags() & Qt::ItemIsEditable);
            cells << item->text().trimmed();
        }
        cells.removeAll(QString());
        if (isOurs)
            rows << cells.join(QStringLiteral(" · "));
    }
    for (const auto *line : table->viewport()->findChildren<QLineEdit *>())
        rows << line->text();
    return rows;
}

} // namespace formdetail

QString typedTextIn(const QWidget *root)
{
    QStringList lines;
    const auto add = [&lines](const QWidget *field, const QString &text) {
        if (!text.trimmed().isEmpty())
            lines << QStringLiteral("%1: %2").arg(field->accessibleName(), text.trimmed());
    };
    for (const auto *field : root->findChildren<QWidget *>()) {
        // A spin box, an editable list or an open cell has a line edit inside. A day that is being typed
        // counts beside the field's former one.
        const auto *parent = field->parentWidget();
        const bool isPart = qobject_cast<const QAbstractSpinBox *>(parent) ||
                            qobject_cast<const QComboBox *>(parent) ||
                            qobject_cast<const QTableWidget *>(parent->parentWidget());
        if (isPart || formdetail::isSecret(field))
            continue;
        if (const auto *line = qobject_cast<const QLineEdit *>(field); line && !line->isReadOnly())
            add(line, line->text());
        else if (const auto *text = qobject_cast<const QPlainTextEdit *>(field); text && !text->isReadOnly())
            add(text, text->toPlainText());
        else if (const auto *box = qobject_cast<const QComboBox *>(field))
            add(box, box->currentText());
        else if (const auto *spin = qobject_cast<const QAbstractSpinBox *>(field);
                 spin && !spin->isReadOnly())
            add(spin, spin->text());
        else if (const auto *table = qobject_cast<const QTableWidget *>(field))
            for (const QString &row : formdetail::typedRows(table))
                add(table, row);
    }
    return lines.join(u'\n');
}

FormDialog::FormDialog(const QString &title, const QString &saveText, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(20, 16, 20, 16);
    outer->setSpacing(12);
    outer->addWidget(label(title, "title"));
    // For small screens and large type the form scrolls, and its buttons stay visible.
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_page = new QWidget;
    m_body = new QVBoxLayout(m_page);
    m_body->setContentsMargins(0, 0, 4, 0);
    m_body->setSpacing(10);
    scroll->setWidget(m_page);
    outer->addWidget(scroll, 1);
    m_buttons = new QHBoxLayout;
    m_buttons->addStretch();
    m_cancel = button(tr("Cancel"), nullptr, this, [this] { reject(); });
    m_save = button(saveText, "primary", this, [this] { trySaving(); });
    m_save->setToolTip(tr("Ctrl+Enter"));
    m_buttons->addWidget(m_cancel);
    m_buttons->addWidget(m_save);
    outer->addLayout(m_buttons);
}

void FormDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    // As large as its content, within the screen; the rest scrolls.
    const int wide = m_body->sizeHint().width() + layout()->contentsMargins().left() * 2 +
                     style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 8;
    const int wanted = m_body->sizeHint().height() + layout()->sizeHint().height() -
                       findChild<QScrollArea *>()->sizeHint().height() + 24;
    const int most = screen() ? screen()->availableGeometry().height() * 9 / 10 : wanted;
    const int widest = screen() ? screen()->availableGeometry().width() * 19 / 20 : wide;
    resize(qMin(qMax(width(), wide), widest), qBound(220, wanted, most));
}

void FormDialog::showOnly()
{
    m_save->hide();
    m_cancel->setText(tr("Close"));
}

void FormDialog::showWhole(QWidget *part)
{
    findChild<QScrollArea *>()->ensureWidgetVisible(part, 0, 12);
}

void FormDialog::setBusy(bool busy)
{
    if (busy && m_resting.isEmpty()) {
        m_typedIn = focusWidget();
        setFocus(); // not to Cancel, where a second Enter would land
        m_resting << m_page;
        for (int i = 0; i < m_buttons->count(); ++i) {
            auto *each = m_buttons->itemAt(i)->widget();
            if (each && each != m_cancel && each != m_save && each->isEnabled())
                m_resting << each;
        }
        for (const auto &each : std::as_const(m_resting))
            each->setEnabled(false);
    }
    m_save->setEnabled(!busy);
    if (busy)
        return;
    for (const auto &each : std::exchange(m_resting, {})) {
        if (each)
            each->setEnabled(true);
    }
    if (auto *before = std::exchange(m_typedIn, nullptr).data(); before && focusWidget() == this)
        before->setFocus();
}

void FormDialog::reject()
{
    if (!isDirty()) {
        QDialog::reject();
        return;
    }
    if (m_asking)
        return;
    m_asking = true;
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Throw away what you typed?"),
                        tr("What you typed here has not been saved."), QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    auto *keep = question->addButton(tr("Keep typing"), QMessageBox::RejectRole);
    auto *away = question->addButton(tr("Throw away"), QMessageBox::DestructiveRole);
    question->setDefaultButton(keep);
    connect(question, &QMessageBox::finished, this, [this, question, away] {
        m_asking = false;
        if (question->clickedButton() == away) {
            discarded();
            QDialog::reject();
        }
    });
    question->open();
}

void FormDialog::trySaving()
{
    if (!TypedDay::findsUnread(this) && m_save->isEnabled()) // a day taken only now may forbid it
        save();
}

void FormDialog::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() & Qt::ControlModifier) {
        if (m_save->isEnabled())
            trySaving();
        return;
    }
    if (enter) // Enter in a field must not save an incomplete form
        return;
    QDialog::keyPressEvent(event);
}

} // namespace clinic::gui
