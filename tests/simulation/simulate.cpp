// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "simulation/world.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTextStream>

using namespace clinic::test;

namespace {

std::optional<Bug> bugNamed(const QString &name)
{
    for (int i = 0; i < int(Bug::Count); ++i) {
        if (name == QLatin1StringView(bugName(Bug(i))))
            return Bug(i);
    }
    return std::nullopt;
}

// The shortest beginning of a history that still goes wrong; the same seed always begins in the same way.
int shrunk(quint64 seed, Bug bug, int steps)
{
    int fine = 0;
    while (steps - fine > 1) {
        const int middle = (fine + steps) / 2;
        World world(seed, bug);
        (world.run(middle).isEmpty() ? fine : steps) = middle;
    }
    return steps;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("CLINICDESK_PROFILE", "testing");
    qputenv("CLINICDESK_TEST", "1");
    qputenv("TZ", "UTC");
    QStandardPaths::setTestModeEnabled(true);
    if (!clinic::crypto::initialise())
        return 1;
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Three PCs and a server under one seeded scheduler. Exit "
                                                    "code 1: an invariant does not hold; with --bug: the "
                                                    "bug was not caught."));
    parser.addHelpOption();
    const auto option = [&](const char *name, const char *help, const char *value, const char *otherwise) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value),
                          QString::fromLatin1(otherwise)});
    };
    option("seeds", "How many histories.", "N", "1000");
    option("from", "The first seed.", "S", "1");
    option("steps", "Steps of work and trouble in each.", "N", "120");
    option("bug", "Plant this bug and expect it to be caught; 'all' = each of them.", "NAME", "none");
    parser.addOption(
        {QStringLiteral("replay"), QStringLiteral("One seed, with its history."), QStringLiteral("SEED")});
    parser.process(app);
    QTextStream out(stdout);
    const int steps = parser.value(QStringLiteral("steps")).toInt();
    QList<Bug> bugs;
    if (parser.value(QStringLiteral("bug")) == u"all") {
        for (int i = 1; i < int(Bug::Count); ++i)
            bugs << Bug(i);
    } else if (const auto bug = bugNamed(parser.value(QStringLiteral("bug")))) {
        bugs << *bug;
    } else {
        out << "bugs:";
        for (int i = 1; i < int(Bug::Count); ++i)
            out << ' ' << bugName(Bug(i));
        out << '\n';
        return 2;
    }
    if (parser.isSet(QStringLiteral("replay"))) {
        const quint64 seed = parser.value(QStringLiteral("replay")).toULongLong();
        World world(seed, bugs.first());
        const QString wrong = world.run(steps);
        out << world.history().join(u'\n') << '\n'
            << (wrong.isEmpty() ? QStringLiteral("every invariant holds") : wrong) << '\n';
        return wrong.isEmpty() == (bugs.first() == Bug::None) ? 0 : 1;
    }
    const quint64 from = parser.value(QStringLiteral("from")).toULongLong();
    const quint64 count = parser.value(QStringLiteral("seeds")).toULongLong();
    QElapsedTimer clock;
    clock.start();
    for (const Bug bug : std::as_const(bugs)) {
        QMap<QString, int> counts;
        bool caught = false;
        for (quint64 seed = from; seed < from + count && !caught; ++seed) {
            World world(seed, bug);
            const QString wrong = world.run(steps);
            for (auto it = world.counts().begin(); it != world.counts().end(); ++it)
                counts[it.key()] += *it;
            if (wrong.isEmpty())
                continue;
            caught = true;
            const int shortest = bug == Bug::None ? shrunk(seed, bug, steps) : steps;
            out << bugName(bug) << ": seed " << seed << " (" << seed - from + 1 << " tried): " << wrong
                << '\n';
            if (bug == Bug::None) {
                World again(seed, bug);
                out << again.run(shortest) << "\nafter " << shortest << " steps:\n"
                    << again.history().join(u'\n') << '\n';
                return 1;
            }
        }
        if (bug != Bug::None && !caught) {
            out << bugName(bug) << ": not caught in " << count << " histories\n";
            return 1;
        }
        if (bug == Bug::None) {
            out << count << " histories from seed " << from << ", every invariant holds, "
                << clock.elapsed() / 1000 << " s\n";
            for (auto it = counts.begin(); it != counts.end(); ++it)
                out << "  " << it.key() << ' ' << *it << '\n';
        }
        out.flush();
    }
    return 0;
}
