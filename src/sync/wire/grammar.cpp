// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/grammar.h"

#include <algorithm>
#include <limits>

namespace clinic::sync::grammar {
namespace rules {

constexpr qsizetype longestName = 64;
constexpr qsizetype longestPlace = 400;

bool isSmall(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBase64Letter(char c)
{
    return isSmall(c) || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '+' || c == '/';
}

bool isWord(QByteArrayView text, char between)
{
    return !text.isEmpty() && text.size() <= longestName && isSmall(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [between](char c) { return isSmall(c) || isDigit(c) || c == between; });
}

} // namespace rules

using namespace rules;

bool isName(QByteArrayView text)
{
    return isWord(text, '_');
}

bool isLocalName(QByteArrayView text)
{
    return isName(text.startsWith('_') ? text.sliced(1) : text);
}

bool isIntention(QByteArrayView text)
{
    return isWord(text, '-');
}

bool isHex(QByteArrayView text, qsizetype bytes)
{
    return text.size() == 2 * bytes &&
           std::all_of(text.begin(), text.end(), [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
}

bool isBase64(QByteArrayView text)
{
    if (text.isEmpty() || text.size() % 4 != 0)
        return false;
    const qsizetype padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    return std::all_of(text.begin(), text.end() - padding, isBase64Letter);
}

bool isEnvelope(QByteArrayView text)
{
    const auto dot = text.first(qMin<qsizetype>(text.size(), 11)).indexOf('.');
    if (dot < 1 || text.front() == '0' || !std::all_of(text.begin(), text.begin() + dot, isDigit))
        return false;
    return text.first(dot).toLongLong() <= std::numeric_limits<int>::max() && isBase64(text.sliced(dot + 1));
}

bool isPlace(QByteArrayView text)
{
    return text.size() <= longestPlace && std::all_of(text.begin(), text.end(), [](char c) {
               return isBase64Letter(c) || QByteArrayView("=._-!:").contains(c);
           });
}

} // namespace clinic::sync::grammar
