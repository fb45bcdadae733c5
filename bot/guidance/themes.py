"""The names of the themes that the library is shelved by."""

from dataclasses import dataclass

from bot.guidance.words import lines


@dataclass(frozen=True)
class ThemeName:
    """Name a theme in both languages, and the other words people use for it."""

    name: str
    name_en: str
    aliases: tuple[str, ...]

    def spellings(self, code: str) -> frozenset[str]:
        """Give every way in which this theme may be named."""
        return frozenset({code, self.name.lower(), self.name_en.lower(), *self.aliases})


def theme_names() -> dict[str, ThemeName]:
    """Read the themes: code | name | English name | aliases."""
    table: dict[str, ThemeName] = {}
    for line in lines("themes.txt"):
        code, name, name_en, aliases = (part.strip() for part in line.split("|"))
        words = tuple(alias.strip() for alias in aliases.split(",") if alias.strip())
        table[code] = ThemeName(name, name_en, words)
    return table
