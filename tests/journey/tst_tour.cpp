// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/calendarpage.h"
#include "gui/patients/patientprofile.h"
#include "gui/shell/gallery.h"
#include "journey/desk.h"
#include "models/language.h"
#include "services/billing/billing.h"
#include "support/testmain.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <QTableView>

using namespace clinic;
using namespace clinic::test;

// A desk day from the first patient to the drawer's count, through the real window, by keyboard wherever a
// person would. With CLINICDESK_TOUR=DIR it leaves numbered screenshots.
class TstTour : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void deskDay()
    {
        Desk desk;
        desk.shot(QStringLiteral("login"));
        desk.signIn(QStringLiteral("demo-clerk"));
        QCOMPARE(desk.window->currentScreen()->title(), QStringLiteral("Today"));
        desk.shot(QStringLiteral("today"));

        // The drawer is opened with its float.
        desk.window->openDrawer();
        desk.waitIdle();
        desk.type(QStringLiteral("500"));
        desk.shot(QStringLiteral("drawer"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.status(), QStringLiteral("Drawer open."));

        // A walk-in: Ctrl+N, name, sex, age, Ctrl+Enter; no mouse.
        desk.window->registerPatient({}, [&](const domain::Patient &p) { desk.window->openPatient(p.id); });
        desk.waitIdle();
        desk.type(QStringLiteral("Abernathy"));
        desk.key(Qt::Key_Tab);
        desk.type(QStringLiteral("Rosalind"));
        desk.key(Qt::Key_Tab);
        desk.type(QStringLiteral("F")); // Female
        desk.key(Qt::Key_Tab);
        desk.type(QStringLiteral("34"));
        desk.key(Qt::Key_Tab);
        desk.type(QStringLiteral("082 555 0123"));
        desk.shot(QStringLiteral("register"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(qobject_cast<gui::PatientProfile *>(desk.window->currentScreen()));
        desk.waitIdle();
        auto *profile = qobject_cast<gui::PatientProfile *>(desk.window->currentScreen());
        QTRY_COMPARE(profile->chart().patient.givenName, QStringLiteral("Rosalind"));
        QCOMPARE(profile->chart().patient.sex, domain::Sex::Female);
        desk.shot(QStringLiteral("profile"));

        // Booked into the first free place, and checked in.
        desk.click(QStringLiteral("Book"));
        QTRY_VERIFY(desk.find<QAbstractButton>(QStringLiteral("firstFree")));
        desk.shot(QStringLiteral("book"));
        QTest::mouseClick(desk.find<QAbstractButton>(QStringLiteral("firstFree")), Qt::LeftButton);
        auto *service = desk.find<QComboBox>(QStringLiteral("service_id"));
        service->setCurrentIndex(1);
        Q_EMIT service->activated(1);
        desk.waitIdle();
        QTest::mouseClick(desk.find<QAbstractButton>(QStringLiteral("firstFree")), Qt::LeftButton);
        desk.waitIdle();
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(desk.status().startsWith(QStringLiteral("Booked for")), qPrintable(desk.status()));
        QTRY_COMPARE(profile->chart().appointments.size(), 1);
        const Id appointment = profile->chart().appointments.first().appointment.id;

        desk.window->go(QStringLiteral("calendar"));
        desk.waitIdle();
        auto *calendar = qobject_cast<gui::CalendarPage *>(desk.window->currentScreen());
        QTRY_VERIFY(!calendar->view()->boxes().isEmpty());
        calendar->view()->select(appointment);
        desk.shot(QStringLiteral("calendar"));

        desk.window->openAppointment(appointment);
        desk.waitIdle();
        desk.shot(QStringLiteral("appointment"));
        desk.click(QStringLiteral("Check in"));
        QTRY_COMPARE(desk.status(), QStringLiteral("Checked in."));
        QTRY_COMPARE(desk.find<QLabel>(QStringLiteral("state"))->text(), QStringLiteral("State: Checked in"));

        // Invoice, part payment in cash, receipt as PDF, and the rest by card.
        desk.click(QStringLiteral("Make invoice"));
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("invoice"));
        desk.shot(QStringLiteral("invoice-draft"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(desk.button(QStringLiteral("Take payment")));
        desk.shot(QStringLiteral("invoice"));
        desk.click(QStringLiteral("Take payment"));
        auto *amount = desk.find<QLineEdit>(QStringLiteral("amount"));
        QTRY_VERIFY(amount);
        const QString whole = amount->text();
        amount->setText(QStringLiteral("100"));
        desk.shot(QStringLiteral("payment"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("document"));
        desk.shot(QStringLiteral("receipt"));
        const QString pdf = desk.folder.filePath(QStringLiteral("receipt.pdf"));
        desk.prompter.nextFile = pdf;
        desk.click(QStringLiteral("Save as PDF"));
        QTRY_VERIFY(QFile::exists(pdf));
        QProcess text;
        text.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), pdf, QStringLiteral("-")});
        QVERIFY(text.waitForFinished());
        const QString receipt = QString::fromUtf8(text.readAllStandardOutput());
        QVERIFY2(receipt.contains(QStringLiteral("Abernathy, Rosalind")) &&
                     receipt.contains(QStringLiteral("100.00")) &&
                     receipt.contains(QStringLiteral("Hillside Clinic")),
                 qPrintable(receipt));
        desk.click(QStringLiteral("Close"));
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("invoice"));
        desk.click(QStringLiteral("Take payment"));
        QTRY_VERIFY(desk.find<QLineEdit>(QStringLiteral("amount")));
        QVERIFY(desk.find<QLineEdit>(QStringLiteral("amount"))->text() != whole); // what is left is proposed
        desk.find<QComboBox>(QStringLiteral("method"))->setCurrentIndex(1);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("document"));
        desk.click(QStringLiteral("Close"));
        QTRY_COMPARE(desk.find<QLabel>(QStringLiteral("balance"))->text(), QStringLiteral("Paid in full"));
        desk.shot(QStringLiteral("paid"));
        desk.key(Qt::Key_Escape);
        desk.key(Qt::Key_Escape);

        // The drawer holds what it should: 500 float and 100 cash.
        desk.window->openDrawer();
        desk.waitIdle();
        desk.type(QStringLiteral("600"));
        desk.shot(QStringLiteral("drawer-close"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.status(), QStringLiteral("Drawer closed."));
        desk.window->go(QStringLiteral("billing"));
        desk.waitIdle();
        desk.shot(QStringLiteral("billing"));
        desk.window->go(QStringLiteral("patients"));
        desk.type(QStringLiteral("obr"));
        desk.shot(QStringLiteral("patients"));
        desk.window->go(QStringLiteral("waiting"));
        desk.waitIdle();
        desk.shot(QStringLiteral("waiting-list"));
    }

    void administratorsDay()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        for (const char *screen : {"setup", "users", "audit", "account"}) {
            desk.window->go(QString::fromLatin1(screen));
            desk.waitIdle();
            desk.shot(QStringLiteral("admin-") + QString::fromLatin1(screen));
        }
    }

    // Every look: themes, a small laptop, large type. Screens must fit, and the pictures are there to be
    // looked at.
    void looks_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<int>("percent");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("language");
        QTest::newRow("dark") << "dark" << 100 << QSize(1280, 800) << "en";
        QTest::newRow("contrast") << "contrast" << 100 << QSize(1280, 800) << "en";
        QTest::newRow("small") << "light" << 100 << QSize(1024, 600) << "en";
        QTest::newRow("large-type") << "light" << 200 << QSize(1920, 1080) << "en";
        QTest::newRow("arabic") << "light" << 100 << QSize(1280, 800) << "ar";
        QTest::newRow("arabic-dark-small") << "dark" << 100 << QSize(1024, 600) << "ar";
        QTest::newRow("arabic-large") << "light" << 200 << QSize(1920, 1080) << "ar";
        QTest::newRow("4k") << "light" << 100 << QSize(3840, 2160) << "en";
        QTest::newRow("300-percent") << "light" << 300 << QSize(3840, 2160) << "en";
        QTest::newRow("wide") << "light" << 100 << QSize(1920, 1080) << "en";
    }
    void looks()
    {
        QFETCH(QString, theme);
        QFETCH(int, percent);
        QFETCH(QSize, size);
        QFETCH(QString, language);
        Desk desk({true, true, size});
        desk.shot(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral("-login"));
        desk.signIn(QStringLiteral("demo-admin"));
        if (language != models::currentLanguage())
            desk.speak(language);
        QCOMPARE(desk.window->layoutDirection(), QLocale(language).textDirection());
        desk.workspace->saveSetting(domain::SettingScope::User, "interface.theme", theme);
        desk.workspace->saveSetting(domain::SettingScope::User, "interface.fontPercent",
                                    QString::number(percent));
        desk.waitIdle();
        QTRY_COMPARE(desk.theme->current(), theme);
        for (const char *screen :
             {"today", "patients", "calendar", "billing", "setup", "users", "account", "waiting", "audit"}) {
            desk.window->go(QString::fromLatin1(screen));
            desk.waitIdle();
            const QSize least = desk.window->minimumSizeHint();
            QVERIFY2(least.width() <= size.width() && least.height() <= size.height(),
                     qPrintable(QStringLiteral("%1 wants %2 x %3")
                                    .arg(QLatin1StringView(screen))
                                    .arg(least.width())
                                    .arg(least.height())));
            if (percent == 100 && size.width() >= 1280) { // no list needs a scroll bar to the side
                for (auto *table : desk.window->currentScreen()->findChildren<QTableView *>())
                    QVERIFY2(!table->isVisible() || !table->horizontalScrollBar()->isVisible(), screen);
            }
            desk.shot(QString::fromLatin1(QTest::currentDataTag()) + u'-' + QString::fromLatin1(screen));
        }
        const auto hit = desk.clinic->answerNow(services::PatientSearch{QStringLiteral("a")})->first();
        desk.window->openPatient(hit.id);
        desk.waitIdle();
        desk.shot(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral("-profile"));
        desk.window->bookAppointment({}, {});
        desk.waitIdle();
        desk.shot(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral("-book"));
        desk.top()->close();
        desk.window->registerPatient({}, {});
        desk.waitIdle();
        desk.shot(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral("-register"));
        desk.top()->close();
        desk.window->printTomorrow();
        desk.waitIdle();
        QCOMPARE(desk.top()->objectName(), QStringLiteral("document"));
        desk.shot(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral("-tomorrow"));
        desk.top()->close();
        const auto invoices = desk.clinic->answerNow(services::Invoices{});
        QVERIFY(invoices && !invoices->isEmpty());
        desk.window->openInvoice(invoices->first().invoice.id);
        desk.waitIdle();
        desk.shot(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral("-invoice"));
        desk.top()->close();
        // Themes last as long as the user's setting; the next test starts from the system's.
        desk.theme->apply(QStringLiteral("light"), 100);
    }

    // Every shared widget in every state and theme.
    void gallery()
    {
        Desk desk({false, true, {1280, 800}});
        auto *gallery = new gui::Gallery(*desk.theme, desk.window);
        gallery->show();
        QCOMPARE(gallery->findChildren<QTabWidget *>().first()->count(), 4);
        for (const char *theme : {"dark", "contrast", "light"}) {
            desk.theme->apply(QString::fromLatin1(theme), 100);
            desk.shot(QStringLiteral("gallery-") + QString::fromLatin1(theme));
        }
        gallery->close();
    }

    void firstStart()
    {
        Desk desk({false, false, {1280, 800}});
        desk.shot(QStringLiteral("first-start"));
        const auto fill = [&](const char *name, const QString &text) {
            desk.find<QLineEdit>(QString::fromLatin1(name))->setText(text);
        };
        fill("hospital", QStringLiteral("River Clinic"));
        fill("user_name", QStringLiteral("ann"));
        fill("password", QStringLiteral("three green apples"));
        fill("again", QStringLiteral("three green apples"));
        desk.click(QStringLiteral("Create the clinic"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.workspace->isSetUp(), 10'000);
        desk.waitIdle();
        // The recovery key, shown once.
        QCOMPARE(desk.top()->objectName(), QStringLiteral("document"));
        desk.shot(QStringLiteral("first-recovery-key"));
        desk.top()->close();
        desk.window->findChild<QLineEdit *>(QStringLiteral("login"))->setText(QStringLiteral("ann"));
        auto *password = desk.find<QLineEdit>(QStringLiteral("password"));
        password->setText(QStringLiteral("three green apples"));
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window->currentScreen() != nullptr, 10'000);
        desk.shot(QStringLiteral("first-day"));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstTour, QApplication>(argc, argv);
}

#include "tst_tour.moc"
