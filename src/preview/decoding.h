// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

// One picture of any kind that is taken, at most `side` pixels a side; null for what is none, is drawn rather
// than a picture, or is larger than any screen could show. Decoders' plug-ins have to be loaded before.
[[nodiscard]] QImage decodedPicture(QByteArray bytes, int side);
