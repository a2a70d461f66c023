// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/arbiter.h"
#include "sync/wire/sealer.h"

// The device that a group belongs to, and the keys it may use.
namespace clinic::server {

// Groups from a restored file were written under its former device's id. For a PC that joined with a new
// code the former device is unknown: its groups are its own.
Result<void> Arbiter::nameOrigin(sync::GroupHeader &header)
{
    constexpr int mostSuccessions = 100;
    Id at = m_device.id;
    for (int i = 0; i < mostSuccessions && !at.isNull(); ++i) {
        if (at == header.device)
            return {};
        const auto rows = m_session.run("SELECT predecessor FROM device WHERE hospital_id=$1 AND id=$2",
                                        {idValue(m_hospital), idValue(at)});
        if (!rows)
            return fail(rows);
        at = rows->isEmpty() ? Id{} : idAt(rows->first(), 0);
    }
    header.device = m_device.id;
    return {};
}

Result<bool> Arbiter::knowsKeysOf(const sync::WireGroup &group)
{
    for (const auto &change : group.changes) {
        for (const auto &field : change.fields) {
            const int id = sync::keyIdOf(field.value.envelope);
            if (id <= sync::HospitalKeys::firstId)
                continue;
            if (!m_dataKeys) {
                const auto rows =
                    m_session.run("SELECT key_id FROM data_key WHERE hospital_id=$1", {idValue(m_hospital)});
                if (!rows)
                    return fail(rows);
                m_dataKeys.emplace();
                for (const Row &row : *rows)
                    m_dataKeys->insert(integerAt(row, 0));
            }
            if (!m_dataKeys->contains(id))
                return false;
        }
    }
    return true;
}

} // namespace clinic::server
