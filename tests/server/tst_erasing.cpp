// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/patients/entities.h"
#include "server/servicefixture.h"
#include "services/admin/emergency.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "storage/replica/documentqueue.h"
#include "support/must.h"
#include "sync/wire/documents.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;

// What is taken out of a record is taken out everywhere, and nothing of it comes back from a PC that was
// away.
class TstErasing : public ServiceFixture
{
    Q_OBJECT

    // The documents that wait, both ways.
    void carryDocuments(Pc &pc)
    {
        storage::DocumentQueue queue(*pc.clinic.database, m_clock);
        QSet<Id> later;
        for (int steps = 0; steps < 50; ++steps) {
            const auto task = must(queue.next(later));
            if (!task)
                return;
            const auto answer = call("POST", task->path, task->body, pc.token);
            if (answer.status == 200)
                QVERIFY(queue.take(*task, answer.body).has_value());
            else
                later.insert(task->document);
        }
        qFatal("documents do not end");
    }
    qint64 onServer(Pc &pc, const QByteArray &sql)
    {
        qint64 count = -1;
        const auto done = m_store->transact(pc.hospital, [&](server::SqlSession &session) -> Result<void> {
            const auto rows = session.run(sql, {server::idValue(pc.hospital)});
            if (!rows)
                return fail(rows);
            count = server::integerAt(rows->first(), 0);
            return {};
        });
        return done ? count : -2;
    }

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        openStore();
    }

    void nothingComesBack()
    {
        const auto first = found();
        const auto person = first->clinic.patient(QStringLiteral("Qwyx"), QStringLiteral("Quin"),
                                                  QStringLiteral("082 555 0101"));
        services::AddDocument add;
        add.document.patientId = person.id;
        add.document.fileName = QStringLiteral("letter.txt");
        add.bytes = "Dear colleague";
        const auto document = must(first->clinic.clinic->performNow(add));
        domain::Contact contact;
        contact.patientId = person.id;
        contact.value = QStringLiteral("082 777 0000");
        must(first->clinic.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(contact)}));
        push(*first);
        load(*first);
        pull(*first);
        carryDocuments(*first);
        QVERIFY(onServer(*first, "SELECT count(*) FROM blob_piece WHERE hospital_id=$1") > 0);
        const auto away = join(*first);
        away->clinic.signIn(QStringLiteral("administrator"));
        must(away->clinic.clinic->performNow(services::OpenDocument{document.id}));
        carryDocuments(*away);
        QVERIFY(away->clinic.count("blob_chunk") > 0);

        // One PC is away and goes on working with the record; the other one's change is on the server
        // already.
        domain::Patient late = person;
        late.phone = QStringLiteral("082 555 9999");
        late.familyName = QStringLiteral("Qwyx-Late");
        must(away->clinic.clinic->performNow(services::UpdatePatient{person, late}));
        domain::Patient early = person;
        early.address = QStringLiteral("Qwyx street");
        must(first->clinic.clinic->performNow(services::UpdatePatient{person, early}));
        push(*first);
        // The hospital is older than the permission: the server lets an administrator do it all the same.
        const auto done =
            m_store->transact(first->hospital, [&](server::SqlSession &session) -> Result<void> {
                const auto ran =
                    session.run("DELETE FROM record WHERE hospital_id=$1 AND entity='role_permission' "
                                "AND fields LIKE '%patients.anonymise%'",
                                {server::idValue(first->hospital)});
                return ran ? Result<void>() : fail(ran);
            });
        QVERIFY(done.has_value());
        QVERIFY(must(first->clinic.clinic->performNow(services::AnonymisePatient{person.id})).isDone);
        for (const auto &result : push(*first))
            QVERIFY2(result.status == sync::GroupStatus::Ok, result.code.constData());
        QCOMPARE(onServer(*first, "SELECT count(*) FROM blob_piece WHERE hospital_id=$1"), 0);
        for (const auto &result : push(*away))
            QVERIFY2(result.status == sync::GroupStatus::Ok, result.code.constData());
        for (const auto &pc : {first.get(), away.get()}) {
            pull(*pc);
            auto &c = pc->clinic.database->writerConnection();
            const auto now = must(storage::find<domain::Patient>(c, person.id));
            QCOMPARE(now.familyName, QString(services::noName));
            QVERIFY(now.phone.isEmpty() && now.address.isEmpty() && now.anonymisedAt > 0);
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM contact WHERE value LIKE '%777%'"), 0);
            QCOMPARE(pc->clinic.count("conflict"), 0);
            QCOMPARE(pc->clinic.count("blob_chunk"), 0);
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM document WHERE content IS NOT NULL"), 0);
        }
        // A contact from a PC that had not heard of it arrives, is named by the rules, and goes.
        auto &c = first->clinic.database->writerConnection();
        QVERIFY(must(first->clinic.clinic->answerNow(services::PlanRetention{})).anonymise.isEmpty());
        QVERIFY(c.exec("UPDATE contact SET value='082 777 0000'").has_value());
        const auto plan = must(first->clinic.clinic->answerNow(services::PlanRetention{}));
        QCOMPARE(plan.anonymise.size(), 1);
        QVERIFY(must(first->clinic.clinic->performNow(services::AnonymisePatient{person.id})).isDone);
        QVERIFY(must(first->clinic.clinic->answerNow(services::PlanRetention{})).anonymise.isEmpty());
        // And nobody but this intention may empty what never changes.
        const auto other = first->clinic.patient(QStringLiteral("Other"), QStringLiteral("Olu"));
        push(*first);
        const auto newcomer = join(*first);
        QCOMPARE(newcomer->clinic.number("SELECT count(*) FROM patient WHERE family_name='***'"), 1);
        QVERIFY(must(storage::find<domain::Patient>(newcomer->clinic.database->writerConnection(), other.id))
                    .familyName == u"Other");
    }

    // A document that two people share keeps its bytes for the other one.
    void sharedBytesStay()
    {
        const auto first = found();
        services::AddDocument add;
        add.document.fileName = QStringLiteral("leaflet.txt");
        add.bytes = "A leaflet";
        QList<Id> people;
        for (const char *name : {"One", "Two"}) {
            add.document.patientId = first->clinic.patient(QString::fromLatin1(name), QStringLiteral("X")).id;
            people << add.document.patientId;
            must(first->clinic.clinic->performNow(add));
        }
        push(*first);
        load(*first);
        pull(*first);
        carryDocuments(*first);
        must(first->clinic.clinic->performNow(services::AnonymisePatient{people.first()}));
        push(*first);
        QVERIFY(onServer(*first, "SELECT count(*) FROM blob_piece WHERE hospital_id=$1") > 0);
        QVERIFY(first->clinic.count("blob_chunk") > 0);
    }

    // Scopes, emergencies, their review and consents travel; another person reviews on another PC.
    void emergenciesTravel()
    {
        const auto first = found();
        const auto person = first->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Bo"));
        for (auto view : must(first->clinic.clinic->answerNow(services::Roles{}))) {
            if (view.role.code != u"doctor")
                continue;
            view.role.scope = domain::DataScope::Own;
            must(first->clinic.clinic->performNow(
                services::SaveRole{view.role, QSet<QString>(view.own) << QStringLiteral("access.review")}));
        }
        domain::Consent consent;
        consent.patientId = person.id;
        consent.kind = domain::ConsentKind::Photo;
        must(first->clinic.clinic->performNow(services::RecordConsent{consent}));
        push(*first);
        const auto second = join(*first);
        second->clinic.signIn(QStringLiteral("doctor"));
        QCOMPARE(second->clinic.clinic->session().scope, domain::DataScope::Own);
        QCOMPARE(second->clinic.clinic->performNow(services::OpenPatient{person.id}).error().code,
                 ErrorCode::OutsideScope);
        must(second->clinic.clinic->performNow(
            services::OpenInEmergency{person.id, QStringLiteral("Collapsed")}));
        QCOMPARE(must(second->clinic.clinic->performNow(services::OpenPatient{person.id})).consents.size(),
                 1);
        push(*second);
        pull(*first);
        const auto waiting = must(first->clinic.clinic->answerNow(services::EmergencyAccesses{}));
        QCOMPARE(waiting.size(), 1);
        QCOMPARE(waiting.first().access.reason, QStringLiteral("Collapsed"));
        must(first->clinic.clinic->performNow(
            services::ReviewEmergency{waiting.first().access.id, true, QStringLiteral("As it should be")}));
        for (const auto &result : push(*first))
            QVERIFY2(result.status == sync::GroupStatus::Ok, result.code.constData());
        pull(*second);
        QCOMPARE(second->clinic.number("SELECT count(*) FROM emergency_access WHERE review='justified'"), 1);
        // A PC that was tampered with: he reviews his own, and opens one in somebody else's name.
        const auto other = first->clinic.patient(QStringLiteral("Ncube"), QStringLiteral("Cy"));
        push(*first);
        pull(*second);
        const auto again = must(
            second->clinic.clinic->performNow(services::OpenInEmergency{other.id, QStringLiteral("Again")}));
        push(*second);
        auto &c = second->clinic.database->writerConnection();
        const Id doctor = second->clinic.clinic->session().user;
        QVERIFY(
            c.exec("UPDATE emergency_access SET user_id=? WHERE id=?", Id::create(9), again.id).has_value());
        const auto session = second->clinic.clinic->session();
        must(second->clinic.clinic->performNow(services::ReviewEmergency{again.id, true, {}}));
        QCOMPARE(push(*second).last().code, QByteArray("not-permitted"));
        storage::UnitHeader header;
        header.intention = domain::intentionInfo(domain::IntentionId::OpenInEmergency).name;
        header.actor = doctor;
        header.role = session.role;
        header.at = second->clinic.clock.nowMs();
        QVERIFY(second->clinic.database
                    ->transact(header,
                               [&](storage::Transaction &tx) {
                                   domain::EmergencyAccess access;
                                   access.userId = first->clinic.clinic->session().user;
                                   access.patientId = other.id;
                                   access.reason = QStringLiteral("In another name");
                                   return tx.insert(access);
                               })
                    .has_value());
        QCOMPARE(push(*second).last().code, QByteArray("not-permitted"));
        QCOMPARE(onServer(*first, "SELECT count(*) FROM record WHERE hospital_id=$1 AND "
                                  "entity='emergency_access' AND fields LIKE '%waiting%'"),
                 1);
        // The reason is nobody's to read on the way.
        QCOMPARE(onServer(*first, "SELECT count(*) FROM record WHERE hospital_id=$1 AND fields LIKE "
                                  "'%Collapsed%'"),
                 0);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstErasing, QCoreApplication>(argc, argv);
}

#include "tst_erasing.moc"
