"""Words, numbers and days in the reader's language."""

import datetime as dt
import functools
import gettext
import io
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import dates, numbers
from babel.messages import mofile, pofile
from markupsafe import Markup

LOCALE = Path(__file__).parents[1] / "locale"
LANGUAGES = ("id", "en")


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Compile a language's catalogue in memory; English is the source and needs none."""
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        mofile.write_mo(compiled, pofile.read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Translator:
    """Speak one reader's language: sentences, numbers, percents, days and hours."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "id"
        self._catalogue = catalogue(self.language)

    def gettext(self, message: str, /, **values: object) -> str:
        """Translate a plain sentence: a button, an alert, a line on a paper."""
        return self._catalogue.gettext(message).format(**values)

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate a plain sentence that counts."""
        return self._catalogue.ngettext(one, many, count).format(**values)

    def html(self, message: str, /, **values: object) -> Markup:
        """Translate a sentence with markup; the values are escaped."""
        sentence = self._catalogue.gettext(message)
        return Markup(sentence).format(**values)  # noqa: S704  # What people typed comes as values.

    def nhtml(self, one: str, many: str, count: int, /, **values: object) -> Markup:
        """Translate a sentence with markup that counts; the values are escaped."""
        sentence = self._catalogue.ngettext(one, many, count)
        return Markup(sentence).format(**values)  # noqa: S704  # The same.

    def number(self, value: Decimal | int) -> str:
        """Write a number with the language's separators: 1.250 or 12,5."""
        return numbers.format_decimal(value, "#,##0.####", locale=self.language)

    def percent(self, share: Decimal) -> str:
        """Write a share (1 = 100 %) with at most one decimal."""
        return numbers.format_percent(share, "#,##0.#%", locale=self.language)

    def whole_percent(self, share: Decimal) -> str:
        """Write a share (1 = 100 %) without decimals."""
        return numbers.format_percent(share, "#,##0%", locale=self.language)

    def day(self, day: dt.date) -> str:
        """Write a day for the chat: Selasa, 24 Nov 2026."""
        return dates.format_date(day, "EEEE, d MMM y", locale=self.language)

    def day_short(self, day: dt.date) -> str:
        """Write a day without its year: Sel 24 Nov."""
        return dates.format_date(day, "EEE d MMM", locale=self.language)

    def day_brief(self, day: dt.date) -> str:
        """Write a day as a button names it: Rab 18."""
        return dates.format_date(day, "EEE d", locale=self.language)

    def day_of_month(self, day: dt.date) -> str:
        """Write a day and its month: 30 Nov."""
        return dates.format_date(day, "d MMM", locale=self.language)

    def day_long(self, day: dt.date) -> str:
        """Write a day for a paper: Selasa, 24 November 2026."""
        return dates.format_date(day, "EEEE, d MMMM y", locale=self.language)

    def weekday(self, day: dt.date) -> str:
        """Write the name of a weekday: Jumat."""
        return dates.format_date(day, "EEEE", locale=self.language)

    def month(self, day: dt.date) -> str:
        """Write a month and its year: November 2026."""
        return dates.format_date(day, "MMMM y", locale=self.language)

    def hour(self, time: dt.time) -> str:
        """Write an hour of the day: 16.05 in Indonesian, 16:05 in English."""
        return time.strftime("%H.%M" if self.language == "id" else "%H:%M")

    def clock(self, moment: dt.datetime, zone: str) -> str:
        """Write the hour in a zone with the zone's name: 16.05 WITA."""
        local = moment.astimezone(ZoneInfo(zone))
        return f"{self.hour(local.time())} {local.tzname()}"


@functools.cache
def translator(language: str) -> Translator:
    """Give the translator of a language; unknown languages get Indonesian."""
    return Translator(language)
