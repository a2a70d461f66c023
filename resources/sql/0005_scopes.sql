-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 5
-- minimum reader: 5
--
-- A PC may keep some branches only; a patient's chart of the others comes when somebody asks for it.

CREATE TABLE chart_here (patient BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT;
