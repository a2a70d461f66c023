-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 13
-- minimum reader: 13
--
-- When a wrong password was typed, on the clock that nobody can set (milliseconds since the machine was started).

ALTER TABLE login_delay ADD COLUMN steady_ms INTEGER NOT NULL DEFAULT 0;
