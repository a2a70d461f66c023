// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/invented.h"

#include "domain/admin/entities.h"

namespace clinic::services {
namespace invented {

// Invented combinations: common family and given names of many cultures, put together at random.
struct Culture
{
    const char16_t *families;
    const char16_t *women;
    const char16_t *men;
};
constexpr Culture cultures[] = {
    {u"Nkosi Dlamini Mokoena Khumalo Zulu Mahlangu Sithole Ndlovu Molefe Botha",
     u"Thandi Nomsa Lerato Zanele Palesa Naledi Busisiwe Ayanda",
     u"Sipho Thabo Bongani Mandla Kagiso Themba Lwazi Jabu"},
    {u"Botha Pretorius Van_der_Merwe Venter Du_Plessis Coetzee Steyn Nel",
     u"Annelie Marlize Elsabe Riana Petronella Anke", u"Pieter Johan Hennie Kobus Francois Deon"},
    {u"Smith O'Brien Walker Taylor Hughes Clarke Bennett Fraser",
     u"Emily Catherine Sarah Margaret Siobhán Helen", u"William James Robert Thomas Patrick Michael"},
    {u"Müller Schröder Weiß Krüger Jäger Voß", u"Anneliese Jördis Käthe Ute Heike",
     u"Jürgen Günther Björn Uwe Matthias"},
    {u"Nguyễn Trần Phạm Đặng Bùi", u"Linh Hương Thảo Ngọc Mai", u"Quốc Bình Minh Đức Tuấn"},
    {u"王 李 张 陈 欧阳", u"丽 秀英 雪梅 静", u"伟 建国 志强 明"},
    {u"佐藤 渡辺 高橋 小林", u"美咲 陽子 恵 さくら", u"浩之 健太 翔 直樹"},
    {u"김 이 박 최", u"서연 지은 유진 하윤", u"민준 도현 지호 성민"},
    {u"Иванов Прохоров Соколов Быков", u"Анна Ольга Мария Елена", u"Сергей Матвей Дмитрий Павел"},
    {u"Παπαδόπουλος Αλεξίου Μέλιος", u"Μαρία Ελένη Σοφία", u"Γιώργος Σπύρος Νίκος"},
    {u"الحسن المولدي القلشاني خالد", u"فاطمة سلمى مريم ليلى", u"محمد سيف عرفان يوسف"},
    {u"Cohen Levi Mizrahi כהן לוי", u"Noa Tamar יעל מיכל", u"Yosef David אורי יונתן"},
    {u"Patel Sharma Reddy Iyer Naidoo Govender", u"Priya Asha Lakshmi Kavitha", u"Rohit Arjun Vikram Suresh"},
    {u"García López Fernández Núñez", u"María Lucía Carmen Inés", u"José Carlos Ángel Luis"},
    {u"Łukasik Wójcik Kędziora Żak", u"Zofia Małgorzata Agnieszka", u"Łukasz Paweł Stanisław"},
    {u"Øvergård Sørensen Åkesson Þórsson", u"Åse Solveig Ingrid", u"Søren Håkon Lars"},
    {u"Yılmaz Şahin Öztürk Çelik", u"Gül Ayşe İpek", u"Mehmet Emre Barış"},
    {u"Okafor Adeyemi Mensah Diallo Ka", u"Ngozi Abena Aminata Folake", u"Chidi Kwame Seydou Tunde"},
};

// A made-up family name, so that a large register has as many distinct names as a real one.
QString syllables(Dice &dice)
{
    static constexpr const char16_t *parts = u"ma ra ko len dor vik sa tan mu ri bel go nar tse pho la kwe "
                                             u"shi ber hol mar ten do fa nel osi wan jo kel ru";
    QString name = dice.word(parts) + dice.word(parts) + (dice.chance(60) ? dice.word(parts) : QString());
    name[0] = name[0].toUpper();
    return name;
}

} // namespace invented

domain::Patient inventedPatient(Dice &dice, int thisYear, bool large)
{
    using namespace invented;
    const Culture &culture = cultures[dice.below(static_cast<int>(std::size(cultures)))];
    domain::Patient p;
    const bool woman = dice.chance(52);
    p.sex = woman ? domain::Sex::Female : domain::Sex::Male;
    p.familyName = large && dice.chance(65) ? syllables(dice) : dice.word(culture.families);
    p.givenName = dice.word(woman ? culture.women : culture.men);
    if (dice.chance(30))
        p.givenName += u' ' + dice.word(woman ? culture.women : culture.men);
    const int year = thisYear - dice.below(92);
    if (dice.chance(6))
        p.birthDate = PartialDate::create(year, 0, 0, true).value_or(PartialDate{});
    else
        p.birthDate = PartialDate::create(qMin(year, thisYear - 1), 1 + dice.below(12), 1 + dice.below(28))
                          .value_or(PartialDate{});
    if (dice.chance(85))
        p.phone = QStringLiteral("08%1 %2 %3")
                      .arg(dice.below(10))
                      .arg(dice.below(1000), 3, 10, QLatin1Char('0'))
                      .arg(dice.below(10000), 4, 10, QLatin1Char('0'));
    if (dice.chance(25))
        p.address = QStringLiteral("%1 %2 Street")
                        .arg(1 + dice.below(180))
                        .arg(dice.word(u"Acacia Protea Long Church Station Market River Hill"));
    return p;
}

Result<void> addDemoUsers(storage::Transaction &tx, const Id &practitioner)
{
    const auto roles = tx.all<domain::Role>("ORDER BY rid");
    if (!roles)
        return fail(roles);
    for (const auto &role : *roles) {
        if (role.code == u"patient" || role.code == u"administrator")
            continue;
        domain::AppUser user;
        user.userName = QStringLiteral("demo-") + role.code;
        user.displayName = role.code == u"doctor" ? QStringLiteral("Dr Ada Moyo") : role.name;
        if (role.code == u"doctor")
            user.practitionerId = practitioner;
        if (auto done = tx.insert(user); !done)
            return done;
        domain::UserRole link;
        link.userId = user.id;
        link.roleId = role.id;
        if (auto done = tx.insert(link); !done)
            return done;
    }
    return {};
}

} // namespace clinic::services
