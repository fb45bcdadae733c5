from zoneinfo import ZoneInfo

# The three zones of Keppres 41/1987, each by the city that stands for it.
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
ABBREVIATIONS = {name: short for short, name in ZONES.items()} | {"Asia/Pontianak": "WIB"}


def zone(name: str) -> ZoneInfo:
    """Give the zone behind WIB, WITA or WIT, in any case, or behind its IANA name."""
    return ZoneInfo(zone_name(name))


def zone_name(name: str) -> str:
    """Give the IANA name behind WIB, WITA or WIT, in any case, or behind itself.

    Raises `ValueError` for what is no zone of Indonesia.
    """
    short = name.strip().upper()
    if short in ZONES:
        return ZONES[short]
    if name in ABBREVIATIONS:
        return name
    raise ValueError(f"{name!r} is not one of {', '.join(ZONES)}.")


def abbreviation(name: str) -> str:
    """Give the letters that stand behind a clock time in a zone: WIB, WITA or WIT."""
    return ABBREVIATIONS[zone_name(name)]
