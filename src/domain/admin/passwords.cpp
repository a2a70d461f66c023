// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/admin/passwords.h"

#include <QSet>

namespace clinic::domain {
namespace passwordrules {

// Words only: what people put before, behind and into them is taken off before looking here.
constexpr const char *words =
    "password passwort motdepasse contrasena senha parola wachtwoord salasana passcode passphrase mypassword "
    "newpassword welcome welkom willkommen bienvenue bienvenido hello hallo letmein changeme changeit "
    "default "
    "secret geheim secreto guest gast visitor user username utilisateur benutzer admin administrator root "
    "superuser sysadmin manager master login logon logmein test testing tester temp temporary demo sample "
    "example qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc qweasd "
    "qweasdzxc iloveyou ilovegod ilovemom loveyou lovely love loveme lover babygirl baby angel angels "
    "princess "
    "prince queen king kingkong sunshine sunday summer sommer winter spring autumn monday friday january "
    "february march april august september october november december monkey dragon tiger lion eagle falcon "
    "wolf wolves bear bears panther jaguar leopard cheetah elephant giraffe rhino buffalo horse horses "
    "mustang pony rabbit bunny kitty kitten cat dog doggy puppy buddy snoopy garfield football soccer "
    "baseball basketball hockey tennis cricket rugby golf golfer runner fishing hunter ranger rangers "
    "cowboys yankees lakers steelers eagles packers arsenal chelsea liverpool manchester united barcelona "
    "realmadrid juventus bayern ajax benfica celtic pirates chiefs superman batman spiderman ironman "
    "wolverine starwars startrek matrix pokemon pikachu naruto sasuke minecraft fortnite warcraft starcraft "
    "counterstrike playstation nintendo xbox zelda mario sonic shadow shadows phoenix ninja samurai killer "
    "thunder lightning storm hurricane tornado rainbow flower flowers butterfly cookie cookies chocolate "
    "candy sugar honey pepper cheese banana orange apple apples cherry peaches strawberry mango lemon coffee "
    "pizza hamburger whatever nothing something anything forever together always never family mother father "
    "mommy daddy mama papa sister brother grandma grandpa friend friends freedom liberty victory winner "
    "champion legend hero success happy smile lucky blessed jesus christ jesuschrist jehovah allah inshallah "
    "muhammad mohammed bismillah heaven trustno trustnoone internet computer laptop desktop keyboard samsung "
    "nokia iphone android google gmail yahoo facebook instagram twitter whatsapp youtube linkedin microsoft "
    "windows office server oracle mysql database network wireless router cisco linkedin dropbox adobe "
    "photoshop firefox chrome access accessme enter open opensesame abracadabra alibaba sesame mickey minnie "
    "donald goofy snowwhite cinderella tinkerbell disney barbie michael michelle jennifer jessica ashley "
    "amanda daniel danielle david robert thomas charlie jordan hannah andrew anthony joshua matthew nicole "
    "george maggie bailey harley hunter taylor justin austin thomas jackson samantha william joseph richard "
    "patrick alexander alexandra elizabeth victoria maria maryam fatima ahmed ali hassan hussain omar yusuf "
    "aisha mohamed ibrahim john johnny james peter paul simon martin stephen steven kevin brian jason ryan "
    "africa america london paris newyork texas chicago boston dallas houston miami california florida "
    "canada england germany france italy spain brazil mexico india china japan nigeria kenya ghana uganda "
    "tanzania zambia zimbabwe namibia botswana johannesburg durban pretoria nairobi lagos cairo "
    "clinic clinicdesk hospital doctor doctors nurse nurses pharmacy pharmacist medicine medical medic "
    "health healthcare patient patients reception receptionist surgery surgeon dentist dental physio "
    "laboratory ambulance emergency finance cashier accounts accountant clerk frontdesk helpdesk support "
    "service office company business money dollar million billion rich cash bank credit visa mastercard "
    "porsche ferrari mercedes toyota honda nissan corolla yamaha kawasaki suzuki ducati harleydavidson "
    "metallica nirvana slipknot eminem beatles elvis rammstein music guitar piano dancer dancing "
    "purple yellow green blue black white silver golden diamond crystal pearl platinum hotrod "
    "asdf qwer zxcv abcd abcdef abcdefg abcdefgh aaaa aaaaaa fuckyou fuckoff asshole bullshit bitch sexy "
    "pussy biteme trustme believe peace sample private personal confidential security secure safety "
    "maverick gandalf merlin frodo hobbit wizard magic mystery unicorn mermaid pirate captain general "
    "soldier marine army navy airforce police fireman teacher student school college university";

constexpr const char *runs[] = {"abcdefghijklmnopqrstuvwxyz",
                                "qwertyuiop",
                                "qwertzuiop",
                                "azertyuiop",
                                "asdfghjkl",
                                "qsdfghjklm",
                                "zxcvbnm",
                                "yxcvbnm",
                                "1234567890",
                                "0123456789"};

const QSet<QString> &common()
{
    static const QSet<QString> set = [] {
        const auto list = QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts);
        return QSet<QString>(list.begin(), list.end());
    }();
    return set;
}

// Small letters without accents; signs stay, unlike where names are looked for.
QString plain(const QString &text)
{
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD).toCaseFolded()) {
        if (!c.isMark())
            out += c;
    }
    return out;
}

// Digits and signs that stand for letters.
QString spelledOut(QString text, QChar one)
{
    const std::pair<QChar, QChar> stands[] = {{u'0', u'o'}, {u'1', one},  {u'3', u'e'}, {u'4', u'a'},
                                              {u'5', u's'}, {u'7', u't'}, {u'8', u'b'}, {u'@', u'a'},
                                              {u'$', u's'}, {u'!', one},  {u'+', u't'}};
    for (const auto &[from, to] : stands)
        text.replace(from, to);
    return text;
}

// Without what is no letter at either end.
QString core(const QString &text)
{
    qsizetype from = 0;
    qsizetype to = text.size();
    while (from < to && !text[from].isLetter())
        ++from;
    while (to > from && !text[to - 1].isLetter())
        --to;
    return text.mid(from, to - from);
}

bool isRepeated(const QString &text)
{
    for (qsizetype unit = 1; unit <= text.size() / 2; ++unit) {
        if (unit <= 6 && text == text.first(unit).repeated(text.size() / unit + 1).first(text.size()))
            return true;
    }
    return false;
}

// Nothing but pieces of rows and of the alphabet, forwards or backwards, three letters or more each.
bool isRuns(const QString &text)
{
    for (qsizetype at = 0; at < text.size();) {
        qsizetype longest = 0;
        for (const char *row : runs) {
            const QString forwards = QString::fromLatin1(row);
            QString backwards = forwards;
            std::reverse(backwards.begin(), backwards.end());
            for (const QString &line : {forwards, backwards}) {
                for (qsizetype size = longest + 1; at + size <= text.size(); ++size) {
                    if (!line.contains(text.mid(at, size)))
                        break;
                    longest = size;
                }
            }
        }
        if (longest < 3)
            return false;
        at += longest;
    }
    return true;
}

} // namespace passwordrules

bool isGuessable(const QString &password, const QStringList &about)
{
    using namespace passwordrules;
    const QString text = plain(password);
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); }) && text.size() < 12)
        return true;
    if (isRepeated(text) || isRuns(text))
        return true;
    QSet<QString> names;
    for (const QString &name : about) {
        for (const QString &part : QStringList(plain(name)) + plain(name).split(u' ')) {
            if (part.size() > 2)
                names << part << core(part);
        }
    }
    for (const QString &form : {text, spelledOut(text, u'i'), spelledOut(text, u'l')}) {
        // "p4ssw0rd1" is spelled out to "passwordi": what stands at the ends is taken off first as well.
        for (const QString &word : {core(form), core(spelledOut(core(text), u'i')), form}) {
            if (common().contains(word) || names.contains(word))
                return true;
        }
    }
    return false;
}

} // namespace clinic::domain
