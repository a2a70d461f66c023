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

// Limits for connections and bytes, in total and per sender. Senders without a token have limits of their
// own, so that they never delay a sender with one. Thread-safe.
class Doorkeeper
{
public:
    enum class Thing {
        Connection,   // count, by address
        Body,         // bytes of bodies, by PC
        StrangerBody, // bytes of bodies without a token, by address
        ParcelBody,   // bytes of carried files, which are large and have no token, by address
        Count
    };
    struct Limit
    {
        size_t most = 0;
        size_t mostOfOne = 0;
    };
    using Limits = std::array<Limit, size_t(Thing::Count)>;
    explicit Doorkeeper(const Limits &limits) : m_limits(limits) {}

    // A part of a limit; the destructor gives it back.
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
            std::swap(m_giver, other.m_giver); // the previous share goes back with `other`
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
        // Adds to this share; false when the limit is reached.
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
    // Nothing when the limit is reached.
    [[nodiscard]] std::optional<Share> take(Thing thing, const std::string &who, size_t size);
    [[nodiscard]] size_t taken(Thing thing) const;

    // The sender that a limit counts: an IPv4 address, or an IPv6 network (/64).
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
