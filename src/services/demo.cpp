// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/demo.h"

#include "core/money.h"
#include "core/walltime.h"
#include "domain/access/roles.h"
#include "domain/admin/entities.h"
#include "domain/appointments/entities.h"
#include "domain/billing/rules.h"
#include "domain/patients/entities.h"
#include "domain/setup/entities.h"
#include "services/invented.h"

#include <QTimeZone>

namespace clinic::services {
namespace demo {

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
    return addDemoUsers(tx, firstPractitioner);
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
    const QDate today = walltime::dayOf(clock.nowMs(), zone);

    QList<QPair<Id, int>> people; // resource id and how often it is booked
    for (int done = 0; done < options.patients;) {
        const int batch = qMin(180, options.patients - done);
        const auto stored = database.transact(header(clock), [&](storage::Transaction &tx) -> Result<void> {
            for (int i = 0; i < batch; ++i) {
                domain::Patient p = inventedPatient(dice, today.year(), options.patients > 50'000);
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
        if (date.dayOfWeek() > 5 && day != 0) // today always has appointments
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
                    a.startAt = walltime::opening(date, minute, zone);
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
    // A demo never enrols: its groups would stay for ever.
    return database.transactLocal([](storage::Connection &c) { return c.exec("DELETE FROM outbox"); });
}

} // namespace clinic::services
