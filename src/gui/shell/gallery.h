// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/theme.h"

#include <QDialog>
#include <QVBoxLayout>

namespace clinic::gui {

// Every shared widget in every state, to look at in each theme: development profile only, and the screenshots
// of a review.
class Gallery : public QDialog
{
    Q_OBJECT
public:
    explicit Gallery(Theme &theme, QWidget *parent = nullptr);

private:
    void addWords(QVBoxLayout *into);
    void addButtons(QVBoxLayout *into);
    void addForm(QVBoxLayout *into);
    void addLists(QVBoxLayout *into);

    Theme &m_theme;
};

} // namespace clinic::gui
