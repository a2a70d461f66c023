-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 17
-- minimum reader: 17
-- search keys: rebuild
--
-- Whose identifier it is: keys of kind 6 hold identifiers in their normal form, and this table those that stand in more
-- than one record. Names with hyphens and apostrophes, and telephones, have further keys (storage/searchkeys.h). The
-- program writes everybody's keys anew.

CREATE TABLE shared_identifier (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
