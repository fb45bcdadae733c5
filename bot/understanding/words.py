"""The word lists, which an agency can extend with a folder of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

# Phrases by their first word, the longest first, with what they mean in standard words.
Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]

_AGENCY: dict[str, Path | None] = {"folder": None}
HERE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Unit:
    """What can be counted: its name, its group, and the name of what means the very same."""

    name: str
    group: str
    meaning: str


@dataclass(frozen=True, eq=False)
class Words:
    """All word lists, read once."""

    short: dict[str, str]
    phrases: Phrases
    english: Phrases
    units: dict[str, Unit]
    numbers: dict[str, Decimal]
    labels: frozenset[str]
    soft_labels: frozenset[str]
    fixed: tuple[str, ...]
    stop: frozenset[str]
    status: frozenset[str]
    cues: frozenset[str]
    activity: frozenset[str]
    general: frozenset[str]
    names: frozenset[str]
    acronyms: frozenset[str]
    plain: frozenset[str]
    speech: dict[str, tuple[str, ...]]
    glossary: dict[str, tuple[str, ...]]
    deeds: dict[str, tuple[str, ...]]
    roots: frozenset[str]
    stems: dict[str, str]

    @cached_property
    def common(self) -> frozenset[str]:
        """Gather the roots that stand in the lists by themselves, as everyday words do."""
        lists = (self.glossary, self.deeds, self.units, self.activity, self.stop)
        said = {word for entries in lists for entry in entries for word in entry.split()}
        return self.roots & said

    @cached_property
    def sayings(self) -> dict[str, str]:
        """Gather the phrases as they are typed, before their words are put right one by one."""
        found = (phrase for phrases in self.phrases.values() for phrase in phrases)
        return {" ".join(parts): meaning for parts, meaning in found}

    @cached_property
    def unit_lengths(self) -> dict[str, tuple[int, ...]]:
        """Tell for each first word how long the units are that begin with it, longest first."""
        lengths: dict[str, set[int]] = {}
        for name in self.units:
            parts = name.split()
            lengths.setdefault(parts[0], set()).add(len(parts))
        return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


@lru_cache(maxsize=2048)
def with_units(words: Words, units: tuple[str, ...]) -> Words:
    """Add the units of a person's own work results, which may be any words."""
    own = {name: Unit(name, "own", name) for name in units if name and name not in words.units}
    return replace(words, units={**words.units, **own}) if own else words


def _rows(name: str, extra: Path | None) -> Iterator[list[str]]:
    """Yield the columns of each line, the agency's own lines last so that they win."""
    for folder in (HERE, extra):
        if folder is None or not (folder / name).is_file():
            continue
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield [column.strip().lower() for column in line.split("\t")]


def _listed(name: str, extra: Path | None) -> frozenset[str]:
    return frozenset(word for row in _rows(name, extra) for word in row[0].split())


def _phrases(name: str, extra: Path | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[0] for row in _rows(name, extra)))


def _units(extra: Path | None) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    same = {name: row[0] for row in _rows("same.tsv", extra) for name in row}
    for row in _rows("units.tsv", extra):
        group = row[1] if len(row) > 1 and row[1] else row[0]
        unit = Unit(row[0], group, same.get(row[0], row[0]))
        for name in (row[0], *(row[2].split() if len(row) > 2 else ())):
            units[name] = unit
    return units


def _speech(extra: Path | None) -> dict[str, tuple[str, ...]]:
    speech: dict[str, tuple[str, ...]] = {}
    for folder in (HERE, extra):
        if folder is None or not (folder / "speech.json").is_file():
            continue
        for kind, words in json.loads((folder / "speech.json").read_text(encoding="utf-8")).items():
            lowered = " | ".join(words).lower().split(" | ")
            speech[kind] = speech.get(kind, ()) + tuple(word for word in lowered if word)
    return speech


def _glossary(name: str, extra: Path | None) -> dict[str, tuple[str, ...]]:
    """Map each term to the meanings it belongs to; the first column names a meaning."""
    meanings: dict[str, list[str]] = {}
    for row in _rows(name, extra):
        for term in row[1].split(", ") if len(row) > 1 else ():
            meanings.setdefault(term.strip(), []).append(row[0])
    return {term: tuple(dict.fromkeys(names)) for term, names in meanings.items()}


def _forms(name: str, extra: Path | None) -> dict[str, str]:
    """Map each form to its standard words, which may be none."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in _rows(name, extra)}


def _by_first(forms: dict[str, str]) -> Phrases:
    """Map each first word to the phrases that begin with it, the longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form in sorted(forms, key=lambda form: -len(form.split())):
        parts = tuple(form.split())
        phrases.setdefault(parts[0], []).append((parts, forms[form]))
    return {first: tuple(found) for first, found in phrases.items()}


def _roots() -> frozenset[str]:
    import Sastrawi.Stemmer  # noqa: PLC0415  (only its list of root words is wanted, and only here)

    path = Path(str(Sastrawi.Stemmer.__path__[0])) / "data" / "kata-dasar.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


def use_lists_of(folder: Path | None) -> None:
    """Read an agency's own lists, if it has any, wherever no others are named."""
    _AGENCY["folder"] = folder if folder and folder.is_dir() else None


def load_words(extra: Path | None = None) -> Words:
    """Read the word lists, and those of the same names in an agency's own folder."""
    return _load(extra or _AGENCY["folder"])


@lru_cache(maxsize=8)
def _load(extra: Path | None) -> Words:
    labels = _listed("labels.txt", extra)
    forms = _forms("abbreviations.tsv", extra)
    return Words(
        short={form: said for form, said in forms.items() if " " not in form},
        phrases=_by_first({form: said for form, said in forms.items() if " " in form}),
        english=_by_first(_forms("english.tsv", extra)),
        units=_units(extra),
        numbers={form: Decimal(value) for form, value in _forms("numbers.tsv", extra).items()},
        labels=frozenset(label for label in labels if label[0] != "?"),
        soft_labels=frozenset(label[1:] for label in labels if label[0] == "?"),
        fixed=_phrases("fixed.txt", extra),
        stop=_listed("stop.txt", extra),
        status=_listed("status.txt", extra),
        cues=_listed("cues.txt", extra),
        activity=_listed("activity.txt", extra),
        general=_listed("general.txt", extra),
        names=_listed("names.txt", extra),
        acronyms=_listed("acronyms.txt", extra),
        plain=_listed("plain.txt", extra),
        speech=_speech(extra),
        glossary=_glossary("glossary.tsv", extra),
        deeds=_glossary("actions.tsv", extra),
        roots=_roots(),
        stems=_forms("stems.tsv", extra),
    )
