"""How a person may be addressed: what the roster says, and what a name allows without guessing."""

import re

# Degrees before a name are no name, and neither is what Balinese names begin with.
BEFORE_A_NAME = re.compile(r"[A-Za-z]{1,6}\.|I|Ni|H|Hj|Ir|Dr|Dra|Drs|Prof", re.IGNORECASE)
LONGEST = 60


def first_name(name: str) -> str:
    """Give the first part of a name that is a name, without degrees."""
    parts = name.split(",", maxsplit=1)[0].split()
    named = (part for part in parts if not BEFORE_A_NAME.fullmatch(part))
    return next(named, parts[0] if parts else name)


def forms_of_address(name: str, given: str | None = None) -> tuple[str, ...]:
    """List the forms to choose from: the roster's and the full name, or both of Bu and Pak.

    Nobody's sex is guessed: where the roster is silent, the person chooses.
    """
    first = first_name(name)
    forms = (given,) if given else (f"Bu {first}", f"Pak {first}")
    return tuple(form[:LONGEST] for form in dict.fromkeys((*forms, name)))
