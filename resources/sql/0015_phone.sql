-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 15
-- minimum reader: 15
--
-- Where a person who works here gets one-time codes by text message.

ALTER TABLE app_user ADD COLUMN phone TEXT;
