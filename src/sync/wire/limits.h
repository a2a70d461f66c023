// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// Limits in bytes for messages. Writers count, readers refuse more; both use these numbers. The first three
// are what a side accepts, the others follow from them.
namespace clinic::sync::limits {

inline constexpr qsizetype kib = 1024;
inline constexpr qsizetype mib = 1024 * kib;

// The body of a request on the wire, compressed.
inline constexpr qsizetype request = 2 * mib;
// The same, uncompressed.
inline constexpr qsizetype unpackedRequest = 16 * mib;
// An answer, or a sealed line of a carried file, uncompressed.
inline constexpr qsizetype answer = 64 * mib;

// The text of one value, in characters of at most three bytes; pictures and other bytes. A longer value is
// refused when it is saved.
inline constexpr qsizetype text = 20'000;
inline constexpr qsizetype bytes = 256 * kib;
// One group in the outbox. A unit of work with a larger one is refused. Its audit event holds every value
// twice, before and after.
inline constexpr qsizetype group = 1 * mib;
// Groups, audit events or renewed envelopes in one request. A larger one goes alone.
inline constexpr qsizetype batch = 1 * mib;
// A group of a first upload. Many proxies let no more than 1 MB through.
inline constexpr qsizetype uploadGroup = 256 * kib;
// Rows of an answer. A page ends with the row or the group that fills it.
inline constexpr qsizetype page = 4 * mib;
// Groups that a revoked PC may leave on the server for review; and as many bytes of audit events.
inline constexpr qsizetype shutOutBytes = 16 * mib;
inline constexpr qsizetype shutOutGroups = 1000;
// One carried file. The rest goes with the next one.
inline constexpr qsizetype parcel = 256 * mib;

// The body of one group in a request; a larger one is refused unread.
inline constexpr qsizetype groupBody = group + 64 * kib;

// A group and its audit event fit into a request, compressed or not.
static_assert(groupBody <= request && 2 * group <= request && uploadGroup <= group);
// An attention row may quote the last group of a page, and a control character takes six bytes there.
static_assert(page + 6 * groupBody + mib <= answer);

} // namespace clinic::sync::limits
