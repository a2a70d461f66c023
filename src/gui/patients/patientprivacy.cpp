// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/emergencydialog.h"
#include "gui/patients/patientprofile.h"
#include "gui/widgets/form.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QTimer>

// The profile's half about who may see a record and what the person agreed to.
namespace clinic::gui {
namespace {

// What a person says about one thing.
class ConsentDialog : public FormDialog
{
public:
    ConsentDialog(Shell &shell, const Id &patient)
        : FormDialog(PatientProfile::tr("What was agreed to"), PatientProfile::tr("&Record"), shell.window()),
          m_shell(shell),
          m_patient(patient),
          m_form(new Form(1))
    {
        setObjectName(QStringLiteral("consent"));
        setAttribute(Qt::WA_DeleteOnClose);
        resize(520, 420);
        m_kind = m_form->addChoice(QStringLiteral("kind"), PatientProfile::tr("&About"));
        using enum domain::ConsentKind;
        for (const auto kind : {Photo, Sharing, Research, Messages})
            m_kind->addItem(models::consentLabel(kind), enumCode(kind));
        m_given = m_form->addChoice(QStringLiteral("given"), PatientProfile::tr("The &person"));
        m_given->addItem(PatientProfile::tr("Agrees"), true);
        m_given->addItem(PatientProfile::tr("Does not agree"), false);
        m_by = m_form->addLine(QStringLiteral("given_by"), PatientProfile::tr("Said &by"), 1,
                               PatientProfile::tr("Only when somebody else said it: a parent, a guardian"));
        m_note = m_form->addLine(QStringLiteral("note"), PatientProfile::tr("&Note"), 1,
                                 PatientProfile::tr("Where the signed form is, for example"));
        body()->addWidget(m_form);
        body()->addStretch();
        connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
    }

protected:
    void save() override
    {
        m_form->clearFaults();
        domain::Consent consent;
        consent.patientId = m_patient;
        consent.kind = enumFromCode<domain::ConsentKind>(m_kind->currentData().toString())
                           .value_or(domain::ConsentKind::Photo);
        consent.given = m_given->currentData().toBool();
        consent.givenBy = m_by->text();
        consent.note = m_note->text();
        setBusy(true);
        m_shell.workspace().patients.recordConsent(this, consent,
                                                   [this](const Result<domain::Consent> &done) {
                                                       setBusy(false);
                                                       if (!done)
                                                           return m_form->showFault(done.error());
                                                       m_dirty = false;
                                                       accept();
                                                   });
    }
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    Shell &m_shell;
    Id m_patient;
    Form *m_form;
    QComboBox *m_kind;
    QComboBox *m_given;
    QLineEdit *m_by;
    QLineEdit *m_note;
    bool m_dirty = false;
};

} // namespace

void PatientProfile::showOutside(const Error &error)
{
    m_chart = {};
    m_title = tr("Patient");
    m_tabs->hide();
    auto *card = new Card(models::errorText(error), "warn");
    card->setObjectName(QStringLiteral("outside"));
    const bool may = workspace().may(domain::IntentionId::OpenInEmergency);
    auto *text = label(may ? tr("If somebody's care needs it now, you can open it for a while and say why.")
                           : tr("The record opens to you when this patient is booked with you. An "
                                "administrator can change what your role reaches."));
    text->setWordWrap(true);
    card->body()->addWidget(text);
    if (may) {
        auto *open = button(tr("Open in an e&mergency …"), "primary", this, [this] {
            auto *dialog = new EmergencyDialog(shell(), m_patient);
            connect(dialog, &QDialog::accepted, this, [this] { refresh(); });
            dialog->open();
        });
        open->setObjectName(QStringLiteral("openInEmergency"));
        card->body()->addWidget(open, 0, Qt::AlignLeft);
    }
    m_bannerLayout->addWidget(card);
    m_bannerLayout->addStretch();
}

// Above all else, as long as it lasts; when it ends the record closes by itself.
void PatientProfile::showEmergency()
{
    if (m_chart.emergencyUntil == 0)
        return;
    auto *card = new Card(QString(), "bad");
    card->setObjectName(QStringLiteral("emergencyNote"));
    card->body()->setContentsMargins(10, 6, 10, 6);
    auto *line = label(tr("Opened in an emergency until %1. Somebody else will look at what was done.")
                           .arg(models::timeText(m_chart.emergencyUntil, workspace().zone())));
    line->setWordWrap(true);
    card->body()->addWidget(line);
    m_bannerLayout->addWidget(card);
    const qint64 left =
        qBound(qint64(1'000), m_chart.emergencyUntil - workspace().now() + 1'000, qint64(86'400'000));
    // Lives as long as what it ends.
    auto *end = new QTimer(card);
    end->setSingleShot(true);
    connect(end, &QTimer::timeout, this, [this] { refresh(); });
    end->start(int(left));
}

void PatientProfile::addConsents(QVBoxLayout *into, bool editable)
{
    auto *card = new Card(tr("What was agreed to"));
    card->setObjectName(QStringLiteral("consents"));
    for (const auto &consent : m_chart.consents) {
        const QString said = consent.given ? tr("agrees") : tr("does not agree");
        QStringList parts{QString(models::consentLabel(consent.kind) + QStringLiteral(": ") + said),
                          models::dayText(consent.saidAt, workspace().zone()), consent.givenBy, consent.note};
        parts.removeAll(QString());
        auto *line = label(parts.join(QStringLiteral(" · ")), consent.given ? nullptr : "warning");
        line->setWordWrap(true);
        card->body()->addWidget(line);
    }
    if (m_chart.consents.isEmpty())
        card->body()->addWidget(label(tr("Nobody has been asked yet."), "muted"));
    if (editable) {
        auto *add =
            button(tr("Record"), "link", this, [this] { (new ConsentDialog(shell(), m_patient))->open(); });
        add->setAccessibleName(tr("Record what was agreed to"));
        card->body()->addWidget(add, 0, Qt::AlignLeft);
    }
    into->addWidget(card);
}

void PatientProfile::anonymise()
{
    shell().prompter().confirm(
        this, tr("Anonymise this patient"),
        tr("Names, telephone, address, numbers, kin, picture, documents and everything typed as text are "
           "taken "
           "out of this record, here and on every other PC. What remains: sex, year of birth, allergies, "
           "conditions, times of appointments and issued papers. There is no way back.\n\nCheck first that "
           "no "
           "law wants it kept."),
        tr("Anonymise"), [this](bool yes) {
            if (!yes)
                return;
            workspace().patients.anonymise(this, m_patient, [this](const Result<services::Anonymised> &done) {
                if (!done)
                    return shell().sayError(done.error());
                shell().say(tr("The record is anonymised."));
                refresh();
            });
        });
}

} // namespace clinic::gui
