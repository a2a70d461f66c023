-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 12
-- minimum reader: 12
--
-- Days (yyyy-mm-dd) on which somebody is blocked, and on which a role is held; both ends belong to it, none = open.
-- The session that ended all others of a person: it is the only one that goes on.

ALTER TABLE app_user ADD COLUMN blocked_from TEXT;
ALTER TABLE app_user ADD COLUMN blocked_until TEXT;
ALTER TABLE app_user ADD COLUMN session_mark TEXT;
ALTER TABLE user_role ADD COLUMN valid_from TEXT;
ALTER TABLE user_role ADD COLUMN valid_until TEXT;
