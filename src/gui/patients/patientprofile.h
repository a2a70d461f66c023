// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

#include <QTabWidget>

namespace clinic::gui {

class AuditList;
class DocumentsTab;

// One patient's chart: a banner that never scrolls away, and below it overview, appointments, billing and
// history of changes.
class PatientProfile : public Screen
{
    Q_OBJECT
public:
    PatientProfile(Shell &shell, const Id &patient);
    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] const Id &patient() const { return m_patient; }
    // Comes into view: opens the record, which writes an audit event.
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_tabs; }
    [[nodiscard]] const models::PatientChart &chart() const { return m_chart; }

protected:
    void hideEvent(QHideEvent *event) override;

private:
    // Reads the open chart again after a change: no audit event.
    void reread();
    void take(const Result<models::PatientChart> &chart);
    void show(const models::PatientChart &chart);
    void buildBanner();
    void fetchRest();
    // Scope and consents (patientprivacy.cpp).
    void showOutside(const Error &error);
    void showEmergency();
    void addConsents(QVBoxLayout *into, bool editable);
    void anonymise();
    void buildOverview();
    template <class T>
    void addPartCard(QVBoxLayout *into, const QString &heading, const QList<T> &parts,
                     std::function<QString(const T &)> text, bool editable);
    void addPart(const EntityInfo &entity);
    void readInvoices();
    void readChanges();
    void printHistory();
    void exportPerson();
    void changeActive();
    // typed: what was refused, to be corrected.
    void askReason(const QString &typed);
    void askDeath(const QString &typed);
    // then: when it is stored; again: when it was refused.
    void setActive(bool active, const QString &reason, const QList<Id> &shown, std::function<void()> then,
                   std::function<void()> again);
    void changePhoto();
    void savePhoto(const QByteArray &jpeg);

    Id m_patient;
    QString m_title;
    bool m_isOpen = false; // since the chart came into view
    models::PatientChart m_chart;
    qint64 m_waiting = 0; // waiting groups of the file when the chart was read
    QFrame *m_banner;
    QVBoxLayout *m_bannerLayout;
    QTabWidget *m_tabs;
    DocumentsTab *m_documents;
    AuditList *m_lookers = nullptr; // for roles that see the audit
    QWidget *m_overview;
    models::RowsModel<models::AppointmentView> *m_appointments;
    ListView *m_appointmentList;
    models::RowsModel<models::InvoiceView> *m_invoices = nullptr;
    ListView *m_invoiceList = nullptr;
    models::RowsModel<storage::AuditEntry> *m_changes;
    ListView *m_changeList;
};

} // namespace clinic::gui
