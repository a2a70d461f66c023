-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 9
-- minimum reader: 9
--
-- The second factor of people who sign in: the secret of their authenticator app, and prints of the codes
-- they have on paper.

ALTER TABLE app_user ADD COLUMN second_factor TEXT;
ALTER TABLE app_user ADD COLUMN recovery_codes TEXT;

-- The last step whose code was used on this PC: a code is good once.
CREATE TABLE second_factor_use (
    user_id BLOB PRIMARY KEY,
    step INTEGER NOT NULL
) STRICT;
