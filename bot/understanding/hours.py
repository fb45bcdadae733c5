"""Hours told by halves, quarters and minutes, put into digits: `jam 3 kurang seperempat`."""

from bot.understanding.phrases import names

_HALF = "setengah"
_MINUTES = {_HALF: 30, "seperempat": 15}
_PAST = frozenset({"lewat", "liwat"})
_MORE, _SHORT_OF = "lebih", "kurang"
_SAID_BEFORE = frozenset({"jam", "sampai", "-", "hingga"})
_BEFORE_HALF = names("jam sampai - hingga mulai selesai pulang kelar")
_HOURS = frozenset(str(hour) for hour in range(1, 13))
_ROUND = names("5 10 15 20 25")
# What may follow minutes; elsewhere `kurang 10 orang` counts who was missing, `lebih` who came.
_GOES_ON = names(
    "menit menitan pagi siang sore petang malam subuh tadi sampai hingga - wib wita wit dan di ke "
    "sudah baru selesai mulai dari"
)
_HOUR, _LAST_HOUR = 60, 24


def in_digits(pieces: list[str]) -> list[str]:
    """Write each hour of standard words and numbers with its minutes: `2.45`."""
    written: list[str] = []
    skipped = 0
    for place, piece in enumerate(pieces):
        if skipped:
            skipped -= 1
            continue
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        if piece == _HALF and after in _HOURS and _before_half(written):
            written.append(f"{int(after) - 1}.30")
            skipped = 1
            continue
        told = _minutes(pieces, place) if _is_hour(written) else None
        if told is None:
            written.append(piece)
            continue
        written[-1] = _moved(int(written[-1]), told)
        skipped = 2 if pieces[place + 2 : place + 3] == ["menit"] else 1
    return written


def _before_half(written: list[str]) -> bool:
    """Tell whether a time of day may follow: half five is half past four."""
    said = written[-1] if written else ""
    if said in {"ke", "ka"} and len(written) > 1:
        said = written[-2]
    return said in _BEFORE_HALF


def _is_hour(written: list[str]) -> bool:
    told = len(written) > 1 and written[-1].isdigit() and written[-2] in _SAID_BEFORE
    return told and int(written[-1]) <= _LAST_HOUR


def _minutes(pieces: list[str], place: int) -> int | None:
    """Read `lewat 15` and `kurang seperempat`; the minutes that are short are below zero."""
    said = pieces[place]
    after = pieces[place + 1] if place + 1 < len(pieces) else ""
    follows = pieces[place + 2] if place + 2 < len(pieces) else ""
    ends = (not follows.isalnum() or follows in _GOES_ON) and not follows[:1].isdigit()
    if said == _SHORT_OF:
        short = _MINUTES.get(after) or (int(after) if after in _ROUND and ends else None)
        return None if short is None else -short
    if said in _PAST or (said == _MORE and (ends or after in _MINUTES)):
        told = after.isdigit() and int(after) < _HOUR
        return _MINUTES.get(after) or (int(after) if told else None)
    return None


def _moved(hour: int, minutes: int) -> str:
    if minutes < 0:
        hour, minutes = (hour or _LAST_HOUR) - 1, minutes + _HOUR
    return f"{hour}.{minutes:02d}"
