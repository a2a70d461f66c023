// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/sealer.h"

namespace clinic::storage {

// Whose file this is and which device writes it; empty until the hospital is set up.
struct FileIdentity
{
    Id hospital{};
    Id device{};
    QString deviceCode; // in every number this device issues
    sync::Sealer sealer{};
    bool isDemo = false;
    bool isEnrolled = false; // a server has this device's key; unsent changes are kept apart from its rows
    [[nodiscard]] bool isSetUp() const { return !hospital.isNull(); }
};

// Who does what in one unit of work; becomes the header of its group and of its audit event.
struct UnitHeader
{
    QByteArray intention;
    Id actor{};
    QString actorName{};
    Id role{};
    QString roleCode{};
    Id session{};
    Id branch{};
    qint64 at = 0;
    QByteArray outcome = "ok";
    bool audited = true;
};

} // namespace clinic::storage
