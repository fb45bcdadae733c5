"""The themes that come with the product; an agency adds its own."""

from sqlmodel.ext.asyncio.session import AsyncSession

from db import rosters
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
