// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/importdialog.h"

#include "models/errortext.h"

#include <QHeaderView>

namespace clinic::gui {
namespace importing {

using Mapping = services::ImportMapping;
struct Target
{
    const char *label;
    int Mapping::*column;
};
const Target targets[] = {
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Family name"), &Mapping::familyName},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Given names"), &Mapping::givenName},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Whole name"), &Mapping::fullName},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Birth date"), &Mapping::birthDate},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Sex"), &Mapping::sex},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Phone"), &Mapping::phone},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "E-mail"), &Mapping::email},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "National ID"), &Mapping::nationalId},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Address"), &Mapping::address},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Remarks"), &Mapping::remarks}};
constexpr int previewRows = 20;

} // namespace importing

ImportDialog::ImportDialog(Shell &shell, const QString &path)
    : QDialog(shell.window()),
      m_shell(shell),
      m_importer(new models::Importer(shell.workspace().clinic(), path, this)),
      m_message(label(tr("Reading …"), "muted")),
      m_preview(new QTableWidget),
      m_dayFirst(new QCheckBox(tr("3/4/1980 is the third of April"))),
      m_progress(new QProgressBar),
      m_report(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("import"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import patients"));
    resize(960, 640);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(label(tr("Import patients"), "title"));
    m_message->setWordWrap(true);
    layout->addWidget(m_message);
    m_preview->setAccessibleName(tr("First rows of the file"));
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->verticalHeader()->hide();
    layout->addWidget(m_preview, 2);
    m_dayFirst->setChecked(true);
    layout->addWidget(m_dayFirst);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    layout->addWidget(m_progress);
    m_report->setReadOnly(true);
    m_report->setAccessibleName(tr("Rows not imported"));
    m_report->hide();
    layout->addWidget(m_report, 1);
    auto *row = new QHBoxLayout;
    row->addStretch();
    m_close = button(tr("Close"), nullptr, this, [this] {
        m_importer->stop();
        accept();
    });
    m_start = button(tr("&Import"), "primary", this, [this] {
        readMapping();
        m_start->setEnabled(false);
        m_close->setText(tr("Stop"));
        m_progress->show();
        m_importer->start();
    });
    m_start->setEnabled(false);
    row->addWidget(m_close);
    row->addWidget(m_start);
    layout->addLayout(row);
    connect(m_importer, &models::Importer::loaded, this, &ImportDialog::showTable);
    connect(m_importer, &models::Importer::progressed, this, &ImportDialog::showProgress);
    connect(m_importer, &models::Importer::finished, this, &ImportDialog::showResult);
    connect(m_importer, &models::Importer::failed, this, [this](const Error &error) {
        m_message->setText(models::errorText(error));
        setRole(m_message, "error");
        m_close->setText(tr("Close"));
        m_start->setEnabled(m_importer->tally().of > 0);
    });
    m_importer->load();
}

void ImportDialog::showTable()
{
    const auto &table = m_importer->table();
    qsizetype width = table.header.size();
    for (const auto &cells : table.rows.first(qMin(table.rows.size(), qsizetype(importing::previewRows))))
        width = qMax(width, cells.size());
    const int rows = static_cast<int>(qMin(table.rows.size(), qsizetype(importing::previewRows)));
    m_preview->setColumnCount(static_cast<int>(width));
    m_preview->setRowCount(rows + 1);
    QStringList header;
    for (int column = 0; column < width; ++column) {
        header << table.header.value(column, tr("Column %1").arg(column + 1));
        auto *box = new QComboBox;
        box->setAccessibleName(tr("%1 is").arg(header.last()));
        box->addItem(tr("Leave out"), -1);
        for (int i = 0; i < int(std::size(importing::targets)); ++i) {
            box->addItem(tr(importing::targets[i].label), i);
            if (m_importer->mapping().*importing::targets[i].column == column)
                box->setCurrentIndex(i + 1);
        }
        m_preview->setCellWidget(0, column, box);
        m_columns << box;
        for (int row = 0; row < rows; ++row)
            m_preview->setItem(row + 1, column,
                               new QTableWidgetItem(table.rows[row].value(column).simplified()));
    }
    m_preview->setHorizontalHeaderLabels(header);
    m_preview->resizeColumnsToContents();
    m_message->setText(tr("%1 rows, read as %2. Check what each column is, then import. Rows that cannot be "
                          "used are listed and skipped.")
                           .arg(QLocale().toString(table.rows.size()), table.encoding));
    m_start->setEnabled(!table.rows.isEmpty());
    m_start->setFocus();
}

void ImportDialog::readMapping()
{
    services::ImportMapping mapping;
    for (int column = 0; column < m_columns.size(); ++column) {
        const int target = m_columns[column]->currentData().toInt();
        if (target >= 0)
            mapping.*importing::targets[target].column = column;
    }
    mapping.dayFirst = m_dayFirst->isChecked();
    m_importer->mapping() = mapping;
}

void ImportDialog::showProgress()
{
    const auto &tally = m_importer->tally();
    m_progress->setMaximum(tally.of);
    m_progress->setValue(tally.done);
}

void ImportDialog::showResult()
{
    const auto &t = m_importer->tally();
    showProgress();
    m_message->setText(tr("%1 imported, %2 registered already, %3 not usable%4")
                           .arg(QLocale().toString(t.imported), QLocale().toString(t.duplicates),
                                QLocale().toString(t.bad),
                                t.done < t.of ? tr(" – stopped; import again to go on") : QString()));
    m_report->setPlainText(m_importer->report().join(u'\n'));
    m_report->setVisible(!m_importer->report().isEmpty());
    m_close->setText(tr("Close"));
    m_start->setEnabled(t.done < t.of);
    m_shell.say(m_message->text());
}

} // namespace clinic::gui
