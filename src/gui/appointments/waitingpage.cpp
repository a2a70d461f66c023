// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/waitingpage.h"

#include "gui/widgets/form.h"
#include "gui/widgets/patientpicker.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {
namespace waiting {

class EntryDialog : public FormDialog
{
public:
    explicit EntryDialog(Shell &shell)
        : FormDialog(WaitingPage::tr("Add to the waiting list"), WaitingPage::tr("Add"), shell.window()),
          m_shell(shell),
          m_form(new Form(1)),
          m_patient(new PatientPicker(shell))
    {
        resize(480, 420);
        m_form->add(QStringLiteral("patient_id"), WaitingPage::tr("&Patient"), m_patient);
        m_practitioner = m_form->addChoice(QStringLiteral("practitioner_id"), WaitingPage::tr("&With"));
        fillChoices(
            m_practitioner, shell.workspace().place().practitioners, [](const auto &r) { return r.id; },
            [](const auto &r) { return r.name; }, WaitingPage::tr("Anybody"));
        m_note = m_form->addLine(QStringLiteral("note"), WaitingPage::tr("&Note"));
        body()->addWidget(m_form);
        body()->addStretch();
        connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
        connect(m_patient, &PatientPicker::chosen, this, [this] { m_dirty = true; });
        m_patient->setFocus();
    }

protected:
    void save() override
    {
        m_form->clearFaults();
        domain::WaitingListEntry entry;
        entry.patientId = m_patient->patient();
        if (entry.patientId.isNull()) {
            m_form->showFault(Error(ErrorCode::Required, QStringLiteral("patient_id")));
            return;
        }
        entry.practitionerId = Id::fromBytes(m_practitioner->currentData().toByteArray());
        entry.note = m_note->text();
        setBusy(true);
        m_shell.workspace().appointments.saveWaitingEntry(
            this, entry, [this](const Result<domain::WaitingListEntry> &saved) {
                setBusy(false);
                if (!saved) {
                    m_form->showFault(saved.error());
                    return;
                }
                m_dirty = false;
                m_shell.say(WaitingPage::tr("Added to the waiting list."));
                accept();
            });
    }
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    Shell &m_shell;
    Form *m_form;
    PatientPicker *m_patient;
    QComboBox *m_practitioner;
    QLineEdit *m_note;
    bool m_dirty = false;
};

} // namespace waiting

WaitingPage::WaitingPage(Shell &shell) : Screen(shell)
{
    using models::WaitingView;
    auto &ws = workspace();
    m_model = new models::RowsModel<WaitingView>(
        {{tr("Since"),
          [&ws](const WaitingView &v) { return QVariant(models::dayTimeText(v.entry.createdAt, ws.zone())); },
          [](const WaitingView &v) { return QVariant(v.entry.createdAt); }},
         {tr("Patient"), [](const WaitingView &v) { return QVariant(v.patientName); }},
         {tr("Phone"), [](const WaitingView &v) { return QVariant(v.patientPhone); }},
         {tr("With"),
          [](const WaitingView &v) {
              return QVariant(v.practitionerName.isEmpty() ? tr("Anybody") : v.practitionerName);
          }},
         {tr("Note"), [](const WaitingView &v) { return QVariant(v.entry.note.simplified()); }}},
        this);
    m_list = new ListView(tr("Waiting list"), m_model,
                          TakenAs{domain::IntentionId::PrintDayList, "waiting_list_entry", {}});
    m_list->setStretch({20, 24, 16, 16, 24});
    const bool may = ws.may("appointments.book");
    m_list->setEmptyText(tr("Nobody is waiting for a place."), may ? tr("Add somebody") : QString(),
                         [this] { add(); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Waiting list"), "title"));
    top->addStretch();
    if (may) {
        top->addWidget(button(tr("Take off the list"), nullptr, this, [this] {
            const auto *view = m_model->at(m_list->current());
            if (!view)
                return;
            auto entry = view->entry;
            entry.active = false;
            workspace().appointments.saveWaitingEntry(
                this, entry, [this, entry](const Result<domain::WaitingListEntry> &saved) {
                    if (!saved) {
                        this->shell().sayError(saved.error());
                        return;
                    }
                    this->shell().say(tr("Taken off the list."), [this, entry] {
                        auto again = entry;
                        again.active = true;
                        workspace().appointments.saveWaitingEntry(this, again, [](const auto &) {});
                    });
                });
        }));
        top->addWidget(button(tr("&Book"), nullptr, this, [this] {
            if (const auto *view = m_model->at(m_list->current()))
                book(*view);
        }));
        top->addWidget(button(tr("&Add"), "primary", this, [this] { add(); }));
    }
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    connect(m_list, &ListView::opened, this, [this, may](const QModelIndex &i) {
        if (const auto *view = m_model->at(i); view && may)
            book(*view);
    });
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        if (isVisible() &&
            models::touches(rows, {&domain::WaitingListEntry::entity(), &domain::Patient::entity()}))
            refresh();
    });
}

void WaitingPage::refresh()
{
    m_list->showLoading();
    workspace().appointments.waitingList(this, [this](const Result<QList<models::WaitingView>> &views) {
        if (!views) {
            m_list->showFailure(models::errorText(views.error()), [this] { refresh(); });
            return;
        }
        m_model->setRows(*views);
        m_list->showRows();
    });
}

void WaitingPage::add()
{
    (new waiting::EntryDialog(shell()))->open();
}

void WaitingPage::book(const models::WaitingView &view)
{
    domain::Appointment proposal;
    proposal.patientId = view.entry.patientId;
    proposal.practitionerId = view.entry.practitionerId;
    proposal.serviceId = view.entry.serviceId;
    shell().bookAppointment(proposal, view.entry.id);
}

} // namespace clinic::gui
