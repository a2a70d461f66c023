-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 16
-- minimum reader: 16
--
-- Invoices on which something is to be paid, and drafts with lines on them: counted and listed without adding up
-- every invoice there ever was. Kept by the file itself whatever writes the rows; never travels.

CREATE TABLE unpaid (
    invoice_id BLOB PRIMARY KEY NOT NULL,
    branch_id BLOB,
    patient_id BLOB,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unpaid_by_time ON unpaid (branch_id, created_at);

CREATE VIEW to_pay AS
SELECT i.id AS invoice_id, i.branch_id, i.patient_id, i.created_at FROM invoice i
WHERE CASE i.state
    WHEN 'draft' THEN EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id = i.id AND l.active = 1)
    ELSE i.total_minor > (SELECT coalesce(sum(y.amount_minor), 0) FROM payment y WHERE y.invoice_id = i.id)
        + (SELECT coalesce(sum(n.amount_minor), 0) FROM credit_note n WHERE n.invoice_id = i.id)
    END;

CREATE TRIGGER unpaid_invoice_insert AFTER INSERT ON invoice
BEGIN INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = NEW.id; END;
CREATE TRIGGER unpaid_invoice_update AFTER UPDATE ON invoice
BEGIN
    DELETE FROM unpaid WHERE invoice_id = OLD.id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = NEW.id;
END;
CREATE TRIGGER unpaid_invoice_delete AFTER DELETE ON invoice
BEGIN DELETE FROM unpaid WHERE invoice_id = OLD.id; END;
CREATE TRIGGER unpaid_line_insert AFTER INSERT ON invoice_line
BEGIN INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = NEW.invoice_id; END;
CREATE TRIGGER unpaid_line_update AFTER UPDATE ON invoice_line
BEGIN
    DELETE FROM unpaid WHERE invoice_id = NEW.invoice_id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = NEW.invoice_id;
END;
CREATE TRIGGER unpaid_line_delete AFTER DELETE ON invoice_line
BEGIN
    DELETE FROM unpaid WHERE invoice_id = OLD.invoice_id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = OLD.invoice_id;
END;
CREATE TRIGGER unpaid_payment_insert AFTER INSERT ON payment
BEGIN
    DELETE FROM unpaid WHERE invoice_id = NEW.invoice_id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = NEW.invoice_id;
END;
CREATE TRIGGER unpaid_payment_delete AFTER DELETE ON payment
BEGIN
    DELETE FROM unpaid WHERE invoice_id = OLD.invoice_id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = OLD.invoice_id;
END;
CREATE TRIGGER unpaid_credit_insert AFTER INSERT ON credit_note
BEGIN
    DELETE FROM unpaid WHERE invoice_id = NEW.invoice_id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = NEW.invoice_id;
END;
CREATE TRIGGER unpaid_credit_delete AFTER DELETE ON credit_note
BEGIN
    DELETE FROM unpaid WHERE invoice_id = OLD.invoice_id;
    INSERT OR REPLACE INTO unpaid SELECT * FROM to_pay WHERE invoice_id = OLD.invoice_id;
END;

INSERT INTO unpaid SELECT * FROM to_pay;
