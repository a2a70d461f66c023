-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 11
-- minimum reader: 11
--
-- The public half of the hospital's recovery key (base64): every PC seals its file's key to it.

ALTER TABLE hospital ADD COLUMN recovery_key TEXT;
