// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/walltime.h"
#include "domain/appointments/lifecycle.h"
#include "exchange/documents.h"
#include "gui/appointments/calendarpage.h"
#include "gui/appointments/calendarview.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "gui/widgets/timefields.h"
#include "gui/widgets/typedday.h"
#include "journey/desk.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "services/appointments/touched.h"
#include "services/clockdoubt.h"
#include "services/setup/setup.h"
#include "support/testmain.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolTip>
#include <future>

using namespace clinic;
using namespace clinic::test;
using domain::Appointment;

// Days, hours, clocks, digits and directions as a person at a desk meets them.
class TstClocks : public QObject
{
    Q_OBJECT

    static qint64 utc(const char *iso)
    {
        return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch();
    }
    static Appointment proposal(Desk &desk, qint64 at, int minutes = 15)
    {
        Appointment a;
        a.patientId = desk.clinic->answerNow(services::PatientSearch{})->first().id;
        a.practitionerId = desk.workspace->place().practitioners.first().id;
        a.startAt = at;
        a.minutes = minutes;
        a.overbookReason = QStringLiteral("emergency");
        return a;
    }
    static Id booked(Desk &desk, qint64 at, int minutes = 15)
    {
        const auto done = desk.clinic->performNow(services::BookAppointment{proposal(desk, at, minutes)});
        return done ? done->id : Id{};
    }
    // The branch stands in that zone; before anybody signs in.
    static void moveTo(Desk &desk, const QString &zone)
    {
        std::promise<void> moved;
        desk.database->writer().post([&] {
            static_cast<void>(desk.database->writerConnection().exec("UPDATE branch SET time_zone=?", zone));
            moved.set_value();
        });
        moved.get_future().wait();
    }
    static bool draws(const gui::CalendarView *view, const Id &id)
    {
        return std::ranges::any_of(view->boxes(), [&](const auto &box) {
            return box.view.appointment.id == id && view->boxRect(box).height() > 2;
        });
    }
    // As an input method or the clipboard puts text into a field.
    static void insert(QAbstractSpinBox &field, const QString &text)
    {
        auto *line = field.findChild<QLineEdit *>();
        line->selectAll();
        line->insert(text);
        field.interpretText();
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void theCalendarDrawsEveryBooking()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        const QDate day(2026, 4, 11); // a Saturday: nobody works
        const auto at = [&](int minute) { return walltime::opening(day, minute, desk.workspace->zone()); };
        const Id early = booked(desk, at(5 * 60 + 30));
        const Id late = booked(desk, at(19 * 60 + 30));
        const Id night = booked(desk, at(23 * 60 + 45), 45);
        QVERIFY(!early.isNull() && !late.isNull() && !night.isNull());
        desk.window->go(QStringLiteral("calendar"));
        auto *page = qobject_cast<gui::CalendarPage *>(desk.window->currentScreen());
        page->setDay(day);
        desk.waitIdle();
        QTRY_VERIFY(draws(page->view(), early) && draws(page->view(), late) && draws(page->view(), night));
        page->setDay(day.addDays(1)); // it goes on until half past midnight
        desk.waitIdle();
        QTRY_VERIFY(draws(page->view(), night));
        QVERIFY(!draws(page->view(), late));
        desk.shot(QStringLiteral("calendar-over-midnight"));

        // The doctor leaves; what is booked stays where it can be seen.
        const auto rows = desk.clinic->answerNow(services::SetupRows{&domain::Practitioner::entity()});
        const Id left = desk.workspace->place().practitioners.first().practitionerId;
        const auto doctor =
            std::ranges::find_if(*rows, [&](const auto &record) { return record.row.id == left; });
        QVERIFY(doctor != rows->end());
        auto gone = storage::fromRecord<domain::Practitioner>(*doctor);
        gone.active = false;
        const auto refused =
            desk.clinic->performNow(services::SaveSetupRow{*doctor, storage::toRecord(gone)});
        QVERIFY(!refused);
        const auto touched = services::touchedIn(refused.error());
        QVERIFY(touched.contains(early) && touched.contains(night));
        QVERIFY(desk.clinic->performNow(services::SaveSetupRow{*doctor, storage::toRecord(gone), touched}));
        page->setDay(day);
        desk.waitIdle();
        QTRY_VERIFY(draws(page->view(), early) && draws(page->view(), late));
        QVERIFY(std::ranges::any_of(page->view()->columns(), [](const auto &column) {
            return column.title.contains(QStringLiteral("no longer in use"));
        }));
        const auto shown = page->view()->boxes();
        QVERIFY(page->view()->boxText(shown.first()).contains(QStringLiteral("no longer in use")));
        // And where the day begins, with the way to them.
        desk.window->go(QStringLiteral("today"));
        desk.waitIdle();
        desk.click(QStringLiteral("Look"));
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("stranded"));
        desk.shot(QStringLiteral("bookings-that-cannot-be-kept"));
        desk.key(Qt::Key_Escape);
    }

    // The same hour stands at the same height on every day of the week in which clocks change.
    void theSheetOnTheDayClocksChange()
    {
        const QTimeZone there("America/New_York");
        const auto hour = [&](const QDate &day, int minute) { return walltime::opening(day, minute, there); };
        for (const QDate &change : {QDate(2026, 3, 8), QDate(2026, 11, 1)}) {
            const QList<QDate> days{change, change.addDays(1)};
            const auto axis = models::calendarAxis(days, 0, 24 * 60, there);
            QList<models::CalendarColumn> columns;
            for (int i = 0; i < 2; ++i) {
                models::CalendarColumn column;
                column.day = days[i];
                column.from = walltime::opening(days[i], 0, there);
                column.to = walltime::closing(days[i], 24 * 60, there);
                column.pieces = axis.pieces[i];
                columns << column;
            }
            for (const int minute : {0, 30, 9 * 60, 12 * 60 + 15, 23 * 60})
                QCOMPARE(columns[0].axisOf(hour(days[0], minute)), columns[1].axisOf(hour(days[1], minute)));
            for (const auto &column : columns) {
                for (qint64 t = column.from; t < column.to; t += 5 * 60'000)
                    QCOMPARE(column.timeOf(column.axisOf(t)), t);
            }
            const bool forward = change.month() == 3;
            QCOMPARE(axis.minutes, forward ? 24 * 60 : 25 * 60);
            QCOMPARE(axis.hours.size(), forward ? 24 : 25);
            storage::Schedule schedule;
            domain::Availability hours;
            hours.weekday = 7;
            hours.startMinute = 8 * 60;
            hours.endMinute = 12 * 60;
            schedule.week << hours;
            const auto open = models::openHours(schedule, change, there);
            QCOMPARE(open.size(), 1);
            QCOMPARE(open.first().first, hour(change, 8 * 60));
            QCOMPARE(open.first().second, hour(change, 12 * 60));
        }
    }

    // A time that clocks skip is refused with a sentence; of one that comes twice either can be meant, and
    // what was not changed stays.
    void theFormOnTheDayClocksChange()
    {
        Desk desk;
        moveTo(desk, QStringLiteral("America/New_York"));
        desk.signIn(QStringLiteral("demo-admin"));
        QCOMPARE(desk.workspace->zone(), QTimeZone("America/New_York"));
        auto skipped = proposal(desk, utc("2026-03-08T08:00:00Z"));
        desk.window->bookAppointment(skipped, {}, {});
        desk.waitIdle();
        auto *time = desk.find<gui::ClockEdit>({});
        time->setTime(QTime(2, 30));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(std::ranges::any_of(desk.top()->findChildren<QLabel *>(), [](const QLabel *label) {
            return label->isVisible() && label->text().contains(QStringLiteral("there is no 02:30"));
        }));
        desk.key(Qt::Key_Escape);
        desk.waitIdle();
        if (desk.button(QStringLiteral("Throw away")))
            desk.click(QStringLiteral("Throw away"));
        desk.waitIdle();

        const qint64 first = utc("2026-11-01T05:30:00Z");
        for (const qint64 at : {first, first + 3'600'000}) {
            const Id id = booked(desk, at);
            QVERIFY(!id.isNull());
            const auto before = desk.clinic->answerNow(services::ReadAppointment{id})->view.appointment;
            desk.window->bookAppointment(before, {}, {});
            desk.waitIdle();
            const auto boxes = desk.top()->findChildren<QComboBox *>();
            auto *pass = *std::ranges::find_if(
                boxes, [](const QComboBox *box) { return box->accessibleName() == u"Which of the two"; });
            QVERIFY(pass->isVisible());
            QCOMPARE(pass->currentIndex(), at == first ? 0 : 1);
            desk.find<QLineEdit>(QStringLiteral("reason"))->setText(QStringLiteral("changed"));
            desk.key(Qt::Key_Return, Qt::ControlModifier);
            QTRY_COMPARE(desk.clinic->answerNow(services::ReadAppointment{id})->view.appointment.reason,
                         QStringLiteral("changed"));
            QCOMPARE(desk.clinic->answerNow(services::ReadAppointment{id})->view.appointment.startAt, at);
            desk.waitIdle();
        }
        QCOMPARE(models::timeText(first, desk.workspace->zone()), QStringLiteral("01:30"));
        QCOMPARE(models::timeText(first + 3'600'000, desk.workspace->zone()),
                 QStringLiteral("01:30 (second time)"));
    }

    // Digits of any script, whatever the language of the PC; the parts of a field in their order.
    void fieldsTakeEveryDigit()
    {
        const QLocale before;
        for (const char *name : {"en_GB", "ar_AE", "ar_EG", "fa_IR", "bn_BD"}) {
            QLocale::setDefault(QLocale(QString::fromLatin1(name)));
            for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                QApplication::setLayoutDirection(direction);
                for (const QString &typed : {QStringLiteral("11:20"), QStringLiteral("١١:٢٠"),
                                             QStringLiteral("۱۱:۲۰"), QStringLiteral("১১:২০")}) {
                    gui::ClockEdit clock;
                    clock.show();
                    insert(clock, typed);
                    QVERIFY2(clock.time() == QTime(11, 20), qPrintable(typed + QString::fromLatin1(name)));
                    QVERIFY(clock.text().indexOf(u':') == 2);
                    QVERIFY(QLocale().toInt(clock.text().left(2)) == 11);
                    gui::NumberBox number;
                    number.setRange(0, 999);
                    number.show();
                    insert(number, typed.left(2));
                    QCOMPARE(number.value(), 11);
                }
            }
        }
        QLocale::setDefault(before);
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    // Names and numbers keep their order among words of the other direction.
    void textsKeepTheirDirection()
    {
        using exchange::isolated;
        const QString fsi(QChar(0x2068));
        const QString lri(QChar(0x2066));
        const QString pdi(QChar(0x2069));
        QCOMPARE(isolated(QStringLiteral("Meyer, Ann")), QStringLiteral("Meyer, Ann"));
        QCOMPARE(isolated(QStringLiteral("حداد, أمل")), fsi + QStringLiteral("حداد, أمل") + pdi);
        QCOMPARE(isolated(isolated(QStringLiteral("حداد"))), isolated(QStringLiteral("حداد")));
        const QString sentence = models::errorText(
            Error(ErrorCode::Overlap, {},
                  {QStringLiteral("حداد"), QStringLiteral("10:00"), QStringLiteral("10:15")}));
        QVERIFY(sentence.contains(fsi + QStringLiteral("حداد") + pdi));

        QApplication::setLayoutDirection(Qt::RightToLeft);
        exchange::Letterhead head;
        head.zone = QTimeZone::utc();
        head.hospital.currency = QStringLiteral("ZAR");
        head.printedBy = QStringLiteral("Dr. Who");
        storage::InvoiceDetail detail;
        detail.view.patientName = QStringLiteral("Ana (آنا) Pérez");
        detail.view.patientNumber = QStringLiteral("HC-02S-P4-6");
        detail.view.invoice.currency = QStringLiteral("ZAR");
        detail.view.invoice.note = QStringLiteral("خصم -12.50 للهاتف +49 30 23125 012");
        domain::Payment payment;
        payment.currency = QStringLiteral("ZAR");
        payment.reference = QStringLiteral("+49 30 23125 012");
        const QString receipt = exchange::receiptHtml(head, detail, payment);
        const QString invoice = exchange::invoiceHtml(head, detail);
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QVERIFY(receipt.contains(fsi + QStringLiteral("+49 30 23125 012") + pdi));
        QVERIFY(receipt.contains(fsi + QStringLiteral("Ana (آنا) Pérez") + pdi));
        QVERIFY(receipt.contains(lri + QStringLiteral("HC-02S-P4-6") + pdi));
        QVERIFY(invoice.contains(lri + QStringLiteral("-12.50") + pdi));
        QVERIFY(invoice.contains(lri + QStringLiteral("+49 30 23125 012") + pdi));
        QCOMPARE(exchange::withoutIsolates(isolated(QStringLiteral("حداد -12.50"))),
                 QStringLiteral("حداد -12.50"));
        // The year and the hour of a date are two numbers, a telephone number is one.
        for (const auto *text : {"الاثنين 2 مارس 2026 23:33", "2 مارس 2026 10:00 – 10:30"}) {
            const QString date = QString::fromUtf8(text);
            QCOMPARE(isolated(date), fsi + date + pdi);
        }
        QVERIFY(isolated(QStringLiteral("حداد 2026-03-01 23:33"))
                    .contains(lri + QStringLiteral("2026-03-01") + pdi));
        QVERIFY(isolated(QStringLiteral("هاتف 030 23125 012"))
                    .contains(lri + QStringLiteral("030 23125 012") + pdi));
    }

    // A click into a field for days changes nothing, wherever it lands.
    void aClickChangesNoDay()
    {
        gui::DayEdit day(QDate(2026, 12, 1));
        gui::MomentEdit moment;
        moment.setShown(QDate(2026, 12, 1), 600);
        for (QDateTimeEdit *edit :
             {static_cast<QDateTimeEdit *>(&day), static_cast<QDateTimeEdit *>(&moment)}) {
            edit->resize(220, 36);
            edit->show();
            const QDateTime before = edit->dateTime();
            for (int y = 1; y < edit->height(); y += 3) {
                for (int x = 4; x < edit->width() - 40; x += 12)
                    QTest::mouseClick(edit, Qt::LeftButton, {}, QPoint(x, y));
            }
            QCOMPARE(edit->dateTime(), before);
        }
    }

    void aTypedDayIsThatDay_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("day"); // empty = no day
        const std::pair<const char *, const char *> rows[] = {{"2/12/2026", "2026-12-02"},
                                                              {"02.12.2026", "2026-12-02"},
                                                              {"2-12-2026", "2026-12-02"},
                                                              {"2026-12-02", "2026-12-02"},
                                                              {"2 Dec 2026", "2026-12-02"},
                                                              {"02122026", "2026-12-02"},
                                                              {"31/12/2026", "2026-12-31"},
                                                              {"٢/١٢/٢٠٢٦", "2026-12-02"},
                                                              {"۲/۱۲/۲۰۲۶", "2026-12-02"},
                                                              {"5", "2026-12-05"},
                                                              {"17", "2026-12-17"},
                                                              {"5/1", "2027-01-05"},
                                                              {"30/11", "2026-11-30"},
                                                              {"5/12/27", "2027-12-05"},
                                                              {"5/1/99", "1999-01-05"},
                                                              {"2027", "2027-12-01"},
                                                              {"29/2/2028", "2028-02-29"},
                                                              {"29/2", ""},
                                                              {"32", ""},
                                                              {"31/11/2026", ""},
                                                              {"2/13/2026", ""},
                                                              {"12/2026", ""},
                                                              {"2/12/2026x", ""},
                                                              {"5 days", ""}};
        for (const auto &[typed, day] : rows)
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(day);
    }

    // Wherever the cursor stands, and however the field is left.
    void aTypedDayIsThatDay()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, day);
        const QDate before(2026, 12, 1);
        const QDate meant = day.isEmpty() ? before : QDate::fromString(day, Qt::ISODate);
        for (const auto section :
             {QDateTimeEdit::DaySection, QDateTimeEdit::MonthSection, QDateTimeEdit::YearSection}) {
            for (const QByteArray way : {"enter", "tab", "click"}) {
                QWidget window;
                auto *row = new QHBoxLayout(&window);
                auto *field = new gui::DayEdit(before);
                auto *moment = new gui::MomentEdit;
                auto *next = new QLineEdit;
                for (QWidget *each : {static_cast<QWidget *>(field), static_cast<QWidget *>(moment),
                                      static_cast<QWidget *>(next)})
                    row->addWidget(each);
                moment->setShown(before, 600);
                window.show();
                QVERIFY(QTest::qWaitForWindowActive(&window));
                for (QDateTimeEdit *edit :
                     {static_cast<QDateTimeEdit *>(field), static_cast<QDateTimeEdit *>(moment)}) {
                    edit->setFocus();
                    edit->setCurrentSection(section);
                    for (const QChar c : typed)
                        QTest::sendKeyEvent(QTest::Click, edit, Qt::Key(c.toUpper().unicode()), QString(c),
                                            {});
                    if (way == "enter")
                        QTest::keyClick(edit, Qt::Key_Return);
                    else if (way == "tab")
                        QTest::keyClick(edit, Qt::Key_Tab);
                    else
                        next->setFocus();
                    QCOMPARE(edit->date(), meant);
                    // Tab moves the focus from a day to the hour beside it, and from a day alone to the next
                    // field.
                    if (way == "tab" && !day.isEmpty()) {
                        QCOMPARE(field->hasFocus(), false);
                        QVERIFY(moment->hasFocus());
                        if (edit == moment)
                            QCOMPARE(moment->currentSection(), QDateTimeEdit::HourSection);
                    }
                    // A text that is no day stays and is named; no form is saved with it.
                    const auto *line = edit->findChild<gui::TypedDay *>();
                    QCOMPARE(line->isVisible(), day.isEmpty());
                    QCOMPARE(gui::TypedDay::findsUnread(&window), day.isEmpty());
                    if (day.isEmpty()) {
                        QTRY_VERIFY(QToolTip::isVisible());
                        QVERIFY(QToolTip::text().contains(typed));
                        QCOMPARE(line->text(), typed);
                        QVERIFY(edit->hasFocus());
                        QTest::keyClick(edit, Qt::Key_Escape);
                        QVERIFY(line->isHidden() && !gui::TypedDay::findsUnread(&window));
                        QToolTip::hideText();
                        QTRY_VERIFY(!QToolTip::isVisible());
                    }
                }
                QCOMPARE(moment->minute(), 600);
            }
        }
    }

    // A form is saved neither with a text that is no day, nor past a rule that the day just typed breaks: an
    // access key presses the button while the focus is still in the field.
    void noFormIsSavedPastItsRules()
    {
        struct Dialog : gui::FormDialog
        {
            Dialog() : FormDialog(QStringLiteral("Title"), QStringLiteral("&Save"), nullptr)
            {
                body()->addWidget(day);
                connect(day, &gui::DayEdit::dateChanged, this,
                        [this](const QDate &on) { saveButton()->setEnabled(on < QDate(2027, 1, 1)); });
            }
            void save() override { saved << day->date(); }
            [[nodiscard]] bool isDirty() const override { return false; }
            void press() { saveButton()->click(); }
            gui::DayEdit *day = new gui::DayEdit(QDate(2026, 12, 1));
            QList<QDate> saved{};
        };
        auto dialog = std::make_unique<Dialog>();
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        const auto type = [&](const char *text) {
            dialog->day->setFocus();
            for (const char c : QByteArrayView(text))
                QTest::keyClick(dialog->day, c);
            dialog->press();
        };
        type("32");
        QCOMPARE(dialog->saved, QList<QDate>());
        QTest::keyClick(dialog->day, Qt::Key_Escape);
        type("5/1/27");
        QCOMPARE(dialog->day->date(), QDate(2027, 1, 5));
        QCOMPARE(dialog->saved, QList<QDate>());
        type("24/12/2026");
        QCOMPARE(dialog->saved, QList<QDate>{QDate(2026, 12, 24)});
        dialog->hide();
        QToolTip::hideText();
    }

    // Esc gives the former day back; a pasted day is taken; the hour's parts are typed one by one; an hour
    // may follow the day; a full date counts before the field is left.
    void theTypedLineOpensAndCloses()
    {
        gui::MomentEdit moment;
        const auto keys = [&](const char *text) {
            for (const char c : QByteArrayView(text))
                QTest::keyClick(&moment, c);
        };
        moment.setShown(QDate(2026, 12, 1), 600);
        moment.show();
        QVERIFY(QTest::qWaitForWindowActive(&moment));
        moment.setFocus();
        const auto *line = moment.findChild<QLineEdit *>(QStringLiteral("typedDay"));
        QVERIFY(line && line->isHidden());
        moment.setCurrentSection(QDateTimeEdit::DaySection);
        keys("3/12/2026");
        QVERIFY(line->isVisible());
        QCOMPARE(moment.date(), QDate(2026, 12, 3));
        QTest::keyClick(&moment, Qt::Key_Escape);
        QVERIFY(line->isHidden());
        QCOMPARE(moment.date(), QDate(2026, 12, 1));
        keys("3");
        QTest::keyClick(&moment, Qt::Key_Backspace);
        QVERIFY(line->isHidden());
        QCOMPARE(moment.date(), QDate(2026, 12, 1));
        keys("4/12/2026 14:35");
        QTest::keyClick(&moment, Qt::Key_Return);
        QCOMPARE(moment.dateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                 QStringLiteral("2026-12-04 14:35"));
        moment.setCurrentSection(QDateTimeEdit::HourSection);
        moment.setSelectedSection(QDateTimeEdit::HourSection);
        keys("09");
        QVERIFY(line->isHidden());
        QCOMPARE(moment.minute(), 9 * 60 + 35);
        moment.setCurrentSection(QDateTimeEdit::DaySection);
        QApplication::clipboard()->setText(QStringLiteral(" 21/7/2027 "));
        QTest::keyClick(&moment, Qt::Key_V, Qt::ControlModifier);
        QTest::keyClick(&moment, Qt::Key_Return);
        QCOMPARE(moment.date(), QDate(2027, 7, 21));
        QTest::keyClick(&moment, Qt::Key_Up);
        QVERIFY(moment.date() != QDate(2027, 7, 21)); // the steps of the parts stay
        // A day beyond the field's limits is named as what it is.
        moment.setMinimumDate(QDate(2026, 1, 1));
        moment.setCurrentSection(QDateTimeEdit::DaySection);
        keys("1/1/2025");
        QTest::keyClick(&moment, Qt::Key_Return);
        QTRY_VERIFY(QToolTip::text().startsWith(QStringLiteral("Choose a day from ")));
        QTest::keyClick(&moment, Qt::Key_Escape);
        // A day chosen by other means while one is typed is the day.
        moment.setCurrentSection(QDateTimeEdit::DaySection);
        keys("7");
        moment.setShown(QDate(2026, 12, 24), 600);
        QVERIFY(line->isHidden());
        QCOMPARE(moment.date(), QDate(2026, 12, 24));
    }

    // Who is still in the consultation when its time is over is marked.
    void anOverrunIsSaid()
    {
        models::AppointmentView view;
        view.appointment.state = domain::AppointmentState::InConsultation;
        view.appointment.startAt = utc("2026-03-02T11:15:00Z");
        view.appointment.minutes = 30;
        QVERIFY(models::warningText(view, utc("2026-03-02T11:45:00Z")).isEmpty());
        QVERIFY(models::stateText(view, utc("2026-03-02T12:00:00Z")).contains(QStringLiteral("15 min over")));
        view.appointment.state = domain::AppointmentState::Completed;
        QVERIFY(models::warningText(view, utc("2026-03-02T12:00:00Z")).isEmpty());
    }

    // A PC whose clock is years off registers people all the same, and says that it is off.
    void aClockThatCannotBeRight()
    {
        for (const char *wrong : {"1970-01-01T08:00:00Z", "2099-06-01T08:00:00Z"}) {
            Desk desk;
            desk.signIn(QStringLiteral("demo-clerk"));
            desk.waitIdle();
            auto *doubt = desk.window->findChild<QLabel *>(QStringLiteral("clockDoubt"));
            QVERIFY(doubt && !doubt->isVisible());
            desk.clock.setWallClockAhead(utc(wrong) - desk.clock.nowMs());
            domain::Patient person;
            person.familyName = QStringLiteral("Meyer");
            person.sex = domain::Sex::Female;
            for (const char *born : {"1953-11-21", "1996", "2026-02-27"}) {
                person.birthDate = PartialDate::fromStored(QString::fromLatin1(born));
                const auto registered = desk.clinic->performNow(services::RegisterPatient{person, {}});
                QVERIFY2(registered.has_value(), born);
                auto changed = *registered;
                changed.phone = QStringLiteral("0825550111");
                QVERIFY(desk.clinic->performNow(services::UpdatePatient{*registered, changed}));
            }
            person.birthDate = PartialDate::fromStored(u"2101-01-01");
            QCOMPARE(desk.clinic->performNow(services::RegisterPatient{person, {}}).error().code,
                     ErrorCode::DateInFuture);
            desk.window->go(QStringLiteral("patients"));
            desk.window->go(QStringLiteral("today"));
            desk.waitIdle();
            doubt = desk.window->currentScreen()->findChild<QLabel *>(QStringLiteral("clockDoubt"));
            QTRY_VERIFY(doubt->isVisible());
            QVERIFY(doubt->text().contains(QString::fromLatin1(wrong).left(4)));
            QVERIFY(doubt->text().contains(QStringLiteral("2026")));
        }
    }
};

int main(int argc, char **argv)
{
    return test::run<TstClocks, QApplication>(argc, argv);
}

#include "tst_clocks.moc"
