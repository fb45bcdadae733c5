"""The names of the themes that the library is shelved by."""

from dataclasses import dataclass

from bot.guidance.words import lines


@dataclass(frozen=True)
class ThemeName:
    """Name a theme in both languages, and the other words people use for it."""

    name: str
    name_en: str
    aliases: tuple[str, ...]
    claims: tuple[str, ...]
    """Words with which a question asks for this theme and no other."""
    label: str = ""
    label_en: str = ""
    """What stands on a button where the name is too long for it."""

    def spellings(self, code: str) -> frozenset[str]:
        """Give every way in which this theme may be named."""
        return frozenset({code, self.name.lower(), self.name_en.lower(), *self.aliases})


def theme_names() -> dict[str, ThemeName]:
    """Read the themes: code | name | English name | aliases | claims, and labels of long ones."""
    table: dict[str, ThemeName] = {}
    for line in lines("themes.txt"):
        code, name, name_en, aliases, claims, *labels = (part.strip() for part in line.split("|"))
        table[code] = ThemeName(name, name_en, _listed(aliases), _listed(claims), *labels)
    return table


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
