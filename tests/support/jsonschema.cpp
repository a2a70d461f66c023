// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/jsonschema.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace clinic::test {
namespace {

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == u"object")
        return value.isObject();
    if (type == u"array")
        return value.isArray();
    if (type == u"string")
        return value.isString();
    if (type == u"integer")
        return value.isDouble() && double(value.toInteger()) == value.toDouble();
    if (type == u"boolean")
        return value.isBool();
    return type == u"null" && value.isNull();
}

QString objectFault(const QJsonObject &object, const QJsonObject &schema, const QJsonObject &document,
                    const QString &path)
{
    const QJsonObject properties = schema.value(u"properties").toObject();
    for (const auto &name : schema.value(u"required").toArray()) {
        if (!object.contains(name.toString()))
            return path + u'/' + name.toString() + QStringLiteral(" is missing");
    }
    const QJsonValue more = schema.value(u"additionalProperties");
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString inner = path + u'/' + it.key();
        if (!properties.contains(it.key())) {
            if (more.isBool() && !more.toBool())
                return inner + QStringLiteral(" is not described");
            if (!more.isObject())
                continue;
        }
        const QJsonObject expected =
            properties.contains(it.key()) ? properties.value(it.key()).toObject() : more.toObject();
        if (const QString fault = schemaFault(*it, expected, document, inner); !fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace

QString schemaFault(const QJsonValue &value, const QJsonObject &schema, const QJsonObject &document,
                    const QString &path)
{
    if (const QString ref = schema.value(u"$ref").toString(); !ref.isEmpty()) {
        QJsonObject at = document;
        for (const QString &step : ref.mid(2).split(u'/'))
            at = at.value(step).toObject();
        return at.isEmpty() ? ref + QStringLiteral(" is nowhere") : schemaFault(value, at, document, path);
    }
    if (const QJsonArray choices = schema.value(u"oneOf").toArray(); !choices.isEmpty()) {
        int fitting = 0;
        for (const auto &choice : choices)
            fitting += schemaFault(value, choice.toObject(), document, path).isEmpty();
        return fitting == 1 ? QString() : path + QStringLiteral(" fits %1 of its forms").arg(fitting);
    }
    const QString type = schema.value(u"type").toString();
    if (!isOfType(value, type))
        return path + QStringLiteral(" is no ") + type;
    if (const QJsonArray allowed = schema.value(u"enum").toArray();
        !allowed.isEmpty() && !allowed.contains(value))
        return path + QStringLiteral(" is none of the listed values");
    if (const QString pattern = schema.value(u"pattern").toString();
        !pattern.isEmpty() && !QRegularExpression(pattern).match(value.toString()).hasMatch())
        return path + QStringLiteral(" does not look like ") + pattern;
    if (schema.contains(u"minimum") && value.toInteger() < schema.value(u"minimum").toInteger())
        return path + QStringLiteral(" is too small");
    if (value.isObject())
        return objectFault(value.toObject(), schema, document, path);
    const QJsonArray items = value.toArray();
    if (items.size() < schema.value(u"minItems").toInteger())
        return path + QStringLiteral(" has too few");
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (const QString fault = schemaFault(items[i], schema.value(u"items").toObject(), document,
                                              path + u'/' + QString::number(i));
            !fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace clinic::test
