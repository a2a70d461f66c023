// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace clinic::gui {

class AmountEdit;

// The text in the fields of a widget, one line for each field ("Reference: 4711") and for each row of a
// table. Fields for passwords and fields marked as sensitive are left out.
[[nodiscard]] QString typedTextIn(const QWidget *root);

// Fields of one form: label above the editor as its buddy, help and fault below it. Faults are shown beside
// their field and summed up at the top; the first faulty field gets the focus.
class Form : public QWidget
{
    Q_OBJECT
public:
    explicit Form(int columns = 2, QWidget *parent = nullptr);

    // name is the service's column; span in grid columns.
    template <class Editor>
    Editor *add(const QString &name, const QString &labelText, Editor *editor, int span = 1,
                const QString &help = {})
    {
        place(name, labelText, editor, span, help);
        return editor;
    }
    QLineEdit *addLine(const QString &name, const QString &labelText, int span = 1, const QString &help = {});
    // A password or a code: no draft keeps it and no keyboard learns it. A password is not shown either.
    QLineEdit *addSecret(const QString &name, const QString &labelText, const QString &help = {},
                         QLineEdit::EchoMode shown = QLineEdit::Password);
    // Whether a secret can be read while it is typed: a code that is good once may be.
    static void setShown(QLineEdit *secret, QLineEdit::EchoMode shown);
    QPlainTextEdit *addSecretText(const QString &name, const QString &labelText, int lines);
    AmountEdit *addAmount(const QString &name, const QString &labelText, const QString &currency);
    QPlainTextEdit *addText(const QString &name, const QString &labelText, int span = 2, int lines = 3);
    QComboBox *addChoice(const QString &name, const QString &labelText, int span = 1);
    QCheckBox *addCheck(const QString &name, const QString &labelText, int span = 1);
    void setHelp(const QString &name, const QString &help);
    [[nodiscard]] QWidget *editor(const QString &name) const;

    void clearFaults();
    // Shows an error beside the field of that name, if any, and always in the summary.
    void showFault(const Error &error);
    // Only beside its field, while the form is being filled in; removed when the field changes.
    void showFaultBeside(const Error &error);
    [[nodiscard]] bool hasFaults() const { return m_faults > 0; }

Q_SIGNALS:
    void edited(); // the user changed a field

private:
    void markFault(const QString &name, const QString &text);
    void unmark(const QString &name);
    void place(const QString &name, const QString &labelText, QWidget *editor, int span, const QString &help);
    struct Field
    {
        QWidget *editor;
        QLabel *help;
        QString helpText;
    };
    QGridLayout *m_grid;
    QFrame *m_summary;
    QLabel *m_summaryText;
    QHash<QString, Field> m_fields;
    int m_columns;
    int m_row = 1;
    int m_column = 0;
    int m_faults = 0;
};

// A dialog with one form: Ctrl+Enter saves, Esc asks only after typing. Open with open(), never exec().
class FormDialog : public QDialog
{
    Q_OBJECT
public:
    FormDialog(const QString &title, const QString &saveText, QWidget *parent);

    // True when closing would lose typed text.
    [[nodiscard]] bool hasTyped() const { return isDirty(); }
    [[nodiscard]] QString typedText() const { return typedTextIn(this); }

protected:
    // The layout for derived forms.
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    [[nodiscard]] QHBoxLayout *buttons() const { return m_buttons; }
    [[nodiscard]] QPushButton *saveButton() const { return m_save; }
    virtual void save() = 0;
    // True when closing would lose typed text.
    [[nodiscard]] virtual bool isDirty() const = 0;
    // The user chose to discard the text.
    virtual void discarded() {}
    // For a form without anything to save: closed, not cancelled.
    void showOnly();
    // While it is saved, nothing in it can be changed, nor saved once more; it can be cancelled.
    void setBusy(bool busy);
    // Scrolls until all of it is visible.
    void showWhole(QWidget *part);
    void reject() override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void trySaving();

    QWidget *m_page;
    QVBoxLayout *m_body;
    QHBoxLayout *m_buttons;
    QPushButton *m_cancel;
    QPushButton *m_save;
    QList<QPointer<QWidget>> m_resting; // what is switched off while it is busy
    QPointer<QWidget> m_typedIn;        // where the focus was
    bool m_asking = false;
};

} // namespace clinic::gui
