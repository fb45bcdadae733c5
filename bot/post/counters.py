"""What the post counts for whoever watches it: letters by kind, never by person."""

from prometheus_client import Counter

from db.settling import Fate
from db.states import LetterState

PLANNED = Counter("asisten_asn_letters_planned", "Letters put into the post.", ["kind"])
SENT = Counter("asisten_asn_letters_sent", "Letters that Telegram took.", ["kind"])
DROPPED = Counter(
    "asisten_asn_letters_dropped", "Letters no longer wanted, or refused for good.", ["kind"]
)
PUT_OFF = Counter("asisten_asn_letters_put_off", "Letters to be carried later.", ["kind"])
LIMITED = Counter(
    "asisten_asn_letters_limited", "Letters that Telegram sent back with 429.", ["kind"]
)


def counter_of(fate: Fate) -> Counter:
    """Choose what counts the fate of a letter."""
    if fate.state is LetterState.DUE:
        return LIMITED if fate.error == "RetryAfter" else PUT_OFF
    return SENT if fate.state is LetterState.SENT else DROPPED
