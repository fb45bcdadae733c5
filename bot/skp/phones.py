"""Telephone numbers in one form, so that they can be compared."""

import re

DRESS = re.compile(r"[^0-9]")


def international(number: str) -> str:
    """Give a number with its country's code; without one it is Indonesian."""
    digits = DRESS.sub("", number)
    if number.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith(("0", "8")):
        return f"+62{digits.lstrip('0')}"
    return f"+{digits}"
