// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"
#include "gui/admin/emergencypage.h"
#include "gui/admin/roledialog.h"
#include "gui/admin/secondfactordialog.h"
#include "gui/admin/userdialog.h"
#include "gui/admin/userspage.h"
#include "gui/appointments/toucheddialog.h"
#include "gui/attention/enroldialog.h"
#include "gui/attention/serverdialog.h"
#include "gui/billing/moneydialogs.h"
#include "gui/patients/documentstab.h"
#include "gui/patients/emergencydialog.h"
#include "gui/patients/patientprofile.h"
#include "gui/setup/setuppage.h"
#include "gui/shell/proofdialog.h"
#include "gui/widgets/prompts.h"
#include "journey/desk.h"
#include "services/admin/accounts.h"
#include "services/admin/emergency.h"
#include "services/appointments/appointments.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "support/testmain.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>

using namespace clinic;
using namespace clinic::test;

// Who sees what, through the real window: a doctor with his own patients, an emergency and its review, what a
// person agreed to, and a person nobody is to know any more.
class TstPrivacy : public QObject
{
    Q_OBJECT

    static void limit(Desk &desk, const char *code, domain::DataScope scope)
    {
        const auto before = desk.clinic->session();
        desk.clinic->setSession(services::Clinic::founderSession());
        const auto roles = desk.clinic->answerNow(services::Roles{});
        for (auto view : *roles) {
            if (view.role.code != QLatin1StringView(code))
                continue;
            view.role.scope = scope;
            QVERIFY(desk.clinic->performNow(services::SaveRole{view.role, view.own}).has_value());
        }
        desk.clinic->setSession(before);
    }
    // Somebody with a telephone who has nothing to do with the doctor, or one who has.
    static domain::Patient person(Desk &desk, const QString &given)
    {
        const auto before = desk.clinic->session();
        desk.clinic->setSession(services::Clinic::founderSession());
        services::RegisterPatient intent;
        intent.patient.familyName = QStringLiteral("Zwelithini");
        intent.patient.givenName = given;
        intent.patient.phone = QStringLiteral("082 555 0202");
        intent.patient.birthDate = *PartialDate::create(1980, 5, 17);
        intent.patient.sex = domain::Sex::Female;
        const auto made = desk.clinic->performNow(intent);
        desk.clinic->setSession(before);
        return made.value_or(domain::Patient());
    }
    static gui::PatientProfile *profile(Desk &desk)
    {
        return qobject_cast<gui::PatientProfile *>(desk.window->currentScreen());
    }

    // A form that can be typed into: which class, and how one comes to it.
    struct Typing
    {
        QString form;
        std::function<void()> open;
    };
    struct Typed
    {
        QStringList words;
        QStringList secrets;
    };

    static QList<Typing> formsToTypeInto(Desk &desk, const domain::Patient &somebody)
    {
        gui::MainWindow &w = *desk.window;
        const auto profileButton = [&desk, somebody](const QString &name) {
            desk.window->openPatient(somebody.id);
            desk.waitIdle();
            desk.window->currentScreen()->findChild<QAbstractButton *>(name)->click();
        };
        QList<Typing> all{
            {QStringLiteral("PatientEditor"), [&w] { w.registerPatient({}, {}); }},
            {QStringLiteral("PatientEditor"), [&w, somebody] { w.editPatient(somebody); }},
            {QStringLiteral("BookingDialog"), [&w] { w.bookAppointment({}, {}, {}); }},
            {QStringLiteral("BookingDialog"), [&w, &desk] { w.bookAppointment(booked(desk), {}, {}); }},
            {QStringLiteral("DrawerDialog"), [&w] { w.openDrawer(); }},
            {QStringLiteral("InvoiceDialog"),
             [&w, &desk, somebody] {
                 w.newInvoice(somebody.id);
                 desk.waitIdle();
                 desk.click(QStringLiteral("Add item"));
             }},
            {QStringLiteral("PaymentDialog"), [&w] { (new gui::PaymentDialog(w, owed(), &w))->open(); }},
            {QStringLiteral("RefundDialog"),
             [&w] { (new gui::RefundDialog(w, owed(), gui::RefundDialog::Kind::Refund, &w))->open(); }},
            {QStringLiteral("ConsentDialog"),
             [&desk, somebody] {
                 desk.window->openPatient(somebody.id);
                 desk.waitIdle();
                 auto *card = desk.window->currentScreen()->findChild<QWidget *>(QStringLiteral("consents"));
                 card->findChild<QAbstractButton *>()->click();
             }},
            {QStringLiteral("EmergencyDialog"),
             [&w, somebody] { (new gui::EmergencyDialog(w, somebody.id))->open(); }},
            {QStringLiteral("DocumentDialog"),
             [&w] { (new gui::DocumentDialog(QStringLiteral("Add a document"), {}, &w))->open(); }},
            {QStringLiteral("EntryDialog"),
             [&desk] {
                 desk.window->go(QStringLiteral("waiting"));
                 desk.waitIdle();
                 desk.click(QStringLiteral("Add"));
             }},
            {QStringLiteral("UserDialog"), [&w] { (new gui::UserDialog(w, {}, {}))->open(); }},
            {QStringLiteral("RoleDialog"), [&w] { (new gui::RoleDialog(w, {}, {}))->open(); }},
            {QStringLiteral("ServerDialog"),
             [&w, &desk] { (new gui::ServerDialog(*desk.workspace, &w))->open(); }},
            {QStringLiteral("EnrolDialog"),
             [&w, &desk] { (new gui::EnrolDialog(*desk.workspace, &w))->open(); }},
            {QStringLiteral("SecondFactorDialog"),
             [&w] { (new gui::SecondFactorDialog(w, gui::SecondFactorDialog::What::SwitchOn))->open(); }},
            {QStringLiteral("ProofDialog"),
             [&w, &desk] {
                 (new gui::ProofDialog(*desk.workspace, domain::IntentionId::ExportPatients, &w))->open();
             }},
            {QStringLiteral("TextPrompt"),
             [&w] {
                 gui::WindowPrompter().askText(&w, QStringLiteral("Amend"), QStringLiteral("Why?"),
                                               {QStringLiteral("Because")}, [](const QString &) {});
             }},
        };
        for (const char *part : {"allergy", "condition", "identifier", "contact", "next_of_kin"})
            all << Typing{QStringLiteral("PartDialog"), [profileButton, part] {
                              profileButton(QStringLiteral("add-") + QLatin1StringView(part));
                          }};
        for (const EntityInfo *entity :
             {&domain::Hospital::entity(), &domain::Branch::entity(), &domain::Practitioner::entity(),
              &domain::Resource::entity(), &domain::Availability::entity(), &domain::Service::entity(),
              &domain::Code::entity()})
            all << Typing{QStringLiteral("SetupDialog"), [&w, entity] {
                              storage::Record blank;
                              blank.entity = entity;
                              blank.values.resize(qsizetype(entity->fields.size()));
                              (new gui::SetupDialog(w, *entity, blank))->open();
                          }};
        return all;
    }

    static domain::Appointment booked(Desk &desk)
    {
        models::AppointmentFilter filter;
        filter.from = desk.workspace->startOf(desk.workspace->today());
        filter.to = filter.from + 86'400'000;
        const auto views = desk.clinic->answerNow(services::DayAppointments{filter});
        for (const auto &view : *views) {
            if (view.appointment.state == domain::AppointmentState::Booked)
                return view.appointment;
        }
        qFatal("nothing is booked");
    }

    static models::InvoiceDetail owed()
    {
        models::InvoiceDetail detail;
        detail.view.invoice.currency = QStringLiteral("ZAR");
        detail.view.invoice.totalMinor = 100'00;
        return detail;
    }

    // A word of its own into every field of the dialog in which one can type.
    static Typed typeEverywhere(QWidget *dialog)
    {
        static const QSet<QString> secrets{QStringLiteral("password"), QStringLiteral("approver_password"),
                                           QStringLiteral("approver_code"), QStringLiteral("recovery")};
        static int number = 0;
        const bool isCode = !qobject_cast<gui::SetupDialog *>(dialog); // there it is a word of a code list
        Typed typed;
        const auto word = [&](const QWidget *field) {
            const QString text = QStringLiteral("word%1end").arg(++number);
            const bool isSecret =
                secrets.contains(field->objectName()) || (isCode && field->objectName() == u"code");
            (isSecret ? typed.secrets : typed.words) << text;
            return text;
        };
        for (auto *field : dialog->findChildren<QWidget *>()) {
            const bool isSpin = field->objectName() == u"qt_spinbox_lineedit";
            if (isSpin || !field->isEnabled() || !field->isVisible())
                continue;
            if (auto *line = qobject_cast<QLineEdit *>(field); line && !line->isReadOnly())
                line->setText(word(line));
            else if (auto *text = qobject_cast<QPlainTextEdit *>(field); text && !text->isReadOnly())
                text->setPlainText(word(text));
            else if (auto *table = qobject_cast<QTableWidget *>(field); table && table->rowCount() > 0)
                table->item(0, 0)->setText(word(table));
        }
        return typed;
    }

    static int events(Desk &desk, const char *intention)
    {
        storage::AuditFilter filter;
        filter.intention = QString::fromLatin1(intention);
        const auto before = desk.clinic->session();
        desk.clinic->setSession(services::Clinic::founderSession());
        const auto found = desk.clinic->answerNow(services::AuditTrail{filter});
        desk.clinic->setSession(before);
        return found ? int(found->size()) : -1;
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // A booking that was opened and left untouched leaves no draft on Today; one with a reason typed does.
    void anUntouchedBookingLeavesNoDraft()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        const auto leave = [&](const QString &reason) {
            desk.window->bookAppointment({}, {}, {});
            desk.waitIdle();
            if (!reason.isEmpty())
                QTest::keyClicks(desk.top()->findChildren<QLineEdit *>(QStringLiteral("reason")).value(0),
                                 reason);
            QTest::qWait(1500); // a draft is stored within a second
        };
        const auto drafts = [&] { return desk.clinic->answerNow(services::Drafts{})->size(); };
        leave({});
        QCOMPARE(drafts(), 0);
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY(desk.top()->objectName() != u"appointment");
        leave(QStringLiteral("Cough"));
        QTRY_COMPARE(drafts(), 1);
    }

    // Opening a record is an event, once each time a person opens it. Reading it again because something
    // changed is none, nor is a form that shows the name.
    void openingIsAnEventAndRefreshingIsNot()
    {
        Desk desk;
        const auto somebody = person(desk, QStringLiteral("Bo"));
        const auto other = person(desk, QStringLiteral("Zo"));
        desk.signIn(QStringLiteral("demo-clerk"));
        const int before = events(desk, "open-patient");
        desk.window->openPatient(somebody.id);
        desk.waitIdle();
        QCOMPARE(events(desk, "open-patient"), before + 1);
        // Somebody's telephone changes, the record is read again.
        auto changed = somebody;
        changed.phone = QStringLiteral("082 555 0909");
        QVERIFY(desk.clinic->performNow(services::UpdatePatient{somebody, changed}).has_value());
        desk.waitIdle();
        QTRY_COMPARE(profile(desk)->chart().patient.phone, changed.phone);
        auto second = other;
        second.phone = QStringLiteral("082 555 0808");
        QVERIFY(desk.clinic->performNow(services::UpdatePatient{other, second}).has_value());
        desk.window->openPatient(somebody.id); // in view already
        desk.waitIdle();
        QCOMPARE(events(desk, "open-patient"), before + 1);
        domain::Appointment proposal;
        proposal.patientId = somebody.id;
        desk.window->bookAppointment(proposal, {}, {});
        desk.waitIdle();
        desk.key(Qt::Key_Escape);
        desk.waitIdle();
        desk.window->newInvoice(somebody.id);
        desk.waitIdle();
        desk.key(Qt::Key_Escape);
        desk.waitIdle();
        QCOMPARE(events(desk, "open-patient"), before + 1);
        // Back after another screen: opened again.
        desk.window->go(QStringLiteral("today"));
        desk.waitIdle();
        desk.window->back();
        desk.waitIdle();
        QVERIFY(profile(desk));
        QCOMPARE(events(desk, "open-patient"), before + 2);
        // A preview is not a print-out.
        const int printed = events(desk, "print-patient-history");
        desk.click(QStringLiteral("Print history"));
        desk.waitIdle();
        QCOMPARE(events(desk, "print-patient-history"), printed);
        desk.prompter.nextSave = desk.folder.filePath(QStringLiteral("history.pdf"));
        desk.find<QAbstractButton>(QStringLiteral("savePdf"))->click();
        desk.waitIdle();
        QTRY_COMPARE(events(desk, "print-patient-history"), printed + 1);
        desk.key(Qt::Key_Escape);
    }

    // One row is what one reads; a list that leaves is an export.
    void aListLeavesWithPermissionOnly()
    {
        Desk desk;
        person(desk, QStringLiteral("Bo"));
        person(desk, QStringLiteral("Zo"));
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("patients"));
        desk.waitIdle();
        desk.type(QStringLiteral("zwelithini"));
        desk.waitIdle();
        auto *table = desk.window->currentScreen()->findChild<QTableView *>();
        QCOMPARE(table->model()->rowCount(), 2);
        QApplication::clipboard()->setText(QStringLiteral("before"));
        table->setFocus();
        table->selectAll();
        desk.key(Qt::Key_C, Qt::ControlModifier);
        desk.waitIdle();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
        QVERIFY(!desk.status().isEmpty());
        table->selectRow(0);
        desk.key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Zwelithini")));
    }

    // Whatever ends a session, the text of a form without a draft of its own waits on Today.
    void whatWasTypedWaits()
    {
        Desk desk;
        const auto somebody = person(desk, QStringLiteral("Bo"));
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->openPatient(somebody.id);
        desk.waitIdle();
        auto *add =
            desk.window->currentScreen()->findChild<QAbstractButton *>(QStringLiteral("add-next_of_kin"));
        QVERIFY(add);
        add->click();
        desk.waitIdle();
        auto *name = desk.find<QLineEdit>(QStringLiteral("name"));
        QVERIFY(name);
        name->setText(QStringLiteral("Thandi, the aunt"));
        desk.workspace->end("ended-elsewhere");
        desk.waitIdle();
        QVERIFY(desk.window->findChild<QLabel *>(QStringLiteral("note"))
                    ->text()
                    .contains(QStringLiteral("session was ended")));
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.waitIdle();
        desk.click(QStringLiteral("Show"));
        desk.waitIdle();
        QVERIFY(desk.find<QPlainTextEdit>({})->toPlainText().contains(QStringLiteral("Thandi, the aunt")));
        desk.click(QStringLiteral("Close"));
    }

    // A booking comes back with everything that was chosen in it.
    void aBookingsDraftIsWhole()
    {
        Desk desk;
        domain::Resource scanner;
        scanner.kind = domain::ResourceKind::Equipment;
        scanner.name = QStringLiteral("Scanner");
        desk.signIn(QStringLiteral("demo-admin"));
        const auto saved = desk.clinic->performNow(services::SaveSetupRow{{}, storage::toRecord(scanner)});
        QVERIFY(saved);
        desk.waitIdle();
        desk.window->bookAppointment({}, {}, {});
        desk.waitIdle();
        auto *equipment = desk.find<QComboBox>(QStringLiteral("equipment_id"));
        const int chosen = equipment->findData(saved->row.id.toBytes());
        QVERIFY(chosen > 0);
        equipment->setCurrentIndex(chosen);
        auto *walkIn = desk.find<QCheckBox>(QStringLiteral("walk_in"));
        QVERIFY(!walkIn->isChecked());
        walkIn->click();
        auto *overbook = desk.find<QLineEdit>(QStringLiteral("overbook_reason"));
        overbook->setFocus();
        QTest::keyClicks(overbook, QStringLiteral("chest pain"));
        desk.workspace->end("ended-elsewhere");
        desk.waitIdle();
        desk.signIn(QStringLiteral("demo-admin"));
        desk.waitIdle();
        desk.click(QStringLiteral("Continue"));
        desk.waitIdle();
        equipment = desk.find<QComboBox>(QStringLiteral("equipment_id"));
        QVERIFY(equipment);
        QCOMPARE(equipment->currentData().toByteArray(), saved->row.id.toBytes());
        QVERIFY(desk.find<QCheckBox>(QStringLiteral("walk_in"))->isChecked());
        QCOMPARE(desk.find<QLineEdit>(QStringLiteral("overbook_reason"))->text(),
                 QStringLiteral("chest pain"));
    }

    // Money goes back the way it came, unless somebody chooses otherwise.
    void aRefundIsProposedAsItWasPaid()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        gui::MainWindow &w = *desk.window;
        for (const auto method : {domain::PaymentMethod::Card, domain::PaymentMethod::Cash}) {
            auto detail = owed();
            domain::Payment paid;
            paid.amountMinor = 100'00;
            paid.method = method;
            detail.payments << paid;
            auto *dialog = new gui::RefundDialog(w, detail, gui::RefundDialog::Kind::Refund, &w);
            QCOMPARE(dialog->findChild<QComboBox *>(QStringLiteral("method"))->currentData(),
                     QVariant(enumCode(method)));
            delete dialog;
        }
    }

    // The kiosk's role is offered to the account of a patient, and to no other.
    void aPatientsRoleIsForPatients()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        gui::MainWindow &w = *desk.window;
        const auto roles = desk.clinic->answerNow(services::Roles{});
        QVERIFY(roles);
        const auto offered = [&](const services::UserView &view) {
            const gui::UserDialog dialog(w, view, *roles);
            return dialog.findChild<QListWidget *>(QStringLiteral("role"))->count();
        };
        services::UserView account;
        const int usual = offered(account);
        QCOMPARE(usual, int(roles->size()) - 1);
        account.user.patientId = Id::create(7);
        QCOMPARE(offered(account), int(roles->size()));
    }

    // The same for every form there is: what is typed comes back, passwords and codes do not.
    void everyFormsTextWaitsAndNoSecretDoes()
    {
        Desk desk;
        const auto somebody = person(desk, QStringLiteral("Bo"));
        desk.signIn(QStringLiteral("demo-admin"));
        QSet<QString> driven;
        QStringList wrong;
        for (const auto &[form, open] : formsToTypeInto(desk, somebody)) {
            driven << form;
            open();
            desk.waitIdle();
            QVERIFY2(desk.top() != desk.window, qPrintable(form));
            const Typed typed = typeEverywhere(desk.top());
            QVERIFY2(!typed.words.isEmpty() || !typed.secrets.isEmpty(), qPrintable(form));
            desk.workspace->end("ended-elsewhere");
            desk.waitIdle();
            desk.signIn(QStringLiteral("demo-admin"));
            const auto drafts = desk.clinic->answerNow(services::Drafts{});
            QString kept;
            for (const auto &draft : *drafts)
                kept += QString::fromUtf8(draft.content) + u'\n';
            for (const QString &word : typed.words) {
                if (!kept.contains(word))
                    wrong << form + QStringLiteral(" lost ") + word + u'\n' + kept;
            }
            for (const QString &word : typed.secrets) {
                if (kept.contains(word))
                    wrong << form + QStringLiteral(" kept ") + word;
            }
            if ((desk.button(QStringLiteral("Show")) || desk.button(QStringLiteral("Continue"))) ==
                typed.words.isEmpty())
                wrong << form + QStringLiteral(" on Today");
            for (const auto &draft : *drafts)
                services::dropDraft(*desk.clinic, draft.id);
            desk.waitIdle();
            desk.window->go(QStringLiteral("patients")); // Today reads its drafts anew
            desk.waitIdle();
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        // Nobody forgets a form: a new one is typed into above, or stands here because there is nothing to
        // type.
        const QSet<QString> nothingToType{
            QStringLiteral("RetentionDialog"), QStringLiteral("LeaseDialog"),
            QStringLiteral("KeepDialog"),      QStringLiteral("CodeDialog"),
            QStringLiteral("ExchangeDialog"),  QStringLiteral("FileExchangeDialog"),
            QStringLiteral("DevicesDialog"),   QStringLiteral("BringDialog"), // a sign-in elsewhere
            QStringLiteral("RecoveryDialog")};                                // a password, and not in a demo
        static const QRegularExpression aForm(QStringLiteral("class (\\w+)(?: final)? : public FormDialog"));
        QDirIterator it(QStringLiteral(CLINIC_SOURCE_DIR "/src/gui"),
                        {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        int forms = 0;
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto found = aForm.globalMatch(text); found.hasNext(); ++forms) {
                const QString name = found.next().captured(1);
                QVERIFY2(driven.contains(name) != nothingToType.contains(name), qPrintable(name));
            }
            // A field that hides what is typed is made by Form::addSecret, which keeps it out of drafts.
            if (!file.fileName().contains(QStringLiteral("widgets/form.")) &&
                !file.fileName().endsWith(QStringLiteral("shell/proofdialog.cpp")))
                QVERIFY2(!text.contains(QStringLiteral("QLineEdit::Password")), qPrintable(file.fileName()));
        }
        QVERIFY(forms > 20);
    }

    // "Died in hospital" is a reason like any other, a death has the day that was typed, and what is refused
    // is there again to be corrected.
    void aDeathHasTheDayThatWasTyped()
    {
        Desk desk;
        const auto one = person(desk, QStringLiteral("Bo"));
        const auto other = person(desk, QStringLiteral("Zo"));
        desk.signIn(QStringLiteral("demo-admin"));
        desk.window->openPatient(one.id);
        desk.waitIdle();
        desk.prompter.nextTexts = {QStringLiteral("Died in hospital")};
        desk.click(QStringLiteral("Deactivate"));
        desk.waitIdle();
        QTRY_VERIFY(!profile(desk)->chart().patient.active);
        QCOMPARE(profile(desk)->chart().patient.inactiveReason, QStringLiteral("Died in hospital"));
        desk.window->openPatient(other.id);
        desk.waitIdle();
        // Before she was born, then no day at all, then nobody knows.
        desk.prompter.nextTexts = {QStringLiteral("Died"), QStringLiteral("1.3.1979"),
                                   QStringLiteral("in winter"), QStringLiteral("?")};
        desk.prompter.asked = 0;
        desk.click(QStringLiteral("Deactivate"));
        desk.waitIdle();
        QTRY_COMPARE(desk.prompter.asked, 4);
        QVERIFY(desk.prompter.suggested.isEmpty()); // nothing is recorded by Continue alone
        QCOMPARE(desk.prompter.typedBefore, QStringLiteral("in winter"));
        QTRY_VERIFY(!profile(desk)->chart().patient.active);
        QCOMPARE(profile(desk)->chart().patient.inactiveReason, QStringLiteral("died"));
    }

    // What is not seen is not cancelled in silence, and nothing is decided before the list is there.
    void whatTheRoleDoesNotSeeStays()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        const Id seen = booked(desk).id;
        const Id unseen = Id::create(desk.clock.nowMs());
        QList<Id> saved;
        const Error touched(ErrorCode::StillNeeded, QStringLiteral("bookings"),
                            {QStringLiteral("2"), seen.toString(), unseen.toString()});
        QVERIFY(gui::TouchedDialog::ask(*desk.window, desk.window, touched,
                                        [&saved](const QList<Id> &shown, const std::function<void()> &then) {
                                            saved = shown;
                                            then();
                                        }));
        QVERIFY(!desk.button(QStringLiteral("Save and cancel them"))->isEnabled());
        QVERIFY(!desk.button(QStringLiteral("Save and keep them"))->isEnabled());
        desk.waitIdle();
        auto *others = desk.find<QLabel>(QStringLiteral("others"));
        QVERIFY(others && others->isVisible());
        QVERIFY(others->text().startsWith(u'1'));
        QVERIFY(desk.button(QStringLiteral("Save and keep them"))->isEnabled());
        desk.prompter.nextText = QStringLiteral("The room is closed");
        desk.click(QStringLiteral("Save and cancel them"));
        desk.waitIdle();
        QCOMPARE(saved, (QList{seen, unseen}));
        const auto detail = desk.clinic->answerNow(services::ReadAppointment{seen});
        QCOMPARE(detail->view.appointment.state, domain::AppointmentState::Cancelled);
    }

    // While a form is saved it is neither changed nor saved once more.
    void aDoubleClickSavesOnce()
    {
        Desk desk;
        const auto somebody = person(desk, QStringLiteral("Bo"));
        desk.signIn(QStringLiteral("demo-admin"));
        storage::InvoiceFilter filter;
        filter.patient = somebody.id;
        desk.window->newInvoice(somebody.id);
        desk.waitIdle();
        desk.click(QStringLiteral("Add item"));
        auto *keep = desk.button(QStringLiteral("Keep as draft"));
        keep->click();
        keep->click();
        desk.waitIdle();
        QCOMPARE(desk.clinic->answerNow(services::Invoices{filter})->size(), 1);
        // Saved, and read again: a second click issues no second invoice.
        desk.window->newInvoice(somebody.id);
        desk.waitIdle();
        desk.click(QStringLiteral("Add item"));
        auto *issue = desk.button(QStringLiteral("Issue"));
        auto *field = desk.top()->findChild<QTableWidget *>();
        issue->click();
        QVERIFY(!issue->isEnabled() && !field->isEnabled());
        issue->click();
        desk.waitIdle();
        QCOMPARE(desk.clinic->answerNow(services::Invoices{filter})->size(), 2);
        desk.key(Qt::Key_Escape);
    }

    // A list is taken out as what it is. Where nobody is named, nothing is asked.
    void aListIsTakenAsWhatItIs()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        const int exported = events(desk, "export-patients");
        const int printed = events(desk, "print-day-list");
        const auto copyAll = [&desk] {
            auto *table = desk.window->currentScreen()->findChild<QTableView *>();
            QVERIFY(table->model()->rowCount() > 1);
            QApplication::clipboard()->setText(QStringLiteral("before"));
            table->setFocus();
            table->selectAll();
            desk.key(Qt::Key_C, Qt::ControlModifier);
            desk.waitIdle();
            QTRY_VERIFY(QApplication::clipboard()->text().contains(u'\n'));
        };
        desk.window->go(QStringLiteral("today"));
        desk.waitIdle();
        copyAll();
        QTRY_COMPARE(events(desk, "print-day-list"), printed + 1);
        desk.workspace->end("manual");
        desk.waitIdle();
        desk.signIn(QStringLiteral("demo-admin"));
        desk.window->go(QStringLiteral("setup"));
        desk.waitIdle();
        auto *kinds = desk.window->currentScreen()->findChild<QListWidget *>();
        kinds->setCurrentRow(6); // services and prices
        desk.waitIdle();
        copyAll();
        QCOMPARE(events(desk, "export-patients"), exported);
        QCOMPARE(events(desk, "print-day-list"), printed + 1);
    }

    void anEmergencyAndItsReview()
    {
        Desk desk;
        const auto stranger = person(desk, QStringLiteral("Bo"));
        limit(desk, "doctor", domain::DataScope::Own);
        desk.signIn(QStringLiteral("demo-doctor"));
        desk.window->go(QStringLiteral("patients"));
        desk.waitIdle();
        desk.type(QStringLiteral("zwelithini"));
        desk.waitIdle();
        auto *table = desk.window->currentScreen()->findChild<QTableView *>();
        QCOMPARE(table->model()->rowCount(), 1);
        QVERIFY(table->model()->index(0, 3).data().toString().isEmpty()); // no telephone
        desk.shot(QStringLiteral("not-yours"));
        desk.key(Qt::Key_Return);
        desk.waitIdle();
        QVERIFY(profile(desk));
        QVERIFY(desk.find<QWidget>(QStringLiteral("outside")));
        QVERIFY(!desk.window->currentScreen()->findChild<QTabWidget *>()->isVisible());
        desk.shot(QStringLiteral("outside"));
        auto *open = desk.find<QAbstractButton>(QStringLiteral("openInEmergency"));
        QVERIFY(open);
        open->click();
        desk.waitIdle();
        desk.click(QStringLiteral("Open the record")); // a reason is needed
        desk.waitIdle();
        QVERIFY(desk.find<QPlainTextEdit>({}));
        desk.shot(QStringLiteral("emergency-fault"));
        desk.find<QPlainTextEdit>({})->setPlainText(QStringLiteral("Collapsed in the hall"));
        desk.click(QStringLiteral("Open the record"));
        desk.waitIdle();
        desk.waitIdle();
        QVERIFY(desk.find<QWidget>(QStringLiteral("emergencyNote")));
        QCOMPARE(profile(desk)->chart().patient.id, stranger.id);
        QVERIFY(desk.window->currentScreen()->findChild<QTabWidget *>()->isVisible());
        desk.shot(QStringLiteral("emergency-open"));
        // It is over: the record is shut as soon as it is looked at.
        desk.clock.set(desk.clock.nowMs() + 61 * 60'000);
        profile(desk)->refresh();
        desk.waitIdle();
        QVERIFY(desk.find<QWidget>(QStringLiteral("outside")));

        desk.workspace->end("manual");
        desk.waitIdle();
        desk.signIn(QStringLiteral("demo-admin"));
        auto *offer = desk.find<QWidget>(QStringLiteral("toReview"));
        QVERIFY(offer && offer->isVisible());
        desk.shot(QStringLiteral("today"));
        desk.click(QStringLiteral("Review …"));
        desk.waitIdle();
        desk.waitIdle();
        auto *page = qobject_cast<gui::EmergencyPage *>(desk.window->currentScreen());
        QVERIFY(page);
        const auto tables = page->findChildren<QTableView *>();
        QCOMPARE(tables.first()->model()->rowCount(), 1);
        QVERIFY(tables.last()->model()->rowCount() >= 2); // opened, and looked at
        desk.shot(QStringLiteral("review"));
        desk.prompter.nextText = QStringLiteral("No emergency");
        desk.find<QAbstractButton>(QStringLiteral("notJustified"))->click();
        desk.waitIdle();
        desk.waitIdle();
        QCOMPARE(tables.first()->model()->index(0, 4).data().toString(), QStringLiteral("Was not right"));
        QVERIFY(!desk.find<QAbstractButton>(QStringLiteral("justified"))->isEnabled());
        desk.shot(QStringLiteral("reviewed"));
        desk.window->go(QStringLiteral("today"));
        desk.waitIdle();
        QVERIFY(!desk.find<QWidget>(QStringLiteral("toReview"))->isVisible());
    }

    // The same by the keyboard alone, from right to left: out of reach, the reason, the open record, consent,
    // and the review by somebody else.
    void inArabicWithTheKeyboardAlone()
    {
        Desk desk;
        const auto stranger = person(desk, QStringLiteral("Bo"));
        limit(desk, "doctor", domain::DataScope::Own);
        const auto tabTo = [&desk](const std::function<bool(QWidget *)> &isIt) {
            for (int i = 0; i < 80; ++i) {
                QWidget *at = desk.top()->focusWidget();
                if (at && isIt(at))
                    return true;
                desk.key(Qt::Key_Tab);
            }
            return false;
        };
        const auto named = [](const char *name) {
            return [name](QWidget *w) { return w->objectName() == QLatin1StringView(name); };
        };
        const auto isPrimary = [](QWidget *w) { return w->property("role") == QStringLiteral("primary"); };
        desk.signIn(QStringLiteral("demo-doctor"));
        desk.speak(QStringLiteral("ar"));
        desk.window->openPatient(stranger.id);
        desk.waitIdle();
        desk.shot(QStringLiteral("ar-outside"));
        QVERIFY(tabTo(named("openInEmergency")));
        desk.key(Qt::Key_Space);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("emergency"));
        QVERIFY(desk.top()->layoutDirection() == Qt::RightToLeft);
        QVERIFY(tabTo([](QWidget *w) { return qobject_cast<QPlainTextEdit *>(w) != nullptr; }));
        desk.type(QStringLiteral("Collapsed"));
        desk.shot(QStringLiteral("ar-emergency"));
        QVERIFY(tabTo(isPrimary)); // Tab leaves the text
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(!QApplication::activeModalWidget());
        desk.waitIdle();
        QTRY_VERIFY(desk.find<QWidget>(QStringLiteral("emergencyNote")));
        desk.shot(QStringLiteral("ar-emergency-open"));

        desk.workspace->end("manual");
        desk.waitIdle();
        desk.window = desk.windows->all().first(); // in the hospital's language again
        desk.signIn(QStringLiteral("demo-admin"));
        desk.speak(QStringLiteral("ar"));
        desk.window->openPatient(stranger.id);
        desk.waitIdle();
        auto *card = desk.window->currentScreen()->findChild<QWidget *>(QStringLiteral("consents"));
        QVERIFY(tabTo(
            [card](QWidget *w) { return qobject_cast<QAbstractButton *>(w) && card->isAncestorOf(w); }));
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(QApplication::activeModalWidget());
        QVERIFY(tabTo(named("given_by")));
        desk.type(QStringLiteral("Mother"));
        desk.shot(QStringLiteral("ar-consent"));
        QVERIFY(tabTo(isPrimary));
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(!QApplication::activeModalWidget());
        QTRY_COMPARE(profile(desk)->chart().consents.size(), 1);
        desk.window->go(QStringLiteral("emergencies"));
        desk.waitIdle();
        desk.waitIdle();
        QVERIFY(qobject_cast<gui::EmergencyPage *>(desk.window->currentScreen()));
        desk.shot(QStringLiteral("ar-review"));
        QVERIFY(tabTo(named("justified")));
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(!desk.find<QAbstractButton>(QStringLiteral("justified"))->isEnabled());
        for (auto *action : desk.window->findChildren<QAction *>()) {
            if (action->objectName() == QStringLiteral("retention"))
                action->trigger();
        }
        desk.waitIdle();
        desk.shot(QStringLiteral("ar-retention"));
        desk.key(Qt::Key_Escape);
        desk.waitIdle();
        desk.speak(QStringLiteral("en")); // as the next test expects it
    }

    // Viewing as a role shows what its reach shows, and afterwards everything is there again.
    void viewingAsShowsTheReach()
    {
        Desk desk;
        limit(desk, "doctor", domain::DataScope::Own);
        desk.signIn(QStringLiteral("demo-admin"));
        const auto roles = desk.clinic->answerNow(services::Roles{});
        for (const auto &view : *roles) {
            if (view.role.code == u"doctor")
                desk.workspace->viewAs(view);
        }
        desk.waitIdle();
        QCOMPARE(desk.clinic->session().scope, domain::DataScope::Own);
        QVERIFY(desk.workspace->place().practitioners.isEmpty()); // the administrator treats nobody
        desk.workspace->stopViewing();
        desk.waitIdle();
        QCOMPARE(desk.clinic->session().scope, domain::DataScope::Hospital);
        QVERIFY(!desk.workspace->place().practitioners.isEmpty());
    }

    // A scope that changes while somebody works takes effect in the open window.
    void aReachTakenAwayTakesEffect()
    {
        Desk desk;
        const auto stranger = person(desk, QStringLiteral("Bo"));
        desk.signIn(QStringLiteral("demo-doctor"));
        desk.window->openPatient(stranger.id);
        desk.waitIdle();
        QCOMPARE(profile(desk)->chart().patient.id, stranger.id);
        limit(desk, "doctor", domain::DataScope::Own);
        desk.waitIdle();
        desk.waitIdle();
        QCOMPARE(desk.clinic->session().scope, domain::DataScope::Own);
        desk.window->openPatient(stranger.id);
        desk.waitIdle();
        QVERIFY(desk.find<QWidget>(QStringLiteral("outside")));
    }

    void rolesFromTemplates()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        desk.window->go(QStringLiteral("users"));
        desk.waitIdle();
        auto *fresh = desk.find<QPushButton>(QStringLiteral("newRole"));
        QVERIFY(fresh && fresh->menu());
        QAction *doctor = nullptr;
        for (auto *action : fresh->menu()->actions()) {
            if (action->text() == QStringLiteral("Doctor, own patients"))
                doctor = action;
        }
        QVERIFY(doctor);
        doctor->trigger();
        desk.waitIdle();
        desk.shot(QStringLiteral("role"));
        auto *scope = desk.find<QComboBox>(QStringLiteral("scope"));
        QVERIFY(scope);
        QCOMPARE(scope->currentIndex(), int(domain::DataScope::Own));
        desk.find<QLineEdit>(QStringLiteral("name"))->setText(QStringLiteral("Registrar"));
        desk.click(QStringLiteral("Save"));
        desk.waitIdle();
        desk.waitIdle();
        const auto roles = desk.clinic->answerNow(services::Roles{});
        const auto saved =
            std::ranges::find_if(*roles, [](const auto &v) { return v.role.name == u"Registrar"; });
        QVERIFY(saved != roles->end());
        QCOMPARE(saved->role.scope, domain::DataScope::Own);
        QVERIFY(saved->own.contains(QStringLiteral("patients.clinical")));
        // Given to somebody, in one branch.
        auto *tabs = desk.window->currentScreen()->findChild<QTabWidget *>();
        tabs->setCurrentIndex(1);
        desk.waitIdle();
        desk.shot(QStringLiteral("roles"));
        tabs->setCurrentIndex(0);
        gui::ListView *users = nullptr;
        for (auto *list : desk.window->currentScreen()->findChildren<gui::ListView *>()) {
            if (list->isVisible())
                users = list;
        }
        QVERIFY(users);
        users->select(2);
        Q_EMIT users->opened(users->current());
        desk.waitIdle();
        auto *branch = desk.find<QComboBox>(QStringLiteral("only_branch_id"));
        QVERIFY(branch);
        QCOMPARE(branch->count(), 2);
        auto *held = desk.top()->findChild<QListWidget *>();
        for (int i = 0; i < held->count(); ++i) {
            if (held->item(i)->checkState() == Qt::Checked)
                held->setCurrentRow(i);
        }
        branch->setCurrentIndex(1);
        Q_EMIT branch->activated(1);
        desk.shot(QStringLiteral("user"));
        desk.click(QStringLiteral("Save"));
        desk.waitIdle();
        desk.waitIdle();
        const auto all = desk.clinic->answerNow(services::Users{});
        QVERIFY(std::ranges::any_of(*all, [](const auto &view) {
            return std::ranges::any_of(view.spans, [](const auto &span) { return !span.branch.isNull(); });
        }));
    }

    void agreedToAndAnonymised()
    {
        Desk desk;
        const auto someone = person(desk, QStringLiteral("Cleo"));
        desk.signIn(QStringLiteral("demo-admin"));
        desk.window->openPatient(someone.id);
        desk.waitIdle();
        auto *card = desk.window->currentScreen()->findChild<QWidget *>(QStringLiteral("consents"));
        QVERIFY(card);
        card->findChild<QAbstractButton *>()->click();
        desk.waitIdle();
        desk.find<QComboBox>(QStringLiteral("given"))->setCurrentIndex(1);
        desk.find<QLineEdit>(QStringLiteral("given_by"))->setText(QStringLiteral("Mother"));
        desk.shot(QStringLiteral("consent"));
        desk.click(QStringLiteral("Record"));
        desk.waitIdle();
        desk.waitIdle();
        QCOMPARE(profile(desk)->chart().consents.size(), 1);
        QVERIFY(!profile(desk)->chart().consents.first().given);
        desk.shot(QStringLiteral("agreed"));
        QVERIFY(!desk.find<QAbstractButton>(QStringLiteral("anonymise"))); // deactivated first
        desk.prompter.nextText = QStringLiteral("Moved away");
        desk.click(QStringLiteral("Deactivate"));
        desk.waitIdle();
        desk.waitIdle();
        auto *forget = desk.find<QAbstractButton>(QStringLiteral("anonymise"));
        QVERIFY(forget);
        desk.prompter.nextConfirm = true;
        forget->click();
        desk.waitIdle();
        desk.waitIdle();
        QVERIFY(profile(desk)->chart().patient.anonymisedAt > 0);
        QCOMPARE(desk.status(), QStringLiteral("The record is anonymised."));
        QVERIFY(!desk.button(QStringLiteral("Reactivate")));
        desk.shot(QStringLiteral("anonymised"));
    }

    // The rules are looked at before they are applied.
    void retention()
    {
        Desk desk;
        const qint64 now = desk.clock.nowMs();
        desk.clock.set(now - 8 * 366 * 86'400'000LL);
        const auto old = person(desk, QStringLiteral("Old"));
        desk.clock.set(now - 4 * 366 * 86'400'000LL);
        const auto quiet = person(desk, QStringLiteral("Quiet"));
        desk.clock.set(now);
        desk.signIn(QStringLiteral("demo-admin"));
        const auto rule = [&](const char *key, const char *value) {
            QVERIFY(
                desk.clinic
                    ->performNow(services::SaveSetting{domain::SettingScope::Hospital,
                                                       QString::fromLatin1(key), QString::fromLatin1(value)})
                    .has_value());
        };
        rule(domain::setting::archiveYears, "3");
        rule(domain::setting::anonymiseYears, "7");
        for (auto *action : desk.window->findChildren<QAction *>()) {
            if (action->text().contains(QStringLiteral("Retention")))
                return useRetention(desk, action, old.id, quiet.id);
        }
        QFAIL("not in the menu");
    }

private:
    static void useRetention(Desk &desk, QAction *action, const Id &old, const Id &quiet)
    {
        action->trigger();
        desk.waitIdle();
        auto *dialog = desk.top();
        QCOMPARE(dialog->objectName(), QStringLiteral("retention"));
        QCOMPARE(dialog->findChild<QTableView *>()->model()->rowCount(), 2);
        desk.shot(QStringLiteral("retention"));
        desk.prompter.nextConfirm = false;
        desk.click(QStringLiteral("Do it"));
        desk.waitIdle();
        QVERIFY(desk.database->writerConnection().failure() == std::nullopt);
        desk.prompter.nextConfirm = true;
        desk.click(QStringLiteral("Do it"));
        desk.waitIdle();
        desk.waitIdle();
        QCOMPARE(dialog->findChild<QLabel *>(QStringLiteral("outcome"))->text(),
                 QStringLiteral("2 patients done."));
        desk.shot(QStringLiteral("retention-done"));
        const auto read = [&](const Id &id) {
            return desk.clinic->performNow(services::OpenPatient{id})->patient;
        };
        QVERIFY(read(old).anonymisedAt > 0);
        QVERIFY(!read(quiet).active && read(quiet).anonymisedAt == 0);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstPrivacy, QApplication>(argc, argv);
}

#include "tst_privacy.moc"
