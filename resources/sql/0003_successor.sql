-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 3
-- minimum reader: 3
--
-- A restored file is a device of its own. What its predecessor wrote keeps that device's name, and is sent by
-- the successor: device = who wrote the group, when it was not this file's present device.

ALTER TABLE outbox ADD COLUMN device BLOB;
ALTER TABLE outbox_archive ADD COLUMN device BLOB;
