// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setup/setuppage.h"

#include "core/digits.h"
#include "core/walltime.h"
#include "domain/setup/hours.h"
#include "gui/appointments/toucheddialog.h"
#include "gui/setup/hoursaway.h"
#include "gui/widgets/amountedit.h"
#include "gui/widgets/timefields.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QTimeZone>

namespace clinic::gui {
namespace setuppage {

const QList<const EntityInfo *> &kinds()
{
    using namespace domain;
    static const QList<const EntityInfo *> list{
        &Hospital::entity(),     &Branch::entity(), &Practitioner::entity(), &Resource::entity(),
        &Availability::entity(), &Leave::entity(),  &Service::entity(),      &Code::entity()};
    return list;
}

QString kindName(const EntityInfo &entity)
{
    static const QHash<QLatin1StringView, const char *> plural{
        {QLatin1StringView("hospital"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Hospital")},
        {QLatin1StringView("branch"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Branches")},
        {QLatin1StringView("practitioner"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Practitioners")},
        {QLatin1StringView("resource"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Rooms and equipment")},
        {QLatin1StringView("availability"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Working hours")},
        {QLatin1StringView("leave"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Leave")},
        {QLatin1StringView("service"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Services and prices")},
        {QLatin1StringView("code"), QT_TRANSLATE_NOOP("clinic::gui::SetupPage", "Code lists")},
    };
    return SetupPage::tr(plural.value(QLatin1StringView(entity.name), entity.label));
}

enum class Kind {
    Text,
    LongText,
    Check,
    Money,
    Percent,
    Number,
    DayMinute,
    Weekday,
    ResourceRef,
    ResourceKind,
    Moment,
    Zone,
    Hidden
};

Kind kindOf(const EntityInfo &entity, size_t field)
{
    const std::string_view column(entity.fields[field].column);
    if (column == "is_demo" || column == "practitioner_id" || column == "currency" ||
        column == "recovery_key")
        return Kind::Hidden;
    if (column == "active" || column == "prices_include_tax")
        return Kind::Check;
    if (column == "price_minor")
        return Kind::Money;
    if (column == "tax_basis_points")
        return Kind::Percent;
    if (column == "start_minute" || column == "end_minute")
        return Kind::DayMinute;
    if (column == "weekday")
        return Kind::Weekday;
    if (column == "resource_id")
        return Kind::ResourceRef;
    if (column == "kind")
        return Kind::ResourceKind;
    if (column == "start_at" || column == "end_at")
        return Kind::Moment;
    if (column == "time_zone")
        return Kind::Zone;
    if (column == "address" || column == "document_footer")
        return Kind::LongText;
    return entity.fields[field].type == ValueType::Integer ? Kind::Number : Kind::Text;
}

bool isColumn(const EntityInfo &entity, size_t field)
{
    const Kind kind = kindOf(entity, field);
    return kind != Kind::Hidden && kind != Kind::LongText;
}

QList<domain::Resource> allResources(const models::Workspace &workspace)
{
    const auto &place = workspace.place();
    return place.practitioners + place.rooms + place.equipment;
}

QString resourceKindName(const QString &code)
{
    if (code == u"room")
        return SetupPage::tr("Room");
    if (code == u"equipment")
        return SetupPage::tr("Equipment");
    return SetupPage::tr("Practitioner");
}

} // namespace setuppage

using setuppage::Kind;

QString setupText(models::Workspace &workspace, const EntityInfo &entity, size_t field, const Value &value)
{
    const auto number = [&] { return std::holds_alternative<qint64>(value) ? std::get<qint64>(value) : 0; };
    switch (setuppage::kindOf(entity, field)) {
    case Kind::Check:
        return number() ? SetupPage::tr("Yes") : SetupPage::tr("No");
    case Kind::Money:
        return workspace.money(number());
    case Kind::Percent:
        return QStringLiteral("%1 %").arg(double(number()) / 100.0);
    case Kind::DayMinute:
        return QLocale().toString(QTime::fromMSecsSinceStartOfDay(static_cast<int>(number() * 60'000)),
                                  QStringLiteral("HH:mm"));
    case Kind::Weekday:
        return number() == domain::noWeekday ? SetupPage::tr("removed")
                                             : QLocale().standaloneDayName(static_cast<int>(number()));
    case Kind::Moment:
        return models::dayTimeText(number(), workspace.zone());
    case Kind::ResourceKind:
        return setuppage::resourceKindName(std::holds_alternative<QString>(value) ? std::get<QString>(value)
                                                                                  : QString());
    case Kind::ResourceRef: {
        Id id;
        ValueCodec<Id>::from(value, id);
        for (const auto &resource : setuppage::allResources(workspace)) {
            if (resource.id == id)
                return resource.name;
        }
        return SetupPage::tr("not here yet");
    }
    default:
        break;
    }
    if (const auto *text = std::get_if<QString>(&value))
        return text->simplified();
    return std::holds_alternative<qint64>(value) ? QLocale().toString(number()) : QString();
}

models::RowsModel<storage::Record> *setupModel(models::Workspace &workspace, const EntityInfo &entity,
                                               QObject *parent, const QList<QByteArray> &without)
{
    QList<models::RowsModel<storage::Record>::Column> columns;
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        if (!setuppage::isColumn(entity, i) || without.contains(entity.fields[i].column))
            continue;
        columns << models::RowsModel<storage::Record>::Column{
            models::fieldLabel(QString::fromLatin1(entity.name),
                               QString::fromLatin1(entity.fields[i].column)),
            [&workspace, &entity, i](const storage::Record &r) {
                return QVariant(setupText(workspace, entity, i, r.values[qsizetype(i)]));
            },
            [i](const storage::Record &r) {
                const Value &v = r.values[qsizetype(i)];
                return std::holds_alternative<qint64>(v)    ? QVariant(std::get<qint64>(v))
                       : std::holds_alternative<QString>(v) ? QVariant(std::get<QString>(v))
                                                            : QVariant();
            }};
    }
    return new models::RowsModel<storage::Record>(columns, parent);
}

SetupPage::SetupPage(Shell &shell)
    : Screen(shell), m_kinds(new QListWidget), m_right(new QWidget), m_rightLayout(new QVBoxLayout(m_right))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("Set-up"), "title"));
    auto *row = new QHBoxLayout;
    m_kinds->setAccessibleName(tr("Kinds of set-up data"));
    m_kinds->setFixedWidth(fontMetrics().averageCharWidth() * 28);
    for (const auto *entity : setuppage::kinds())
        m_kinds->addItem(setuppage::kindName(*entity));
    row->addWidget(m_kinds);
    m_rightLayout->setContentsMargins(8, 0, 0, 0);
    row->addWidget(m_right, 1);
    layout->addLayout(row, 1);
    connect(m_kinds, &QListWidget::currentRowChanged, this, &SetupPage::chooseKind);
    connect(&workspace(), &models::Workspace::placeChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    m_kinds->setCurrentRow(2);
}

void SetupPage::showKind(const QString &entity)
{
    for (int i = 0; i < setuppage::kinds().size(); ++i) {
        if (entity == QLatin1StringView(setuppage::kinds()[i]->name))
            m_kinds->setCurrentRow(i);
    }
}

void SetupPage::chooseKind()
{
    m_entity = setuppage::kinds().value(m_kinds->currentRow());
    if (!m_entity)
        return;
    qDeleteAll(m_right->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    while (auto *item = m_rightLayout->takeAt(0))
        delete item;
    m_model = setupModel(workspace(), *m_entity, m_right);
    m_list = new ListView(setuppage::kindName(*m_entity), m_model, TakenAs::nobody());
    QList<int> weights;
    for (size_t i = 0; i < m_entity->fields.size(); ++i) {
        if (setuppage::isColumn(*m_entity, i))
            weights << (m_entity->fields[i].type == ValueType::Text ? 20 : 12);
    }
    m_list->setStretch(weights);
    const bool may = workspace().may("setup.edit") ||
                     ((m_entity == &domain::Availability::entity() || m_entity == &domain::Leave::entity()) &&
                      workspace().may("schedule.edit"));
    const bool single = m_entity == &domain::Hospital::entity();
    auto *top = new QWidget;
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(label(setuppage::kindName(*m_entity), "heading"));
    row->addStretch();
    if (may && m_entity == &domain::Availability::entity())
        row->addWidget(button(tr("&Remove"), nullptr, this, [this] {
            if (const auto *record = m_model->at(m_list->current()))
                takeHoursAway(this->shell(), this, *record, false, {}, [this] { refresh(); });
        }));
    if (may && !single)
        row->addWidget(button(tr("&Add"), "primary", this, [this] { edit({}); }));
    m_list->setEmptyText(
        m_entity == &domain::Availability::entity()
            ? tr("No working hours yet: everybody can be booked at any time; free places are "
                 "offered from 08:00 to 17:00.")
            : tr("Nothing here yet."),
        may && !single ? tr("Add the first") : QString(), [this] { edit({}); });
    if (may)
        connect(m_list, &ListView::opened, this, [this](const QModelIndex &i) {
            if (const auto *record = m_model->at(i))
                edit(*record);
        });
    m_rightLayout->addWidget(top);
    m_rightLayout->addWidget(m_list, 1);
    refresh();
}

void SetupPage::refresh()
{
    if (!m_entity)
        return;
    m_kinds->doItemsLayout(); // the style's padding is known only once it is shown
    m_list->showLoading();
    workspace().setup.rows(
        m_list, *m_entity, [this, entity = m_entity](const Result<QList<storage::Record>> &rows) {
            if (entity != m_entity)
                return;
            if (!rows)
                m_list->showFailure(models::errorText(rows.error()), [this] { refresh(); });
            else
                show(*rows);
        });
}

void SetupPage::show(const QList<storage::Record> &rows)
{
    QList<storage::Record> shown = rows;
    removeTakenAway(shown);
    m_model->setRows(shown);
    m_list->showRows();
    for (int i = 0; i < shown.size(); ++i) {
        if (shown[i].row.id == m_select)
            m_list->select(i);
    }
}

void SetupPage::edit(const storage::Record &record)
{
    auto *dialog = new SetupDialog(shell(), *m_entity, record);
    connect(dialog, &SetupDialog::saved, this, [this](const Id &id) {
        m_select = id;
        refresh();
        shell().say(tr("Saved."));
    });
    dialog->open();
}

SetupDialog::SetupDialog(Shell &shell, const EntityInfo &entity, const storage::Record &record,
                         const Id &ownResource)
    : FormDialog(setuppage::kindName(entity), tr("Save"), shell.window()),
      m_shell(shell),
      m_entity(entity),
      m_before(record),
      m_own(ownResource),
      m_form(new Form)
{
    resize(600, 480);
    auto &ws = shell.workspace();
    const bool isNew = !record.row.isStored();
    if (isNew) {
        m_before.entity = &entity;
        m_before.values.clear();
        for (size_t i = 0; i < entity.fields.size(); ++i)
            m_before.values << (entity.fields[i].type == ValueType::Integer ? Value{qint64(0)} : Value{});
    }
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        const FieldInfo &field = entity.fields[i];
        const QString name = QString::fromLatin1(field.column);
        const QString caption = models::fieldLabel(name);
        const Value &value = m_before.values[qsizetype(i)];
        const qint64 number = std::holds_alternative<qint64>(value) ? std::get<qint64>(value) : 0;
        const QString text = std::holds_alternative<QString>(value) ? std::get<QString>(value) : QString();
        if (name == u"resource_id" && !m_own.isNull()) {
            m_before.values[qsizetype(i)] = m_own.toBytes();
            continue;
        }
        const bool locked = !isNew && field.policy == ConflictPolicy::Frozen;
        QWidget *editor = nullptr;
        switch (setuppage::kindOf(entity, i)) {
        case Kind::Hidden:
            continue;
        case Kind::Check: {
            auto *box = m_form->addCheck(name, caption);
            box->setChecked(isNew || number);
            editor = box;
            break;
        }
        case Kind::LongText: {
            auto *edit = m_form->addText(name, caption, 2, 2);
            edit->setPlainText(text);
            editor = edit;
            break;
        }
        case Kind::Weekday: {
            auto *box = m_form->addChoice(name, caption);
            for (int d = 1; d <= 7; ++d)
                box->addItem(QLocale().standaloneDayName(d), d);
            box->setCurrentIndex(isNew ? 0 : qMax(0, static_cast<int>(number) - 1));
            editor = box;
            break;
        }
        case Kind::ResourceKind: {
            auto *box = m_form->addChoice(name, caption);
            for (const char *code : {"room", "equipment"})
                box->addItem(setuppage::resourceKindName(QString::fromLatin1(code)),
                             QString::fromLatin1(code));
            if (text == u"practitioner")
                box->addItem(setuppage::resourceKindName(text), text);
            box->setCurrentIndex(qMax(0, box->findData(text)));
            editor = box;
            break;
        }
        case Kind::ResourceRef: {
            auto *box = m_form->addChoice(name, caption, 2);
            for (const auto &resource : setuppage::allResources(ws))
                box->addItem(resource.name, resource.id.toBytes());
            Id id;
            ValueCodec<Id>::from(value, id);
            box->setCurrentIndex(qMax(0, box->findData(id.toBytes())));
            editor = box;
            break;
        }
        case Kind::Moment: {
            auto *edit = new MomentEdit;
            const QTimeZone zone = ws.zone();
            edit->setShown(number ? walltime::dayOf(number, zone) : ws.today(),
                           number ? walltime::minuteOf(number, zone) : 8 * 60);
            m_form->add(name, caption, edit);
            connect(edit, &MomentEdit::dateTimeChanged, m_form, &Form::edited);
            editor = edit;
            break;
        }
        case Kind::Money: {
            auto *edit = m_form->addAmount(name, caption, ws.session().currency);
            edit->setAmount(number);
            editor = edit;
            break;
        }
        case Kind::Zone: {
            auto *box = m_form->addChoice(name, caption, 2);
            box->setEditable(true);
            for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
                box->addItem(QString::fromLatin1(id));
            box->setCurrentText(isNew ? QString::fromLatin1(ws.session().timeZone) : text);
            editor = box;
            break;
        }
        default: {
            QString shown = text;
            const Kind kind = setuppage::kindOf(entity, i);
            if (kind == Kind::Percent)
                shown = QLocale().toString(double(number) / 100.0);
            else if (kind == Kind::DayMinute)
                shown =
                    QTime::fromMSecsSinceStartOfDay(
                        static_cast<int>((isNew ? (name == u"start_minute" ? 480 : 1020) : number) * 60'000))
                        .toString(QStringLiteral("HH:mm"));
            else if (kind == Kind::Number)
                shown = isNew ? (name == u"minutes" ? QStringLiteral("15") : QStringLiteral("1"))
                              : QString::number(number);
            auto *edit = m_form->addLine(name, caption);
            edit->setText(shown);
            editor = edit;
        }
        }
        editor->setEnabled(!locked);
    }
    body()->addWidget(m_form);
    body()->addStretch();
    connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
}

Result<Value> SetupDialog::typedValue(size_t i) const
{
    const QString name = QString::fromLatin1(m_entity.fields[i].column);
    QWidget *editor = m_form->editor(name);
    if (!editor)
        return m_before.values[qsizetype(i)];
    const auto lineText = [&] {
        const auto *line = qobject_cast<QLineEdit *>(editor);
        return line ? line->text().trimmed() : QString();
    };
    switch (setuppage::kindOf(m_entity, i)) {
    case Kind::Hidden:
        return m_before.values[qsizetype(i)];
    case Kind::Check:
        return Value{qint64(qobject_cast<QCheckBox *>(editor)->isChecked())};
    case Kind::LongText:
        return ValueCodec<QString>::to(qobject_cast<QPlainTextEdit *>(editor)->toPlainText());
    case Kind::Weekday:
        return Value{qint64(qobject_cast<QComboBox *>(editor)->currentIndex() + 1)};
    case Kind::ResourceKind:
        return Value{qobject_cast<QComboBox *>(editor)->currentData().toString()};
    case Kind::ResourceRef:
        return ValueCodec<QByteArray>::to(qobject_cast<QComboBox *>(editor)->currentData().toByteArray());
    case Kind::Zone:
        return ValueCodec<QString>::to(qobject_cast<QComboBox *>(editor)->currentText());
    case Kind::Moment: {
        const auto *edit = qobject_cast<MomentEdit *>(editor);
        const QTimeZone zone = m_shell.workspace().zone();
        const Value &before = m_before.values[qsizetype(i)];
        const qint64 was =
            m_before.row.isStored() && std::holds_alternative<qint64>(before) ? std::get<qint64>(before) : 0;
        // An unchanged time keeps its instant.
        if (was && walltime::dayOf(was, zone) == edit->date() &&
            walltime::minuteOf(was, zone) == edit->minute())
            return before;
        // Of a repeated time, a leave begins at the first and ends at the second.
        const auto at =
            walltime::instantOf(edit->date(), edit->minute(), zone,
                                name == u"end_at" ? walltime::Pass::Second : walltime::Pass::First);
        if (!at)
            return fail(at.error().code, name, at.error().args);
        return Value{*at};
    }
    case Kind::Money: {
        const auto amount = qobject_cast<AmountEdit *>(editor)->take();
        return amount ? Result<Value>(Value{*amount}) : fail(amount);
    }
    case Kind::Percent: {
        QString typed = lineText();
        if (typed.endsWith(u'%') || typed.endsWith(QChar(0x066A)))
            typed.chop(1);
        const auto percent = digits::decimal(typed, 2, QLocale());
        if (!percent || *percent < 0 || *percent > 10'000)
            return fail(ErrorCode::BadAmount, name);
        return Value{*percent};
    }
    case Kind::DayMinute: {
        const QString typed = digits::plain(lineText());
        const QTime time = QTime::fromString(typed, QStringLiteral("H:mm"));
        if (!time.isValid() && typed == u"24:00")
            return Value{qint64(24 * 60)};
        if (!time.isValid())
            return fail(ErrorCode::Invalid, name);
        return Value{qint64(time.msecsSinceStartOfDay() / 60'000)};
    }
    case Kind::Number: {
        const auto number = digits::whole(lineText());
        return number ? Result<Value>(Value{*number}) : fail(ErrorCode::Invalid, name);
    }
    case Kind::Text:
        return ValueCodec<QString>::to(lineText());
    }
    return Value{};
}

void SetupDialog::save()
{
    m_form->clearFaults();
    storage::Record after = m_before;
    after.entity = &m_entity;
    for (size_t i = 0; i < m_entity.fields.size(); ++i) {
        const auto value = typedValue(i);
        if (!value) {
            m_form->showFault(value.error());
            continue;
        }
        after.values[qsizetype(i)] = *value;
    }
    if (m_form->hasFaults())
        return;
    store(after, {}, {});
}

void SetupDialog::store(const storage::Record &after, const QList<Id> &shown, std::function<void()> then)
{
    setBusy(true);
    const auto answered = [this, after, then](const Result<storage::Record> &done) {
        setBusy(false);
        if (!done) {
            const bool asks =
                TouchedDialog::ask(m_shell, this, done.error(),
                                   [this, after](const QList<Id> &ids, std::function<void()> saved) {
                                       store(after, ids, saved);
                                   });
            if (!asks)
                m_form->showFault(done.error());
            return;
        }
        m_dirty = false;
        Q_EMIT saved(done->row.id);
        accept();
        if (then)
            then();
    };
    if (m_own.isNull())
        m_shell.workspace().setup.save(this, m_before, after, answered, shown);
    else
        m_shell.workspace().setup.saveOwnSchedule(this, m_before, after, answered, shown);
}

} // namespace clinic::gui
