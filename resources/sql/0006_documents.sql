-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 6
-- minimum reader: 6
--
-- Documents: a row like any other, and its bytes by content.

CREATE TABLE document (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    patient_id BLOB,
    kind TEXT,
    title TEXT,
    file_name TEXT,
    content TEXT,
    size INTEGER,
    active INTEGER
) STRICT;
CREATE INDEX document_by_patient ON document (patient_id, rid);
CREATE INDEX document_by_content ON document (content);
CREATE TRIGGER document_no_delete BEFORE DELETE ON document WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: document'); END;

-- The bytes of a document. state: unsent (all here, the server lacks some), here (all here and there), wanted
-- (somebody has asked for it; some may be here). asked: the server has said which pieces it lacks.
CREATE TABLE blob (
    content TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unsent', 'here', 'wanted')),
    asked INTEGER NOT NULL DEFAULT 0,
    used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX blob_by_state ON blob (state, used_at);

-- Pieces of 256 KiB. sent: the server has it.
CREATE TABLE blob_chunk (
    rid INTEGER PRIMARY KEY,
    content TEXT NOT NULL,
    n INTEGER NOT NULL,
    data BLOB NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    UNIQUE (content, n)
) STRICT;
