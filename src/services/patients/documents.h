// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/patients/entities.h"
#include "services/workunit.h"
#include "storage/replica/documentqueue.h"

namespace clinic::services {

// Keeps a document with its bytes, at most 50 MB. They are in this file when it is done, and go to the server
// in a lane of their own.
struct AddDocument
{
    using Outcome = domain::Document;
    static constexpr auto intention = domain::IntentionId::AddDocument;
    domain::Document document{}; // patient, kind, title (empty = the file's name), fileName
    QByteArray bytes{};
};
[[nodiscard]] Result<domain::Document> perform(WorkUnit &unit, const AddDocument &intent);

// Title, kind, or that it was entered in error.
struct ChangeDocument
{
    using Outcome = domain::Document;
    static constexpr auto intention = domain::IntentionId::ChangeDocument;
    domain::Document before{};
    domain::Document after{};
};
[[nodiscard]] Result<domain::Document> perform(WorkUnit &unit, const ChangeDocument &intent);

// Somebody looks at it: one audit event. When its bytes are elsewhere they are asked for.
struct OpenedDocument
{
    domain::Document document{};
    storage::DocumentState state{};
};
struct OpenDocument
{
    using Outcome = OpenedDocument;
    static constexpr auto intention = domain::IntentionId::OpenDocument;
    Id document{};
};
[[nodiscard]] Result<OpenedDocument> perform(WorkUnit &unit, const OpenDocument &intent);

// The bytes of one that is here; after OpenDocument has noted who looks.
struct DocumentBytes
{
    using Outcome = QByteArray;
    static constexpr const char *permission = "patients.view";
    QString content{};
};
[[nodiscard]] Result<QByteArray> answer(ReadUnit &unit, const DocumentBytes &question);

// A patient's documents, newest first.
struct DocumentView
{
    domain::Document document{};
    QString addedBy{};
    storage::DocumentState state{};
};
struct PatientDocuments
{
    using Outcome = QList<DocumentView>;
    static constexpr const char *permission = "patients.view";
    Id patient{};
};
[[nodiscard]] Result<QList<DocumentView>> answer(ReadUnit &unit, const PatientDocuments &question);

} // namespace clinic::services
