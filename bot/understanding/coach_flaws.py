"""What the coach can find wrong with a sentence."""

import enum
from dataclasses import dataclass


class Flaw(enum.StrEnum):
    """Why a sentence lacks a quality."""

    ACTIVITY = "activity"  # It says what is done, not what changes.
    CEREMONY = "ceremony"  # A result's words around something that is only held.
    PAPER = "paper"  # A paper that nobody is said to use.
    TOPIC = "topic"  # A subject without any condition.
    REGIONAL = "regional"  # The whole region's figure, which belongs to its head.
    OTHERS = "others"  # Somebody else decides it.
    EVERYONE = "everyone"  # It hangs on everybody's behaviour.
    VAGUE = "vague"  # Words that cannot be counted.
    UNCOUNTED = "uncounted"  # Neither a number nor a measure.
    OBJECTLESS = "objectless"  # A number of nothing.
    AMOUNTLESS = "amountless"  # A log without a count.
    UNPROVEN = "unproven"  # No proof is named.
    HOLLOW = "hollow"  # A proof of attendance at most.
    PRIVATE = "private"  # A proof that gives a person away.
    ADRIFT = "adrift"  # It serves none of the aims.


@dataclass(frozen=True)
class Finding:
    """A flaw and the words that show it; none where something is missing."""

    flaw: Flaw
    words: str = ""
