// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/patienteditor.h"

#include "core/fold.h"
#include "core/telephone.h"
#include "domain/patients/rules.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QVBoxLayout>

namespace clinic::gui {
namespace editor {

constexpr QStringView notKnown = u"?"; // typed instead of a birth date

QString birthHelp()
{
    return PatientEditor::tr("21/7/1980, 1980, an age such as 45, 8 m or 3 w; ? when nobody knows");
}

} // namespace editor

PatientEditor::PatientEditor(Shell &shell, const domain::Patient &patient, const QString &typed)
    : FormDialog(patient.isStored() ? tr("Change details") : tr("Register patient"),
                 patient.isStored() ? tr("Save") : tr("Register"), shell.window()),
      m_shell(shell),
      m_before(patient),
      m_form(new Form),
      m_draft(new models::DraftKeeper(shell.workspace().clinic(), QStringLiteral("patient"), this))
{
    resize(720, 640);
    m_family = m_form->addLine(QStringLiteral("family_name"), tr("&Family name"));
    m_given = m_form->addLine(QStringLiteral("given_name"), tr("&Given names"));
    m_sex = m_form->addChoice(QStringLiteral("sex"), tr("Se&x"));
    if (!patient.isStored())
        m_sex->addItem(tr("Please choose"), QString());
    for (const auto sex : {domain::Sex::Female, domain::Sex::Male, domain::Sex::Other, domain::Sex::Unknown})
        m_sex->addItem(models::sexLabel(sex), enumCode(sex));
    m_born = m_form->addLine(QStringLiteral("birth_date"), tr("&Birth date or age"), 1, editor::birthHelp());
    m_phone = m_form->addLine(QStringLiteral("phone"), tr("&Phone"));
    if (patient.isStored())
        m_email = m_form->addLine(QStringLiteral("email"), tr("&E-mail"));
    else {
        m_nationalId = m_form->addLine(QStringLiteral("identifier"), tr("National &ID"));
        m_email = m_form->addLine(QStringLiteral("email"), tr("&E-mail"), 2);
    }
    m_address = m_form->addText(QStringLiteral("address"), tr("&Address"), 1, 2);
    m_remarks = m_form->addText(QStringLiteral("remarks"), tr("&Remarks"), 1, 2);
    body()->addWidget(m_form);
    m_duplicates = new Card(tr("Is it one of these?"), "warn");
    m_duplicateList = new QVBoxLayout;
    m_duplicates->body()->addLayout(m_duplicateList);
    m_duplicates->hide();
    body()->addWidget(m_duplicates);
    body()->addStretch();

    if (patient.isStored()) {
        showPatient(patient);
    } else if (!typed.isEmpty()) {
        // The search text is mostly the name or number of the new patient.
        const QString clean = typed.simplified();
        if (digitsOf(clean).size() >= 5 && telephone::looksLikeOne(clean))
            m_phone->setText(clean);
        else if (clean.contains(u' ')) {
            m_given->setText(clean.section(u' ', 0, -2));
            m_family->setText(clean.section(u' ', -1));
        } else
            m_family->setText(clean);
    }
    m_family->setFocus();
    m_pause.setSingleShot(true);
    m_pause.setInterval(200);
    connect(&m_pause, &QTimer::timeout, this, &PatientEditor::lookForDuplicates);
    connect(m_form, &Form::edited, this, &PatientEditor::edited);
    // Shows an error beside its field when the field is left.
    connect(m_born, &QLineEdit::editingFinished, this, [this] {
        QList<Error> faults;
        const auto p = typedPatient(&faults);
        const bool isRead =
            std::ranges::none_of(faults, [](const Error &fault) { return fault.field == u"birth_date"; });
        QStringList read{models::birthText(p.birthDate),
                         models::ageText(p.birthDate, m_shell.workspace().today())};
        read.removeAll(QString());
        m_form->setHelp(QStringLiteral("birth_date"),
                        isRead ? read.join(QStringLiteral(" · ")) : editor::birthHelp());
    });
}

void PatientEditor::showPatient(const domain::Patient &p)
{
    m_family->setText(p.familyName);
    m_given->setText(p.givenName);
    m_sex->setCurrentIndex(qMax(0, m_sex->findData(enumCode(p.sex))));
    const auto &b = p.birthDate;
    m_born->setText(b.isNull() ? (p.isStored() ? editor::notKnown.toString() : QString())
                    : b.isComplete() && !b.isEstimated()
                        ? QLocale().toString(b.earliest(), QStringLiteral("d/M/yyyy"))
                        : b.toTyped());
    m_phone->setText(p.phone);
    m_email->setText(p.email);
    m_address->setPlainText(p.address);
    m_remarks->setPlainText(p.remarks);
    m_dirty = false;
}

domain::Patient PatientEditor::typedPatient(QList<Error> *faults) const
{
    domain::Patient p = m_before;
    p.familyName = m_family->text();
    p.givenName = m_given->text();
    const QString sex = m_sex->currentData().toString();
    if (sex.isEmpty() && faults)
        *faults << Error(ErrorCode::Required, QStringLiteral("sex"));
    p.sex = enumFromCode<domain::Sex>(sex).value_or(domain::Sex::Unknown);
    const QString born = m_born->text().trimmed();
    const bool notKnown = born == editor::notKnown || born == u"\u061F" ||
                          born.compare(models::birthText({}), Qt::CaseInsensitive) == 0;
    const auto date = notKnown ? Result<PartialDate>()
                               : PartialDate::parseBirth(born, m_shell.workspace().possibleToday().latest);
    if (!date && faults)
        *faults << Error(date.error().code, QStringLiteral("birth_date"), date.error().args);
    p.birthDate = date.value_or(PartialDate{});
    p.phone = m_phone->text();
    p.email = m_email->text();
    p.address = m_address->toPlainText();
    p.remarks = m_remarks->toPlainText();
    return p;
}

QList<domain::Identifier> PatientEditor::typedIdentifiers() const
{
    if (!m_nationalId || m_nationalId->text().trimmed().isEmpty())
        return {};
    domain::Identifier id;
    id.kind = domain::IdentifierKind::NationalId;
    id.value = m_nationalId->text();
    return {id};
}

void PatientEditor::edited()
{
    m_dirty = true;
    m_pause.start();
    QJsonObject content;
    for (const auto &[key, edit] : {std::pair{"family", m_family},
                                    {"given", m_given},
                                    {"born", m_born},
                                    {"phone", m_phone},
                                    {"email", m_email}})
        content.insert(QLatin1StringView(key), edit->text());
    content.insert(QLatin1StringView("sex"), m_sex->currentData().toString());
    content.insert(QLatin1StringView("address"), m_address->toPlainText());
    content.insert(QLatin1StringView("remarks"), m_remarks->toPlainText());
    if (m_nationalId)
        content.insert(QLatin1StringView("id"), m_nationalId->text());
    const QString name = QString(m_given->text() + u' ' + m_family->text()).simplified();
    m_draft->changed(name.isEmpty() ? tr("a new patient") : name, m_before.id,
                     QJsonDocument(content).toJson(QJsonDocument::Compact));
}

void PatientEditor::restore(const models::Draft &draft)
{
    const QJsonObject content = QJsonDocument::fromJson(draft.content).object();
    const auto text = [&](const char *key) { return content.value(QLatin1StringView(key)).toString(); };
    m_family->setText(text("family"));
    m_given->setText(text("given"));
    m_born->setText(text("born"));
    m_phone->setText(text("phone"));
    m_email->setText(text("email"));
    m_sex->setCurrentIndex(qMax(0, m_sex->findData(text("sex"))));
    m_address->setPlainText(text("address"));
    m_remarks->setPlainText(text("remarks"));
    if (m_nationalId)
        m_nationalId->setText(text("id"));
    m_draft->adopt(draft);
    m_dirty = true;
    lookForDuplicates();
}

void PatientEditor::lookForDuplicates()
{
    if (m_before.isStored())
        return;
    QStringList identifiers;
    for (const auto &id : typedIdentifiers())
        identifiers << id.value;
    m_shell.workspace().patients.findDuplicates(this, typedPatient(nullptr), identifiers,
                                                [this](const auto &hits) {
                                                    if (hits)
                                                        showDuplicates(*hits);
                                                });
}

void PatientEditor::showDuplicates(const QList<models::PatientHit> &hits)
{
    while (auto *item = m_duplicateList->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &hit : hits.first(qMin(hits.size(), qsizetype(4)))) {
        QStringList parts{hit.displayName(), models::birthText(hit.birthDate), models::leftToRight(hit.phone),
                          models::leftToRight(hit.number)};
        parts.removeAll(QString());
        m_duplicateList->addWidget(
            button(parts.join(QStringLiteral(" · ")), "link", this, [this, id = hit.id] {
                m_draft->discard();
                m_dirty = false;
                Q_EMIT existingChosen(id);
                accept();
            }));
    }
    m_duplicates->setVisible(!hits.isEmpty());
}

void PatientEditor::save()
{
    m_form->clearFaults();
    QList<Error> faults;
    const domain::Patient typed = typedPatient(&faults);
    const auto days = m_shell.workspace().possibleToday();
    const auto checked = domain::checkedPatient(typed, days.latest, days.earliest);
    if (!checked) {
        for (const Error &fault : checked.error()) {
            const bool known =
                std::ranges::any_of(faults, [&](const Error &e) { return e.field == fault.field; });
            if (!known)
                faults << fault;
        }
    }
    for (const Error &fault : std::as_const(faults))
        m_form->showFault(fault);
    if (!faults.isEmpty())
        return;
    const int age = typed.birthDate.ageOn(m_shell.workspace().today());
    if (age < domain::doubtfulAge || typed.birthDate == m_before.birthDate)
        return store(typed);
    // That age is possible; more often a digit is wrong.
    m_shell.prompter().confirm(
        this, tr("Is the birth date right?"),
        tr("%1: that makes %n year(s).", nullptr, age).arg(models::dateText(typed.birthDate)),
        tr("It is right"), [this, typed](bool right) {
            if (right)
                store(typed);
            else
                m_born->setFocus();
        });
}

void PatientEditor::store(const domain::Patient &typed)
{
    setBusy(true);
    if (m_before.isStored())
        m_shell.workspace().patients.update(this, m_before, typed,
                                            [this](const auto &result) { finished(result); });
    else
        m_shell.workspace().patients.registerPatient(this, typed, typedIdentifiers(),
                                                     [this](const auto &result) { finished(result); });
}

void PatientEditor::finished(const Result<domain::Patient> &result)
{
    setBusy(false);
    if (!result) {
        if (result.error().code == ErrorCode::Stale)
            showClash(result.error());
        else
            m_form->showFault(result.error());
        return;
    }
    m_dirty = false;
    m_draft->discard();
    Q_EMIT saved(*result);
    accept();
}

// Another user changed the same field: both values are shown, and saving again decides.
void PatientEditor::showClash(const Error &error)
{
    m_shell.workspace().patients.readChart(
        this, m_before.id, [this, error](const Result<models::PatientChart> &chart) {
            if (!chart)
                return;
            const auto &entity = domain::Patient::entity();
            const auto typed = typedPatient(nullptr);
            for (const QString &column : error.args) {
                const int i = entity.indexOf(column.toStdString());
                const auto text = [&](const domain::Patient &p) {
                    const Value v = entity.fields[size_t(i)].get(p);
                    return std::holds_alternative<QString>(v) ? models::storedText(std::get<QString>(v))
                                                              : tr("empty");
                };
                m_form->showFault(Error(ErrorCode::Stale, column, {column}));
                m_form->setHelp(column, QString());
                if (auto *help = m_form->editor(column))
                    help->setToolTip(tr("Stored now: %1\nYours: %2").arg(text(chart->patient), text(typed)));
                m_form->showFault(Error(ErrorCode::Stale, QString(), {column}));
                m_shell.say(tr("%1 is now “%2”; you typed “%3”. Save again to use yours.")
                                .arg(models::fieldLabel(column), text(chart->patient), text(typed)));
            }
            // Untouched fields follow the stored row; typed ones stay. So saving again is a decision between
            // both values, and overwrites nothing else.
            domain::Patient merged = chart->patient;
            for (const FieldInfo &field : entity.fields) {
                if (field.get(typed) != field.get(m_before))
                    field.set(merged, field.get(typed));
            }
            m_before = chart->patient;
            showPatient(merged);
            m_dirty = true;
        });
}

} // namespace clinic::gui
