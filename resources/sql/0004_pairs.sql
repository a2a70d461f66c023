-- SPDX-FileCopyrightText: ClinicDesk contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- version: 4
-- minimum reader: 4
-- search keys: rebuild
--
-- Two beginnings that are each common are looked up together: keys of kind 5 hold two words of one person
-- (storage/searchkeys.h). The program writes everybody's keys anew.

SELECT 1;
