// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace clinic::server {

// How much of each thing there may be at once, and how much of it may be one sender's. Those who have shown
// no token have memory of their own, so that they keep nobody waiting who has. From any thread.
class Doorkeeper
{
public:
    enum class Thing {
        Connection,   // by address, counted
        Body,         // bytes of bodies, by PC
        StrangerBody, // the same without a token, by address
        ParcelBody,   // carried files, which are large and have no token either, by address
        Count
    };
    struct Limit
    {
        size_t most = 0;
        size_t mostOfOne = 0;
    };
    using Limits = std::array<Limit, size_t(Thing::Count)>;
    explicit Doorkeeper(const Limits &limits) : m_limits(limits) {}

    // A part of what there is, until its end.
    class Share
    {
    public:
        Share(Share &&other) noexcept
            : m_giver(std::exchange(other.m_giver, nullptr)),
              m_thing(other.m_thing),
              m_who(std::move(other.m_who)),
              m_size(other.m_size)
        {}
        Share &operator=(Share &&other) noexcept
        {
            std::swap(m_giver, other.m_giver); // what was held before goes back with the other
            std::swap(m_thing, other.m_thing);
            std::swap(m_who, other.m_who);
            std::swap(m_size, other.m_size);
            return *this;
        }
        Share(const Share &) = delete;
        Share &operator=(const Share &) = delete;
        ~Share()
        {
            if (m_giver)
                m_giver->giveBack(m_thing, m_who, m_size);
        }
        // More for the same sender; false when there is not so much.
        [[nodiscard]] bool grow(size_t size)
        {
            const bool given = m_giver->give(m_thing, m_who, size);
            m_size += given ? size : 0;
            return given;
        }

    private:
        friend class Doorkeeper;
        Share(Doorkeeper *giver, Thing thing, std::string who, size_t size)
            : m_giver(giver), m_thing(thing), m_who(std::move(who)), m_size(size)
        {}
        Doorkeeper *m_giver;
        Thing m_thing;
        std::string m_who;
        size_t m_size;
    };
    // Nothing when there is not so much.
    [[nodiscard]] std::optional<Share> take(Thing thing, const std::string &who, size_t size);
    [[nodiscard]] size_t taken(Thing thing) const;

    // Whom a limit counts as one: an IPv4 address, or the network of 64 bits that one line has by IPv6.
    [[nodiscard]] static std::string senderOf(const std::string &address);

private:
    [[nodiscard]] bool give(Thing thing, const std::string &who, size_t size);
    void giveBack(Thing thing, const std::string &who, size_t size);

    struct Taken
    {
        size_t all = 0;
        std::map<std::string, size_t> by;
    };
    const Limits m_limits;
    mutable std::mutex m_mutex;
    std::array<Taken, size_t(Thing::Count)> m_taken;
};

} // namespace clinic::server
