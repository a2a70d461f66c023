// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/partdialog.h"
#include "gui/patients/patientprofile.h"
#include "models/labels.h"
#include "models/patients/personfiles.h"

#include <QBuffer>
#include <QFile>

// The part of the chart that adds to a record: allergies, conditions, contacts, identifiers, next of kin and
// the photo.
namespace clinic::gui {

void PatientProfile::addPart(const EntityInfo &entity)
{
    using namespace domain;
    const auto text = [](const Form &form, const char *name) {
        auto *edit = qobject_cast<QLineEdit *>(form.editor(QString::fromLatin1(name)));
        return edit ? edit->text() : QString();
    };
    const auto choice = [](const Form &form, const char *name) {
        auto *box = qobject_cast<QComboBox *>(form.editor(QString::fromLatin1(name)));
        return box ? box->currentData().toString() : QString();
    };
    QDialog *dialog = nullptr;
    if (&entity == &Allergy::entity()) {
        Allergy part;
        part.patientId = m_patient;
        dialog = new PartDialog<Allergy>(
            shell(), tr("Add an allergy"), part,
            [](Form &form, const Allergy &) {
                form.addLine(QStringLiteral("substance"), tr("&Substance"));
                form.addLine(QStringLiteral("reaction"), tr("&Reaction"));
                auto *severity = form.addChoice(QStringLiteral("severity"), tr("Se&verity"));
                for (const auto s : {AllergySeverity::Unknown, AllergySeverity::Mild,
                                     AllergySeverity::Moderate, AllergySeverity::Severe})
                    severity->addItem(models::severityLabel(s), enumCode(s));
            },
            [text, choice](const Form &form, Allergy a) {
                a.substance = text(form, "substance");
                a.reaction = text(form, "reaction");
                a.severity = enumFromCode<AllergySeverity>(choice(form, "severity"))
                                 .value_or(AllergySeverity::Unknown);
                return a;
            });
    } else if (&entity == &Condition::entity()) {
        Condition part;
        part.patientId = m_patient;
        dialog = new PartDialog<Condition>(
            shell(), tr("Add a condition"), part,
            [](Form &form, const Condition &) {
                form.addLine(QStringLiteral("name"), tr("&Condition"));
                form.addLine(QStringLiteral("onset"), tr("&Since"), 1, tr("A year is enough"));
                form.addLine(QStringLiteral("note"), tr("&Note"));
            },
            [text, today = workspace().today()](const Form &form, Condition c) -> Result<Condition> {
                c.name = text(form, "name");
                c.note = text(form, "note");
                const QString since = text(form, "onset").trimmed();
                const Result<PartialDate> onset =
                    since.isEmpty() ? Result<PartialDate>() : PartialDate::parse(since, today);
                if (!onset)
                    return fail(onset.error().code, QStringLiteral("onset"), onset.error().args);
                if (!onset->isNull() && onset->earliest() > today)
                    return fail(ErrorCode::DateInFuture, QStringLiteral("onset"));
                c.onset = *onset;
                return c;
            });
    } else if (&entity == &Identifier::entity()) {
        Identifier part;
        part.patientId = m_patient;
        dialog = new PartDialog<Identifier>(
            shell(), tr("Add a number"), part,
            [](Form &form, const Identifier &) {
                auto *kind = form.addChoice(QStringLiteral("kind"), tr("&Kind"));
                for (const auto k : {IdentifierKind::NationalId, IdentifierKind::Passport,
                                     IdentifierKind::MedicalAid, IdentifierKind::Other})
                    kind->addItem(models::identifierLabel(k), enumCode(k));
                form.addLine(QStringLiteral("value"), tr("&Number"));
            },
            [text, choice](const Form &form, Identifier i) {
                i.kind = enumFromCode<IdentifierKind>(choice(form, "kind")).value_or(IdentifierKind::Other);
                i.value = text(form, "value");
                return i;
            });
    } else if (&entity == &Contact::entity()) {
        Contact part;
        part.patientId = m_patient;
        dialog = new PartDialog<Contact>(
            shell(), tr("Add a contact"), part,
            [](Form &form, const Contact &) {
                form.addLine(QStringLiteral("label"), tr("&Whose or where"), 1,
                             tr("Work, daughter, neighbour …"));
                form.addLine(QStringLiteral("value"), tr("&Number or address"));
            },
            [text](const Form &form, Contact c) {
                c.label = text(form, "label");
                c.value = text(form, "value");
                c.kind = c.value.contains(u'@') ? ContactKind::Email : ContactKind::Phone;
                return c;
            });
    } else if (&entity == &NextOfKin::entity()) {
        NextOfKin part;
        part.patientId = m_patient;
        dialog = new PartDialog<NextOfKin>(
            shell(), tr("Add next of kin"), part,
            [](Form &form, const NextOfKin &) {
                form.addLine(QStringLiteral("name"), tr("&Name"));
                form.addLine(QStringLiteral("relationship"), tr("&Relationship"));
                form.addLine(QStringLiteral("phone"), tr("&Phone"));
            },
            [text](const Form &form, NextOfKin k) {
                k.name = text(form, "name");
                k.relationship = text(form, "relationship");
                k.phone = text(form, "phone");
                return k;
            });
    }
    if (dialog)
        dialog->open();
}

static constexpr qint64 largestPicture = 50LL * 1024 * 1024;

// A new JPEG of the decoded pixels, at most 512 a side; empty when there is no picture.
static QByteArray portraitFrom(const QImage &image)
{
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    buffer.open(QIODevice::WriteOnly);
    if (!image.isNull())
        image.scaled(512, 512, Qt::KeepAspectRatio, Qt::SmoothTransformation).save(&buffer, "JPEG", 85);
    return jpeg;
}

void PatientProfile::savePhoto(const QByteArray &jpeg)
{
    if (jpeg.isEmpty()) {
        shell().sayError(Error(ErrorCode::FileUnreadable));
        return;
    }
    domain::Photo photo;
    photo.patientId = m_patient;
    photo.image = jpeg;
    workspace().patients.savePart(this, domain::Photo{}, photo, [this](const Result<storage::Record> &saved) {
        if (!saved) {
            shell().sayError(saved.error());
            return;
        }
        shell().say(tr("Photo saved."));
        refresh();
    });
}

void PatientProfile::changePhoto()
{
    const auto contentOf = [](const QString &path) {
        QFile file(path);
        return file.size() <= largestPicture && file.open(QIODevice::ReadOnly) ? file.readAll()
                                                                               : QByteArray();
    };
    shell().prompter().openFile(this, tr("Choose a photo"), tr("Pictures (*.jpg *.jpeg *.png)"),
                                [this, contentOf](const QString &path) {
                                    workspace().clinic().runOnFiles<QByteArray>(
                                        this, [path, contentOf] { return contentOf(path); },
                                        [this](const QByteArray &bytes) {
                                            workspace().pictures.read(this, bytes, 1024,
                                                                      [this](const QImage &image) {
                                                                          savePhoto(portraitFrom(image));
                                                                      });
                                        });
                                });
}

void PatientProfile::exportPerson()
{
    shell().prompter().saveFile(
        this, tr("Export what the clinic has about this person"),
        m_chart.patient.number + QStringLiteral(".json"), tr("FHIR (*.json)"), [this](const QString &path) {
            workspace().patients.exportPerson(
                this, m_patient, [this, path](const Result<services::PersonRecord> &record) {
                    if (!record)
                        return shell().sayError(record.error());
                    models::writePerson(
                        workspace(), this, *record, path,
                        [this, documents = record->documents.size(), all = record->hasAllDocuments(),
                         whole = record->isWhole](const Result<void> &written) {
                            if (!written)
                                return shell().sayError(written.error());
                            QString said = documents == 0
                                               ? tr("Written, with a PDF beside it.")
                                               : tr("Written, with a PDF and the documents beside it.");
                            if (!all)
                                said +=
                                    u' ' + tr("Some documents are on the server only and are fetched now; "
                                              "export again later to have them.");
                            if (!whole)
                                said += u' ' + tr("Other branches may have more.");
                            shell().say(said);
                        });
                });
        });
}

} // namespace clinic::gui
