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


class Direction(StrEnum):
    """Tell whether an indicator is to rise to its target, or to fall to it and not pass it."""

    UP = "up"
    DOWN = "down"


class SubmissionState(StrEnum):
    """Tell how far the handing-in of a plan, or of a change to one, has come."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """Tell what somebody does about a plan: its owner submits or withdraws, the rater decides."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"


MOVES = {
    (PlanState.DRAFT, Move.SUBMIT): PlanState.SUBMITTED,
    (PlanState.SUBMITTED, Move.WITHDRAW): PlanState.DRAFT,
    (PlanState.SUBMITTED, Move.RETURN): PlanState.DRAFT,
    (PlanState.SUBMITTED, Move.APPROVE): PlanState.APPROVED,
}
OUTCOMES = {
    Move.SUBMIT: SubmissionState.SUBMITTED,
    Move.WITHDRAW: SubmissionState.WITHDRAWN,
    Move.RETURN: SubmissionState.RETURNED,
    Move.APPROVE: SubmissionState.APPROVED,
}
# What is said in return, or gives a reason, needs at least this much to be one.
SHORTEST_REASON, LONGEST_REASON = 3, 500


def moved(state: PlanState, move: Move) -> PlanState:
    """Tell where a plan or an RHK stands after a move; what the move does not touch stays."""
    return MOVES.get((state, move), state)


def is_reason(text: str) -> bool:
    """Tell whether a text says why: some letters, and not a whole report."""
    letters = sum(character.isalpha() for character in text)
    return letters >= SHORTEST_REASON and len(text) <= LONGEST_REASON
