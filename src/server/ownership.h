// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/accesshistory.h"
#include "server/arbiter.h"

namespace clinic::server {

// Checks that the rows of a group belong to its intention's subject: the actor's own rows for an "own"
// intention, the right kind and owner, an approver where one is needed. domain::authorise has checked
// permission and footprint before. One function for each rule.
class Ownership
{
public:
    // grants: the actor's permissions. then: permissions at the time the group was written.
    Ownership(Picture &rows, AccessHistory &then, const sync::WireGroup &group,
              const domain::IntentionInfo &intention, const QSet<QString> &grants)
        : m_rows(rows), m_then(then), m_group(group), m_intention(intention), m_grants(grants)
    {}

    // flag: set when the group is applied and a user has to look at it.
    [[nodiscard]] Result<Judged> judge(QByteArray &flag);

private:
    using Rule = Result<Judged> (Ownership::*)(const sync::WireChange &, const PictureRow &, QByteArray &);
    [[nodiscard]] Rule rule() const;
    Result<Judged> ownAccount(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> setting(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> ownSchedule(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> step(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> ownAppointment(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> undo(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> payment(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> refund(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> decision(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> forgotten(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> emergency(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);
    Result<Judged> nobodys(const sync::WireChange &change, const PictureRow &row, QByteArray &flag);

    // The row after the change, and whether it existed before.
    [[nodiscard]] Result<PictureRow> after(const sync::WireChange &change);
    // The user's row in the group or in the record.
    [[nodiscard]] Result<PictureRow> actorsRow() { return m_rows.row({"app_user", m_group.header.actor}); }
    [[nodiscard]] Result<bool> refundsNeedApproval();

    Picture &m_rows;
    AccessHistory &m_then;
    const sync::WireGroup &m_group;
    const domain::IntentionInfo &m_intention;
    const QSet<QString> &m_grants;
};

} // namespace clinic::server
