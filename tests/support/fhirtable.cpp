// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fhirtable.h"

#include <QDate>
#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

namespace clinic::test {
namespace {

struct Element
{
    bool required = false;
    bool many = false;
    QString type;
    QString rule; // codes, or the kinds a reference may lead to
};
using Elements = QHash<QString, Element>;

const QHash<QString, Elements> &table()
{
    static const QHash<QString, Elements> all = [] {
        QHash<QString, Elements> read;
        QFile file(QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/fhir-r4.txt"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("fhir-r4.txt");
        QString type;
        for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
            if (line.startsWith(u'#'))
                continue;
            if (!line.startsWith(u' ')) {
                type = line.trimmed();
                read[type];
                continue;
            }
            const QStringList words = line.trimmed().split(u' ');
            if (words.size() < 3)
                qFatal("fhir-r4.txt: %s", qPrintable(line));
            read[type].insert(words[0],
                              {words[1].startsWith(u'1'), words[1].endsWith(u'*'), words[2], words.value(3)});
        }
        return read;
    }();
    return all;
}

bool isPrimitive(const QString &type)
{
    return type.at(0).isLower();
}

QString primitiveFault(const QJsonValue &value, const QString &type)
{
    static const QHash<QString, QRegularExpression> shapes = [] {
        const auto whole = [](const char *shape) {
            return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(shape)),
                                      QRegularExpression::DotMatchesEverythingOption);
        };
        return QHash<QString, QRegularExpression>{
            {QStringLiteral("string"), whole("[ \\r\\n\\t\\S]+")},
            {QStringLiteral("markdown"), whole("[ \\r\\n\\t\\S]+")},
            {QStringLiteral("code"), whole("[^\\s]+(\\s[^\\s]+)*")},
            {QStringLiteral("uri"), whole("\\S*")},
            {QStringLiteral("url"), whole("[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]+")},
            {QStringLiteral("id"), whole("[A-Za-z0-9\\-.]{1,64}")},
            {QStringLiteral("base64Binary"),
             whole("([0-9a-zA-Z+/]{4})*([0-9a-zA-Z+/]{2}==|[0-9a-zA-Z+/]{3}=)?")},
            {QStringLiteral("date"), whole("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?")},
            {QStringLiteral("dateTime"),
             whole("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])(T([01]\\d|2[0-3]):[0-5]"
                   "\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d))?)?)?")},
            {QStringLiteral("instant"),
             whole("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:"
                   "[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)")},
        };
    }();
    if (type == u"boolean")
        return value.isBool() ? QString() : QStringLiteral("no boolean");
    if (type == u"decimal")
        return value.isDouble() ? QString() : QStringLiteral("no number");
    if (type == u"integer" || type == u"positiveInt" || type == u"unsignedInt") {
        const double number = value.toDouble(-0.5);
        if (!value.isDouble() || number != qRound64(number) || qAbs(number) > 2147483647.0)
            return QStringLiteral("no integer");
        return (type == u"positiveInt" && number < 1) || (type == u"unsignedInt" && number < 0)
                   ? QStringLiteral("too small")
                   : QString();
    }
    if (!value.isString())
        return QStringLiteral("no text");
    const QString text = value.toString();
    if (text.trimmed().isEmpty())
        return QStringLiteral("empty");
    for (const QChar c : text) {
        if (c.unicode() < 0x20 && c != u'\n' && c != u'\r' && c != u'\t')
            return QStringLiteral("control character");
    }
    if (type == u"xhtml") {
        QXmlStreamReader xml(text);
        if (!xml.readNextStartElement() || xml.name() != u"div" ||
            xml.namespaceUri() != u"http://www.w3.org/1999/xhtml")
            return QStringLiteral("no div of XHTML");
        QString seen;
        while (!xml.atEnd()) {
            xml.readNext();
            seen += xml.text();
        }
        return xml.hasError() || seen.trimmed().isEmpty() ? QStringLiteral("no XHTML with content")
                                                          : QString();
    }
    if (!shapes.contains(type))
        return QStringLiteral("unknown type ") + type;
    if (!shapes[type].match(text).hasMatch())
        return QStringLiteral("not as ") + type + QStringLiteral(" is written: ") + text;
    if (type == u"date" && text.size() == 10 && !QDate::fromString(text, Qt::ISODate).isValid())
        return QStringLiteral("no such day");
    return {};
}

class Checker
{
public:
    explicit Checker(const QJsonObject &bundle)
    {
        const auto entries = bundle.value(u"entry").toArray();
        for (const auto &entry : entries) {
            const QString url = entry[u"fullUrl"].toString();
            if (m_kinds.contains(url))
                m_faults << QStringLiteral("twice: ") + url;
            m_kinds.insert(url, entry[u"resource"][u"resourceType"].toString());
        }
        resource(bundle, QStringLiteral("Bundle"));
    }
    QStringList m_faults;

private:
    void say(const QString &where, const QString &what) { m_faults << where + QStringLiteral(": ") + what; }

    void resource(const QJsonObject &object, const QString &where)
    {
        const QString type = object.value(u"resourceType").toString();
        if (!table().contains(type) || type.contains(u'.'))
            return say(where, QStringLiteral("unknown resource ") + type);
        QJsonObject rest = object;
        rest.remove(QStringLiteral("resourceType"));
        if (rest.contains(u"id")) {
            if (const QString fault = primitiveFault(rest.take(QStringLiteral("id")), QStringLiteral("id"));
                !fault.isEmpty())
                say(where + QStringLiteral(".id"), fault);
        }
        if (rest.contains(u"text"))
            elements(rest.take(QStringLiteral("text")).toObject(), QStringLiteral("Narrative"),
                     where + QStringLiteral(".text"));
        if (rest.contains(u"meta"))
            elements(rest.take(QStringLiteral("meta")).toObject(), QStringLiteral("Meta"),
                     where + QStringLiteral(".meta"));
        elements(rest, type, where == u"Bundle" ? where : where + u' ' + type);
        invariants(object, type, where + u' ' + type);
    }

    void elements(QJsonObject object, const QString &type, const QString &where)
    {
        if (object.isEmpty() && type != u"Bundle")
            return say(where, QStringLiteral("empty"));
        if (!table().contains(type))
            return say(where, QStringLiteral("unknown type ") + type);
        extensions(object, where, type == u"Extension");
        const Elements known = table().value(type);
        for (auto it = known.begin(); it != known.end(); ++it) {
            const bool has = object.contains(it.key()) ||
                             (isPrimitive(it->type) && object.contains(QString(u'_' + it.key())));
            if (it->required && !has)
                say(where, it.key() + QStringLiteral(" is missing"));
        }
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString at = where + u'.' + it.key();
            if (it.key().startsWith(u'_')) {
                const auto base = known.constFind(it.key().mid(1));
                if (base == known.constEnd() || !isPrimitive(base->type) || base->many)
                    say(at, QStringLiteral("beside nothing"));
                QJsonObject beside = it.value().toObject();
                if (beside.isEmpty())
                    say(at, QStringLiteral("empty"));
                extensions(beside, at, false);
                if (!beside.isEmpty())
                    say(at, QStringLiteral("more than extensions"));
                continue;
            }
            const auto element = known.constFind(it.key());
            if (element == known.constEnd()) {
                say(at, QStringLiteral("unknown element"));
                continue;
            }
            if (it.value().isArray() != element->many) {
                say(at, QStringLiteral("one or several"));
                continue;
            }
            const QJsonArray values = element->many ? it.value().toArray() : QJsonArray{it.value()};
            if (values.isEmpty())
                say(at, QStringLiteral("empty list"));
            for (const auto &value : values)
                one(value, *element, at);
        }
    }

    void one(const QJsonValue &value, const Element &element, const QString &at)
    {
        if (isPrimitive(element.type)) {
            const QString fault = primitiveFault(value, element.type);
            if (!fault.isEmpty())
                say(at, fault);
            else if (element.type == u"code" && !element.rule.isEmpty() &&
                     !element.rule.split(u'|').contains(value.toString()))
                say(at, QStringLiteral("not in the list: ") + value.toString());
            return;
        }
        if (!value.isObject())
            return say(at, QStringLiteral("no object"));
        const QJsonObject object = value.toObject();
        if (element.type == u"Resource")
            return resource(object, at);
        elements(object, element.type, at);
        if (element.type == u"Reference")
            reference(object, element.rule, at);
        if (element.type == u"CodeableConcept" && !element.rule.isEmpty()) {
            const QString system = element.rule.section(u'#', 0, 0);
            const QJsonObject coding = object.value(u"coding").toArray().first().toObject();
            if (coding.value(u"system").toString() != system ||
                !element.rule.section(u'#', 1).split(u'|').contains(coding.value(u"code").toString()))
                say(at, QStringLiteral("not of the required code list"));
        }
        if (element.type == u"ContactPoint" && object.contains(u"value") && !object.contains(u"system"))
            say(at, QStringLiteral("cpt-2"));
    }

    void reference(const QJsonObject &object, const QString &kinds, const QString &at)
    {
        if (!object.contains(u"reference")) {
            if (!object.contains(u"display") && !object.contains(u"identifier"))
                say(at, QStringLiteral("leads nowhere"));
            return;
        }
        const QString target = object.value(u"reference").toString();
        if (!m_kinds.contains(target))
            say(at, QStringLiteral("leads nowhere: ") + target);
        else if (!kinds.isEmpty() && !kinds.split(u'|').contains(m_kinds.value(target)))
            say(at, QStringLiteral("leads to a ") + m_kinds.value(target));
    }

    // Takes them off; what is in them has to be one value each.
    void extensions(QJsonObject &object, const QString &where, bool inside)
    {
        if (inside || !object.contains(u"extension"))
            return;
        const auto list = object.take(QStringLiteral("extension")).toArray();
        if (list.isEmpty())
            say(where, QStringLiteral("empty extensions"));
        for (const auto &each : list) {
            const QJsonObject extension = each.toObject();
            elements(extension, QStringLiteral("Extension"), where + QStringLiteral(".extension"));
            if (extension.size() != 2)
                say(where, QStringLiteral("ext-1"));
        }
    }

    void invariants(const QJsonObject &o, const QString &type, const QString &where)
    {
        const auto code = [&](QStringView element) {
            return o.value(element)[u"coding"].toArray().first().toObject().value(u"code").toString();
        };
        if (type == u"Condition" || type == u"AllergyIntolerance") {
            const bool inError = code(u"verificationStatus") == u"entered-in-error";
            if (inError == o.contains(u"clinicalStatus"))
                say(where, QStringLiteral("con-3, con-5, ait-1, ait-2"));
        }
        if (type == u"Consent" && !o.contains(u"policy") && !o.contains(u"policyRule"))
            say(where, QStringLiteral("ppc-1"));
        if (type == u"Appointment") {
            if (o.contains(u"start") != o.contains(u"end"))
                say(where, QStringLiteral("app-2"));
            for (const auto &participant : o.value(u"participant").toArray()) {
                if (participant[u"type"].isUndefined() && participant[u"actor"].isUndefined())
                    say(where, QStringLiteral("app-1"));
            }
        }
        if (type == u"Invoice") {
            for (const auto &line : o.value(u"lineItem").toArray()) {
                if (line[u"chargeItemReference"].isUndefined() ==
                    line[u"chargeItemCodeableConcept"].isUndefined())
                    say(where, QStringLiteral("one charge item"));
            }
        }
    }

    QHash<QString, QString> m_kinds; // by full URL
};

} // namespace

QStringList fhirFaults(const QJsonObject &bundle)
{
    return Checker(bundle).m_faults;
}

} // namespace clinic::test
