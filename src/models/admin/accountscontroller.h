// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/patients/patientscontroller.h"
#include "services/admin/accounts.h"
#include "services/admin/activity.h"
#include "services/admin/auditexport.h"
#include "services/admin/keyholders.h"
#include "services/admin/proof.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"

namespace clinic::models {

using services::RoleView;
using services::Session;
using services::UserView;

// Signing in and out, users, roles and the audit trail.
class AccountsController
{
public:
    explicit AccountsController(services::Clinic &clinic) : m_clinic(clinic) {}

    void signIn(QObject *context, const services::SignIn &intent, Then<services::SignInAnswer> then)
    {
        m_clinic.run(context, intent, std::move(then));
    }
    // Lock, unlock, sign out: noted with its reason.
    void note(domain::IntentionId what, const QByteArray &reason)
    {
        m_clinic.run(&m_clinic, services::NoteSession{what, reason}, [](const auto &) {});
    }
    void changePassword(QObject *context, const QString &oldPassword, const QString &newPassword,
                        Then<services::Done> then)
    {
        m_clinic.run(context, services::ChangeOwnPassword{oldPassword, newPassword}, std::move(then));
    }
    void setSecondFactor(QObject *context, const services::SetSecondFactor &intent, Then<QStringList> then)
    {
        m_clinic.run(context, intent, std::move(then));
    }
    void removeSecondFactor(QObject *context, const QString &password, Then<services::Done> then)
    {
        m_clinic.run(context, services::RemoveSecondFactor{password}, std::move(then));
    }
    void resetSecondFactor(QObject *context, const Id &user, Then<services::Done> then)
    {
        m_clinic.run(context, services::ResetSecondFactor{user}, std::move(then));
    }
    void ownSecondFactor(QObject *context, Then<services::SecondFactorState> then)
    {
        m_clinic.ask(context, services::OwnSecondFactor{}, std::move(then));
    }
    void ownProof(QObject *context, Then<services::ProofNeeded> then)
    {
        m_clinic.ask(context, services::OwnProof{}, std::move(then));
    }
    void prove(QObject *context, const services::ProveIdentity &intent, Then<services::ProofAnswer> then)
    {
        const qint64 lasts = !intent.approver.isNamed() ? services::proofLastsMs : services::approvalLastsMs;
        m_clinic.run(context, intent,
                     [this, lasts, then = std::move(then)](const Result<services::ProofAnswer> &answer) {
                         if (answer && answer->isProven)
                             m_clinic.noteProven(lasts);
                         then(answer);
                     });
    }
    void endOtherSessions(QObject *context, Then<services::Done> then)
    {
        m_clinic.run(context, services::EndOtherSessions{}, std::move(then));
    }
    void makeRecoveryKey(QObject *context, const QString &password, Then<QString> then)
    {
        m_clinic.run(context, services::MakeRecoveryKey{password}, std::move(then));
    }
    void resetPassword(QObject *context, const Id &user, const QString &password, Then<services::Done> then)
    {
        m_clinic.run(context, services::ResetPassword{user, password}, std::move(then));
    }
    void users(QObject *context, Then<QList<UserView>> then)
    {
        m_clinic.ask(context, services::Users{}, std::move(then));
    }
    void roles(QObject *context, Then<QList<RoleView>> then)
    {
        m_clinic.ask(context, services::Roles{}, std::move(then));
    }
    void demoUsers(QObject *context, Then<QList<QPair<QString, QString>>> then)
    {
        m_clinic.ask(context, services::DemoUsers{}, std::move(then));
    }
    void saveUser(QObject *context, const services::SaveUser &intent, Then<domain::AppUser> then)
    {
        m_clinic.run(context, intent, std::move(then));
    }
    void saveRole(QObject *context, const services::SaveRole &intent, Then<domain::Role> then)
    {
        m_clinic.run(context, intent, std::move(then));
    }
    void audit(QObject *context, const storage::AuditFilter &filter, Then<QList<storage::AuditEntry>> then)
    {
        m_clinic.ask(context, services::AuditTrail{filter}, std::move(then));
    }
    void signAuditExport(QObject *context, const QByteArray &content, Then<QByteArray> then)
    {
        m_clinic.run(context, services::SignAuditExport{content}, std::move(then));
    }
    void checkAuditChain(QObject *context, Then<storage::AuditStanding> then)
    {
        m_clinic.ask(context, services::CheckAuditChain{}, std::move(then));
    }
    // Looking at the audit is an event itself; of a patient's record, one about it.
    void noteAuditView(const Id &patient)
    {
        m_clinic.run(
            &m_clinic,
            services::NoteOutput{domain::IntentionId::ViewAudit, patient.isNull() ? "" : "patient", patient},
            [](const auto &) {});
    }
    void activity(QObject *context, const services::AuditActivity &question,
                  Then<QList<services::Activity>> then)
    {
        m_clinic.ask(context, question, std::move(then));
    }
    void emergencies(QObject *context, Then<QList<services::EmergencyView>> then)
    {
        m_clinic.ask(context, services::EmergencyAccesses{}, std::move(then));
    }
    void emergenciesToReview(QObject *context, Then<int> then)
    {
        m_clinic.ask(context, services::EmergenciesToReview{}, std::move(then));
    }
    void emergencyEvents(QObject *context, const Id &access, Then<QList<storage::AuditEntry>> then)
    {
        m_clinic.ask(context, services::EmergencyEvents{access}, std::move(then));
    }
    void reviewEmergency(QObject *context, const Id &access, bool isJustified, const QString &note,
                         Then<domain::EmergencyAccess> then)
    {
        m_clinic.run(context, services::ReviewEmergency{access, isJustified, note}, std::move(then));
    }
    void currentStanding(QObject *context, Then<services::Standing> then)
    {
        m_clinic.ask(context, services::CurrentStanding{}, std::move(then));
    }

private:
    services::Clinic &m_clinic;
};

} // namespace clinic::models
