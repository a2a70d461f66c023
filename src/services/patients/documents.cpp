// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/documents.h"

#include "domain/patients/rules.h"
#include "services/admin/scope.h"
#include "services/setup/setup.h"
#include "sync/wire/documents.h"

namespace clinic::services {
namespace documentservice {

constexpr int longestTitle = 200;

// A name without a way: whatever it was called where it came from.
Result<QString> checkedFileName(const QString &name)
{
    QString last = name.section(u'/', -1).section(u'\\', -1);
    last.removeIf(
        [](QChar c) { return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format; });
    return domain::cleanText(last.right(longestTitle), QStringLiteral("fileName"), longestTitle);
}

} // namespace documentservice

using namespace documentservice;

Result<domain::Document> perform(WorkUnit &unit, const AddDocument &intent)
{
    if (intent.bytes.isEmpty())
        return fail(ErrorCode::FileUnreadable);
    if (intent.bytes.size() > sync::largestDocument)
        return fail(ErrorCode::FileTooLarge, {}, {QString::number(sync::largestDocument / (1024 * 1024))});
    domain::Document document = intent.document;
    document.rid = 0;
    document.active = true;
    const auto patient = unit.tx.get<domain::Patient>(document.patientId);
    if (!patient)
        return fail(patient);
    if (patient->anonymisedAt > 0)
        return fail(ErrorCode::Anonymised, QStringLiteral("patient"));
    const auto fileName = checkedFileName(document.fileName);
    if (!fileName)
        return fail(fileName);
    document.fileName = *fileName;
    const auto title = domain::cleanText(document.title, QStringLiteral("title"), longestTitle);
    if (!title)
        return fail(title);
    document.title = title->isEmpty() ? document.fileName : *title;
    if (document.title.isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("title"));
    document.content = QString::fromLatin1(unit.tx.identity().sealer.contentName(intent.bytes));
    document.size = intent.bytes.size();
    if (auto kept = storage::keepDocument(unit.tx.connection(), document.content, intent.bytes, unit.now());
        !kept)
        return fail(kept);
    if (auto done = unit.tx.insert(document); !done)
        return fail(done);
    unit.tx.setSubject("patient", document.patientId);
    return document;
}

Result<domain::Document> perform(WorkUnit &unit, const ChangeDocument &intent)
{
    domain::Document after = intent.after;
    const auto title = domain::cleanText(after.title, QStringLiteral("title"), longestTitle);
    if (!title)
        return fail(title);
    if (title->isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("title"));
    after.title = *title;
    auto saved = mergeSave(unit, storage::toRecord(intent.before), storage::toRecord(after));
    if (!saved)
        return fail(saved);
    unit.tx.setSubject("patient", after.patientId);
    return storage::fromRecord<domain::Document>(*saved);
}

Result<OpenedDocument> perform(WorkUnit &unit, const OpenDocument &intent)
{
    const auto document = unit.tx.get<domain::Document>(intent.document);
    if (!document)
        return fail(document);
    storage::Connection &c = unit.tx.connection();
    const auto before = storage::documentState(c, document->content);
    if (!before)
        return fail(before);
    using enum storage::DocumentPlace;
    if (before->place == Elsewhere || before->place == Coming) {
        if (auto done = storage::wantDocument(c, document->content, document->size, unit.now()); !done)
            return fail(done);
    } else if (auto done = storage::useDocument(c, document->content, unit.now()); !done) {
        return fail(done);
    }
    const auto state = storage::documentState(c, document->content);
    if (!state)
        return fail(state);
    unit.tx.setSubject("document", document->id);
    return OpenedDocument{*document, *state};
}

Result<QByteArray> answer(ReadUnit &unit, const DocumentBytes &question)
{
    const storage::Reach reach = scope::reachOf(unit);
    if (!reach.isEverybody()) { // the same bytes may be several people's; one that is reached is enough
        const auto of =
            storage::select<domain::Document>(unit.connection, "WHERE content=? LIMIT 50", question.content);
        if (!of)
            return fail(of);
        bool any = false;
        for (const auto &document : *of)
            any = any || storage::reaches(unit.connection, reach, document.patientId).value_or(false);
        if (!any)
            return fail(ErrorCode::OutsideScope, QStringLiteral("patient"));
    }
    return storage::documentBytes(unit.connection, question.content);
}

Result<QList<DocumentView>> answer(ReadUnit &unit, const PatientDocuments &question)
{
    const auto documents = storage::select<domain::Document>(
        unit.connection, "WHERE patient_id=? AND active=1 ORDER BY rid DESC LIMIT 1000", question.patient);
    if (!documents)
        return fail(documents);
    QList<DocumentView> views;
    for (const domain::Document &document : *documents) {
        const auto state = storage::documentState(unit.connection, document.content);
        if (!state)
            return fail(state);
        storage::Query q =
            unit.connection.query("SELECT display_name FROM app_user WHERE id=?", document.createdBy);
        views << DocumentView{document, q.next() ? q.text(0) : QString(), *state};
    }
    return views;
}

} // namespace clinic::services
