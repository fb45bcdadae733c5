"""What can be wrong between a roster and what is known already."""

from bot.skp.complaints import N_, Complaint

UNKNOWN_UNIT = Complaint(
    N_("The unit “{value}” is not known."),
    N_("Add the unit to the sheet “Unit”, or correct the code."),
)
UNKNOWN_SUPERVISOR = Complaint(
    N_("No person with the NIP {value} is known, so they cannot be the supervisor."),
    N_("Add the supervisor to the sheet “Pegawai”, or correct the NIP."),
)
UNKNOWN_PERSON = Complaint(
    N_("No person with the NIP {value} is known."),
    N_("Add the person to the sheet “Pegawai”, or correct the NIP."),
)
UNKNOWN_PARENT = Complaint(
    N_("The leader's RHK {value} is not known in {year}."),
    N_("Add it to the sheet “RHK”, correct the number, or leave the cell empty and link it later."),
)
UNKNOWN_RESULT = Complaint(
    N_("{value} has no RHK number {number} in {year}."),
    N_("Add the RHK to the sheet “RHK”, or correct the number."),
)
UNIT_CIRCLE = Complaint(
    N_("These units stand above each other in a circle: {value}."),
    N_("Correct the parent of one of them."),
)
SUPERVISOR_CIRCLE = Complaint(
    N_("These people supervise each other in a circle: {value}."),
    N_("Correct the supervisor of one of them."),
)
PARENT_CIRCLE = Complaint(
    N_("These RHK support each other in a circle: {value}."),
    N_("Correct the parent of one of them, or leave it empty."),
)
UNKNOWN_THEME = Complaint(
    N_("The theme “{value}” is not one of those known: {themes}."),
    N_("Correct the code if one of these is meant; as it stands it is kept as the agency's own."),
)
PHONE_OF_ANOTHER = Complaint(
    N_("The same telephone number belongs to {value} in the roster."),
    N_("Correct the number if it belongs to one of the two only; nobody can come in with it."),
)
