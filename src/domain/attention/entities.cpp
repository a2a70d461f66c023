// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/attention/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace attentiontables {
using namespace fieldwords;

constexpr FieldInfo conflictFields[] = {
    field<&Conflict::entityName>("entity", QT_TRANSLATE_NOOP("Field", "Entity"), clear, frozen),
    field<&Conflict::rowId>("row_id", QT_TRANSLATE_NOOP("Field", "Row"), clear, frozen),
    field<&Conflict::field>("field", QT_TRANSLATE_NOOP("Field", "Field"), clear, frozen),
    field<&Conflict::kept>("kept", QT_TRANSLATE_NOOP("Field", "Value that stands"), clear, takeLater),
    field<&Conflict::lost>("lost", QT_TRANSLATE_NOOP("Field", "Other value"), clear, takeLater),
    field<&Conflict::lostBy>("lost_by", QT_TRANSLATE_NOOP("Field", "Changed by"), clear, frozen),
    field<&Conflict::lostDevice>("lost_device", QT_TRANSLATE_NOOP("Field", "Device"), clear, frozen),
    field<&Conflict::lostAt>("lost_at", QT_TRANSLATE_NOOP("Field", "When"), clear, takeLater),
    field<&Conflict::resolved>("resolved", QT_TRANSLATE_NOOP("Field", "Decided"), clear, takeLater),
};
constexpr FieldInfo attentionFields[] = {
    field<&Attention::kind>("kind", QT_TRANSLATE_NOOP("Field", "Kind"), clear, frozen),
    field<&Attention::code>("code", QT_TRANSLATE_NOOP("Field", "Reason"), clear, frozen),
    field<&Attention::detail>("detail", QT_TRANSLATE_NOOP("Field", "Detail"), clear, frozen),
    field<&Attention::intention>("intention", QT_TRANSLATE_NOOP("Field", "Action"), clear, frozen),
    field<&Attention::device>("device", QT_TRANSLATE_NOOP("Field", "Device"), clear, frozen),
    field<&Attention::groupNumber>("group_number", QT_TRANSLATE_NOOP("Field", "Number"), clear, frozen),
    field<&Attention::actor>("actor", QT_TRANSLATE_NOOP("Field", "Changed by"), clear, frozen),
    field<&Attention::happenedAt>("happened_at", QT_TRANSLATE_NOOP("Field", "When"), clear, frozen),
    field<&Attention::subjectEntity>("subject_entity", QT_TRANSLATE_NOOP("Field", "Entity"), clear, frozen),
    field<&Attention::subjectId>("subject_id", QT_TRANSLATE_NOOP("Field", "Row"), clear, frozen),
    field<&Attention::body>("body", QT_TRANSLATE_NOOP("Field", "What was written"), clear, frozen),
    field<&Attention::resolved>("resolved", QT_TRANSLATE_NOOP("Field", "Decided"), clear, takeLater),
};
constexpr EntityInfo conflict{.name = "conflict",
                              .label = QT_TRANSLATE_NOOP("Entity", "Conflict"),
                              .fields = conflictFields,
                              .fromServer = true};
constexpr EntityInfo attention{.name = "attention",
                               .label = QT_TRANSLATE_NOOP("Entity", "Needs attention"),
                               .fields = attentionFields,
                               .fromServer = true};
} // namespace attentiontables

const EntityInfo &Conflict::entity()
{
    return attentiontables::conflict;
}
const EntityInfo &Attention::entity()
{
    return attentiontables::attention;
}

} // namespace clinic::domain
