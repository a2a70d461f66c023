// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/patientprofile.h"

#include "gui/admin/auditpage.h"
#include "models/admin/auditcsv.h"

#include "domain/attention/entities.h"
#include "domain/patients/rules.h"
#include "gui/attention/wherelabel.h"
#include "gui/patients/documentstab.h"
#include "gui/widgets/documents.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QScrollArea>

namespace clinic::gui {
namespace profile {

void clearLayout(QLayout *layout)
{
    while (auto *item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        if (item->layout())
            clearLayout(item->layout());
        delete item;
    }
}

} // namespace profile

PatientProfile::PatientProfile(Shell &shell, const Id &patient)
    : Screen(shell), m_patient(patient), m_title(tr("Patient")), m_tabs(new QTabWidget)
{
    auto &ws = workspace();
    m_banner = new QFrame;
    m_banner->setProperty("role", QStringLiteral("banner"));
    m_bannerLayout = new QVBoxLayout(m_banner);
    m_bannerLayout->setContentsMargins(20, 12, 20, 12);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(20, 8, 20, 16);
    inner->addWidget(m_tabs);
    layout->addLayout(inner, 1);

    m_overview = new QWidget;
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_overview);
    m_tabs->addTab(scroll, tr("Overview"));
    m_tabs->setAccessibleName(tr("Parts of the record"));

    using models::AppointmentView;
    m_appointments = new models::RowsModel<AppointmentView>(
        {{tr("When"),
          [&ws](const AppointmentView &v) {
              return QVariant(models::dayTimeText(v.appointment.startAt, ws.zone()));
          },
          [](const AppointmentView &v) { return QVariant(v.appointment.startAt); }},
         {tr("With"), [](const AppointmentView &v) { return QVariant(v.practitionerName); }},
         {tr("Service"), [](const AppointmentView &v) { return QVariant(v.serviceName); }},
         {tr("State"),
          [](const AppointmentView &v) { return QVariant(models::stateLabel(v.appointment.state)); }},
         {tr("Reason"),
          [](const AppointmentView &v) { return QVariant(v.appointment.reason.simplified()); }}},
        this);
    m_appointmentList = new ListView(tr("Appointments of this patient"), m_appointments,
                                     TakenAs{domain::IntentionId::PrintPatientHistory, "patient", m_patient});
    m_appointmentList->setStretch({24, 20, 20, 14, 22});
    m_appointmentList->setEmptyText(tr("No appointments yet."));
    connect(m_appointmentList, &ListView::opened, this, [this](const QModelIndex &i) {
        if (const auto *view = m_appointments->at(i))
            this->shell().openAppointment(view->appointment.id);
    });
    if (ws.may("appointments.view"))
        m_tabs->addTab(m_appointmentList, tr("Appointments"));

    if (ws.may("billing.view")) {
        using models::InvoiceView;
        m_invoices = new models::RowsModel<InvoiceView>(
            {{tr("Number"), [](const InvoiceView &v) { return QVariant(models::invoiceName(v.invoice)); }},
             {tr("Date"),
              [&ws](const InvoiceView &v) {
                  return QVariant(models::dayText(v.invoice.createdAt, ws.zone()));
              },
              [](const InvoiceView &v) { return QVariant(v.invoice.createdAt); }},
             {tr("Total"),
              [](const InvoiceView &v) {
                  return QVariant(models::moneyText(v.invoice.totalMinor, v.invoice.currency));
              },
              [](const InvoiceView &v) { return QVariant(v.invoice.totalMinor); }, models::alignNumber},
             {tr("To pay"),
              [](const InvoiceView &v) {
                  return QVariant(models::moneyText(v.balanceMinor(), v.invoice.currency));
              },
              [](const InvoiceView &v) { return QVariant(v.balanceMinor()); }, models::alignNumber}},
            this);
        m_invoiceList = new ListView(tr("Invoices of this patient"), m_invoices,
                                     TakenAs{domain::IntentionId::PrintPatientHistory, "patient", m_patient});
        m_invoiceList->setStretch({30, 30, 20, 20});
        m_invoiceList->setEmptyText(tr("No invoices yet."),
                                    ws.may("billing.invoice") ? tr("New invoice") : QString(),
                                    [this] { this->shell().newInvoice(m_patient); });
        connect(m_invoiceList, &ListView::opened, this, [this](const QModelIndex &i) {
            if (const auto *view = m_invoices->at(i))
                this->shell().openInvoice(view->invoice.id);
        });
        auto *page = new QWidget;
        auto *pageLayout = new QVBoxLayout(page);
        pageLayout->setContentsMargins(0, 8, 0, 0);
        auto *row = new QHBoxLayout;
        row->addStretch();
        row->addWidget(button(tr("Statement"), nullptr, this,
                              [this] { printStatement(this->shell(), m_chart.patient); }));
        if (ws.may("billing.invoice"))
            row->addWidget(
                button(tr("New invoice"), "primary", this, [this] { this->shell().newInvoice(m_patient); }));
        pageLayout->addLayout(row);
        pageLayout->addWidget(m_invoiceList);
        m_tabs->addTab(page, tr("Billing"));
    }
    m_documents = new DocumentsTab(shell, patient);
    m_tabs->addTab(m_documents, tr("Documents"));
    m_changes = new models::RowsModel<storage::AuditEntry>(
        {{tr("When"),
          [&ws](const storage::AuditEntry &e) { return QVariant(models::dayTimeText(e.at, ws.zone())); },
          [](const storage::AuditEntry &e) { return QVariant(e.at); }},
         {tr("Who"), [](const storage::AuditEntry &e) { return QVariant(e.actorName); }},
         {tr("What"),
          [](const storage::AuditEntry &e) { return QVariant(models::intentionLabel(e.intention)); }},
         {tr("Changed"), [](const storage::AuditEntry &e) { return QVariant(models::changeSummary(e)); }}},
        this);
    m_changeList = new ListView(tr("History of changes"), m_changes,
                                TakenAs{domain::IntentionId::PrintPatientHistory, "patient", m_patient});
    m_changeList->setStretch({22, 18, 22, 38});
    m_changeList->setEmptyText(tr("Nothing has been changed yet."));
    m_tabs->addTab(m_changeList, tr("History"));
    if (ws.may("audit.view")) {
        m_lookers = new AuditList(shell, patient);
        m_tabs->addTab(m_lookers, tr("Who looked"));
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        readInvoices();
        readChanges();
        if (m_tabs->currentWidget() == m_documents)
            m_documents->refresh();
        if (m_lookers && m_tabs->currentWidget() == m_lookers)
            m_lookers->refresh();
    });
    connect(&ws.connection, &models::Connection::changed, this, [this] {
        // Waiting groups may have been sent.
        const qint64 waiting = workspace().connection.status().replica.waiting;
        const bool sent = waiting < std::exchange(m_waiting, waiting) && m_chart.waiting > 0;
        const bool loaded = m_chart.isLoading && !workspace().connection.isLoading();
        if ((sent || loaded) && isVisible())
            reread();
    });
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        using namespace domain;
        if (isVisible() &&
            models::touches(rows, {&Patient::entity(), &Allergy::entity(), &Condition::entity(),
                                   &Contact::entity(), &Identifier::entity(), &NextOfKin::entity(),
                                   &Appointment::entity(), &Invoice::entity(), &Payment::entity(),
                                   &CreditNote::entity(), &Conflict::entity(), &Document::entity(),
                                   &Consent::entity(), &EmergencyAccess::entity()}))
            reread();
    });
}

void PatientProfile::refresh()
{
    if (m_isOpen)
        return reread();
    m_isOpen = true;
    workspace().patients.open(this, m_patient,
                              [this](const Result<models::PatientChart> &chart) { take(chart); });
}

void PatientProfile::reread()
{
    if (!m_isOpen)
        return;
    workspace().patients.readChart(this, m_patient,
                                   [this](const Result<models::PatientChart> &chart) { take(chart); });
}

void PatientProfile::take(const Result<models::PatientChart> &chart)
{
    if (chart)
        return show(*chart);
    m_isOpen = false;
    profile::clearLayout(m_bannerLayout);
    if (chart.error().code == ErrorCode::OutsideScope)
        return showOutside(chart.error());
    m_bannerLayout->addWidget(label(models::errorText(chart.error()), "error"));
    m_bannerLayout->addWidget(button(tr("Try again"), nullptr, this, [this] { refresh(); }), 0,
                              Qt::AlignLeft);
}

// A user who left the record and returns opens it again. A minimised window still shows it.
void PatientProfile::hideEvent(QHideEvent *event)
{
    if (!event->spontaneous())
        m_isOpen = false;
    Screen::hideEvent(event);
}

void PatientProfile::show(const models::PatientChart &chart)
{
    m_chart = chart;
    m_title = chart.patient.displayName();
    m_tabs->show();
    buildBanner();
    buildOverview();
    m_appointments->setRows(chart.appointments);
    m_appointmentList->showRows();
    readInvoices();
    readChanges();
    if (m_tabs->currentWidget() == m_documents)
        m_documents->refresh();
}

void PatientProfile::buildBanner()
{
    profile::clearLayout(m_bannerLayout);
    const auto &p = m_chart.patient;
    auto &ws = workspace();
    auto *row = new QHBoxLayout;
    if (!m_chart.photo.isEmpty()) {
        auto *picture = new QLabel;
        picture->setObjectName(QStringLiteral("photo"));
        picture->setAccessibleName(tr("Photo"));
        picture->setFixedSize(56, 56);
        row->addWidget(picture);
        ws.pictures.read(picture, m_chart.photo, 512, [picture](const QImage &photo) {
            picture->setVisible(!photo.isNull());
            if (!photo.isNull())
                picture->setPixmap(QPixmap::fromImage(
                    photo.scaled(56, 56, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation)));
        });
    }
    auto *names = new QVBoxLayout;
    auto *name = label(p.displayName(), "title");
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    names->addWidget(name);
    QStringList facts{models::ageAndSex(p.birthDate, p.sex, ws.today()),
                      p.birthDate.isNull() ? QString() : models::birthText(p.birthDate),
                      models::leftToRight(p.phone), models::leftToRight(p.number)};
    facts.removeAll(QString());
    for (QString &fact : facts)
        fact = models::isolated(fact);
    names->addWidget(label(facts.join(QStringLiteral("  ·  ")), "muted"));
    if (ws.connection.isEnrolled()) {
        auto *where = label(whereText(m_chart.waiting), "muted");
        where->setObjectName(QStringLiteral("whereItIs"));
        names->addWidget(where);
    }
    row->addLayout(names, 1);
    if (m_chart.balanceMinor != 0) {
        auto *money = new QVBoxLayout;
        money->addWidget(label(m_chart.balanceMinor > 0 ? tr("Owes") : tr("In credit"), "muted"), 0,
                         Qt::AlignRight);
        money->addWidget(label(ws.money(qAbs(m_chart.balanceMinor)), "value"), 0, Qt::AlignRight);
        row->addLayout(money);
    }
    if (ws.may("appointments.book") && p.active) {
        row->addWidget(button(tr("&Book"), "primary", this, [this] {
            domain::Appointment proposal;
            proposal.patientId = m_patient;
            shell().bookAppointment(proposal);
        }));
    }
    const bool isKnown = p.anonymisedAt == 0;
    if (ws.may("patients.edit") && isKnown)
        row->addWidget(button(tr("&Edit"), nullptr, this, [this] { shell().editPatient(m_chart.patient); }));
    row->addWidget(button(tr("&Print history"), nullptr, this, [this] { printHistory(); }));
    if (ws.may(domain::IntentionId::ExportPerson)) {
        auto *all = button(tr("E&xport …"), nullptr, this, [this] { exportPerson(); });
        all->setObjectName(QStringLiteral("exportPerson"));
        all->setToolTip(
            tr("What the clinic has about this person, for this person: as a file for other programs (FHIR) "
               "and as a PDF"));
        row->addWidget(all);
    }
    if (ws.may(domain::IntentionId::AnonymisePatient) && !p.active) {
        auto *forget = button(isKnown ? tr("A&nonymise …") : tr("A&nonymise again …"), nullptr, this,
                              [this] { anonymise(); });
        forget->setObjectName(QStringLiteral("anonymise"));
        row->addWidget(forget);
    }
    if (ws.may("patients.deactivate") && isKnown)
        row->addWidget(button(p.active ? tr("Deactivate") : tr("Reactivate"), nullptr, this,
                              [this] { changeActive(); }));
    m_bannerLayout->addLayout(row);
    const auto warn = [&](const QString &text, const char *role) {
        auto *card = new Card(QString(), role);
        card->body()->setContentsMargins(10, 6, 10, 6);
        auto *line = label(text);
        line->setWordWrap(true);
        card->body()->addWidget(line);
        m_bannerLayout->addWidget(card);
        return card;
    };
    showEmergency();
    if (!isKnown)
        warn(tr("Anonymised on %1: nobody knows any more who this was.")
                 .arg(models::dayText(p.anonymisedAt, ws.zone())),
             "warn");
    else if (!p.active)
        warn(p.inactiveReason == services::retentionReason
                 ? tr("Archived: nothing was done for a long time.")
                 : tr("Deactivated: %1").arg(models::isolated(models::reasonText(p.inactiveReason))),
             "warn");
    if (!m_chart.allergies.isEmpty()) {
        QStringList list;
        for (const auto &allergy : m_chart.allergies)
            list << models::isolated(allergy.reaction.isEmpty() ? allergy.substance
                                                                : allergy.substance + QStringLiteral(" (") +
                                                                      allergy.reaction + u')');
        warn(tr("Allergies: %1").arg(list.join(QStringLiteral(", "))), "bad");
    }
    if (!m_chart.undecided.isEmpty()) {
        QStringList fields;
        for (const auto &[entity, field] : m_chart.undecided)
            fields << models::fieldLabel(entity, field);
        auto *card = warn(
            tr("Two different values were entered for: %1.").arg(fields.join(QStringLiteral(", "))), "warn");
        card->body()->addWidget(
            button(tr("De&cide …"), "link", this, [this] { shell().go(QStringLiteral("server")); }), 0,
            Qt::AlignLeft);
    }
    if (m_chart.isLoading)
        warn(tr("This PC is still loading the hospital's data: older entries of this record, allergies among "
                "them, may not be here yet."),
             "warn");
    if (!m_chart.isWhole && !m_chart.isLoading) {
        auto *card = warn(tr("What other branches know of this patient (appointments, invoices, what is owed "
                             "there) is not on this PC."),
                          "card");
        card->setObjectName(QStringLiteral("partial"));
        card->body()->addWidget(button(tr("&Fetch them"), "link", this, [this] { fetchRest(); }), 0,
                                Qt::AlignLeft);
    }
    if (m_chart.hasNamesake)
        warn(tr("Somebody else has the same name. Check the birth date."), "warn");
    for (const auto &shared : m_chart.shared)
        warn(tr("%1 %2 is also in the record of %3 (%4).")
                 .arg(models::identifierLabel(shared.kind), models::leftToRight(shared.value), shared.name,
                      models::leftToRight(shared.number)),
             domain::hasOneOwner(shared.kind) ? "warn" : "card");
}

void PatientProfile::fetchRest()
{
    shell().say(tr("The other branches' part of the record is being fetched …"));
    workspace().connection.bringChart(this, m_patient, [this](const Result<void> &done) {
        if (!done)
            return shell().sayError(done.error());
        shell().say(tr("The record is complete."));
        refresh();
    });
}

template <class T>
void PatientProfile::addPartCard(QVBoxLayout *into, const QString &heading, const QList<T> &parts,
                                 std::function<QString(const T &)> text, bool editable)
{
    auto *card = new Card(heading);
    for (const T &part : parts) {
        auto *row = new QHBoxLayout;
        auto *line = label(text(part));
        line->setWordWrap(true);
        row->addWidget(line, 1);
        if (editable) {
            auto *remove = button(PatientProfile::tr("Remove"), "link", this, [this, part] {
                T after = part;
                after.active = false;
                workspace().patients.savePart(
                    this, part, after, [this, part](const Result<storage::Record> &saved) {
                        if (!saved) {
                            shell().sayError(saved.error());
                            return;
                        }
                        shell().say(PatientProfile::tr("Removed from the record."), [this, part] {
                            T before = part;
                            before.active = false;
                            workspace().patients.savePart(this, before, part, [](const auto &) {});
                        });
                    });
            });
            remove->setAccessibleName(PatientProfile::tr("Remove %1").arg(text(part)));
            row->addWidget(remove);
        }
        card->body()->addLayout(row);
    }
    if (parts.isEmpty())
        card->body()->addWidget(label(PatientProfile::tr("None recorded."), "muted"));
    if (editable) {
        auto *add = button(PatientProfile::tr("Add"), "link", this, [this] { addPart(T::entity()); });
        add->setObjectName(QStringLiteral("add-") + QLatin1StringView(T::entity().name));
        add->setAccessibleName(PatientProfile::tr("Add: %1").arg(heading));
        card->body()->addWidget(add, 0, Qt::AlignLeft);
    }
    into->addWidget(card);
}

void PatientProfile::buildOverview()
{
    delete m_overview->layout();
    qDeleteAll(m_overview->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    auto *columns = new QHBoxLayout(m_overview);
    columns->setContentsMargins(0, 12, 0, 0);
    columns->setSpacing(16);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    const bool isKnown = m_chart.patient.anonymisedAt == 0;
    const bool clinical = workspace().may("patients.clinical") && isKnown;
    const bool edit = workspace().may("patients.edit") && isKnown;
    addPartCard<domain::Allergy>(
        left, tr("Allergies"), m_chart.allergies,
        [](const domain::Allergy &a) {
            QStringList parts{a.substance, a.reaction,
                              a.severity == domain::AllergySeverity::Unknown
                                  ? QString()
                                  : models::severityLabel(a.severity)};
            parts.removeAll(QString());
            return parts.join(QStringLiteral(" · "));
        },
        clinical);
    addPartCard<domain::Condition>(
        left, tr("Conditions"), m_chart.conditions,
        [](const domain::Condition &c) {
            QStringList parts{
                c.name, c.onset.isNull() ? QString() : tr("since %1").arg(models::dateText(c.onset)), c.note};
            parts.removeAll(QString());
            return parts.join(QStringLiteral(" · "));
        },
        clinical);
    auto *coming = new Card(tr("Coming appointments"));
    bool any = false;
    for (const auto &view : m_chart.appointments) {
        if (view.appointment.startAt < workspace().now() ||
            view.appointment.state != domain::AppointmentState::Booked)
            continue;
        any = true;
        coming->body()->addWidget(button(models::dayTimeText(view.appointment.startAt, workspace().zone()) +
                                             QStringLiteral(" · ") + view.practitionerName,
                                         "link", this,
                                         [this, id = view.appointment.id] { shell().openAppointment(id); }));
    }
    if (!any)
        coming->body()->addWidget(label(tr("None booked."), "muted"));
    left->addWidget(coming);
    addConsents(left, edit);
    left->addStretch();
    auto *details = new Card(tr("Details"));
    const auto &p = m_chart.patient;
    const auto fact = [&](const QString &what, const QString &value) {
        if (value.isEmpty())
            return;
        auto *line = new QHBoxLayout;
        auto *caption = label(what, "muted");
        caption->setMinimumWidth(110);
        caption->setAlignment(Qt::AlignTop);
        auto *text = label(value);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        line->addWidget(caption);
        line->addWidget(text, 1);
        details->body()->addLayout(line);
    };
    fact(tr("Phone"), models::leftToRight(p.phone));
    fact(tr("E-mail"), p.email);
    fact(tr("Address"), p.address);
    fact(tr("Remarks"), p.remarks);
    fact(tr("Registered"), models::dayText(p.createdAt, workspace().zone()));
    if (edit)
        details->body()->addWidget(
            button(m_chart.photo.isEmpty() ? tr("Add a photo") : tr("Change the photo"), "link", this,
                   [this] { changePhoto(); }),
            0, Qt::AlignLeft);
    right->addWidget(details);
    addPartCard<domain::Identifier>(
        right, tr("Numbers"), m_chart.identifiers,
        [](const domain::Identifier &i) {
            return QString(models::identifierLabel(i.kind) + QStringLiteral(": ") +
                           models::leftToRight(i.value));
        },
        edit);
    addPartCard<domain::Contact>(
        right, tr("Other contacts"), m_chart.contacts,
        [](const domain::Contact &c) {
            const QString value = models::leftToRight(c.value);
            return c.label.isEmpty() ? value : c.label + QStringLiteral(": ") + value;
        },
        edit);
    addPartCard<domain::NextOfKin>(
        right, tr("Next of kin"), m_chart.nextOfKin,
        [](const domain::NextOfKin &k) {
            QStringList parts{k.name, k.relationship, models::leftToRight(k.phone)};
            parts.removeAll(QString());
            return parts.join(QStringLiteral(" · "));
        },
        edit);
    right->addStretch();
}

void PatientProfile::readInvoices()
{
    if (!m_invoiceList)
        return;
    models::InvoiceFilter filter;
    filter.patient = m_patient;
    workspace().billing.list(this, filter, [this](const Result<QList<models::InvoiceView>> &views) {
        if (!views) {
            m_invoiceList->showFailure(models::errorText(views.error()), [this] { readInvoices(); });
            return;
        }
        m_invoices->setRows(*views);
        m_invoiceList->showRows();
    });
}

void PatientProfile::readChanges()
{
    if (m_tabs->currentWidget() != m_changeList)
        return;
    workspace().patients.changes(this, m_patient, [this](const Result<QList<storage::AuditEntry>> &entries) {
        if (!entries) {
            m_changeList->showFailure(models::errorText(entries.error()), [this] { readChanges(); });
            return;
        }
        m_changes->setRows(*entries);
        m_changeList->showRows();
    });
}

void PatientProfile::printHistory()
{
    workspace().patients.history(this, m_patient,
                                 [this](const Result<QList<models::AppointmentView>> &views) {
                                     if (!views) {
                                         shell().sayError(views.error());
                                         return;
                                     }
                                     printAppointmentHistory(shell(), m_chart.patient, *views);
                                 });
}

} // namespace clinic::gui
