// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/demo.h"

#include "core/money.h"
#include "domain/access/roles.h"
#include "domain/admin/entities.h"
#include "domain/appointments/entities.h"
#include "domain/billing/rules.h"
#include "domain/patients/entities.h"
#include "domain/setup/entities.h"

#include <QTimeZone>
#include <random>

namespace clinic::services {
namespace demo {

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

class Dice
{
public:
    explicit Dice(quint32 seed) : m_random(seed) {}
    int below(int n) { return static_cast<int>(m_random() % static_cast<unsigned>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    QString word(const char16_t *list)
    {
        const auto words = QStringView(list).split(u' ');
        return words[below(static_cast<int>(words.size()))].toString().replace(u'_', u' ');
    }

private:
    std::mt19937 m_random; // the same everywhere, unlike the distributions
};

struct Staff
{
    const char *title;
    const char *given;
    const char *family;
    const char *speciality;
};
constexpr Staff staff[] = {{"Dr", "Ada", "Moyo", "General practice"},
                           {"Dr", "Per", "Lindqvist", "General practice"},
                           {"Dr", "Imani", "Okoro", "Paediatrics"},
                           {"Sr", "Grace", "Abrahams", "Nursing"}};

struct Offer
{
    const char *code;
    const char *name;
    int minutes;
    qint64 price;
};
constexpr Offer offers[] = {
    {"CONS", "Consultation", 15, 45000},        {"LONG", "Long consultation", 30, 72000},
    {"CHILD", "Child health check", 20, 38000}, {"DRESS", "Wound dressing", 10, 18500},
    {"VACC", "Vaccination", 10, 22000},         {"CERT", "Medical certificate", 5, 9500}};

storage::UnitHeader header(const Clock &clock)
{
    storage::UnitHeader h;
    h.intention = "load-demo";
    h.actorName = QStringLiteral("demo");
    h.at = clock.nowMs();
    h.audited = false;
    return h;
}

struct Place
{
    QList<domain::Resource> doctors;
    QList<domain::Service> services;
    domain::Branch branch;
    domain::Hospital hospital;
};

Result<void> makePlace(storage::Transaction &tx, Place &place)
{
    const auto branches = tx.all<domain::Branch>("LIMIT 1");
    const auto hospitals = tx.all<domain::Hospital>("LIMIT 1");
    if (!branches || branches->isEmpty() || !hospitals || hospitals->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("branch"));
    place.branch = branches->first();
    place.hospital = hospitals->first();
    Id firstPractitioner;
    for (const Staff &s : staff) {
        domain::Practitioner p;
        p.title = QString::fromLatin1(s.title);
        p.givenName = QString::fromLatin1(s.given);
        p.familyName = QString::fromLatin1(s.family);
        p.speciality = QString::fromLatin1(s.speciality);
        if (auto done = tx.insert(p); !done)
            return done;
        if (firstPractitioner.isNull())
            firstPractitioner = p.id;
        domain::Resource r;
        r.branchId = place.branch.id;
        r.kind = domain::ResourceKind::Practitioner;
        r.practitionerId = p.id;
        r.name = p.displayName();
        if (auto done = tx.insert(r); !done)
            return done;
        for (int day = 1; day <= 5; ++day) {
            domain::Availability hours;
            hours.branchId = place.branch.id;
            hours.resourceId = r.id;
            hours.weekday = day;
            if (auto done = tx.insert(hours); !done)
                return done;
        }
        place.doctors << r;
    }
    for (const char *name : {"Room 1", "Room 2", "Treatment room"}) {
        domain::Resource room;
        room.branchId = place.branch.id;
        room.kind = domain::ResourceKind::Room;
        room.name = QString::fromLatin1(name);
        if (auto done = tx.insert(room); !done)
            return done;
    }
    for (const Offer &o : offers) {
        domain::Service s;
        s.code = QString::fromLatin1(o.code);
        s.name = QString::fromLatin1(o.name);
        s.minutes = o.minutes;
        s.priceMinor = o.price;
        s.taxBasisPoints = 1500;
        if (auto done = tx.insert(s); !done)
            return done;
        place.services << s;
    }
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
            user.practitionerId = firstPractitioner;
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

// A made-up family name, so that a large register has as many distinct names as a real one.
QString syllables(Dice &dice)
{
    static constexpr const char16_t *parts = u"ma ra ko len dor vik sa tan mu ri bel go nar tse pho la kwe "
                                             u"shi ber hol mar ten do fa nel osi wan jo kel ru";
    QString name = dice.word(parts) + dice.word(parts) + (dice.chance(60) ? dice.word(parts) : QString());
    name[0] = name[0].toUpper();
    return name;
}

domain::Patient makePatient(Dice &dice, int thisYear, bool large)
{
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

} // namespace demo

Result<void> fillDemo(storage::Database &database, const Clock &clock, const DemoOptions &options)
{
    using namespace demo;
    Dice dice(options.seed);
    Place place;
    if (auto made =
            database.transact(header(clock), [&](storage::Transaction &tx) { return makePlace(tx, place); });
        !made)
        return made;
    const QTimeZone zone(place.branch.timeZone.toLatin1());
    const QDate today = QDateTime::fromMSecsSinceEpoch(clock.nowMs(), zone).date();

    QList<QPair<Id, int>> people; // id and how often they come
    for (int done = 0; done < options.patients;) {
        const int batch = qMin(180, options.patients - done);
        const auto stored = database.transact(header(clock), [&](storage::Transaction &tx) -> Result<void> {
            for (int i = 0; i < batch; ++i) {
                domain::Patient p = makePatient(dice, today.year(), options.patients > 50'000);
                const auto number = tx.nextNumber(u"P", place.branch.code);
                if (!number)
                    return fail(number);
                p.number = *number;
                if (auto inserted = tx.insert(p); !inserted)
                    return inserted;
                if (dice.chance(7)) {
                    domain::Allergy allergy;
                    allergy.patientId = p.id;
                    allergy.substance = dice.word(u"Penicillin Aspirin Latex Peanuts Sulphonamides Iodine");
                    allergy.reaction = dice.word(u"Rash Swelling Anaphylaxis");
                    if (auto inserted = tx.insert(allergy); !inserted)
                        return inserted;
                }
                if (people.size() < 2000)
                    people << qMakePair(p.id, 0);
            }
            return {};
        });
        if (!stored)
            return stored;
        done += batch;
        if (options.progress && !options.progress(done, options.patients))
            return fail(ErrorCode::Cancelled);
    }
    if (people.isEmpty())
        return {};

    int next = 0;
    for (int day = -options.days / 2; day <= options.days / 2; ++day) {
        const QDate date = today.addDays(day);
        if (date.dayOfWeek() > 5 && day != 0) // today always has something to look at
            continue;
        const auto stored = database.transact(header(clock), [&](storage::Transaction &tx) -> Result<void> {
            for (const auto &doctor : std::as_const(place.doctors)) {
                int minute = 8 * 60;
                while (minute < 16 * 60 + 30) {
                    const auto &service = place.services[dice.below(static_cast<int>(place.services.size()))];
                    const int gap = dice.below(day > 3 ? 8 : 4) * 5;
                    domain::Appointment a;
                    a.branchId = place.branch.id;
                    a.patientId = people[(next += 1 + dice.below(3)) % people.size()].first;
                    a.practitionerId = doctor.id;
                    a.serviceId = service.id;
                    a.minutes = service.minutes;
                    a.startAt = QDateTime(date, QTime(minute / 60, minute % 60), zone).toMSecsSinceEpoch();
                    minute += service.minutes + gap;
                    if (tx.rowChanges().size() > storage::Transaction::maximumChanges - 20)
                        break;
                    const qint64 end = a.startAt + qint64(a.minutes) * 60'000;
                    const bool over = end < clock.nowMs();
                    using S = domain::AppointmentState;
                    QList<S> steps{S::Booked};
                    if (over) {
                        const int fate = dice.below(100);
                        if (fate < 80)
                            steps << S::CheckedIn << S::InConsultation << S::Completed;
                        else
                            steps << (fate < 90 ? S::NoShow : S::Cancelled);
                    } else if (day == 0 && a.startAt < clock.nowMs() + 20 * 60'000) {
                        steps << S::CheckedIn;
                    }
                    a.state = steps.last();
                    if (auto inserted = tx.insert(a); !inserted)
                        return inserted;
                    Id follows;
                    for (int i = 0; i < steps.size(); ++i) {
                        domain::AppointmentEvent event;
                        event.branchId = place.branch.id;
                        event.appointmentId = a.id;
                        event.followsId = follows;
                        event.state = steps[i];
                        event.happenedAt = i == 0 ? a.startAt - 86'400'000
                                                  : qMin(clock.nowMs(), a.startAt + (i - 1) * 5 * 60'000);
                        if (steps[i] == S::Cancelled)
                            event.reason = QStringLiteral("Patient asked");
                        if (auto inserted = tx.insert(event); !inserted)
                            return inserted;
                        follows = event.id;
                    }
                    if (a.state != S::Completed || !dice.chance(60))
                        continue;
                    domain::InvoiceLine line;
                    line.branchId = place.branch.id;
                    line.position = 1;
                    line.serviceId = service.id;
                    line.description = service.name;
                    line.unitMinor = service.priceMinor;
                    line.taxBasisPoints = service.taxBasisPoints;
                    const auto priced = domain::priced(line, true);
                    const auto number = tx.nextNumber(u"I", place.branch.code);
                    if (!priced || !number)
                        return fail(ErrorCode::Internal);
                    line = *priced;
                    domain::Invoice invoice;
                    invoice.id = Id::create(clock.nowMs());
                    invoice.branchId = place.branch.id;
                    invoice.patientId = a.patientId;
                    invoice.appointmentId = a.id;
                    invoice.currency = place.hospital.currency;
                    domain::sumUp(invoice, {line});
                    line.invoiceId = invoice.id;
                    if (auto inserted = tx.insert(invoice); !inserted)
                        return inserted;
                    if (auto inserted = tx.insert(line); !inserted)
                        return inserted;
                    invoice.number = *number;
                    invoice.state = domain::InvoiceState::Issued;
                    invoice.issuedAt = end;
                    if (auto issued = tx.update(invoice); !issued)
                        return issued;
                    if (!dice.chance(85))
                        continue;
                    const auto receipt = tx.nextNumber(u"R", place.branch.code);
                    if (!receipt)
                        return fail(receipt);
                    domain::Payment payment;
                    payment.branchId = place.branch.id;
                    payment.number = *receipt;
                    payment.invoiceId = invoice.id;
                    payment.patientId = a.patientId;
                    payment.amountMinor = dice.chance(90) ? invoice.totalMinor : invoice.totalMinor / 2;
                    payment.currency = invoice.currency;
                    payment.method = static_cast<domain::PaymentMethod>(1 + dice.below(3));
                    payment.paidAt = end;
                    if (auto inserted = tx.insert(payment); !inserted)
                        return inserted;
                }
            }
            return {};
        });
        if (!stored)
            return stored;
    }
    // A demo never enrols: what it wrote has nowhere to go.
    return database.transactLocal([](storage::Connection &c) { return c.exec("DELETE FROM outbox"); });
}

} // namespace clinic::services
