-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 14
-- minimum reader: 14
--
-- Whose records a role reaches, and in which branch somebody holds it; records opened outside of that, for a time and a
-- reason. What people agreed to. People who are not known any more: what says who somebody was may be emptied, and stays empty.

ALTER TABLE role ADD COLUMN scope TEXT NOT NULL DEFAULT 'hospital';
ALTER TABLE user_role ADD COLUMN only_branch_id BLOB;
ALTER TABLE patient ADD COLUMN anonymised_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX patient_anonymised ON patient (id) WHERE anonymised_at > 0;

CREATE TABLE emergency_access (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    user_id BLOB,
    patient_id BLOB,
    reason TEXT,
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    review TEXT NOT NULL,
    reviewed_by BLOB,
    reviewed_at INTEGER NOT NULL,
    review_note TEXT
) STRICT;
CREATE INDEX emergency_access_by_patient ON emergency_access (patient_id, user_id, expires_at);
CREATE INDEX emergency_access_waiting ON emergency_access (opened_at) WHERE review = 'waiting';
CREATE TRIGGER emergency_access_no_delete BEFORE DELETE ON emergency_access WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: emergency_access'); END;

CREATE TABLE consent (
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
    kind TEXT NOT NULL,
    given INTEGER NOT NULL,
    given_by TEXT,
    note TEXT,
    said_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_by_patient ON consent (patient_id, kind, said_at);
CREATE INDEX consent_refused ON consent (kind, given);
CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent
WHEN (NEW.given_by IS NOT NULL AND NEW.given_by IS NOT OLD.given_by OR NEW.note IS NOT NULL AND NEW.note IS NOT OLD.note
    OR NEW.patient_id IS NOT OLD.patient_id OR NEW.kind <> OLD.kind OR NEW.given <> OLD.given OR NEW.said_at <> OLD.said_at)
    AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: consent'); END;
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: consent'); END;

DROP TRIGGER photo_no_update;
CREATE TRIGGER photo_no_update BEFORE UPDATE ON photo
WHEN (NEW.image IS NOT NULL OR NEW.patient_id IS NOT OLD.patient_id) AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: photo'); END;
DROP TRIGGER appointment_amendment_no_update;
CREATE TRIGGER appointment_amendment_no_update BEFORE UPDATE ON appointment_amendment
WHEN (NEW.text IS NOT NULL OR NEW.appointment_id IS NOT OLD.appointment_id) AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment_amendment'); END;
DROP TRIGGER appointment_event_no_update;
CREATE TRIGGER appointment_event_no_update BEFORE UPDATE ON appointment_event
WHEN (NEW.reason IS NOT NULL AND NEW.reason IS NOT OLD.reason OR NEW.asked_by IS NOT OLD.asked_by OR NEW.state IS NOT OLD.state
    OR NEW.appointment_id IS NOT OLD.appointment_id OR NEW.follows_id IS NOT OLD.follows_id
    OR NEW.happened_at IS NOT OLD.happened_at) AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment_event'); END;
