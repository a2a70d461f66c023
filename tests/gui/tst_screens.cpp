// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/permissions.h"
#include "gui/attention/enroldialog.h"
#include "gui/attention/exchangedialog.h"
#include "gui/attention/filedialog.h"
#include "gui/attention/serverdialog.h"
#include "gui/shell/commandpalette.h"
#include "gui/widgets/controls.h"
#include "journey/desk.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/language.h"
#include "models/rowsmodel.h"
#include "support/testmain.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextEdit>
#include <cmath>

using namespace clinic;
using namespace clinic::test;

namespace {

double luminance(const QColor &c)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(c.redF()) + 0.7152 * part(c.greenF()) + 0.0722 * part(c.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (qMax(x, y) + 0.05) / (qMin(x, y) + 0.05);
}

QStringList menuIds(const gui::MainWindow &window)
{
    QStringList ids;
    for (const QAction *menu : window.menuBar()->actions()) {
        for (const QAction *action : menu->menu()->actions()) {
            if (!action->objectName().isEmpty())
                ids << action->objectName();
        }
    }
    ids.sort();
    return ids;
}

// Controls a screen reader would meet without a name.
QStringList nameless(QWidget *root)
{
    QStringList bad;
    for (QWidget *w : root->findChildren<QWidget *>()) {
        if (!w->isVisible() || w->focusPolicy() == Qt::NoFocus || w->focusProxy())
            continue;
        const bool control = qobject_cast<QAbstractButton *>(w) || qobject_cast<QLineEdit *>(w) ||
                             qobject_cast<QComboBox *>(w) || qobject_cast<QAbstractItemView *>(w) ||
                             qobject_cast<QTextEdit *>(w);
        if (!control || qobject_cast<QComboBox *>(w->parentWidget()) ||
            w->objectName() == u"qt_spinbox_lineedit")
            continue;
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(w);
        if (face && face->text(QAccessible::Name).trimmed().isEmpty())
            bad << QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName();
    }
    return bad;
}

} // namespace

class TstScreens : public QObject
{
    Q_OBJECT
    // The first access key in a .ts file that stands between two joined letters: the underline there would
    // cut the word. Empty = none.
    static QString keyThatCutsAWord(const QString &text)
    {
        static const QRegularExpression inAWord(QStringLiteral("\\w*(\\w)&amp;\\w+"),
                                                QRegularExpression::UseUnicodePropertiesOption);
        for (auto found = inAWord.globalMatch(text); found.hasNext();) {
            const auto match = found.next();
            if (match.capturedView(1).back().joiningType() == QChar::Joining_Dual)
                return match.captured();
        }
        return {};
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void colourPairsCanBeRead()
    {
        int pairs = 0;
        for (const char *name : {"light", "dark", "contrast"}) {
            const auto c = gui::Theme::colours(QString::fromLatin1(name));
            const double least = QByteArray(name) == "contrast" ? 7.0 : 4.5;
            for (const char *text : {"text", "muted", "bad", "accent"}) {
                for (const char *ground : {"window", "surface", "raised", "sidebar"}) {
                    const double ratio =
                        contrast(c[QString::fromLatin1(text)], c[QString::fromLatin1(ground)]);
                    QVERIFY2(ratio >= least,
                             qPrintable(QStringLiteral("%1: %2 on %3 is %4")
                                            .arg(QLatin1StringView(name), QLatin1StringView(text),
                                                 QLatin1StringView(ground))
                                            .arg(ratio)));
                    ++pairs;
                }
            }
            for (const char *ground : {"booked", "checkedIn", "inConsultation", "completed", "cancelled",
                                       "noShow", "warnSoft", "badSoft", "goodSoft", "accentSoft"}) {
                QVERIFY2(contrast(c[QStringLiteral("text")], c[QString::fromLatin1(ground)]) >= least,
                         ground);
                ++pairs;
            }
            QVERIFY(contrast(c[QStringLiteral("onAccent")], c[QStringLiteral("accent")]) >= least);
        }
        QVERIFY(pairs > 70);
    }

    void noColourOutsideTheTheme()
    {
        static const QRegularExpression colour(QStringLiteral(
            "#[0-9a-fA-F]{6}\\b|QColor\\(\\s*\\d|Qt::(red|green|blue|yellow|gray|darkGray)\\b"));
        QVERIFY(colour.match(QStringLiteral("setColor(\"#aabbcc\")")).hasMatch());
        int files = 0;
        QDirIterator it(QStringLiteral(CLINIC_SOURCE_DIR "/src/gui"),
                        {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!colour.match(QString::fromUtf8(file.readAll())).hasMatch(),
                     qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files > 30);
    }

    // Every role that exists on a PC signs in and sees exactly its own: menu, side bar, palette; and every
    // screen it has opens, with a name on every control.
    void everyRoleSeesExactlyItsOwn_data()
    {
        QTest::addColumn<QString>("role");
        for (const auto &role : domain::builtInRoles()) {
            if (role.onPc && QByteArray(role.code) != "patient")
                QTest::newRow(role.code) << QString::fromLatin1(role.code);
        }
    }
    void everyRoleSeesExactlyItsOwn()
    {
        QFETCH(QString, role);
        Desk desk({false, true, {1280, 800}});
        desk.signIn(role == u"administrator" ? QStringLiteral("demo-admin") : QStringLiteral("demo-") + role);
        QVERIFY(desk.window->currentScreen());
        const auto permissions = domain::effectivePermissions(*domain::builtInRole(role));
        QStringList expected;
        QStringList screens;
        QStringList hidden;
        for (const auto &action : gui::allActions()) {
            QString needed = QString::fromLatin1(action.permission ? action.permission : "");
            if (action.intention != domain::IntentionId::Count)
                needed = QString::fromLatin1(domain::intentionInfo(action.intention).permission);
            const bool may = needed.isEmpty() || permissions.contains(needed);
            if (may)
                expected << QString::fromLatin1(action.id);
            else
                hidden << gui::actionText(action).remove(u'&');
            if (action.factory)
                (may ? screens : hidden) << QString::fromLatin1(action.id);
        }
        expected.sort();
        QCOMPARE(menuIds(*desk.window), expected);
        auto *sideBar = desk.window->findChild<QListWidget *>(QStringLiteral("sidebar"));
        for (int i = 0; i < sideBar->count(); ++i)
            QVERIFY(expected.contains(sideBar->item(i)->data(Qt::UserRole).toString()));
        (new gui::CommandPalette(*desk.window))->open();
        desk.waitIdle();
        auto *found = desk.top()->findChild<QListWidget *>();
        QCOMPARE(found->count(), expected.size());
        for (int i = 0; i < found->count(); ++i)
            QVERIFY(!hidden.contains(found->item(i)->text().section(QStringLiteral("    "), 0, 0)));
        desk.key(Qt::Key_Escape);
        for (const QString &screen : std::as_const(screens)) {
            desk.window->go(screen);
            desk.waitIdle();
            QVERIFY(desk.window->currentScreen());
            const QStringList bad = nameless(desk.window);
            QVERIFY2(bad.isEmpty(),
                     qPrintable(screen + QStringLiteral(": ") + bad.join(QStringLiteral(", "))));
        }
        // What it may not open stays shut, however it is asked for.
        for (const auto &action : gui::allActions()) {
            if (action.factory && !screens.contains(QString::fromLatin1(action.id))) {
                const auto *before = desk.window->currentScreen();
                desk.window->go(QString::fromLatin1(action.id));
                QCOMPARE(desk.window->currentScreen(), before);
                QVERIFY(desk.status().startsWith(QStringLiteral("You may not do this")));
            }
        }
    }

    void dialogsNameTheirControls()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        int dialogs = 0;
        const auto check = [&] {
            desk.waitIdle();
            QVERIFY(desk.top() != desk.window);
            const QStringList bad = nameless(desk.top());
            QVERIFY2(bad.isEmpty(), qPrintable(desk.top()->windowTitle() + QStringLiteral(": ") +
                                               bad.join(QStringLiteral(", "))));
            ++dialogs;
            desk.key(Qt::Key_Escape);
            desk.waitIdle();
        };
        desk.window->registerPatient({}, {});
        check();
        desk.window->bookAppointment({}, {});
        check();
        desk.window->openDrawer();
        check();
        models::AppointmentFilter filter;
        filter.from = desk.workspace->startOf(desk.workspace->today());
        filter.to = filter.from + 86'400'000;
        const auto views = desk.clinic->answerNow(services::DayAppointments{filter});
        QVERIFY(!views->isEmpty());
        desk.window->openAppointment(views->first().appointment.id);
        check();
        desk.window->invoiceAppointment(views->first().appointment.id);
        check();
        QCOMPARE(dialogs, 5);
        // Those about the server, which a demo has none of.
        (new gui::ServerDialog(*desk.workspace, desk.window))->open();
        check();
        (new gui::ExchangeDialog(*desk.window))->open();
        check();
        (new gui::FileExchangeDialog(*desk.window))->open();
        check();
        (new gui::EnrolDialog(*desk.workspace, desk.window))->open();
        check();
        QCOMPARE(dialogs, 9);
    }

    // The drafts of an open form come back after a lock, after a sign-out, and after the program died.
    void nothingTypedIsLost()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->registerPatient({}, {});
        desk.waitIdle();
        desk.type(QStringLiteral("Unfinished"));
        desk.key(Qt::Key_Tab);
        desk.type(QStringLiteral("Symphony"));
        desk.workspace->lock("manual");
        desk.waitIdle();
        QCOMPARE(desk.top(), desk.window); // out of sight
        // No shortcut and no menu item reaches behind the lock.
        for (auto *action : desk.window->findChildren<QAction *>()) {
            if (!action->objectName().isEmpty())
                action->trigger();
        }
        desk.waitIdle();
        QCOMPARE(desk.top(), desk.window);
        QVERIFY(desk.workspace->isLocked());
        // Nobody is signed in as far as settings go before the first login: defaults count, not nothing.
        QCOMPARE(models::Workspace(*desk.clinic).setting("backup.keep"), QStringLiteral("30"));
        desk.click(QStringLiteral("Unlock"));
        QTRY_VERIFY(!desk.workspace->isLocked());
        desk.waitIdle();
        QCOMPARE(desk.find<QLineEdit>(QStringLiteral("family_name"))->text(), QStringLiteral("Unfinished"));
        // As if the power failed now: the draft is in the file, whatever the window does.
        QCOMPARE(desk.clinic->answerNow(services::Drafts{})->size(), 1);
        desk.prompter.nextConfirm = true;
        desk.window->signOut();
        desk.waitIdle();
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.click(QStringLiteral("Continue"));
        QTRY_VERIFY(desk.find<QLineEdit>(QStringLiteral("family_name")));
        QCOMPARE(desk.find<QLineEdit>(QStringLiteral("family_name"))->text(), QStringLiteral("Unfinished"));
        QCOMPARE(desk.find<QLineEdit>(QStringLiteral("given_name"))->text(), QStringLiteral("Symphony"));
    }

    // No storage call ever runs on the interface thread, whatever screen is used.
    void theInterfaceThreadNeverTouchesStorage()
    {
        Desk desk;
        const auto thread = std::this_thread::get_id();
        const qint64 before = storage::Connection::statementsRunOn(thread);
        const qint64 all = storage::Connection::statementsRun();
        desk.signIn(QStringLiteral("demo-admin"));
        for (const auto &action : gui::allActions()) {
            if (action.factory) {
                desk.window->go(QString::fromLatin1(action.id));
                desk.waitIdle();
            }
        }
        desk.window->bookAppointment({}, {});
        desk.waitIdle();
        QVERIFY(storage::Connection::statementsRun() > all + 50);
        QCOMPARE(storage::Connection::statementsRunOn(thread), before);
    }

    // Every sentence of the sources stands in every language, and a plural reads as one.
    void shippedLanguagesAreComplete()
    {
        const QString sources = QStringLiteral(CLINIC_SOURCE_DIR "/");
        QTemporaryDir work;
        for (const QString &language : models::shippedLanguages()) {
            const QString name = QStringLiteral("clinicdesk_%1.ts").arg(language);
            QVERIFY(QFile::copy(sources + QStringLiteral("translations/") + name, work.filePath(name)));
            QStringList arguments{QStringLiteral("-silent"), QStringLiteral("-locations"),
                                  QStringLiteral("none"), QStringLiteral("-no-obsolete")};
            if (language == u"en")
                arguments << QStringLiteral("-pluralonly");
            arguments << sources + QStringLiteral("src") << sources + QStringLiteral("ui")
                      << QStringLiteral("-ts") << work.filePath(name);
            QProcess lupdate;
            lupdate.start(QStringLiteral(CLINIC_LUPDATE), arguments);
            QVERIFY(lupdate.waitForFinished(60'000));
            QCOMPARE(lupdate.exitCode(), 0);
            QFile file(work.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            const qsizetype open = text.indexOf(QStringLiteral("type=\"unfinished\""));
            QVERIFY2(open < 0, qPrintable(language + text.mid(open - 300, 300)));
            QVERIFY(text.count(QStringLiteral("<message")) >= 5);
            QCOMPARE(keyThatCutsAWord(text), QString());
        }
        QCOMPARE(keyThatCutsAWord(QStringLiteral("ال&amp;سبب")), QStringLiteral("ال&amp;سبب"));
        QCOMPARE(keyThatCutsAWord(QStringLiteral("ا&amp;لسبب &amp;Reason &amp;السبب")), QString());
        models::installLanguage(QStringLiteral("en"));
        QCOMPARE(models::ageText(*PartialDate::create(2026, 1, 5), QDate(2026, 3, 2)),
                 QStringLiteral("1 month"));
        QCOMPARE(models::ageText(*PartialDate::create(2025, 10, 1), QDate(2026, 3, 2)),
                 QStringLiteral("5 months"));
        models::installLanguage(QStringLiteral("ar"));
        QCOMPARE(models::ageText(*PartialDate::create(2026, 1, 1), QDate(2026, 3, 2)),
                 QStringLiteral("شهران"));
        QCOMPARE(models::ageText(*PartialDate::create(2015, 10, 1), QDate(2026, 3, 2)),
                 QStringLiteral("10 سنوات"));
        QCOMPARE(models::permissionText(QStringLiteral("patients.view")),
                 QStringLiteral("الاطلاع على المرضى"));
        models::installLanguage(QStringLiteral("en"));
    }

    void tableModelsKeepTheirPromises()
    {
        models::RowsModel<int> model({{QStringLiteral("n"), [](int n) { return QVariant(n); }},
                                      {QStringLiteral("square"), [](int n) { return QVariant(n * n); },
                                       [](int n) { return QVariant(n); }}});
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({1, 2, 3});
        model.setRows({});
        model.setRows({5, 4});
        QCOMPARE(model.index(1, 1).data().toInt(), 16);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstScreens, QApplication>(argc, argv);
}

#include "tst_screens.moc"
