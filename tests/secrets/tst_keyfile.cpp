// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriter.h"
#include "secrets/keyfile.h"
#include "secrets/passwordfile.h"
#include "secrets/recoverykey.h"
#include "secrets/sealedfile.h"
#include "secrets/wrongpasswords.h"
#include "support/fakeclock.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace clinic;
using secrets::KeyFile;

// Who gets into a sealed file by the key file beside it, and who does not.
class TstKeyFile : public QObject
{
    Q_OBJECT

    static constexpr crypto::PasswordCost cheap{1, 8 * 1024};
    QTemporaryDir m_dir;
    QString m_path;
    FileKey m_key;
    Id m_ann = Id::create(1);
    Id m_ben = Id::create(2);

    static QString word(const char *text) { return QString::fromLatin1(text); }
    QByteArray content() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // Both of them, as whoever changes them on purpose does.
    void write(const QByteArray &bytes) const
    {
        for (const QString &name : {m_path, secondCopyOf(m_path)}) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(bytes), bytes.size());
        }
    }
    KeyFile loaded() const
    {
        auto keys = KeyFile::load(m_path);
        if (!keys)
            qFatal("cannot load");
        return std::move(*keys);
    }

private Q_SLOTS:
    // Three wrong ones are forgiven, then each costs more; ending the program, setting a clock or starting
    // the machine again gains nothing, and the right one is let in after a quarter of an hour at most.
    void wrongPasswordsCostTime()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(word("some.keys"));
        test::FakeClock clock;
        const auto wrong = [&] {
            secrets::WrongPasswords tries(file, clock);
            const auto begun = tries.begin();
            return begun ? 0 : begun.error().args.value(0).toInt();
        };
        const auto right = [&] {
            secrets::WrongPasswords tries(file, clock);
            const bool begun = tries.begin().has_value();
            tries.succeeded();
            return begun;
        };
        QVERIFY(right());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
        for (int i = 0; i < 4; ++i)
            QCOMPARE(wrong(), 0);
        QCOMPARE(wrong(), 5);
        QVERIFY(!right());
        clock.setWallClockAhead(86'400'000);
        QCOMPARE(wrong(), 5);
        clock.setWallClockAhead(-86'400'000);
        QCOMPARE(wrong(), 5);
        clock.setWallClockAhead(0);
        clock.set(clock.monotonicMs() + 5'000);
        QCOMPARE(wrong(), 0);
        QCOMPARE(wrong(), 10);
        QCOMPARE(secrets::WrongPasswords::secondsToWait(file, clock), 10);
        for (int i = 0; i < 20; ++i) {
            clock.advanceMinutes(15);
            QCOMPARE(wrong(), 0);
        }
        QCOMPARE(wrong(), 900);
        clock.advanceMinutes(15);
        QVERIFY(right());
        QVERIFY(right());
        // Whoever signs in is told of each, once.
        QCOMPARE(secrets::WrongPasswords::takeUntold(file), 25);
        QCOMPARE(secrets::WrongPasswords::takeUntold(file), 0);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
        // A note that says nothing forgives nothing, either.
        QFile note(file + word(".tries"));
        QVERIFY(note.open(QIODevice::WriteOnly));
        note.close();
        QCOMPARE(wrong(), 0);
        QCOMPARE(wrong(), 5);
    }

    void aPasswordIsReadFromAFileAsItIs()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(word("password"));
        const auto read = [&path](const QByteArray &bytes) {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                qFatal("file");
            file.close();
            return secrets::passwordFromFile(path);
        };
        QCOMPARE(*read("three green apples\r\n"), word("three green apples"));
        QCOMPARE(*read("Stra\xc3\x9f"
                       "e \n"),
                 QStringLiteral("Stra\u00dfe "));
        QCOMPARE(*read("\xef\xbb\xbf"
                       "with a mark"),
                 word("with a mark"));
        for (const QByteArray &bytes : {QByteArray("Stra\xdf"
                                                   "e"),
                                        QByteArray("a\0b", 3),
                                        QByteArray("\xff\xfe"
                                                   "a\0",
                                                   4),
                                        QByteArray("cut \xc3")}) {
            QCOMPARE(read(bytes).error().code, ErrorCode::Invalid);
            QCOMPARE(read(bytes).error().field, word("password-file"));
        }
        QCOMPARE(read("\n").error().code, ErrorCode::Required);
        QCOMPARE(secrets::passwordFromFile(folder.filePath(word("nothing"))).error().code,
                 ErrorCode::FileMissing);
    }

    void init()
    {
        test::failOnAnyWarning();
        m_path = m_dir.filePath(word("clinic.db.keys"));
        QFile::remove(m_path);
        QFile::remove(secondCopyOf(m_path));
        m_key = FileKey::create();
        KeyFile keys = KeyFile::create(m_path);
        keys.openWith({m_key});
        QVERIFY(keys.hold(m_ann, word("ann.moyo"), word("three green apples"), word("verifier-1"), cheap));
        QVERIFY(keys.hold(m_ben, word("ben"), word("five blue pears"), word("verifier-2"), cheap));
        QVERIFY(keys.save());
    }

    void passwordsOpen()
    {
        KeyFile keys = loaded();
        QVERIFY(keys.hasHolders());
        const auto opened = keys.openWithPassword(word("ann.moyo"), word("three green apples"));
        QVERIFY(opened);
        QCOMPARE(opened->size(), 1);
        QCOMPARE(opened->first().record(), m_key.record());
        // By another name, because people are renamed and sign in by e-mail.
        QVERIFY(loaded().openWithPassword(word("ann@hill.example"), word("three green apples")));
        QCOMPARE(loaded().openWithPassword(word("ann.moyo"), word("three green pears")).error().code,
                 ErrorCode::WrongPassword);
        QCOMPARE(loaded().openWithPassword(word("ann.moyo"), {}).error().code, ErrorCode::WrongPassword);
        for (const QByteArray &part :
             {QByteArray("ann"), QByteArray("ben"), QByteArray("apples"), m_key.record().first(32),
              m_key.record().first(32).toBase64().left(20), m_key.record().first(32).toHex()})
            QVERIFY2(!content().contains(part), part.constData());
        QCOMPARE(QFile::permissions(m_path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    // A change of password leaves both for a moment, and one in the end.
    void anOldPasswordEnds()
    {
        KeyFile keys = loaded();
        QVERIFY(keys.openWithPassword(word("ben"), word("five blue pears")));
        QVERIFY(keys.isHeld(m_ben, word("verifier-2")));
        QVERIFY(!keys.isHeld(m_ben, word("verifier-3")));
        QVERIFY(keys.hold(m_ben, word("ben"), word("seven grey stones"), word("verifier-3"), cheap));
        QVERIFY(keys.save());
        QVERIFY(loaded().openWithPassword(word("ben"), word("five blue pears")));
        QVERIFY(loaded().openWithPassword(word("ben"), word("seven grey stones")));
        QVERIFY(keys.settle(m_ben, word("verifier-3"), {m_ann, m_ben}));
        QVERIFY(!keys.settle(m_ben, word("verifier-3"), {m_ann, m_ben}));
        QVERIFY(keys.save());
        QVERIFY(!loaded().openWithPassword(word("ben"), word("five blue pears")));
        QVERIFY(loaded().openWithPassword(word("ben"), word("seven grey stones")));
        // Somebody who is gone is let in no more.
        QVERIFY(keys.settle(m_ben, word("verifier-3"), {m_ben}));
        QVERIFY(keys.save());
        QVERIFY(!loaded().openWithPassword(word("ann.moyo"), word("three green apples")));
    }

    void thePaperOpens()
    {
        const QString paper = secrets::recovery::create();
        QCOMPARE(paper.size(), 41); // eight groups of four and one character, with hyphens
        KeyFile keys = loaded();
        keys.openWith({m_key});
        QVERIFY(!keys.hasRecovery());
        QVERIFY(keys.setRecovery(secrets::recovery::publicHalf(paper)));
        QVERIFY(!keys.setRecovery(secrets::recovery::publicHalf(paper)));
        QVERIFY(keys.save());
        for (const QString &typed : {paper, paper.toLower(), QString(paper).remove(u'-'), u' ' + paper})
            QCOMPARE(loaded().openWithRecovery(typed)->first().record(), m_key.record());
        QString mistyped = paper;
        mistyped[2] = mistyped[2] == u'A' ? u'B' : u'A';
        QCOMPARE(loaded().openWithRecovery(mistyped).error().code, ErrorCode::WrongKey);
        QCOMPARE(loaded().openWithRecovery(secrets::recovery::create()).error().code, ErrorCode::WrongKey);
        QCOMPARE(loaded().openWithRecovery({}).error().code, ErrorCode::WrongKey);
        // Another paper ends the first; none ends it as well.
        const QString second = secrets::recovery::create();
        QVERIFY(keys.setRecovery(secrets::recovery::publicHalf(second)));
        QVERIFY(keys.save());
        QVERIFY(!loaded().openWithRecovery(paper));
        QVERIFY(loaded().openWithRecovery(second));
    }

    // A new key of the file reaches everybody without his password.
    void aNewKeyReachesEverybody()
    {
        KeyFile keys = loaded();
        QVERIFY(keys.openWithPassword(word("ann.moyo"), word("three green apples")));
        const FileKey fresh = FileKey::create();
        keys.add(fresh);
        QVERIFY(keys.save());
        const auto both = loaded().openWithPassword(word("ben"), word("five blue pears"));
        QVERIFY(both);
        QCOMPARE(both->size(), 2);
        keys.keepOnly({fresh});
        QVERIFY(keys.save());
        const auto one = loaded().openWithPassword(word("ben"), word("five blue pears"));
        QVERIFY(one);
        QCOMPARE(one->size(), 1);
        QCOMPARE(one->first().record(), fresh.record());
    }

    // Whoever writes himself into the file waits in vain for the next key to be sealed to him.
    void nobodyWritesHimselfIn()
    {
        const QString other = m_dir.filePath(word("thief.keys"));
        KeyFile thief = KeyFile::create(other);
        thief.openWith({FileKey::create()});
        QVERIFY(thief.hold(Id::create(3), word("thief"), word("let me in now"), word("v"), cheap));
        QVERIFY(thief.save());
        QFile theirs(other);
        QVERIFY(theirs.open(QIODevice::ReadOnly));
        const QJsonValue holder =
            QJsonDocument::fromJson(theirs.readAll()).object().value(u"holders").toArray().first();
        QJsonObject all = QJsonDocument::fromJson(content()).object();
        QJsonArray holders = all.value(u"holders").toArray();
        holders << holder;
        all.insert(word("holders"), holders);
        write(QJsonDocument(all).toJson());

        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(word("changed from outside")));
        KeyFile keys = loaded();
        QVERIFY(keys.openWithPassword(word("ann.moyo"), word("three green apples")));
        keys.add(FileKey::create());
        QVERIFY(keys.save());
        QVERIFY(!content().contains(holder.toObject().value(u"id").toString().toLatin1()));
        QVERIFY(!loaded().openWithPassword(word("thief"), word("let me in now")));
        QVERIFY(loaded().openWithPassword(word("ann.moyo"), word("three green apples")));
    }

    // Whatever stands in the file: a sentence, no crash, no gigabytes for Argon2id.
    void oddFilesAreRefused()
    {
        for (const QByteArray &odd :
             {QByteArray("{}"), QByteArray("no json"), QByteArray("[1,2]"), QByteArray("{\"format\":99}"),
              QByteArray("{\"format\":1,\"holders\":[{}],\"files\":[]}"), QByteArray(5000, '[')}) {
            write(odd);
            QCOMPARE(KeyFile::load(m_path).error().code, ErrorCode::KeyFileChanged);
        }
        init();
        QJsonObject all = QJsonDocument::fromJson(content()).object();
        QJsonArray holders = all.value(u"holders").toArray();
        QJsonObject first = holders.first().toObject();
        first.insert(word("memory"), qint64(1) << 45);
        holders[0] = first;
        all.insert(word("holders"), holders);
        write(QJsonDocument(all).toJson());
        QCOMPARE(KeyFile::load(m_path).error().code, ErrorCode::KeyFileChanged);
        // Any byte changed: refused, or opened for who has the right password, and never another key.
        init();
        const QByteArray sound = content();
        QLoggingCategory::setFilterRules(word("clinic.*=false")); // which of them are worth a warning varies
        for (qsizetype at = 0; at < sound.size(); at += 7) {
            QByteArray changed = sound;
            changed[at] = char(changed[at] ^ 0x05);
            write(changed);
            auto keys = KeyFile::load(m_path);
            if (!keys)
                continue;
            const auto opened = keys->openWithPassword(word("ann.moyo"), word("three green apples"));
            if (opened)
                QCOMPARE(opened->first().record(), m_key.record());
        }
        QLoggingCategory::setFilterRules({});
        QFile::remove(m_path);
        QFile::remove(secondCopyOf(m_path));
        QVERIFY(!loaded().hasHolders());
    }

    // Each of the two is enough, whatever happened to the other.
    void eitherCopyOpens()
    {
        const QByteArray sound = content();
        for (const QString &name : {m_path, secondCopyOf(m_path)}) {
            for (qsizetype at = 0; at < sound.size(); at += 37) {
                write(sound);
                QByteArray changed = sound;
                changed[at] = char(changed[at] ^ 0x05);
                QFile file(name);
                QVERIFY(file.open(QIODevice::WriteOnly) && file.write(changed) == changed.size());
                file.close();
                KeyFile keys = loaded();
                QVERIFY2(keys.isWhole(), QByteArray::number(at));
                QVERIFY(!KeyFile::isKeptTwice(m_path));
                if (at % 5 == 0)
                    QVERIFY2(keys.openWithPassword(word("ben"), word("five blue pears")),
                             QByteArray::number(at));
            }
            for (const bool gone : {false, true}) {
                write(sound);
                QVERIFY(gone ? QFile::remove(name) : QFile::resize(name, 0));
                QVERIFY(loaded().openWithPassword(word("ben"), word("five blue pears")));
            }
        }
    }

    // The file of secrets likewise; and its head cannot ask for all the memory there is.
    void secretsAreKeptTwice()
    {
        using secrets::SealedFile;
        const test::FakeClock clock;
        const QString path = m_dir.filePath(word("secrets.sealed"));
        const auto open = [&](const char *password) {
            SealedFile::Opened opened{};
            auto file = SealedFile::open(path, word(password), cheap, opened, clock);
            if (opened == SealedFile::Opened::Yes && file) {
                bool hasIt = false;
                file->read(word("name"), this,
                           [&](const secrets::Secret &secret) { hasIt = secret.value == "value"; });
                QCoreApplication::sendPostedEvents(this);
                return hasIt ? 1 : 0;
            }
            return opened == SealedFile::Opened::WrongPassword ? -1 : -2;
        };
        {
            SealedFile::Opened opened{};
            auto file = SealedFile::open(path, word("four plums"), cheap, opened, clock);
            QVERIFY(file);
            bool saved = false;
            file->write(word("name"), "value", this, [&](bool done) { saved = done; });
            QCoreApplication::sendPostedEvents(this);
            QVERIFY(saved);
        }
        QCOMPARE(open("four plums"), 1);
        QCOMPARE(open("five plums"), -1);
        for (const QString &name : {path, secondCopyOf(path)}) {
            QVERIFY(QFile::resize(name, 0));
            QCOMPARE(open("five plums"), -1);
            QCOMPARE(open("four plums"), 1);
            QVERIFY(QFile(name).size() > 50); // made anew
            QVERIFY(QFile::remove(name));
            QCOMPARE(open("four plums"), 1);
            QVERIFY(QFile::exists(name));
        }
        for (const char *cost : {"999999999 8192", "3 99999999999999", "0 8192", "3 1"}) {
            for (const QString &name : {path, secondCopyOf(path)}) {
                QFile file(name);
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write("clinicdesk-secrets-1 " + QByteArray(16, 's').toBase64() + ' ' + cost +
                           "\nsealed");
            }
            QCOMPARE(open("four plums"), -2);
        }
    }
};

int main(int argc, char **argv)
{
    return test::run<TstKeyFile, QCoreApplication>(argc, argv);
}

#include "tst_keyfile.moc"
