// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/appointments/lifecycle.h"

namespace clinic::domain {
namespace lifecycletables {

constexpr int n(AppointmentState s)
{
    return static_cast<int>(s);
}
using enum AppointmentState;
constexpr std::pair<int, int> steps[] = {
    {n(Booked), n(CheckedIn)}, {n(CheckedIn), n(InConsultation)}, {n(InConsultation), n(Completed)},
    {n(Booked), n(Cancelled)}, {n(CheckedIn), n(Cancelled)},      {n(Booked), n(NoShow)},
};
constexpr int released[] = {n(Cancelled), n(NoShow)};

} // namespace lifecycletables

const StateTable appointmentLifeCycle{lifecycletables::steps, lifecycletables::released};

} // namespace clinic::domain
