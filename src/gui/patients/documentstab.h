// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

#include <QTemporaryDir>
#include <QTimer>

namespace clinic::gui {

// A patient's documents: what they are and where their bytes lie; added by button or by dropping files,
// opened here or in the program the system has for them.
class DocumentsTab : public QWidget
{
    Q_OBJECT
public:
    DocumentsTab(Shell &shell, const Id &patient);
    void refresh();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Then { Open, SaveCopy };
    void add(const QStringList &paths);
    void change();
    void takeOff();
    void fetch(Then then);
    void fetched(const domain::Document &document, const QByteArray &bytes, Then then);
    void openElsewhere(const domain::Document &document, const QByteArray &bytes);
    void open(const domain::Document &document, const QByteArray &bytes);
    void saveCopy(const domain::Document &document, const QByteArray &bytes);
    void moved(const QString &content);
    void updateButtons();
    [[nodiscard]] const models::DocumentView *chosen() const;

    Shell &m_shell;
    Id m_patient;
    models::RowsModel<models::DocumentView> *m_documents;
    ListView *m_list;
    QPushButton *m_open;
    QPushButton *m_save;
    QPushButton *m_change;
    QPushButton *m_takeOff;
    QTimer m_look;                           // many pieces move in a moment
    std::unique_ptr<QTemporaryDir> m_copies; // what other programs show; goes with the tab
    int m_copy = 0;
    QString m_awaited; // content of the one that opens when it is here
    Then m_then = Then::Open;
};

// Title and kind of a document, before it is kept or later.
class DocumentDialog : public FormDialog
{
    Q_OBJECT
public:
    DocumentDialog(const QString &title, const domain::Document &document, QWidget *parent);
    // The error of what `chosen` began, or that it is done.
    void finish(const Result<domain::Document> &saved);

Q_SIGNALS:
    void chosen(const clinic::domain::Document &document);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    domain::Document m_document;
    Form *m_form;
    bool m_dirty = false;
};

} // namespace clinic::gui
