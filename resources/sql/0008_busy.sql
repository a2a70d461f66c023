-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 8
-- minimum reader: 8
--
-- What the server keeps for one PC, known to every other.

CREATE TABLE busy (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    resource_id BLOB,
    start_at INTEGER,
    end_at INTEGER,
    active INTEGER
) STRICT;
CREATE INDEX busy_by_resource ON busy (resource_id, start_at);
CREATE TRIGGER busy_no_delete BEFORE DELETE ON busy WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: busy'); END;
