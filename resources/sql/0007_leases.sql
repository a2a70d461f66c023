-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 7
-- minimum reader: 7
--
-- What the server keeps for this PC: a booking in there is its own, whether the server is reached or not.

CREATE TABLE lease (
    id BLOB PRIMARY KEY,
    resource BLOB NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL
) STRICT;
CREATE INDEX lease_by_resource ON lease (resource, from_at);
