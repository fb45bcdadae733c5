from enum import StrEnum


class PlanState(StrEnum):
    """Tell how far a plan (SKP) has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CLOSED = "closed"


class ResultKind(StrEnum):
    """Tell a main work result (RHK utama) from an additional one (tambahan)."""

    MAIN = "utama"
    ADDITIONAL = "tambahan"


class Aspect(StrEnum):
    """Tell which side of a work result an indicator (IKI) measures."""

    QUANTITY = "kuantitas"
    QUALITY = "kualitas"
    TIME = "waktu"
    COST = "biaya"


class Aggregation(StrEnum):
    """Tell how entries add up to what an indicator has reached.

    A sum counts what every entry adds, the latest value replaces the earlier ones, and a release
    is published by somebody else, usually once a year.
    """

    SUM = "sum"
    LATEST = "latest"
    RELEASE = "release"
