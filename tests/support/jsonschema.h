// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace clinic::test {

// The first place where a value does not fit its schema, or nothing. Knows the words that docs/api uses:
// type, properties, required, additionalProperties, items, minItems, enum, pattern, minimum, oneOf and $ref
// into the same document.
[[nodiscard]] QString schemaFault(const QJsonValue &value, const QJsonObject &schema,
                                  const QJsonObject &document, const QString &path = QStringLiteral("$"));

} // namespace clinic::test
