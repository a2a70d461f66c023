// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/permissions.h"
#include "services/admin/accounts.h"
#include "services/admin/activity.h"
#include "services/admin/auditexport.h"
#include "services/admin/emergency.h"
#include "services/admin/keyholders.h"
#include "services/admin/proof.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"
#include "services/appointments/appointments.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"
#include "services/setup/bringing.h"
#include "services/setup/setup.h"
#include "support/generatedroles.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;
using domain::IntentionId;

namespace {

// One call of every intention that needs a permission; what it answers beyond the permission does not matter
// here.
using Attempt = std::function<ErrorCode(TestClinic &)>;

template <class I>
Attempt attempt(I intent)
{
    return [intent](TestClinic &t) {
        const auto done = t.clinic->performNow(intent);
        return done ? ErrorCode::NothingToDo : done.error().code;
    };
}

template <class T>
services::SaveSetupRow setupRow()
{
    return {storage::toRecord(T{}), storage::toRecord(T{})};
}

QHash<IntentionId, Attempt> attempts()
{
    using namespace services;
    using S = domain::AppointmentState;
    const Id none = Id::fromString(u"01890000-0000-7000-8000-000000000000");
    return {
        {IntentionId::InitialiseHospital, attempt(InitialiseHospital{})},
        {IntentionId::SaveHospital, attempt(setupRow<domain::Hospital>())},
        {IntentionId::SaveBranch, attempt(setupRow<domain::Branch>())},
        {IntentionId::SaveResource, attempt(setupRow<domain::Resource>())},
        {IntentionId::SavePractitioner, attempt(setupRow<domain::Practitioner>())},
        {IntentionId::SaveService, attempt(setupRow<domain::Service>())},
        {IntentionId::SaveCode, attempt(setupRow<domain::Code>())},
        {IntentionId::SaveAvailability, attempt(setupRow<domain::Availability>())},
        {IntentionId::SaveOwnAvailability, attempt(SaveOwnSchedule{})},
        {IntentionId::SaveSetting,
         attempt(SaveSetting{domain::SettingScope::Hospital, QStringLiteral("x"), {}})},
        {IntentionId::SaveOwnSetting,
         attempt(SaveSetting{domain::SettingScope::User, QStringLiteral("x"), {}})},
        {IntentionId::SaveUser, attempt(SaveUser{})},
        {IntentionId::SaveRole, attempt(SaveRole{})},
        {IntentionId::ResetPassword, attempt(ResetPassword{none, {}})},
        {IntentionId::ChangeOwnPassword, attempt(ChangeOwnPassword{})},
        {IntentionId::SetSecondFactor, attempt(SetSecondFactor{})},
        {IntentionId::RemoveSecondFactor, attempt(RemoveSecondFactor{})},
        {IntentionId::ResetSecondFactor, attempt(ResetSecondFactor{none})},
        {IntentionId::RegisterPatient, attempt(RegisterPatient{})},
        {IntentionId::ImportPatients, attempt(NoteOutput{IntentionId::ImportPatients, "patient", none})},
        {IntentionId::OpenPatient, attempt(OpenPatient{none})},
        {IntentionId::UpdatePatient, attempt(UpdatePatient{})},
        {IntentionId::SetPatientActive, attempt(SetPatientActive{none})},
        {IntentionId::SavePatientPart, attempt(SavePatientPart{{}, storage::toRecord(domain::Contact{})})},
        {IntentionId::SaveClinicalPart, attempt(SavePatientPart{{}, storage::toRecord(domain::Allergy{})})},
        {IntentionId::ExportPatients, attempt(NoteOutput{IntentionId::ExportPatients, "patient", none})},
        {IntentionId::PrintPatientHistory,
         attempt(NoteOutput{IntentionId::PrintPatientHistory, "patient", none})},
        {IntentionId::BookAppointment, attempt(BookAppointment{})},
        {IntentionId::MoveAppointment, attempt(MoveAppointment{})},
        {IntentionId::UpdateAppointment, attempt(UpdateAppointment{})},
        {IntentionId::CheckIn, attempt(StepAppointment{none, S::CheckedIn})},
        {IntentionId::StartConsultation, attempt(StepAppointment{none, S::InConsultation})},
        {IntentionId::CompleteConsultation, attempt(StepAppointment{none, S::Completed})},
        {IntentionId::CancelAppointment, attempt(StepAppointment{none, S::Cancelled})},
        {IntentionId::MarkNoShow, attempt(StepAppointment{none, S::NoShow})},
        {IntentionId::UndoStep, attempt(UndoStep{none})},
        {IntentionId::AmendAppointment, attempt(AmendAppointment{none})},
        {IntentionId::SaveWaitingEntry, attempt(SaveWaitingEntry{})},
        {IntentionId::PrintDayList, attempt(NoteOutput{IntentionId::PrintDayList, "appointment", none})},
        {IntentionId::BookOwnAppointment, attempt(BookOwnAppointment{})},
        {IntentionId::CancelOwnAppointment, attempt(CancelOwnAppointment{none})},
        {IntentionId::SaveInvoice, attempt(SaveInvoice{})},
        {IntentionId::IssueInvoice, attempt(IssueInvoice{})},
        {IntentionId::TakePayment, attempt(TakePayment{none})},
        {IntentionId::RefundPayment, attempt(RefundPayment{none})},
        {IntentionId::IssueCreditNote, attempt(IssueCreditNote{none})},
        {IntentionId::OpenCashDrawer, attempt(OpenCashDrawer{-1})},
        {IntentionId::CloseCashDrawer, attempt(CloseCashDrawer{})},
        {IntentionId::PrintBillingDocument,
         attempt(NoteOutput{IntentionId::PrintBillingDocument, "invoice", none})},
        {IntentionId::ViewAudit, attempt(NoteOutput{IntentionId::ViewAudit, "audit_event", none})},
        {IntentionId::BackUp, attempt(NoteOutput{IntentionId::BackUp, "", none})},
        {IntentionId::Restore, attempt(NoteOutput{IntentionId::Restore, "", none})},
        {IntentionId::LoadDemo, attempt(NoteOutput{IntentionId::LoadDemo, "", none})},
        {IntentionId::SealFile, attempt(NoteOutput{IntentionId::SealFile, "", none})},
        {IntentionId::SwitchBranch, attempt(services::SwitchBranch{none})},
        {IntentionId::ResolveConflict, attempt(ResolveConflict{none})},
        {IntentionId::ResolveAttention, attempt(ResolveAttention{none})},
        {IntentionId::EnrolDevice, attempt(EnrolDevice{})},
        {IntentionId::ManageDevices, attempt(NoteOutput{IntentionId::ManageDevices, "device", none})},
        {IntentionId::ReplaceDataKey, attempt(NoteOutput{IntentionId::ReplaceDataKey, "device", none})},
        {IntentionId::ChangeServer, attempt(ChangeServer{})},
        {IntentionId::ExchangeByFile, attempt(NoteOutput{IntentionId::ExchangeByFile, "device", none})},
        {IntentionId::BringChart, attempt(NoteOutput{IntentionId::BringChart, "patient", none})},
        {IntentionId::AddDocument, attempt(AddDocument{})},
        {IntentionId::ChangeDocument, attempt(ChangeDocument{})},
        {IntentionId::OpenDocument, attempt(OpenDocument{none})},
        {IntentionId::BringClinic, attempt(BringRows{})},
        {IntentionId::KeepPlaces, attempt(NoteOutput{IntentionId::KeepPlaces, "device", none})},
        {IntentionId::MakeRecoveryKey, attempt(MakeRecoveryKey{})},
        {IntentionId::ProveIdentity, attempt(ProveIdentity{})},
        {IntentionId::EndOtherSessions, attempt(EndOtherSessions{})},
        {IntentionId::ExportAudit, attempt(SignAuditExport{})},
        {IntentionId::ExportPerson, attempt(ExportPerson{none})},
        {IntentionId::OpenInEmergency, attempt(OpenInEmergency{none, {}})},
        {IntentionId::ReviewEmergency, attempt(ReviewEmergency{none, true, {}})},
        {IntentionId::RecordConsent, attempt(RecordConsent{})},
        {IntentionId::AnonymisePatient, attempt(AnonymisePatient{none})},
    };
}

} // namespace

// Who may do what: every role there is and roles nobody thought of, against everything that can be set out to
// do.
class TstRoles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // Every role, every intention: what the role lacks is refused by the service, and the refusal is audited.
    void roleByIntention()
    {
        TestClinic t;
        const auto all = attempts();
        int refused = 0;
        int allowed = 0;
        for (const auto &role : domain::builtInRoles()) {
            if (!role.onPc)
                continue;
            t.clock.advanceMinutes(20); // wrong passwords of the role before cost time
            t.signIn(QString::fromLatin1(role.code));
            const auto permissions = domain::effectivePermissions(role);
            QCOMPARE(t.clinic->session().grants.permissions(),
                     permissions); // the seeded rows say what the table says
            for (const auto &info : domain::allIntentions()) {
                if (!info.permission)
                    continue;
                QVERIFY2(all.contains(info.id), info.name);
                const bool may = permissions.contains(QString::fromLatin1(info.permission));
                const qint64 before = t.number("SELECT count(*) FROM audit_event WHERE outcome='refused'");
                const ErrorCode code = all[info.id](t);
                const qint64 after = t.number("SELECT count(*) FROM audit_event WHERE outcome='refused'");
                QVERIFY2((code == ErrorCode::Forbidden) == !may ||
                             (info.id == IntentionId::BookOwnAppointment && !may),
                         qPrintable(QStringLiteral("%1 %2: %3")
                                        .arg(QLatin1StringView(role.code), QLatin1StringView(info.name))
                                        .arg(int(code))));
                QCOMPARE(after - before, may ? 0 : 1);
                (may ? allowed : refused) += 1;
            }
        }
        QVERIFY(refused > 150 && allowed > 80);
    }

    // The same with roles of the hospital's own, as they come: any permissions, any parent, parents that were
    // deactivated, and one that inherits itself in a circle.
    void generatedRolesByIntention()
    {
        const auto all = attempts();
        int refused = 0;
        int allowed = 0;
        for (const quint32 seed : {1U, 2U, 3U}) {
            TestClinic t;
            t.signIn(QStringLiteral("administrator"));
            const auto roles = generateRoles(t, seed, 12);
            for (const GeneratedRole &role : roles) {
                t.clock.advanceMinutes(20);
                t.signIn(role.user);
                const QString what = QStringLiteral("seed %1, %2").arg(seed).arg(role.user);
                QVERIFY2(t.clinic->session().grants.permissions() == role.may, qPrintable(what));
                // What the editor shows is what holds.
                const auto views = t.clinic->answerNow(services::Roles{});
                const auto view =
                    std::ranges::find_if(*views, [&role](const auto &v) { return v.role.id == role.id; });
                QVERIFY2(view != views->end() && view->effective == role.may, qPrintable(what));
                for (const auto &info : domain::allIntentions()) {
                    if (!info.permission || info.id == IntentionId::BookOwnAppointment)
                        continue;
                    const bool may = role.may.contains(QString::fromLatin1(info.permission));
                    const qint64 before =
                        t.number("SELECT count(*) FROM audit_event WHERE outcome='refused'");
                    const ErrorCode code = all[info.id](t);
                    const qint64 after = t.number("SELECT count(*) FROM audit_event WHERE outcome='refused'");
                    QVERIFY2((code == ErrorCode::Forbidden) == !may,
                             qPrintable(what + u' ' + QLatin1StringView(info.name)));
                    QCOMPARE(after - before, may ? 0 : 1);
                    (may ? allowed : refused) += 1;
                }
            }
        }
        QVERIFY(refused > 500 && allowed > 300);
    }

    // The super admin is at home on the server: nobody signs in as one here, and a role that calls itself so
    // may no more than its rows say.
    void thereIsNoSuperAdminOnAPc()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto roles = t.clinic->answerNow(services::Roles{});
        QVERIFY(std::ranges::none_of(*roles, [](const auto &v) { return v.role.code == u"super-admin"; }));
        services::SaveRole save;
        save.role.name = QStringLiteral("Super admin");
        save.role.code = QStringLiteral("super-admin");
        const auto role = t.clinic->performNow(save);
        QVERIFY(role && role->code.isEmpty());
        // Whoever writes the code into the row all the same gains nothing.
        QVERIFY(t.database->writerConnection()
                    .exec("UPDATE role SET code='super-admin' WHERE id=?", role->id)
                    .has_value());
        services::SaveUser user;
        user.user.userName = QStringLiteral("super");
        user.user.displayName = user.user.userName;
        user.roles = {role->id};
        user.password = QStringLiteral("correct horse");
        user.quickHash = true;
        QVERIFY(t.clinic->performNow(user).has_value());
        t.signIn(QStringLiteral("super"));
        QVERIFY(t.clinic->session().grants.permissions().isEmpty());
        for (const auto &[id, call] : attempts().asKeyValueRange())
            QVERIFY2(call(t) == ErrorCode::Forbidden, domain::intentionInfo(id).name);
    }

    void nobodySignedInMayNothing()
    {
        TestClinic t;
        t.signOut();
        for (const auto &[id, call] : attempts().asKeyValueRange())
            QVERIFY2(call(t) == ErrorCode::Forbidden, domain::intentionInfo(id).name);
        QCOMPARE(t.clinic->answerNow(services::PatientSearch{QStringLiteral("a")}).error().code,
                 ErrorCode::Forbidden);
        QCOMPARE(t.clinic->answerNow(services::Users{}).error().code, ErrorCode::Forbidden);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstRoles, QCoreApplication>(argc, argv);
}

#include "tst_roles.moc"
