// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

namespace clinic::gui {

// Shows a finished document as a preview, to print or to save as PDF; `left` runs each time it was printed
// or saved.
void showDocument(Shell &shell, const QString &title, const QString &html,
                  const std::function<void()> &left = {});

void printAppointmentHistory(Shell &shell, const domain::Patient &patient,
                             const QList<models::AppointmentView> &views);
void printStatement(Shell &shell, const domain::Patient &patient);
void printInvoice(Shell &shell, const models::InvoiceDetail &detail, bool isCopy);
void printReceipt(Shell &shell, const models::InvoiceDetail &detail, const domain::Payment &payment,
                  bool isCopy);
void printDayList(Shell &shell, const QDate &day, const QList<models::AppointmentView> &views);

} // namespace clinic::gui
