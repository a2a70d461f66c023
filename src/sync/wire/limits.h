// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// How many bytes may travel at once. Whoever writes a message counts, and whoever reads one refuses more;
// both take the numbers from here. The first three are what a side accepts, the others follow from them.
namespace clinic::sync::limits {

inline constexpr qsizetype kib = 1024;
inline constexpr qsizetype mib = 1024 * kib;

// The body of a request as it travels, packed.
inline constexpr qsizetype request = 2 * mib;
// The same when it is unpacked.
inline constexpr qsizetype unpackedRequest = 16 * mib;
// An answer, or what was sealed into a line of a carried file, when it is unpacked.
inline constexpr qsizetype answer = 64 * mib;

// The text of one value, in characters of at most three bytes; pictures and other bytes. A longer one is
// refused where it is saved.
inline constexpr qsizetype text = 20'000;
inline constexpr qsizetype bytes = 256 * kib;
// One group of changes as it lies in the outbox. A unit of work that makes a larger one is refused. Its audit
// event holds every value twice, before and after.
inline constexpr qsizetype group = 1 * mib;
// Groups, audit events or renewed envelopes in one request. One of them that is larger comes alone.
inline constexpr qsizetype batch = 1 * mib;
// A group of a first upload. Many proxies let no more than 1 MB through.
inline constexpr qsizetype uploadGroup = 256 * kib;
// Rows of an answer. A page ends with the row or the group that fills it.
inline constexpr qsizetype page = 4 * mib;
// What a PC that was shut out may leave on the server for somebody to look at.
inline constexpr qsizetype shutOutBytes = 16 * mib;
inline constexpr qsizetype shutOutGroups = 1000;
// One carried file. What is more goes with the next one.
inline constexpr qsizetype parcel = 256 * mib;

// The body of one group in a request; a larger one is refused unread.
inline constexpr qsizetype groupBody = group + 64 * kib;

// A group and the event of it fit in a request whether they can be packed or not.
static_assert(groupBody <= request && 2 * group <= request && uploadGroup <= group);
// The last group of a page may stand in an attention row as quoted text, in which a control character takes
// six bytes.
static_assert(page + 6 * groupBody + mib <= answer);

} // namespace clinic::sync::limits
