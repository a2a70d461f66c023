// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/labels.h"

#include "core/money.h"
#include "domain/access/intentions.h"
#include "domain/access/roles.h"
#include "domain/appointments/lifecycle.h"
#include "domain/entities.h"
#include "domain/patients/rules.h"
#include "domain/setup/settings.h"
#include "exchange/documents.h"
#include "exchange/texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace clinic::models {
namespace labels {

class Labels
{
    Q_DECLARE_TR_FUNCTIONS(Labels)
};

} // namespace labels

QString stateLabel(domain::AppointmentState state)
{
    using enum domain::AppointmentState;
    switch (state) {
    case Booked:
        return labels::Labels::tr("Booked");
    case NoShow:
        return labels::Labels::tr("Did not come");
    case Cancelled:
        return labels::Labels::tr("Cancelled");
    case CheckedIn:
        return labels::Labels::tr("Checked in");
    case InConsultation:
        return labels::Labels::tr("In consultation");
    case Completed:
        return labels::Labels::tr("Completed");
    }
    return {};
}

QString stateLabel(const QString &code)
{
    const auto state = enumFromCode<domain::AppointmentState>(code);
    return state ? stateLabel(*state) : code;
}

QString sexLabel(domain::Sex sex)
{
    return exchange::sexText(sex);
}

QString methodLabel(domain::PaymentMethod method)
{
    switch (method) {
    case domain::PaymentMethod::Cash:
        return labels::Labels::tr("Cash");
    case domain::PaymentMethod::Card:
        return labels::Labels::tr("Card");
    case domain::PaymentMethod::Transfer:
        return labels::Labels::tr("Bank transfer");
    case domain::PaymentMethod::MobileMoney:
        return labels::Labels::tr("Mobile money");
    }
    return {};
}

QString identifierLabel(domain::IdentifierKind kind)
{
    switch (kind) {
    case domain::IdentifierKind::NationalId:
        return labels::Labels::tr("National ID");
    case domain::IdentifierKind::Passport:
        return labels::Labels::tr("Passport");
    case domain::IdentifierKind::MedicalAid:
        return labels::Labels::tr("Medical-aid number");
    case domain::IdentifierKind::Other:
        return labels::Labels::tr("Other number");
    }
    return {};
}

QString documentKindLabel(domain::DocumentKind kind)
{
    switch (kind) {
    case domain::DocumentKind::Result:
        return labels::Labels::tr("Result");
    case domain::DocumentKind::Letter:
        return labels::Labels::tr("Letter");
    case domain::DocumentKind::Consent:
        return labels::Labels::tr("Consent");
    case domain::DocumentKind::Identity:
        return labels::Labels::tr("Identity document");
    case domain::DocumentKind::Picture:
        return labels::Labels::tr("Picture");
    case domain::DocumentKind::Other:
        break;
    }
    return labels::Labels::tr("Other document");
}

QString consentLabel(domain::ConsentKind kind)
{
    return exchange::consentText(kind);
}

QString scopeLabel(domain::DataScope scope)
{
    switch (scope) {
    case domain::DataScope::Hospital:
        return labels::Labels::tr("The whole hospital");
    case domain::DataScope::Branch:
        return labels::Labels::tr("The branch one works in");
    case domain::DataScope::Own:
        return labels::Labels::tr("Own patients, own calendar");
    }
    return {};
}

QString severityLabel(domain::AllergySeverity severity)
{
    switch (severity) {
    case domain::AllergySeverity::Unknown:
        return labels::Labels::tr("Severity unknown");
    case domain::AllergySeverity::Mild:
        return labels::Labels::tr("Mild");
    case domain::AllergySeverity::Moderate:
        return labels::Labels::tr("Moderate");
    case domain::AllergySeverity::Severe:
        return labels::Labels::tr("Severe");
    }
    return {};
}

QString chainFaultText(const QString &what)
{
    const std::pair<const char *, QString> texts[] = {
        {"changed", labels::Labels::tr("it was changed after it was written")},
        {"removed", labels::Labels::tr("an event that stood here was removed")},
        {"inserted", labels::Labels::tr("it was put in later")},
        {"reordered", labels::Labels::tr("it stands in the place of another one")},
        {"truncated", labels::Labels::tr("the end of the chain was cut off here")},
        {"replaced", labels::Labels::tr("it is not the one the server has signed: the chain was made anew")},
        {"signature", labels::Labels::tr("the server's signature is not its own")}};
    for (const auto &[code, text] : texts) {
        if (what == QLatin1StringView(code))
            return text;
    }
    return what;
}

QString intentionLabel(const QString &name)
{
    for (const auto &info : domain::allIntentions()) {
        if (name == QLatin1StringView(info.name))
            return QCoreApplication::translate("Intention", info.label);
    }
    return name;
}

QString outcomeLabel(const QString &code)
{
    static const QHash<QString, const char *> names{
        {QStringLiteral("ok"), QT_TRANSLATE_NOOP("Labels", "Done")},
        {QStringLiteral("refused"), QT_TRANSLATE_NOOP("Labels", "Refused")},
        {QStringLiteral("failed"), QT_TRANSLATE_NOOP("Labels", "Failed")},
        {QStringLiteral("manual"), QT_TRANSLATE_NOOP("Labels", "By hand")},
        {QStringLiteral("role-changed"), QT_TRANSLATE_NOOP("Labels", "The role was changed")},
        {QStringLiteral("idle"), QT_TRANSLATE_NOOP("Labels", "Left alone")},
        {QStringLiteral("quit"), QT_TRANSLATE_NOOP("Labels", "Program ended")}};
    const char *name = names.value(code);
    return name ? labels::Labels::tr(name) : code;
}

QString entityLabel(const QString &name)
{
    for (const EntityInfo *entity : domain::allEntities()) {
        if (name == QLatin1StringView(entity->name))
            return QCoreApplication::translate("Entity", entity->label);
    }
    return name;
}

QString settingLabel(const QString &key)
{
    const auto *info = domain::settingInfo(key);
    return info ? QCoreApplication::translate("Setting", info->label) : key;
}

QString roleLabel(const QString &code, const QString &storedName)
{
    const auto *role = domain::builtInRole(code);
    // A renamed role keeps its administrator's name.
    return role && storedName == QLatin1StringView(role->name)
               ? QCoreApplication::translate("Role", role->name)
               : storedName;
}

QString templateLabel(const char *text)
{
    return QCoreApplication::translate("Role", text);
}

QString isolated(const QString &text)
{
    return exchange::isolated(text);
}

QString withoutIsolates(const QString &text)
{
    return exchange::withoutIsolates(text);
}

QString leftToRight(const QString &text)
{
    return exchange::leftToRight(text);
}

QString roleLabel(const QString &code)
{
    const auto *role = domain::builtInRole(code);
    return role ? QCoreApplication::translate("Role", role->name) : code;
}

QString dateText(const PartialDate &date)
{
    return exchange::dateText(date);
}

QString birthText(const PartialDate &born)
{
    return exchange::birthText(born);
}

QString storedText(const QString &stored)
{
    static const QRegularExpression estimate(QStringLiteral("^\\d{4}(-\\d{2}){0,2}~$"));
    return estimate.match(stored).hasMatch() ? dateText(PartialDate::fromStored(stored)) : stored;
}

QString ageText(const PartialDate &born, const QDate &today)
{
    const int age = born.ageOn(today);
    if (age < 0)
        return {};
    constexpr int fewDays = 14;
    QString text;
    const qint64 days = born.earliest().daysTo(today);
    const int months =
        (today.year() - born.year()) * 12 + today.month() - born.month() - (born.day() > today.day() ? 1 : 0);
    if (born.isComplete() && days < fewDays)
        text = labels::Labels::tr("%n day(s)", "age", int(days));
    else if (born.isComplete() && months < 1)
        text = labels::Labels::tr("%n week(s)", "age", int(days / 7));
    else if (age < 2 && born.month())
        text = labels::Labels::tr("%n month(s)", nullptr, qMax(0, months));
    else
        text = labels::Labels::tr("%n y", "age in years", age);
    return born.isEstimated() ? labels::Labels::tr("about %1").arg(text) : text;
}

QString ageAndSex(const PartialDate &born, domain::Sex sex, const QDate &today)
{
    QStringList parts{born.isNull() ? labels::Labels::tr("age not known") : ageText(born, today),
                      sex == domain::Sex::Unknown ? labels::Labels::tr("sex not known")
                                                  : sexLabel(sex).toLower()};
    parts.removeAll(QString());
    for (QString &part : parts)
        part = isolated(part);
    return parts.join(QStringLiteral(", "));
}

QString timeText(qint64 ms, const QTimeZone &zone)
{
    return isolated(exchange::timeText(ms, zone));
}

QString spanText(qint64 ms, int minutes, const QTimeZone &zone)
{
    return isolated(exchange::spanText(ms, minutes, zone));
}

QString dayText(qint64 ms, const QTimeZone &zone)
{
    return isolated(exchange::dayText(ms, zone));
}

QString warningText(const storage::AppointmentView &view, qint64 now)
{
    QStringList warnings;
    const auto &a = view.appointment;
    if (domain::isOverrun(a, now))
        warnings << labels::Labels::tr("%n min over", nullptr,
                                       static_cast<int>((now - a.startAt) / 60'000 - a.minutes));
    if (!domain::isClosed(a.state) && view.isPatientInactive)
        warnings << labels::Labels::tr("patient deactivated");
    if (a.state == domain::AppointmentState::Booked && view.isResourceInactive)
        warnings << labels::Labels::tr("no longer in use");
    return warnings.join(QStringLiteral(", "));
}

QString stateText(const storage::AppointmentView &view, qint64 now)
{
    const QString warning = warningText(view, now);
    const QString state = stateLabel(view.appointment.state);
    return warning.isEmpty() ? state : state + QStringLiteral(" · ") + warning;
}

QString reasonText(const QString &inactiveReason)
{
    const auto death = domain::deathIn(inactiveReason, QDate(9999, 12, 31));
    if (!death || !*death)
        return inactiveReason;
    return (*death)->day.isNull() ? labels::Labels::tr("died")
                                  : labels::Labels::tr("died on %1").arg(isolated(dateText((*death)->day)));
}

QString dayTimeText(qint64 ms, const QTimeZone &zone)
{
    return isolated(exchange::dayText(ms, zone) + u' ' + exchange::timeText(ms, zone));
}

QString moneyText(qint64 minor, const QString &currency)
{
    return leftToRight(money::formatWithCode(minor, currency, QLocale()));
}

QString invoiceName(const domain::Invoice &invoice)
{
    if (invoice.state != domain::InvoiceState::Draft)
        return invoice.number;
    return invoice.number.isEmpty() ? labels::Labels::tr("Draft")
                                    : labels::Labels::tr("Draft, left after %1").arg(invoice.number);
}

} // namespace clinic::models
