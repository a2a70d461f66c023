-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- version: 1
-- minimum reader: 1

-- setup
CREATE TABLE hospital (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    name TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    tax_number TEXT,
    currency TEXT,
    prices_include_tax INTEGER NOT NULL,
    document_footer TEXT,
    is_demo INTEGER NOT NULL
) STRICT;

CREATE TABLE branch (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    code TEXT,
    name TEXT,
    time_zone TEXT,
    address TEXT,
    phone TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE resource (
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
    name TEXT,
    practitioner_id BLOB,
    capacity INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE practitioner (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    title TEXT,
    family_name TEXT,
    given_name TEXT,
    licence_number TEXT,
    speciality TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE availability (
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
    weekday INTEGER NOT NULL,
    start_minute INTEGER NOT NULL,
    end_minute INTEGER NOT NULL
) STRICT;

CREATE TABLE leave (
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
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    reason TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE service (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    code TEXT,
    name TEXT,
    minutes INTEGER NOT NULL,
    price_minor INTEGER NOT NULL,
    tax_basis_points INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE code (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    code_set TEXT,
    code TEXT,
    label TEXT,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    scope TEXT NOT NULL,
    owner_id BLOB,
    "key" TEXT,
    value TEXT
) STRICT;

-- admin
CREATE TABLE app_user (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    user_name TEXT,
    email TEXT,
    display_name TEXT,
    verifier TEXT,
    practitioner_id BLOB,
    patient_id BLOB,
    active INTEGER NOT NULL,
    inactive_reason TEXT
) STRICT;

CREATE TABLE role (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    code TEXT,
    name TEXT,
    parent_id BLOB,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE role_permission (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    role_id BLOB,
    permission TEXT,
    granted INTEGER NOT NULL
) STRICT;

CREATE TABLE user_role (
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
    role_id BLOB,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    code TEXT,
    name TEXT,
    active INTEGER NOT NULL
) STRICT;

-- patients
CREATE TABLE patient (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    number TEXT,
    family_name TEXT,
    given_name TEXT,
    sex TEXT NOT NULL,
    birth_date TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    remarks TEXT,
    active INTEGER NOT NULL,
    inactive_reason TEXT
) STRICT;

CREATE TABLE identifier (
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
    value TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
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
    value TEXT,
    label TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE next_of_kin (
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
    name TEXT,
    relationship TEXT,
    phone TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE allergy (
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
    substance TEXT,
    reaction TEXT,
    severity TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE condition (
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
    name TEXT,
    onset TEXT,
    note TEXT,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE photo (
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
    image BLOB
) STRICT;

-- appointments
CREATE TABLE appointment (
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
    practitioner_id BLOB,
    room_id BLOB,
    equipment_id BLOB,
    service_id BLOB,
    start_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    walk_in INTEGER NOT NULL,
    overbook_reason TEXT
) STRICT;

CREATE TABLE appointment_event (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    appointment_id BLOB,
    follows_id BLOB,
    state TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    reason TEXT,
    asked_by TEXT,
    channel TEXT
) STRICT;

CREATE TABLE appointment_amendment (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    appointment_id BLOB,
    text TEXT
) STRICT;

CREATE TABLE waiting_list_entry (
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
    practitioner_id BLOB,
    service_id BLOB,
    not_before INTEGER NOT NULL,
    note TEXT,
    active INTEGER NOT NULL,
    appointment_id BLOB
) STRICT;

CREATE TABLE void (
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
    reason TEXT
) STRICT;

-- billing
CREATE TABLE invoice (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    number TEXT,
    patient_id BLOB,
    appointment_id BLOB,
    state TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    currency TEXT,
    prices_include_tax INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    note TEXT
) STRICT;

CREATE TABLE invoice_line (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    invoice_id BLOB,
    position INTEGER NOT NULL,
    service_id BLOB,
    description TEXT,
    quantity INTEGER NOT NULL,
    unit_minor INTEGER NOT NULL,
    tax_basis_points INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE payment (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    number TEXT,
    invoice_id BLOB,
    patient_id BLOB,
    amount_minor INTEGER NOT NULL,
    currency TEXT,
    method TEXT NOT NULL,
    reference TEXT,
    cash_session_id BLOB,
    paid_at INTEGER NOT NULL,
    line_id BLOB,
    reason TEXT,
    approved_by BLOB
) STRICT;

CREATE TABLE credit_note (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    number TEXT,
    invoice_id BLOB,
    patient_id BLOB,
    line_id BLOB,
    amount_minor INTEGER NOT NULL,
    currency TEXT,
    reason TEXT
) STRICT;

CREATE TABLE cash_session (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hospital_id BLOB NOT NULL,
    branch_id BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    origin_device BLOB NOT NULL,
    drawer TEXT,
    opened_by BLOB,
    opened_at INTEGER NOT NULL,
    float_minor INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    expected_minor INTEGER NOT NULL,
    counted_minor INTEGER NOT NULL,
    note TEXT
) STRICT;

-- bookkeeping of this file; never travels
CREATE TABLE row_state (
    entity TEXT NOT NULL, id BLOB NOT NULL, rv INTEGER NOT NULL, scope TEXT, extra TEXT,
    PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE hospital_key (
    key_id INTEGER PRIMARY KEY, data_key BLOB NOT NULL, fingerprint_key BLOB NOT NULL, made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE maintenance (id INTEGER PRIMARY KEY CHECK (id = 1), reason TEXT NOT NULL) STRICT;
CREATE TABLE outbox (
    n INTEGER PRIMARY KEY, changes INTEGER NOT NULL, intention TEXT NOT NULL, actor BLOB, session BLOB,
    body BLOB NOT NULL, hash BLOB NOT NULL, seen INTEGER NOT NULL, schema INTEGER NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0, last_code TEXT, signature BLOB,
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE outbox_archive (
    n INTEGER PRIMARY KEY, changes INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL, acknowledged_at INTEGER NOT NULL
) STRICT;
CREATE TABLE base_row (
    entity TEXT NOT NULL, id BLOB NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE cursor (id INTEGER PRIMARY KEY CHECK (id = 1), epoch BLOB, seq INTEGER NOT NULL, scopes TEXT, digests TEXT) STRICT;
CREATE TABLE search_doc (rid INTEGER PRIMARY KEY, names TEXT NOT NULL, numbers TEXT NOT NULL, born TEXT NOT NULL) STRICT;
CREATE TABLE search_key (
    kind INTEGER NOT NULL, key TEXT NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (kind, key, rid)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_word (variant TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (variant, word)) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
    id BLOB PRIMARY KEY, user_id BLOB NOT NULL, form TEXT NOT NULL, subject BLOB, title TEXT NOT NULL, content TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_user ON draft (user_id, saved_at);
CREATE TABLE login_delay (account TEXT PRIMARY KEY, failures INTEGER NOT NULL, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE local_state ("key" TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE recent_patient (
    user_id BLOB NOT NULL, patient_id BLOB NOT NULL, opened_at INTEGER NOT NULL, PRIMARY KEY (user_id, patient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recent_patient_by_time ON recent_patient (user_id, opened_at);
CREATE TABLE import_progress (
    source BLOB PRIMARY KEY, rows_done INTEGER NOT NULL, report TEXT NOT NULL, updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- the audit trail: one chain per device, in a lane of its own
CREATE TABLE audit_event (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, hospital_id BLOB NOT NULL, device BLOB NOT NULL, branch BLOB,
    at INTEGER NOT NULL, actor BLOB, actor_name TEXT, role TEXT, session BLOB, intention TEXT NOT NULL, outcome TEXT NOT NULL,
    entity TEXT, subject BLOB, detail TEXT, body_hash BLOB, version TEXT NOT NULL, os_user TEXT NOT NULL,
    prev_hash BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_event_by_subject ON audit_event (subject, n) WHERE subject IS NOT NULL;
CREATE INDEX audit_event_by_actor ON audit_event (actor, n);

-- what the screens ask for
CREATE INDEX patient_by_name ON patient (family_name COLLATE NOCASE, given_name COLLATE NOCASE, rid);
CREATE INDEX patient_by_number ON patient (number);
CREATE INDEX identifier_by_patient ON identifier (patient_id);
CREATE INDEX contact_by_patient ON contact (patient_id);
CREATE INDEX next_of_kin_by_patient ON next_of_kin (patient_id);
CREATE INDEX allergy_by_patient ON allergy (patient_id);
CREATE INDEX condition_by_patient ON condition (patient_id);
CREATE INDEX photo_by_patient ON photo (patient_id, rid);
CREATE INDEX appointment_by_practitioner ON appointment (practitioner_id, start_at);
CREATE INDEX appointment_by_room ON appointment (room_id, start_at) WHERE room_id IS NOT NULL;
CREATE INDEX appointment_by_equipment ON appointment (equipment_id, start_at) WHERE equipment_id IS NOT NULL;
CREATE INDEX appointment_by_patient ON appointment (patient_id, start_at);
CREATE INDEX appointment_by_day ON appointment (branch_id, start_at);
CREATE INDEX appointment_event_by_appointment ON appointment_event (appointment_id, rid);
CREATE INDEX appointment_amendment_by_appointment ON appointment_amendment (appointment_id, rid);
CREATE INDEX waiting_list_open ON waiting_list_entry (branch_id, created_at) WHERE active = 1;
CREATE INDEX void_by_row ON void (entity, row_id);
CREATE INDEX availability_by_resource ON availability (resource_id);
CREATE INDEX leave_by_resource ON leave (resource_id, start_at);
CREATE INDEX resource_by_practitioner ON resource (practitioner_id);
CREATE INDEX code_by_set ON code (code_set, position);
CREATE INDEX setting_by_key ON setting ("key");
CREATE INDEX role_permission_by_role ON role_permission (role_id);
CREATE INDEX user_role_by_user ON user_role (user_id);
CREATE INDEX app_user_by_name ON app_user (user_name COLLATE NOCASE);
CREATE INDEX invoice_by_patient ON invoice (patient_id, issued_at);
CREATE INDEX invoice_by_appointment ON invoice (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX invoice_by_time ON invoice (branch_id, created_at);
CREATE INDEX invoice_line_by_invoice ON invoice_line (invoice_id, position);
CREATE INDEX payment_by_invoice ON payment (invoice_id);
CREATE INDEX payment_by_patient ON payment (patient_id, paid_at);
CREATE INDEX payment_by_session ON payment (cash_session_id) WHERE cash_session_id IS NOT NULL;
CREATE INDEX payment_by_time ON payment (branch_id, paid_at);
CREATE INDEX credit_note_by_invoice ON credit_note (invoice_id);
CREATE INDEX credit_note_by_patient ON credit_note (patient_id);
CREATE INDEX cash_session_open ON cash_session (branch_id, closed_at);
CREATE INDEX patient_recent ON patient (created_at);

-- what must hold whatever happens: append-only rows refuse change and removal outside maintenance(reason)
CREATE TRIGGER photo_no_update BEFORE UPDATE ON photo WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: photo'); END;
CREATE TRIGGER photo_no_delete BEFORE DELETE ON photo WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: photo'); END;
CREATE TRIGGER appointment_event_no_update BEFORE UPDATE ON appointment_event WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment_event'); END;
CREATE TRIGGER appointment_event_no_delete BEFORE DELETE ON appointment_event WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment_event'); END;
CREATE TRIGGER appointment_amendment_no_update BEFORE UPDATE ON appointment_amendment WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment_amendment'); END;
CREATE TRIGGER appointment_amendment_no_delete BEFORE DELETE ON appointment_amendment WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment_amendment'); END;
CREATE TRIGGER void_no_update BEFORE UPDATE ON void WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: void'); END;
CREATE TRIGGER void_no_delete BEFORE DELETE ON void WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: void'); END;
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END;
CREATE TRIGGER credit_note_no_update BEFORE UPDATE ON credit_note WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: credit_note'); END;
CREATE TRIGGER credit_note_no_delete BEFORE DELETE ON credit_note WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: credit_note'); END;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: audit_event'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: audit_event'); END;
CREATE TRIGGER invoice_frozen BEFORE UPDATE OF number, patient_id, appointment_id, state, issued_at, currency, prices_include_tax, net_minor, tax_minor, total_minor, note ON invoice
WHEN OLD.state = 'issued' AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'frozen: invoice'); END;
CREATE TRIGGER invoice_line_frozen_update BEFORE UPDATE ON invoice_line
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) = 'issued' AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'frozen: invoice_line'); END;
CREATE TRIGGER invoice_line_frozen_insert BEFORE INSERT ON invoice_line
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) = 'issued' AND NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'frozen: invoice_line'); END;

-- nothing is deleted: rows are deactivated, cancelled, voided or reversed
CREATE TRIGGER hospital_no_delete BEFORE DELETE ON hospital WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: hospital'); END;
CREATE TRIGGER branch_no_delete BEFORE DELETE ON branch WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: branch'); END;
CREATE TRIGGER resource_no_delete BEFORE DELETE ON resource WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: resource'); END;
CREATE TRIGGER practitioner_no_delete BEFORE DELETE ON practitioner WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: practitioner'); END;
CREATE TRIGGER availability_no_delete BEFORE DELETE ON availability WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: availability'); END;
CREATE TRIGGER leave_no_delete BEFORE DELETE ON leave WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: leave'); END;
CREATE TRIGGER service_no_delete BEFORE DELETE ON service WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: service'); END;
CREATE TRIGGER code_no_delete BEFORE DELETE ON code WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: code'); END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: setting'); END;
CREATE TRIGGER app_user_no_delete BEFORE DELETE ON app_user WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: app_user'); END;
CREATE TRIGGER role_no_delete BEFORE DELETE ON role WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: role'); END;
CREATE TRIGGER role_permission_no_delete BEFORE DELETE ON role_permission WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: role_permission'); END;
CREATE TRIGGER user_role_no_delete BEFORE DELETE ON user_role WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: user_role'); END;
CREATE TRIGGER device_no_delete BEFORE DELETE ON device WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: device'); END;
CREATE TRIGGER patient_no_delete BEFORE DELETE ON patient WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: patient'); END;
CREATE TRIGGER identifier_no_delete BEFORE DELETE ON identifier WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: identifier'); END;
CREATE TRIGGER contact_no_delete BEFORE DELETE ON contact WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: contact'); END;
CREATE TRIGGER next_of_kin_no_delete BEFORE DELETE ON next_of_kin WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: next_of_kin'); END;
CREATE TRIGGER allergy_no_delete BEFORE DELETE ON allergy WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: allergy'); END;
CREATE TRIGGER condition_no_delete BEFORE DELETE ON condition WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: condition'); END;
CREATE TRIGGER appointment_no_delete BEFORE DELETE ON appointment WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: appointment'); END;
CREATE TRIGGER waiting_list_entry_no_delete BEFORE DELETE ON waiting_list_entry WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: waiting_list_entry'); END;
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: invoice'); END;
CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: invoice_line'); END;
CREATE TRIGGER cash_session_no_delete BEFORE DELETE ON cash_session WHEN NOT EXISTS (SELECT 1 FROM maintenance)
BEGIN SELECT RAISE(ABORT, 'append-only: cash_session'); END;
