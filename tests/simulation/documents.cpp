// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/documents.h"
#include "services/patients/anonymise.h"
#include "simulation/bugs.h"
#include "simulation/world.h"
#include "sync/wire/documents.h"

// The lane of documents: kept, sent and fetched in pieces, with the same trouble on the line as everything
// else.
namespace clinic::test {

void World::addDocument(SimDevice &device)
{
    auto &c = device.database->writerConnection();
    auto patient = c.query("SELECT id FROM patient ORDER BY id LIMIT 1 OFFSET ?", below(3));
    if (!patient.next())
        return;
    services::AddDocument adding;
    adding.document.patientId = patient.id(0);
    adding.document.title = secretText(m_documents.size());
    const qsizetype size = chance(25) ? sync::pieceSize + 100 : 100;
    while (adding.bytes.size() < size)
        adding.bytes += adding.document.title.toUtf8() + QByteArray::number(qulonglong(m_random()));
    auto last = c.query("SELECT max(n) FROM outbox");
    const qint64 before = last.next() ? last.integer(0) : 0;
    const auto done = device.clinic->performNow(adding);
    if (done)
        m_documents.insert(done->content, adding.bytes);
    noteGroup(device, before, done ? QStringLiteral("document") : QStringLiteral("document-refused"));
}

// Somebody looks at one, wherever its bytes are.
void World::openDocument(SimDevice &device)
{
    auto q = device.database->writerConnection().query("SELECT id FROM document ORDER BY id LIMIT 1 OFFSET ?",
                                                       below(2));
    if (!q.next())
        return;
    const auto opened = device.clinic->performNow(services::OpenDocument{q.id(0)});
    note(QStringLiteral("PC%1 opens %2").arg(indexOf(device)).arg(opened ? int(opened->state.place) : -1));
}

// The lane's next pieces. faulty: some questions and some answers are lost.
void World::moveDocuments(SimDevice &device, int pieces, bool faulty)
{
    if (!device.request || device.request->token.isEmpty() || !device.engine->status().replica.booted)
        return;
    storage::DocumentQueue queue(*device.database, device.clock);
    QSet<Id> later;
    bool moved = false;
    for (int i = 0; i < pieces; ++i) {
        const auto task = must(queue.next(later));
        if (!task)
            break;
        const int fate = faulty ? below(100) : 100;
        if (fate < 15)
            break; // the question is lost
        auto answer = serve({"POST", task->path, task->body, device.request->token});
        if (fate < 30)
            break; // the answer is lost
        if (fate < 40)
            answer = {404, proxyPage}; // something else answered
        if (answer.status == 404 && !sync::decodeErrorReply(answer.body).code.isEmpty()) {
            later << task->document;
            if (storage::isUnknownDocument(answer.status, answer.body) && task->path != "/v1/blobs/get")
                must(queue.refused(*task));
        } else if (answer.status != 200)
            break;
        else if (const auto taken = queue.take(*task, answer.body); !taken)
            m_damaged |= taken.error().code == ErrorCode::Damaged;
        moved = true;
    }
    if (moved)
        pump(device, sync::Engine::StateNow{must(storage::Replica(*device.database, device.clock).state())});
}

// I17: whatever a PC has of a document is that document, and what one PC still has, the server has whole.
// Nobody is to know any more who a person was, while others go on writing about him. What is open at some
// hour is left out: whether it still is, the PC's clock says.
void World::anonymise(SimDevice &administrator)
{
    auto &c = administrator.database->writerConnection();
    Id patient;
    {
        const QByteArray from =
            " FROM patient p WHERE p.anonymised_at=0 AND NOT EXISTS (SELECT 1 FROM appointment a WHERE "
            "a.patient_id=p.id AND a.state IN ('booked','checked-in','in-consultation'))";
        auto count = c.query("SELECT count(*)" + from);
        const int people = count.next() ? count.number(0) : 0;
        if (!people)
            return;
        auto q = c.query("SELECT p.id" + from + " ORDER BY p.id LIMIT 1 OFFSET ?", below(people));
        if (q.next())
            patient = q.id(0);
    }
    auto last = c.query("SELECT max(n) FROM outbox");
    const qint64 before = last.next() ? last.integer(0) : 0;
    const auto done = administrator.clinic->performNow(services::AnonymisePatient{patient});
    const auto groups = m_groups.size();
    noteGroup(administrator, before,
              done ? QStringLiteral("anonymise") : QStringLiteral("anonymise-refused"));
    if (done && m_groups.size() > groups)
        m_anonymised.insert(patient, m_groups.last());
}

// I19: whom the server has anonymised stays so, whatever others wrote before they knew.
QString World::checkAnonymised()
{
    const auto &sealer = m_devices.front()->database->identity().sealer;
    for (auto it = m_anonymised.begin(); it != m_anonymised.end(); ++it) {
        const auto answer = ask("SELECT status FROM applied_change WHERE hospital_id=$1 AND g=$2 AND hash=$3",
                                {server::idValue(m_hospital), Value{it->n}, Value{it->hash}});
        if (answer.isEmpty() || server::bytesAt(answer.first(), 0) == "rejected" ||
            server::bytesAt(answer.first(), 0) == "quarantined")
            continue;
        ++m_counts[QStringLiteral("anonymised")];
        const auto rows = ask("SELECT fields FROM record WHERE hospital_id=$1 AND entity='patient' AND id=$2",
                              {server::idValue(m_hospital), server::idValue(it.key())});
        const auto fields = sync::decodeFields(server::bytesAt(rows.first(), 0));
        if (fields->value("family_name").fingerprint !=
                sealer.fingerprint(Value{QString(services::noName)}, it.key(), "family_name") ||
            fields->contains("address") || fields->contains("phone"))
            return QStringLiteral("I19 who %1 was is known again").arg(it.key().toString());
    }
    return {};
}

QString World::checkDocuments()
{
    if (m_damaged)
        return QStringLiteral("I17 a document arrived damaged");
    for (auto &device : m_devices) {
        auto &c = device->database->writerConnection();
        QStringList here;
        {
            auto q = c.query("SELECT DISTINCT b.content FROM blob b JOIN document d ON d.content=b.content "
                             "WHERE b.state<>'wanted'");
            while (q.next())
                here << q.text(0);
        }
        for (const QString &content : std::as_const(here)) {
            const QByteArray bytes = must(storage::documentBytes(c, content));
            if (bytes != m_documents.value(content))
                return QStringLiteral("I17 PC%1 has another document than was added").arg(indexOf(*device));
            const auto pieces = ask("SELECT count(*) FROM blob_piece WHERE hospital_id=$1 AND content=$2",
                                    {server::idValue(m_hospital), server::textValue(content.toLatin1())});
            if (server::integerAt(pieces.first(), 0) != sync::pieceCount(bytes.size()))
                return QStringLiteral("I17 the server lacks a piece that PC%1 has").arg(indexOf(*device));
        }
    }
    for (const auto &row :
         ask("SELECT data FROM blob_piece WHERE hospital_id=$1", {server::idValue(m_hospital)})) {
        if (isReadable(server::bytesAt(row, 0)))
            return QStringLiteral("I16 the server can read a document");
    }
    return {};
}

} // namespace clinic::test
