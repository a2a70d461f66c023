// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/importdialog.h"

#include "models/errortext.h"
#include "models/patients/importtext.h"

#include <QHeaderView>

namespace clinic::gui {
namespace importing {

using services::ImportField;
struct Target
{
    const char *label;
    ImportField field;
};
const Target targets[] = {
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Leave out"), ImportField::LeaveOut},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Family name"), ImportField::FamilyName},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Given names"), ImportField::GivenName},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Whole name"), ImportField::FullName},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Birth date"), ImportField::BirthDate},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Age"), ImportField::Age},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Sex"), ImportField::Sex},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Phone"), ImportField::Phone},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "E-mail"), ImportField::Email},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "National ID"), ImportField::NationalId},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Passport"), ImportField::Passport},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Medical aid number"), ImportField::MedicalAid},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Other number"), ImportField::OtherId},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Address"), ImportField::Address},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Remarks"), ImportField::Remarks},
    // of our own exported list
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Patient number"), ImportField::Number},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Active"), ImportField::Active},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Reason"), ImportField::InactiveReason},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Identifiers"), ImportField::Identifiers},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Contacts"), ImportField::Contacts},
    {QT_TRANSLATE_NOOP("clinic::gui::ImportDialog", "Next of kin"), ImportField::NextOfKin}};
constexpr int previewRows = 20;

} // namespace importing

ImportDialog::ImportDialog(Shell &shell, const QString &path)
    : QDialog(shell.window()),
      m_shell(shell),
      m_importer(new models::Importer(shell.workspace().clinic(), path, this)),
      m_message(label(tr("Reading …"), "muted")),
      m_preview(new QTableWidget),
      m_coding(new QComboBox),
      m_dates(new QComboBox),
      m_years(new QComboBox),
      m_names(new QComboBox),
      m_sexes(new QComboBox),
      m_withoutBirthDate(new QCheckBox(tr("This list has no birth dates"))),
      m_header(new QCheckBox(tr("The first row holds the column names"))),
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
    addQuestions(*layout);
    m_header->setChecked(true);
    connect(m_header, &QCheckBox::clicked, this, [this](bool isHeader) {
        if (!isHeader) {
            m_header->hide();
            m_importer->takeHeaderAsRow();
        }
    });
    for (QCheckBox *box : {m_header, m_withoutBirthDate}) {
        box->hide();
        layout->addWidget(box);
    }
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    layout->addWidget(m_progress);
    m_report->setReadOnly(true);
    m_report->setAccessibleName(tr("Rows not imported"));
    m_report->hide();
    layout->addWidget(m_report, 1);
    auto *row = new QHBoxLayout;
    row->addStretch();
    m_close = button(tr("Close"), nullptr, this, [this] { reject(); });
    m_save = button(tr("&Save skipped rows …"), nullptr, this, [this] { saveSkipped(); });
    m_save->hide();
    m_start = button(tr("&Import"), "primary", this, [this] {
        m_importer->start(chosenMapping());
        if (m_importer->isRunning())
            showRunning(true);
    });
    m_start->setEnabled(false);
    row->addWidget(m_save);
    row->addWidget(m_close);
    row->addWidget(m_start);
    layout->addLayout(row);
    connect(m_importer, &models::Importer::loaded, this, &ImportDialog::showTable);
    connect(m_importer, &models::Importer::examined, this, &ImportDialog::showQuestions);
    connect(m_importer, &models::Importer::progressed, this, &ImportDialog::showProgress);
    connect(m_importer, &models::Importer::finished, this, &ImportDialog::showResult);
    connect(m_importer, &models::Importer::failed, this, &ImportDialog::showError);
    m_importer->load();
}

void ImportDialog::addQuestions(QBoxLayout &layout)
{
    auto *questions = new QHBoxLayout;
    m_coding->setObjectName(QStringLiteral("importCoding"));
    m_dates->setObjectName(QStringLiteral("importDates"));
    m_coding->setAccessibleName(tr("Character set"));
    m_coding->addItem(tr("Character set: choose"), QString());
    for (const QString &name : models::Importer::codings())
        m_coding->addItem(name, name);
    connect(m_coding, &QComboBox::activated, this, [this] {
        if (const QString coding = m_coding->currentData().toString(); !coding.isEmpty()) {
            m_start->setEnabled(false);
            for (QWidget *other : {m_dates, m_years, m_names, m_sexes}) // the new reading asks anew
                other->setEnabled(false);
            m_importer->load(coding);
        }
    });
    m_dates->setAccessibleName(tr("Order of day and month"));
    m_dates->addItem(tr("Order of day and month: choose"), int(services::DateOrder::Unknown));
    m_dates->addItem(tr("3/4/1980 is the third of April"), int(services::DateOrder::DayFirst));
    m_dates->addItem(tr("3/4/1980 is the fourth of March"), int(services::DateOrder::MonthFirst));
    m_years->setAccessibleName(tr("Years of two digits"));
    m_years->addItem(tr("Years of two digits: choose"), int(services::ShortYears::Unknown));
    m_years->addItem(tr("The later year: 20 is 2020"), int(services::ShortYears::Later));
    m_years->addItem(tr("The earlier year: 20 is 1920"), int(services::ShortYears::Earlier));
    m_names->setObjectName(QStringLiteral("importNames"));
    m_names->setAccessibleName(tr("Order of names"));
    m_names->addItem(tr("Order of names: choose"), int(services::NameOrder::Unknown));
    m_names->addItem(tr("Given names, then family name"), int(services::NameOrder::GivenFirst));
    m_names->addItem(tr("Family name, then given names"), int(services::NameOrder::FamilyFirst));
    m_sexes->setObjectName(QStringLiteral("importSexes"));
    m_sexes->setAccessibleName(tr("Letters of the sexes"));
    offerSexes({});
    for (QComboBox *box : {m_dates, m_years, m_names, m_sexes})
        connect(box, &QComboBox::activated, this, &ImportDialog::examine);
    for (QComboBox *box : {m_coding, m_dates, m_years, m_names, m_sexes}) {
        box->hide();
        questions->addWidget(box);
    }
    questions->addStretch();
    layout.addLayout(questions);
}

void ImportDialog::offerSexes(const QList<services::SexLetters> &readings)
{
    m_sexes->clear();
    m_sexes->addItem(tr("Letters of the sexes: choose"));
    for (const auto &letters : readings) {
        QStringList parts;
        if (!letters.female.isEmpty())
            parts << tr("%1 is female").arg(letters.female.toUpper());
        if (!letters.male.isEmpty())
            parts << tr("%1 is male").arg(letters.male.toUpper());
        m_sexes->addItem(parts.join(QStringLiteral(", ")), QStringList{letters.female, letters.male});
    }
    m_sexes->addItem(tr("Keep the letters in the remarks"), QStringList{QString(), QString()});
}

void ImportDialog::reject()
{
    if (m_importer->isRunning())
        m_importer->stop();
    else
        QDialog::reject();
}

void ImportDialog::showRunning(bool isRunning)
{
    for (QWidget *chosen : {static_cast<QWidget *>(m_preview), static_cast<QWidget *>(m_coding),
                            static_cast<QWidget *>(m_dates), static_cast<QWidget *>(m_years),
                            static_cast<QWidget *>(m_names), static_cast<QWidget *>(m_sexes),
                            static_cast<QWidget *>(m_header), static_cast<QWidget *>(m_withoutBirthDate)})
        chosen->setEnabled(!isRunning);
    m_close->setText(isRunning ? tr("Stop") : tr("Close"));
    if (!isRunning)
        return;
    m_start->setEnabled(false);
    m_save->hide();
    m_report->hide();
    m_progress->show();
    showProgress();
    m_close->setFocus();
}

void ImportDialog::showTable()
{
    const auto &table = m_importer->table();
    const QStringList header = models::columnNames(table);
    const auto width = static_cast<int>(header.size());
    const int rows = static_cast<int>(qMin(table.rows.size(), qsizetype(importing::previewRows)));
    m_columns.clear();
    m_preview->clear();
    m_preview->setColumnCount(width);
    m_preview->setRowCount(rows + 1);
    for (int column = 0; column < width; ++column) {
        auto *box = new QComboBox;
        box->setAccessibleName(tr("%1 is").arg(header[column]));
        const auto guessed = m_importer->mapping().columns.value(column);
        for (const auto &target : importing::targets) {
            if (target.field >= services::ImportField::Number && !m_importer->mapping().has(target.field))
                continue; // of our own exported lists only
            box->addItem(tr(target.label), int(target.field));
            if (guessed == target.field)
                box->setCurrentIndex(box->count() - 1);
        }
        connect(box, &QComboBox::activated, this, &ImportDialog::examine);
        m_preview->setCellWidget(0, column, box);
        m_columns << box;
        for (int row = 0; row < rows; ++row)
            m_preview->setItem(row + 1, column,
                               new QTableWidgetItem(table.rows[row].value(column).left(200).simplified()));
    }
    m_preview->setHorizontalHeaderLabels(header);
    m_preview->resizeColumnsToContents();
    for (int column = 0; column < width; ++column) // the list of fields fits into its cell
        m_preview->setColumnWidth(
            column, qBound(m_columns[column]->sizeHint().width() + 8, m_preview->columnWidth(column), 320));
    if (width > 0)
        m_preview->setRowHeight(0,
                                qMax(m_preview->rowHeight(0), m_columns.value(0)->sizeHint().height() + 4));
    for (QWidget *question : {m_dates, m_years, m_names, m_sexes})
        question->setEnabled(true);
    m_names->setCurrentIndex(m_names->findData(int(m_importer->mapping().nameOrder)));
    m_sexes->setCurrentIndex(0);
    m_isFresh = true;
    m_header->setVisible(table.headerLine > 0 && !table.isHeaderSure);
    examine();
}

services::ImportMapping ImportDialog::chosenMapping() const
{
    services::ImportMapping mapping = m_importer->mapping();
    mapping.columns.clear();
    for (const QComboBox *box : m_columns)
        mapping.columns << services::ImportField(box->currentData().toInt());
    mapping.dateOrder = services::DateOrder(m_dates->currentData().toInt());
    mapping.shortYears = services::ShortYears(m_years->currentData().toInt());
    mapping.nameOrder = services::NameOrder(m_names->currentData().toInt());
    const QStringList letters = m_sexes->currentData().toStringList();
    mapping.sexLetters = {letters.value(0), letters.value(1)};
    mapping.sexLettersStay = !letters.isEmpty() && mapping.sexLetters.isNull();
    mapping.withoutBirthDate = !m_withoutBirthDate->isHidden() && m_withoutBirthDate->isChecked();
    return mapping;
}

void ImportDialog::examine()
{
    m_start->setEnabled(false);
    m_importer->examine(chosenMapping());
}

void ImportDialog::showQuestions()
{
    const auto &table = m_importer->table();
    const auto mapping = chosenMapping();
    const auto &asked = m_importer->questions();
    m_coding->setVisible(!m_coding->isHidden() || table.doubt.has_value());
    m_dates->setVisible(!m_dates->isHidden() || asked.dateOrder);
    m_years->setVisible(!m_years->isHidden() || asked.shortYears);
    m_names->setVisible(
        mapping.has(services::ImportField::FullName) &&
        (!m_names->isHidden() || asked.nameOrder || mapping.nameOrder != services::NameOrder::Unknown));
    if (!asked.sexes.isEmpty())
        offerSexes(asked.sexes);
    m_sexes->setVisible(mapping.has(services::ImportField::Sex) &&
                        (!asked.sexes.isEmpty() || m_sexes->currentIndex() > 0));
    m_withoutBirthDate->setVisible(!mapping.has(services::ImportField::BirthDate) &&
                                   !mapping.has(services::ImportField::Age));
    setRole(m_message, table.doubt || asked.any() ? "error" : "muted");
    if (table.doubt)
        m_message->setText(models::errorText(models::codingInDoubt(*table.doubt)));
    else if (asked.any())
        m_message->setText(models::errorText(models::listInDoubt(asked)));
    else if (!table.otherSheets.isEmpty())
        m_message->setText(
            tr("%1 rows of the first sheet. Not read: %2")
                .arg(QLocale().toString(table.rows.size()), table.otherSheets.join(QStringLiteral(", "))));
    else
        m_message->setText(
            tr("%1 rows, read as %2. Check what each column is, then import. Rows that cannot be "
               "used are listed and skipped.")
                .arg(QLocale().toString(table.rows.size()), table.encoding));
    m_start->setEnabled(!table.rows.isEmpty() && !table.doubt && !asked.any());
    if (m_start->isEnabled() && m_isFresh) {
        m_isFresh = false;
        m_start->setFocus();
    }
}

void ImportDialog::showError(const Error &error)
{
    m_message->setText(models::errorText(error));
    setRole(m_message, "error");
    showRunning(false);
    const auto &tally = m_importer->tally();
    m_progress->setVisible(tally.done > 0);
    m_start->setEnabled(tally.of > 0);
    if (tally.done > 0)
        showReport();
}

void ImportDialog::saveSkipped()
{
    m_shell.prompter().saveFile(this, tr("Save skipped rows"), tr("skipped rows") + QStringLiteral(".csv"),
                                tr("Lists (*.csv)"), [this](const QString &path) {
                                    if (const auto saved = m_importer->saveSkipped(path); !saved)
                                        showError(saved.error());
                                    else
                                        m_shell.say(tr("Saved."));
                                });
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
    showRunning(false);
    showProgress();
    const int left = t.of - t.done;
    m_message->setText(tr("%1 imported, %2 registered already, %3 not usable%4")
                           .arg(QLocale().toString(t.imported), QLocale().toString(t.duplicates),
                                QLocale().toString(t.bad),
                                left > 0 ? tr(" – stopped; %1 rows were not read. Import again for them.")
                                               .arg(QLocale().toString(left))
                                         : QString()));
    showReport();
    m_start->setEnabled(left > 0);
    m_shell.say(m_message->text());
}

void ImportDialog::showReport()
{
    const auto &t = m_importer->tally();
    const QStringList lines = m_importer->report();
    m_report->setPlainText(lines.join(u'\n'));
    m_report->setVisible(!lines.isEmpty());
    m_save->setVisible(t.duplicates + t.bad > 0 || t.done < t.of);
}

} // namespace clinic::gui
