"""Fill the table of holidays, which an admin may change afterwards."""

from sqlmodel.ext.asyncio.session import AsyncSession

from db.calendars import national_days
from db.models.plans import Holiday

ESTIMATE = " (perkiraan)"


async def ensure_holidays(session: AsyncSession, *years: int) -> None:
    """Add the national holidays and the cuti bersama of years that have none yet.

    The library equals the joint decrees of three ministers for 2026 and 2027; for years without a
    decree it has estimates, and no cuti bersama.
    """
    for year in years:
        if await national_days(session, year):
            continue
        # Slow to load, and needed once a year.
        import holidays  # noqa: PLC0415  # See above.

        found = holidays.country_holidays(
            "ID", years=year, categories=("public", "government"), language="id"
        )
        session.add_all(
            Holiday(day=day, name=name.replace(ESTIMATE, "")[:200])
            for day, name in sorted(found.items())
        )
