// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/setup/setup.h"

#include "core/crypto.h"
#include "core/fold.h"
#include "core/money.h"
#include "domain/access/roles.h"
#include "domain/admin/entities.h"
#include "domain/patients/rules.h"
#include "domain/setup/hours.h"
#include "domain/setup/settings.h"
#include "secrets/recoverykey.h"
#include "services/admin/accounts.h"
#include "services/admin/keyholders.h"
#include "services/appointments/touched.h"
#include "services/clockdoubt.h"
#include "storage/patients/reach.h"
#include "storage/replica/replica.h"

#include <QTimeZone>

namespace clinic::services {
namespace setupservice {

struct StartingCode
{
    const char *set;
    const char *code;
    const char *label;
};
constexpr StartingCode startingCodes[] = {
    {"cancel-reason", "patient-request", QT_TRANSLATE_NOOP("Code", "Patient asked")},
    {"cancel-reason", "patient-ill", QT_TRANSLATE_NOOP("Code", "Patient too ill to come")},
    {"cancel-reason", "doctor-away", QT_TRANSLATE_NOOP("Code", "Doctor not available")},
    {"cancel-reason", "booked-in-error", QT_TRANSLATE_NOOP("Code", "Booked in error")},
    {"cancel-reason", "other", QT_TRANSLATE_NOOP("Code", "Other")},
    {"channel", "telephone", QT_TRANSLATE_NOOP("Code", "Telephone")},
    {"channel", "in-person", QT_TRANSLATE_NOOP("Code", "In person")},
    {"channel", "message", QT_TRANSLATE_NOOP("Code", "Message")},
    {"channel", "kiosk", QT_TRANSLATE_NOOP("Code", "Kiosk")},
    {"refund-reason", "service-not-given", QT_TRANSLATE_NOOP("Code", "Service was not given")},
    {"refund-reason", "charged-twice", QT_TRANSLATE_NOOP("Code", "Charged twice")},
    {"refund-reason", "wrong-amount", QT_TRANSLATE_NOOP("Code", "Wrong amount")},
    {"refund-reason", "other", QT_TRANSLATE_NOOP("Code", "Other")},
};

QString codeFromName(const QString &name)
{
    QString code;
    const QString latin = transliterated(name);
    for (const QString &word : foldedWords(latin.isEmpty() ? name : latin)) {
        if (word.at(0).unicode() < 0x80 && word.at(0).isLetter())
            code += word.at(0).toUpper();
    }
    if (code.size() < 2) {
        const QString letters = fold(latin.isEmpty() ? name : latin).remove(u' ').toUpper();
        code = letters.left(3);
    }
    return code.size() < 2 ? QStringLiteral("MN") : code.left(4);
}

Result<void> insertRoles(WorkUnit &unit, QHash<QString, Id> &ids)
{
    for (const auto &builtIn : domain::builtInRoles()) {
        if (!builtIn.onPc)
            continue;
        domain::Role role;
        role.code = QString::fromLatin1(builtIn.code);
        role.name = QString::fromLatin1(builtIn.name);
        if (builtIn.parent)
            role.parentId = ids.value(QString::fromLatin1(builtIn.parent));
        if (auto done = unit.tx.insert(role); !done)
            return done;
        ids.insert(role.code, role.id);
        QSet<QString> own = domain::effectivePermissions(builtIn);
        if (builtIn.parent)
            own.subtract(
                domain::effectivePermissions(*domain::builtInRole(QString::fromLatin1(builtIn.parent))));
        QStringList sorted(own.begin(), own.end());
        sorted.sort();
        for (const QString &permission : std::as_const(sorted)) {
            domain::RolePermission grant;
            grant.roleId = role.id;
            grant.permission = permission;
            if (auto done = unit.tx.insert(grant); !done)
                return done;
        }
    }
    return {};
}

} // namespace setupservice

Result<Founded> perform(WorkUnit &unit, const InitialiseHospital &intent)
{
    using namespace domain;
    if (unit.tx.identity().isSetUp())
        return fail(ErrorCode::Duplicate, QStringLiteral("hospital"));
    const auto hospitalName = cleanText(intent.hospitalName, QStringLiteral("hospital"));
    const auto branchName = cleanText(intent.branchName, QStringLiteral("branch"));
    if (!hospitalName)
        return fail(hospitalName);
    if (!branchName)
        return fail(branchName);
    if (hospitalName->isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("hospital"));
    if (branchName->isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("branch"));
    if (!QTimeZone::isTimeZoneIdAvailable(intent.timeZone.toLatin1()))
        return fail(ErrorCode::Invalid, QStringLiteral("timezone"), {intent.timeZone.left(60)});
    if (!isCurrency(intent.currency))
        return fail(ErrorCode::Invalid, QStringLiteral("currency"), {intent.currency.left(20)});
    const auto userName = checkedUserName(intent.adminUserName);
    if (!userName)
        return fail(userName);
    if (auto strong = checkPassword(intent.adminPassword, {*userName, intent.hospitalName}); !strong)
        return fail(strong);

    Hospital hospital;
    hospital.id = Id::create(unit.now());
    hospital.name = *hospitalName;
    hospital.currency = intent.currency;
    hospital.isDemo = intent.isDemo;
    Founded founded;
    if (!intent.isDemo) {
        founded.recoveryKey = secrets::recovery::create();
        hospital.recoveryKey = secrets::recovery::publicHalf(founded.recoveryKey);
    }
    Device device;
    device.id = Id::create(unit.now());
    if (auto done = unit.tx.adoptIdentity(hospital.id, device.id, intent.isDemo); !done)
        return fail(done);
    device.code = unit.tx.identity().deviceCode;
    device.name = QSysInfo::machineHostName();
    Branch branch;
    branch.name = *branchName;
    branch.code = intent.branchCode.isEmpty() ? setupservice::codeFromName(*branchName)
                                              : intent.branchCode.toUpper().left(4);
    branch.timeZone = intent.timeZone;
    QHash<QString, Id> roles;
    Result<void> done = unit.tx.insert(hospital);
    if (done)
        done = unit.tx.insert(device);
    if (done)
        done = unit.tx.insert(branch);
    if (done)
        done = setupservice::insertRoles(unit, roles);
    AppUser admin;
    admin.userName = *userName;
    admin.displayName = intent.adminDisplayName.isEmpty() ? *userName : intent.adminDisplayName.simplified();
    admin.verifier = crypto::passwordVerifier(intent.adminPassword, passwordCost(intent.quickHash));
    if (done)
        done = unit.tx.insert(admin);
    if (done) {
        UserRole link;
        link.userId = admin.id;
        link.roleId = roles.value(QStringLiteral("administrator"));
        done = unit.tx.insert(link);
    }
    int position = 0;
    for (const auto &start : setupservice::startingCodes) {
        Code code;
        code.codeSet = QString::fromLatin1(start.set);
        code.code = QString::fromLatin1(start.code);
        code.label = QString::fromLatin1(start.label);
        code.position = ++position;
        if (done)
            done = unit.tx.insert(code);
    }
    // The first holder of the file's key; before that the file is empty.
    if (done && unit.keys)
        static_cast<void>(unit.keys->setRecovery(hospital.recoveryKey));
    if (done)
        done = holdFile(unit, admin, intent.adminPassword);
    if (!done)
        return fail(done);
    return founded;
}

domain::IntentionId SaveSetupRow::intentionId() const
{
    using I = domain::IntentionId;
    static const QHash<const EntityInfo *, I> byEntity{
        {&domain::Hospital::entity(), I::SaveHospital},
        {&domain::Branch::entity(), I::SaveBranch},
        {&domain::Resource::entity(), I::SaveResource},
        {&domain::Practitioner::entity(), I::SavePractitioner},
        {&domain::Service::entity(), I::SaveService},
        {&domain::Code::entity(), I::SaveCode},
        {&domain::Availability::entity(), I::SaveAvailability},
        {&domain::Leave::entity(), I::SaveAvailability},
    };
    // An entity without an intention of its own is in no footprint, so authorise() refuses it.
    return byEntity.value(after.entity, I::SaveHospital);
}

Result<storage::Record> mergeSave(WorkUnit &unit, const storage::Record &before, const storage::Record &after)
{
    const EntityInfo &entity = *after.entity;
    if (after.row.id.isNull() || !before.row.isStored()) {
        storage::Record fresh = after;
        if (auto done = unit.tx.insertRecord(fresh); !done)
            return fail(done);
        return fresh;
    }
    auto stored = storage::findRecord(unit.tx.connection(), entity, after.row.id);
    if (!stored)
        return fail(stored);
    storage::Record merged = *stored;
    QStringList stale;
    for (qsizetype i = 0; i < merged.values.size(); ++i) {
        const Value &base = before.values[i];
        const Value &wanted = after.values[i];
        if (wanted == base || wanted == merged.values[i])
            continue;
        if (merged.values[i] != base)
            stale << QString::fromLatin1(entity.fields[size_t(i)].column);
        else
            merged.values[i] = wanted;
    }
    if (!stale.isEmpty())
        return fail(ErrorCode::Stale, stale.first(), stale);
    if (auto done = unit.tx.updateRecord(merged); !done)
        return fail(done);
    return merged;
}

namespace setupservice {

// Names and codes must be present, clean, and unique.
Result<void> checkSetupRow(WorkUnit &unit, storage::Record &record)
{
    const EntityInfo &entity = *record.entity;
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        Value &value = record.values[qsizetype(i)];
        if (auto *text = std::get_if<QString>(&value)) {
            const auto clean =
                domain::cleanText(*text, QString::fromLatin1(entity.fields[i].column), 500, true);
            if (!clean)
                return fail(clean);
            value = ValueCodec<QString>::to(*clean);
        }
    }
    const auto at = [&](const char *column) { return entity.indexOf(column); };
    for (const char *required : {"name", "label", "family_name", "code"}) {
        const int index = at(required);
        if (index >= 0 && isNull(record.values[index]))
            return fail(ErrorCode::Required, QString::fromLatin1(required));
    }
    if (entity.name == std::string_view("branch")) {
        const QString zone = std::get<QString>(record.values[at("time_zone")]);
        if (!QTimeZone::isTimeZoneIdAvailable(zone.toLatin1()))
            return fail(ErrorCode::Invalid, QStringLiteral("time_zone"), {zone});
    }
    if (entity.name == std::string_view("service")) {
        const auto price = std::get<qint64>(record.values[at("price_minor")]);
        if (price < 0 || price > money::maximum)
            return fail(ErrorCode::BadAmount, QStringLiteral("price_minor"));
        const auto minutes = std::get<qint64>(record.values[at("minutes")]);
        if (minutes < 5 || minutes > 24 * 60 || minutes % 5)
            return fail(ErrorCode::Invalid, QStringLiteral("minutes"));
        const auto tax = std::get<qint64>(record.values[at("tax_basis_points")]);
        if (tax < 0 || tax > 10'000)
            return fail(ErrorCode::Invalid, QStringLiteral("tax_basis_points"));
    }
    if (entity.name == std::string_view("resource")) {
        const auto capacity = std::get<qint64>(record.values[at("capacity")]);
        if (capacity < 1 || capacity > 1000)
            return fail(ErrorCode::Invalid, QStringLiteral("capacity"));
    }
    if (entity.name == std::string_view("availability")) {
        const auto from = std::get<qint64>(record.values[at("start_minute")]);
        const auto to = std::get<qint64>(record.values[at("end_minute")]);
        const auto weekday = std::get<qint64>(record.values[at("weekday")]);
        // Hours that end before they begin end on the next day.
        if (from < 0 || from >= 24 * 60 || to < 0 || to > 24 * 60 || from == to || from % 5 || to % 5)
            return fail(ErrorCode::Invalid, QStringLiteral("end_minute"));
        if (weekday < domain::noWeekday || weekday > 7)
            return fail(ErrorCode::Invalid, QStringLiteral("weekday"));
    }
    if (entity.name == std::string_view("leave") &&
        std::get<qint64>(record.values[at("start_at")]) >= std::get<qint64>(record.values[at("end_at")]))
        return fail(ErrorCode::Invalid, QStringLiteral("end_at"));
    const char *unique =
        entity.name == std::string_view("branch") || entity.name == std::string_view("service") ? "code"
                                                                                                : nullptr;
    if (unique) {
        const QByteArray sql =
            "SELECT 1 FROM " + QByteArray(entity.name) + " WHERE code=? COLLATE NOCASE AND id<>? LIMIT 1";
        storage::Query q =
            unit.tx.connection().query(sql, record.values[at(unique)],
                                       record.row.id.isNull() ? QByteArray("-") : record.row.id.toBytes());
        if (q.next())
            return fail(ErrorCode::Duplicate, QString::fromLatin1(unique));
    }
    return {};
}

Result<void> checkTouched(WorkUnit &unit, const storage::Record &before, const storage::Record &after,
                          const QList<Id> &shown)
{
    const auto touched =
        touchedBookings(unit.tx.connection(), before, after, unit.session.zone(), unit.now());
    return touched ? checkShown(*touched, shown) : fail(touched);
}

} // namespace setupservice

Result<storage::Record> perform(WorkUnit &unit, const SaveSetupRow &intent)
{
    storage::Record after = intent.after;
    if (auto checked = setupservice::checkSetupRow(unit, after); !checked)
        return fail(checked);
    if (auto shown = setupservice::checkTouched(unit, intent.before, after, intent.shown); !shown)
        return fail(shown);
    auto saved = mergeSave(unit, intent.before, after);
    if (!saved)
        return saved;
    if (after.entity == &domain::Practitioner::entity()) {
        // A practitioner's resource: made and renamed with the practitioner.
        const auto practitioner = storage::fromRecord<domain::Practitioner>(*saved);
        auto own = unit.tx.all<domain::Resource>("WHERE practitioner_id=?", practitioner.id);
        if (!own)
            return fail(own);
        if (own->isEmpty()) {
            domain::Resource resource;
            resource.kind = domain::ResourceKind::Practitioner;
            resource.practitionerId = practitioner.id;
            resource.name = practitioner.displayName();
            if (auto done = unit.tx.insert(resource); !done)
                return fail(done);
        }
        for (domain::Resource &resource : *own) {
            resource.name = practitioner.displayName();
            resource.active = practitioner.active;
            if (auto done = unit.tx.update(resource); !done)
                return fail(done);
        }
    }
    return saved;
}

Result<storage::Record> perform(WorkUnit &unit, const SaveOwnSchedule &intent)
{
    const bool isSchedule = intent.after.entity == &domain::Availability::entity() ||
                            intent.after.entity == &domain::Leave::entity();
    if (!isSchedule || unit.session.resource.isNull())
        return fail(ErrorCode::NotFound, QStringLiteral("practitioner"));
    Id resource;
    ValueCodec<Id>::from(intent.after.values[intent.after.entity->indexOf("resource_id")], resource);
    if (resource != unit.session.resource)
        return fail(ErrorCode::Forbidden, {}, {QStringLiteral("schedule.edit")});
    storage::Record after = intent.after;
    if (auto checked = setupservice::checkSetupRow(unit, after); !checked)
        return fail(checked);
    if (auto shown = setupservice::checkTouched(unit, intent.before, after, intent.shown); !shown)
        return fail(shown);
    return mergeSave(unit, intent.before, after);
}

Result<QList<storage::Record>> answer(ReadUnit &unit, const SetupRows &question)
{
    const EntityInfo &entity = *question.entity;
    QByteArray order = "ORDER BY rid";
    for (const char *column : {"code_set", "name", "family_name", "weekday"}) {
        if (entity.indexOf(column) >= 0) {
            order = QByteArray("ORDER BY ") + column +
                    (column == std::string_view("weekday") ? "" : " COLLATE NOCASE") + ", rid";
            break;
        }
    }
    return storage::selectRecords(unit.connection, entity, order + " LIMIT 5000");
}

Result<QList<domain::Branch>> answer(ReadUnit &unit, const ReadBranches &)
{
    return storage::select<domain::Branch>(unit.connection, "WHERE active=1 ORDER BY name");
}

Result<Surroundings> answer(ReadUnit &unit, const ReadSurroundings &)
{
    Surroundings s;
    const auto hospitals = storage::select<domain::Hospital>(unit.connection, "LIMIT 1");
    if (!hospitals)
        return fail(hospitals);
    if (!hospitals->isEmpty())
        s.hospital = hospitals->first();
    const auto branches = answer(unit, ReadBranches{});
    if (!branches)
        return fail(branches);
    const auto here = storage::kept(unit.connection);
    if (!here)
        return fail(here);
    for (const auto &branch : *branches) {
        if (here->hasBranch(branch.id))
            s.branches << branch;
    }
    const auto resources = storage::select<domain::Resource>(
        unit.connection, "WHERE branch_id=? AND active=1 ORDER BY name COLLATE NOCASE", unit.session.branch);
    if (!resources)
        return fail(resources);
    // A user with the scope "own" gets no other calendar.
    const bool onlyOwn = unit.session.scope == domain::DataScope::Own;
    const auto own = onlyOwn ? storage::ownCalendars(unit.connection, unit.session.user) : QList<Id>();
    if (!own)
        return fail(own);
    for (const auto &resource : *resources) {
        if (onlyOwn && resource.kind == domain::ResourceKind::Practitioner && !own->contains(resource.id))
            continue;
        auto &list = resource.kind == domain::ResourceKind::Practitioner ? s.practitioners
                     : resource.kind == domain::ResourceKind::Room       ? s.rooms
                                                                         : s.equipment;
        list << resource;
    }
    const auto services =
        storage::select<domain::Service>(unit.connection, "WHERE active=1 ORDER BY name COLLATE NOCASE");
    if (!services)
        return fail(services);
    s.services = *services;
    const auto reasons = storage::select<domain::Code>(
        unit.connection, "WHERE code_set='cancel-reason' AND active=1 ORDER BY position");
    if (!reasons)
        return fail(reasons);
    s.cancelReasons = *reasons;
    storage::Query last = unit.connection.query("SELECT value FROM local_state WHERE \"key\"='last-login'");
    if (last.next())
        s.lastLogin = last.text(0);
    const auto written = writtenTimes(unit.connection);
    if (!written)
        return fail(written);
    s.written = *written;
    return s;
}

Result<QHash<QString, QString>> answer(ReadUnit &unit, const ReadSettings &question)
{
    QHash<QString, QString> values;
    for (const auto &info : domain::allSettings())
        values.insert(QString::fromLatin1(info.key), QString::fromLatin1(info.defaultValue));
    const auto stored =
        storage::select<domain::Setting>(unit.connection, "ORDER BY scope='user', scope='branch', rid");
    if (!stored)
        return fail(stored);
    for (const auto &setting : *stored) {
        if (domain::settingInfo(setting.key) && !domain::mayBeSet(setting.key, setting.scope))
            continue; // the row's owner may not have this setting
        const bool applies =
            setting.scope == domain::SettingScope::Hospital ||
            (setting.scope == domain::SettingScope::Branch && setting.ownerId == unit.session.branch) ||
            (setting.scope == domain::SettingScope::User && setting.ownerId == unit.session.user);
        if (applies && (setting.scope == domain::SettingScope::Hospital ||
                        question.narrowest != domain::SettingScope::Hospital))
            values.insert(setting.key, setting.value);
    }
    return values;
}

Result<Done> perform(WorkUnit &unit, const SaveSetting &intent)
{
    const auto *info = domain::settingInfo(intent.key);
    if (!info || !info->allows(intent.scope))
        return fail(ErrorCode::Invalid, intent.key);
    const auto value = domain::checkedSetting(*info, intent.value);
    if (!value)
        return fail(value);
    const Id owner = intent.scope == domain::SettingScope::User     ? unit.session.user
                     : intent.scope == domain::SettingScope::Branch ? unit.session.branch
                                                                    : Id{};
    auto stored =
        unit.tx.all<domain::Setting>("WHERE \"key\"=? AND scope=?", intent.key, enumCode(intent.scope));
    if (!stored)
        return fail(stored);
    for (domain::Setting &setting : *stored) {
        if (setting.ownerId == owner) {
            setting.value = *value;
            if (auto done = unit.tx.update(setting); !done)
                return fail(done);
            return Done{};
        }
    }
    domain::Setting setting;
    setting.scope = intent.scope;
    setting.ownerId = owner;
    setting.key = intent.key;
    setting.value = *value;
    if (auto done = unit.tx.insert(setting); !done)
        return fail(done);
    return Done{};
}

Result<Done> perform(WorkUnit &unit, const SaveSettings &intent)
{
    for (auto it = intent.values.begin(); it != intent.values.end(); ++it) {
        const auto saved = perform(unit, SaveSetting{domain::SettingScope::Hospital, it.key(), it.value()});
        if (!saved)
            return saved;
    }
    return Done{};
}

} // namespace clinic::services
