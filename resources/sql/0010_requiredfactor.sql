-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 10
-- minimum reader: 10
--
-- Roles in which nobody works without a second factor.

ALTER TABLE role ADD COLUMN needs_second_factor INTEGER NOT NULL DEFAULT 0;
