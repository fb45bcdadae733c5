from enum import StrEnum


class Role(StrEnum):
    """Tell what a person may do besides leading a team, which follows from the placement."""

    EMPLOYEE = "pegawai"
    WIDYAISWARA = "widyaiswara"
    ADMIN = "admin"


class EmploymentKind(StrEnum):
    """Tell on what footing a person serves."""

    PNS = "pns"
    PPPK = "pppk"


class AbsenceKind(StrEnum):
    """Tell why a working day needs no entry."""

    LEAVE = "cuti"
    DUTY = "dinas"
    SICK = "sakit"


class ActingKind(StrEnum):
    """Tell how a person leads in another's place: the post is vacant, or its holder is away."""

    PLT = "plt"
    PLH = "plh"
