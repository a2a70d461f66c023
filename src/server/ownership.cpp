// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ownership.h"

#include "domain/access/deciding.h"
#include "domain/appointments/lifecycle.h"
#include "domain/entities.h"
#include "domain/setup/settings.h"

namespace clinic::server {
namespace owning {

using domain::IntentionId;

Judged refused(const char *code, const QByteArray &detail)
{
    return tl::unexpected(Refusal{code, detail});
}

Judged lacks(const char *permission)
{
    return refused("not-permitted", permission);
}

// The states that an intention may write.
QList<domain::AppointmentState> statesOf(IntentionId id)
{
    using enum domain::AppointmentState;
    switch (id) {
    case IntentionId::BookAppointment:
        return {Booked, CheckedIn}; // a walk-in arrives at once
    case IntentionId::BookOwnAppointment:
        return {Booked};
    case IntentionId::CheckIn:
        return {CheckedIn};
    case IntentionId::StartConsultation:
        return {InConsultation};
    case IntentionId::CompleteConsultation:
        return {Completed};
    case IntentionId::CancelAppointment:
    case IntentionId::CancelOwnAppointment:
        return {Cancelled};
    case IntentionId::MarkNoShow:
        return {NoShow};
    default:
        return {};
    }
}

// Whether a user has the permission in any of his roles.
template <class Rows>
Result<bool> mayInAnyRole(Rows &rows, const Id &user, const QString &permission)
{
    const auto links = rows.children("user_role", user);
    if (!links)
        return fail(links);
    for (const Id &link : *links) {
        const auto row = rows.row({"user_role", link});
        if (!row)
            return fail(row);
        const auto grants = grantsFrom(rows, user, row->id("role_id"));
        if (!grants)
            return fail(grants);
        if (grants->contains(permission))
            return true;
    }
    return false;
}

} // namespace owning

using namespace owning;

Ownership::Rule Ownership::rule() const
{
    switch (m_intention.id) {
    case IntentionId::SignIn:
    case IntentionId::ChangeOwnPassword:
    case IntentionId::SetSecondFactor:
    case IntentionId::RemoveSecondFactor:
    case IntentionId::EndOtherSessions:
        return &Ownership::ownAccount;
    case IntentionId::SaveSetting:
    case IntentionId::SaveOwnSetting:
        return &Ownership::setting;
    case IntentionId::SaveOwnAvailability:
        return &Ownership::ownSchedule;
    case IntentionId::BookAppointment:
    case IntentionId::CheckIn:
    case IntentionId::StartConsultation:
    case IntentionId::CompleteConsultation:
    case IntentionId::CancelAppointment:
    case IntentionId::MarkNoShow:
        return &Ownership::step;
    case IntentionId::BookOwnAppointment:
    case IntentionId::CancelOwnAppointment:
        return &Ownership::ownAppointment;
    case IntentionId::UndoStep:
        return &Ownership::undo;
    case IntentionId::TakePayment:
        return &Ownership::payment;
    case IntentionId::RefundPayment:
        return &Ownership::refund;
    case IntentionId::ResolveConflict:
        return &Ownership::decision;
    case IntentionId::AnonymisePatient:
        return &Ownership::forgotten;
    case IntentionId::OpenInEmergency:
    case IntentionId::ReviewEmergency:
        return &Ownership::emergency;
    case IntentionId::InitialiseHospital: // earlier data is uploaded, once
        return &Ownership::nobodys;
    default:
        return nullptr;
    }
}

Result<Judged> Ownership::judge(QByteArray &flag)
{
    const Rule judgeRow = rule();
    if (!judgeRow)
        return Judged();
    for (const auto &change : m_group.changes) {
        const auto row = after(change);
        if (!row)
            return fail(row);
        auto judged = (this->*judgeRow)(change, *row, flag);
        if (!judged || !*judged)
            return judged;
    }
    return Judged();
}

Result<PictureRow> Ownership::after(const sync::WireChange &change)
{
    const RowKey key(change.entity, change.id);
    auto row = m_rows.row(key);
    if (!row)
        return row;
    for (const auto &f : change.fields)
        row->fields.insert(f.column, f.value);
    return row;
}

Result<Judged> Ownership::ownAccount(const sync::WireChange &change, const PictureRow &, QByteArray &)
{
    return change.id == m_group.header.actor ? Judged() : lacks("users.edit");
}

Result<Judged> Ownership::setting(const sync::WireChange &, const PictureRow &row, QByteArray &)
{
    const QString key = row.text("key");
    const auto scope = enumFromCode<domain::SettingScope>(row.text("scope"));
    const domain::SettingInfo *info = domain::settingInfo(key);
    if (!scope || !info || !info->allows(*scope))
        return refused("setting-refused", key.toUtf8());
    const auto value = domain::checkedSetting(*info, row.text("value"));
    if (!value || *value != row.text("value"))
        return refused("setting-refused", key.toUtf8());
    const bool isOwn = m_intention.id == IntentionId::SaveOwnSetting;
    if (isOwn != (*scope == domain::SettingScope::User) ||
        (isOwn && row.id("owner_id") != m_group.header.actor))
        return lacks("settings.edit");
    return Judged();
}

Result<Judged> Ownership::ownSchedule(const sync::WireChange &, const PictureRow &row, QByteArray &)
{
    const auto actor = actorsRow();
    if (!actor)
        return fail(actor);
    const auto resource = m_rows.row({"resource", row.id("resource_id")});
    if (!resource)
        return fail(resource);
    const Id practitioner = actor->id("practitioner_id");
    return !practitioner.isNull() && resource->id("practitioner_id") == practitioner ? Judged()
                                                                                     : lacks("schedule.edit");
}

// Each state has a permission of its own: the event must have the state that its intention names.
Result<Judged> Ownership::step(const sync::WireChange &change, const PictureRow &row, QByteArray &)
{
    if (change.entity != "appointment_event")
        return Judged();
    const auto state = enumFromCode<domain::AppointmentState>(row.text("state"));
    const bool books =
        m_intention.id == IntentionId::BookAppointment || m_intention.id == IntentionId::BookOwnAppointment;
    if (books && std::ranges::none_of(m_group.changes, [&](const sync::WireChange &one) {
            return one.op == sync::Change::Op::Insert && one.entity == "appointment" &&
                   one.id == row.id("appointment_id");
        }))
        return refused("not-permitted", m_intention.name);
    return state && statesOf(m_intention.id).contains(*state) ? Judged()
                                                              : refused("not-permitted", m_intention.name);
}

Result<Judged> Ownership::ownAppointment(const sync::WireChange &change, const PictureRow &row,
                                         QByteArray &flag)
{
    const auto actor = actorsRow();
    if (!actor)
        return fail(actor);
    Id appointment = change.entity == "appointment_event" ? row.id("appointment_id") : change.id;
    if (change.entity == "void") {
        if (auto judged = undo(change, row, flag); !judged || !*judged)
            return judged;
        const auto event = m_rows.row({"appointment_event", row.id("row_id")});
        if (!event)
            return fail(event);
        appointment = event->id("appointment_id");
    }
    if (auto judged = step(change, row, flag); !judged || !*judged)
        return judged;
    // The appointment that this group inserts is not in the record yet.
    const auto booked =
        std::find_if(m_group.changes.begin(), m_group.changes.end(), [&](const sync::WireChange &one) {
            return one.entity == "appointment" && one.id == appointment;
        });
    const auto known =
        booked == m_group.changes.end() ? m_rows.row({"appointment", appointment}) : after(*booked);
    if (!known)
        return fail(known);
    const Id patient = known->id("patient_id");
    if (patient.isNull() || patient != actor->id("patient_id"))
        return lacks("appointments.book");
    return known->number("walk_in") == 0 && !known->fields.contains("overbook_reason")
               ? Judged()
               : lacks("appointments.overbook");
}

Result<Judged> Ownership::undo(const sync::WireChange &change, const PictureRow &row, QByteArray &)
{
    return change.entity != "void" || row.text("entity") == u"appointment_event"
               ? Judged()
               : refused("not-permitted", m_intention.name);
}

// A negative payment is a refund and needs that permission.
Result<Judged> Ownership::payment(const sync::WireChange &, const PictureRow &row, QByteArray &)
{
    return row.number("amount_minor") > 0 && !row.fields.contains("approved_by") ? Judged()
                                                                                 : lacks("billing.refund");
}

Result<bool> Ownership::refundsNeedApproval()
{
    const auto rows = m_rows.holding("setting", domain::setting::refundApproval);
    if (!rows)
        return fail(rows);
    return std::none_of(rows->begin(), rows->end(), [](const PictureRow &row) {
        return row.text("key") == QLatin1StringView(domain::setting::refundApproval) &&
               row.text("scope") == u"hospital" && row.text("value") == u"false";
    });
}

// The approver is another user with the permission. Only the PC saw the approver's password. A refund
// without approval has been paid out: it is applied and flagged.
Result<Judged> Ownership::refund(const sync::WireChange &change, const PictureRow &row, QByteArray &flag)
{
    const auto money = std::find_if(m_group.changes.begin(), m_group.changes.end(),
                                    [](const sync::WireChange &one) { return one.entity == "payment"; });
    if (money == m_group.changes.end())
        return refused("not-permitted", m_intention.name);
    if (change.entity == "app_user") { // the user whose recovery code was used
        const auto payment = after(*money);
        if (!payment)
            return fail(payment);
        return change.id == payment->id("approved_by") ? Judged() : lacks("users.edit");
    }
    if (change.entity != "payment")
        return Judged();
    if (row.number("amount_minor") >= 0)
        return lacks("billing.pay");
    const Id approver = row.id("approved_by");
    if (approver.isNull()) {
        const auto needed = refundsNeedApproval();
        if (!needed)
            return fail(needed);
        if (*needed)
            flag = "not-approved";
        return Judged();
    }
    const QString approve = QStringLiteral("billing.approve");
    if (approver == m_group.header.actor)
        return lacks("billing.approve");
    const auto now = mayInAnyRole(m_rows, approver, approve);
    if (!now)
        return fail(now);
    if (*now)
        return Judged();
    const auto before = mayInAnyRole(m_then, approver, approve);
    if (!before)
        return fail(before);
    if (!*before)
        return lacks("billing.approve");
    flag = "revoked-since";
    return Judged();
}

// A decision writes one of the two values of an open conflict, and its actor may change that field.
Result<Judged> Ownership::decision(const sync::WireChange &change, const PictureRow &row, QByteArray &)
{
    if (change.entity == "conflict") {
        const auto before = m_rows.row({"conflict", change.id});
        if (!before)
            return fail(before);
        if (!before->exists)
            return refused("parent-refused", "conflict");
        if (before->number("resolved") != 0)
            return refused("already-decided", {});
        const EntityInfo *entity = domain::entityNamed(row.text("entity"));
        const int field = entity ? entity->indexOf(row.text("field").toStdString()) : -1;
        if (field >= 0 && !domain::mayDecide(domain::Grants(m_grants), *entity, field))
            return lacks(domain::permissionsToChange(*entity, field).first());
        return Judged();
    }
    for (const auto &f : change.fields) {
        bool isDecided = false;
        bool isOther = false; // a third value: the other value has changed meanwhile
        for (const auto &other : m_group.changes) {
            if (other.entity != "conflict")
                continue;
            const auto conflict = m_rows.row({"conflict", other.id});
            if (!conflict)
                return fail(conflict);
            const auto lost = sync::decodeWireValue(conflict->text("lost").toUtf8());
            if (conflict->text("entity") != QString::fromLatin1(change.entity) ||
                conflict->id("row_id") != change.id ||
                conflict->text("field") != QString::fromLatin1(f.column))
                continue;
            (lost.value_or(sync::WireValue{}) == f.value ? isDecided : isOther) = true;
        }
        if (!isDecided && isOther)
            return refused("already-decided", {});
        if (!isDecided)
            return refused("not-permitted", m_intention.name);
    }
    return Judged();
}

// Rows of the patient who is anonymised, and of no other.
Result<Judged> Ownership::forgotten(const sync::WireChange &change, const PictureRow &row, QByteArray &)
{
    if (change.entity == "patient" || !row.fields.contains("patient_id"))
        return change.entity == "app_user" ? lacks("users.edit") : Judged();
    const bool isTheirs =
        std::any_of(m_group.changes.begin(), m_group.changes.end(), [&](const sync::WireChange &one) {
            return one.entity == "patient" && one.id == row.id("patient_id");
        });
    if (isTheirs)
        return Judged();
    const auto patient = m_rows.row({"patient", row.id("patient_id")});
    if (!patient)
        return fail(patient);
    return patient->number("anonymised_at") > 0 ? Judged() : refused("not-permitted", m_intention.name);
}

// Nobody opens a record in another user's name, and nobody reviews his own emergency.
Result<Judged> Ownership::emergency(const sync::WireChange &, const PictureRow &row, QByteArray &)
{
    const bool isOwn = row.id("user_id") == m_group.header.actor;
    if (m_intention.id == IntentionId::OpenInEmergency)
        return isOwn ? Judged() : lacks("patients.emergency");
    return isOwn ? lacks("access.review") : Judged();
}

Result<Judged> Ownership::nobodys(const sync::WireChange &, const PictureRow &, QByteArray &)
{
    return refused("not-permitted", m_intention.name);
}

} // namespace clinic::server
