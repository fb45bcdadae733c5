"""The themes that come with the product; an agency adds its own."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from db import rosters, themes
from db.models.plans import Theme

SHIPPED = (
    ("stunting", "Penurunan stunting", ("tengkes",)),
    ("gizi-buruk", "Penanganan gizi buruk", ("gizi buruk", "gizi", "wasting")),
    ("kemiskinan-ekstrem", "Penghapusan kemiskinan ekstrem", ("kemiskinan",)),
    ("inflasi", "Pengendalian inflasi", ("harga", "tpid")),
    ("p3dn", "Penggunaan produk dalam negeri", ("pdn", "bbi", "tkdn")),
)
CODES = frozenset(code for code, _, _ in SHIPPED)


async def ensure_themes(session: AsyncSession) -> None:
    """Make the shipped themes where they are missing; the agency's own stay."""
    known = await rosters.theme_codes(session)
    session.add_all(
        Theme(code=code, name=name, aliases=list(aliases))
        for code, name, aliases in SHIPPED
        if code not in known
    )
    await session.flush()


@dataclass(frozen=True)
class ThemeName:
    """A theme by its code and name."""

    code: str
    name: str


async def themes_known(session: AsyncSession) -> list[ThemeName]:
    """List every theme of the agency."""
    return [ThemeName(one.code, one.name) for one in await themes.all_themes(session)]


async def find_theme(session: AsyncSession, words: str) -> ThemeName | None:
    """Find a theme by its code, its name or an alias, however it is written."""
    wanted = plain(words)
    for one in await themes.all_themes(session):
        if wanted in {plain(spelling) for spelling in (one.code, one.name, *one.aliases)}:
            return ThemeName(one.code, one.name)
    return None


def plain(words: str) -> str:
    """Write a theme's name as it is compared: `Gizi_Buruk` is `gizi buruk`."""
    return " ".join(words.casefold().replace("_", " ").replace("-", " ").split())
