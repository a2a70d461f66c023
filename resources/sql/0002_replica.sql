-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 2
-- minimum reader: 2
--
-- What a file needs to be a replica: rows the server makes, and bookkeeping of what is still on its way.

CREATE TABLE conflict (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    entity TEXT,
    row_id BLOB,
    field TEXT,
    kept TEXT,
    lost TEXT,
    lost_by BLOB,
    lost_device BLOB,
    lost_at INTEGER NOT NULL,
    resolved INTEGER NOT NULL
) STRICT;

CREATE TABLE attention (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    kind TEXT NOT NULL,
    code TEXT,
    detail TEXT,
    intention TEXT,
    device BLOB,
    group_number INTEGER NOT NULL,
    actor BLOB,
    happened_at INTEGER NOT NULL,
    subject_entity TEXT,
    subject_id BLOB,
    body TEXT,
    resolved INTEGER NOT NULL
) STRICT;
CREATE INDEX conflict_open ON conflict (row_id) WHERE resolved = 0;
CREATE INDEX attention_open ON attention (happened_at) WHERE resolved = 0;

-- rows that wait in the outbox, by row: what a pulled row has to be laid under again
CREATE TABLE unsent (
    entity TEXT NOT NULL, id BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (entity, id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX unsent_by_group ON unsent (n);
-- seq: where the server put an accepted group; it leaves once the cursor has passed it
ALTER TABLE outbox ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox_archive ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox_archive ADD COLUMN intention TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_by_state ON outbox (state, n);
-- rows of entities this program does not know yet, and rows a restored server no longer has
CREATE TABLE unknown_row (
    entity TEXT NOT NULL, id BLOB NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;
-- rows whose version did not follow the one we have: asked for again, whole
CREATE TABLE repair (entity TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY (entity, id)) STRICT, WITHOUT ROWID;

CREATE TRIGGER conflict_no_delete BEFORE DELETE ON conflict WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: conflict'); END;
CREATE TRIGGER attention_no_delete BEFORE DELETE ON attention WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: attention'); END;
