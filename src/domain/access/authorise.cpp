// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/deciding.h"
#include "domain/access/intentions.h"

namespace clinic::domain {
namespace footprints {

// Bits of the fields in a footprint; all fields when it names none.
quint64 fieldMask(const EntityInfo &entity, const char *fields)
{
    if (!fields)
        return ~quint64(0);
    quint64 mask = 0;
    std::string_view rest(fields);
    while (!rest.empty()) {
        const size_t space = rest.find(' ');
        const int index = entity.indexOf(rest.substr(0, space));
        Q_ASSERT(index >= 0);
        mask |= quint64(1) << index;
        rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    }
    return mask;
}

bool covers(const IntentionInfo &info, const RowChange &change)
{
    const unsigned op = change.op == RowChange::Op::Insert ? opInsert : opPatch;
    for (const Footprint &footprint : info.footprint) {
        if (!footprint.entity || !(footprint.ops & op))
            continue;
        const std::string_view name(footprint.entity);
        const std::string_view changed(change.entity->name);
        const bool isAccess = changed == "role" || changed == "role_permission" || changed == "user_role";
        if (name != "*" && name != changed && (name != "*-access" || isAccess))
            continue;
        if (op == opInsert || (change.fields & ~fieldMask(*change.entity, footprint.fields)) == 0)
            return true;
    }
    return false;
}

// False for intentions that write other users' rows for a special reason, or only the user's own rows.
bool isOrdinary(const IntentionInfo &info)
{
    switch (info.id) {
    case IntentionId::InitialiseHospital:
    case IntentionId::ResolveConflict:
    case IntentionId::AnonymisePatient:
    case IntentionId::EnrolDevice:
    case IntentionId::BringClinic:
    case IntentionId::ChangeOwnPassword:
    case IntentionId::SetSecondFactor:
    case IntentionId::RemoveSecondFactor:
    case IntentionId::EndOtherSessions:
    case IntentionId::ProveIdentity:
    case IntentionId::SaveOwnSetting:
    case IntentionId::SaveOwnAvailability:
    case IntentionId::BookOwnAppointment:
    case IntentionId::CancelOwnAppointment:
        return false;
    default:
        return info.permission;
    }
}

} // namespace footprints

QByteArrayList permissionsToChange(const EntityInfo &entity, int field)
{
    const RowChange change{&entity, {}, RowChange::Op::Patch, quint64(1) << field};
    QByteArrayList permissions;
    for (const IntentionInfo &info : allIntentions()) {
        if (footprints::isOrdinary(info) && footprints::covers(info, change) &&
            !permissions.contains(info.permission))
            permissions << info.permission;
    }
    return permissions;
}

bool mayDecide(const Grants &grants, const EntityInfo &entity, int field)
{
    const QByteArrayList permissions = permissionsToChange(entity, field);
    return permissions.isEmpty() ||
           std::any_of(permissions.begin(), permissions.end(),
                       [&](const QByteArray &one) { return grants.has(QString::fromLatin1(one)); });
}

Result<void> authorise(const Grants &grants, IntentionId id, const QList<RowChange> &changes)
{
    const IntentionInfo &info = intentionInfo(id);
    if (info.permission && !grants.has(QString::fromLatin1(info.permission)))
        return fail(ErrorCode::Forbidden, {}, {QString::fromLatin1(info.permission)});
    for (const RowChange &change : changes) {
        if (!footprints::covers(info, change))
            return fail(ErrorCode::Internal, {}, {},
                        QStringLiteral("%1 outside the footprint of %2")
                            .arg(QLatin1StringView(change.entity->name), QLatin1StringView(info.name)));
    }
    return {};
}

} // namespace clinic::domain
