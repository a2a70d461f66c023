// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/doorkeeper.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace clinic::server {

std::string Doorkeeper::senderOf(const std::string &address)
{
    namespace ip = boost::asio::ip;
    boost::system::error_code failed;
    const auto parsed = ip::make_address(address, failed);
    if (failed || !parsed.is_v6())
        return address;
    if (parsed.to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, parsed.to_v6()).to_string();
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return ip::address_v6(bytes).to_string();
}

bool Doorkeeper::give(Thing thing, const std::string &who, size_t size)
{
    const Limit &limit = m_limits[size_t(thing)];
    const std::lock_guard lock(m_mutex);
    Taken &taken = m_taken[size_t(thing)];
    const auto known = taken.by.find(who);
    const size_t ofOne = known == taken.by.end() ? 0 : known->second;
    if (size > limit.most - taken.all || size > limit.mostOfOne - ofOne)
        return false;
    if (size > 0) {
        taken.all += size;
        taken.by[who] = ofOne + size;
    }
    return true;
}

void Doorkeeper::giveBack(Thing thing, const std::string &who, size_t size)
{
    const std::lock_guard lock(m_mutex);
    Taken &taken = m_taken[size_t(thing)];
    taken.all -= size;
    if (const auto known = taken.by.find(who); known != taken.by.end() && (known->second -= size) == 0)
        taken.by.erase(known);
}

std::optional<Doorkeeper::Share> Doorkeeper::take(Thing thing, const std::string &who, size_t size)
{
    if (!give(thing, who, size))
        return std::nullopt;
    return Share(this, thing, who, size);
}

size_t Doorkeeper::taken(Thing thing) const
{
    const std::lock_guard lock(m_mutex);
    return m_taken[size_t(thing)].all;
}

} // namespace clinic::server
