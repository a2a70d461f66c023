// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/accesshistory.h"
#include "server/arbiter.h"

namespace clinic::server {

// Whether the rows a group writes are those its intention is about: one's own where it says "own", of the
// kind and of the owner it speaks of, with a second person where that needs one. Permission and footprint
// were asked for before (domain::authorise); here it is looked whose row it is. Each rule stands here alone.
class Ownership
{
public:
    // grants: what the actor may. then: who might do what when the group was written.
    Ownership(Picture &rows, AccessHistory &then, const sync::WireGroup &group,
              const domain::IntentionInfo &intention, const QSet<QString> &grants)
        : m_rows(rows), m_then(then), m_group(group), m_intention(intention), m_grants(grants)
    {}

    // flag: set where the group is taken and somebody has to look at it.
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

    // The row as the change leaves it, and whether it stands there already.
    [[nodiscard]] Result<PictureRow> after(const sync::WireChange &change);
    // That person's row of the group, or of the record.
    [[nodiscard]] Result<PictureRow> actorsRow() { return m_rows.row({"app_user", m_group.header.actor}); }
    [[nodiscard]] Result<bool> refundsNeedApproval();

    Picture &m_rows;
    AccessHistory &m_then;
    const sync::WireGroup &m_group;
    const domain::IntentionInfo &m_intention;
    const QSet<QString> &m_grants;
};

} // namespace clinic::server
