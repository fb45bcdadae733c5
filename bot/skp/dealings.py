"""The kinds of what passes between a leader and the people of the team."""

import enum


class FeedbackKind(enum.StrEnum):
    """What a leader says of an entry."""

    PRAISE = "apresiasi"
    GUIDANCE = "arahan"
    MEND = "perbaikan"


class ObstacleAnswer(enum.StrEnum):
    """What a leader answers to an obstacle (kendala)."""

    HELP = "bantu"
    GUIDANCE = "arahan"
