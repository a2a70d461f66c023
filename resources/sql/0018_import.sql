-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 18
-- minimum reader: 18
--
-- An import always begins with the first row: rows that are stored already come back as duplicates. How far an earlier
-- one came, by the file alone, said nothing about the columns it was read with.

DROP TABLE import_progress;
