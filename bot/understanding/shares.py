"""Progress stated in percent or as a part of the whole."""

import re
from decimal import Decimal

from bot.understanding.numerals import number_of
from bot.understanding.phrases import either

Spans = tuple[tuple[int, int], ...]

_BODY = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_PERCENT = re.compile(rf"(?<![\d.,]){_BODY} (?:- {_BODY} )?persen\b")
_NO_SHARE = either("jam hari hektare hektar ha ton kg kilo liter km bulan tahun abad matang mati 2")
_FRACTION = re.compile(
    r"(?<!\d )\b(?:(?P<half>setengah|separuh|separo|seperdua|1 / 2)|(?P<quarter>seperempat|1 / 4)"
    r"|(?P<most>(?:3|tiga) perempat|3 / 4)|(?P<third>sepertiga|1 / 3)"
    rf"|(?P<two>(?:2|dua) pertiga|2 / 3))(?:nya)?\b(?! {_NO_SHARE})"
)
_OF_PARTS = re.compile(r"(?<!\d )\b([1-9]) / ([2-9]|10) bagian\b")
# `dari 84 ke 92 persen`: both are shares.
_FROM_TO = re.compile(rf"(?<![\d.,]){_BODY} (?:ke|jadi|menjadi) (?={_BODY} persen)")
_PARTS = (
    ("half", Decimal(50)), ("quarter", Decimal(25)), ("most", Decimal(75)),
    ("third", Decimal("33.3")), ("two", Decimal("66.7")),
)  # fmt: skip
_NEARLY = (
    "(?:(?:sebesar|sekitar|hampir|kurang lebih|cuma|hanya|lagi|rata-rata|drastis|tajam|signifikan"
    "|sebanyak|sampai|hingga) )"
)
_OTHER_SHARES = either("target targetnya minimal maksimal dari")
_OTHER = re.compile(rf"\b{_OTHER_SHARES} {_NEARLY}?$")
# What a figure changed by, or is a part of, says nothing about how far the work is.
_CHANGES = either(
    "naik naiknya menaik naikkan dinaikkan turun turunnya turunkan diturunkan meningkat "
    "peningkatan ditingkatkan menurun penurunan kenaikan bertambah tambah tambahan penambahan "
    "nambah ditambah berkurang pengurangan dikurangi susut menyusut melonjak anjlok merosot tumbuh "
    "pertumbuhan selisih deviasi surplus defisit melemah menguat terkoreksi margin untung rugi "
    "laba dipotong pemotongan memotong dipangkas pemangkasan didiskon ppn pph pajak diskon bunga "
    "denda potongan komisi alkohol konsentrasi kadar kadar_air kelembapan plus minus "
    "yoy mtm qtq ytd ctc inflasi deflasi"
)
_CHANGED = re.compile(rf"(?:\b{_CHANGES}|(?<!\d )\+) {_NEARLY}{{0,2}}$")
_COMPARED = re.compile(
    r" (?:lebih (?:tinggi|rendah|banyak|sedikit|besar|kecil|cepat|murah|mahal|baik)"
    r"|dibanding(?:kan)?|kenaikan|penurunan|peningkatan|naik|turun)\b"
)
_LEFT = re.compile(rf"\b{either('tinggal sisa sisanya kurang')} {_NEARLY}{{0,2}}$")
_BECOMES = either(
    "jadi menjadi ke realisasi capaian tercapai mencapai progres fisik sudah baru sampai hasil"
)
_WHOLE = Decimal(100)
_REACHED = re.compile(rf"\b{_BECOMES} (?:sekitar |kurang lebih |sudah |baru )?$")


def percent_of(line: str) -> tuple[Decimal | None, Spans]:
    """Find the progress in a line of standard words, from 0 to 100, and where it stands."""
    spans = [found.span() for found in _FROM_TO.finditer(line)]
    ranked: list[tuple[int, Decimal]] = []
    for found in _PERCENT.finditer(line):
        spans.append(found.span())
        before = line[max(0, found.start() - 30) : found.start()]
        value = number_of(found[2] or found[1])
        if value is None:
            continue
        if _REACHED.search(before):
            ranked.append((0, value))
        elif _LEFT.search(before) and value <= _WHOLE:
            ranked.append((3, _WHOLE - value))
        elif not _CHANGED.search(before) and not _COMPARED.match(line, found.end()):
            ranked.append((2 if _OTHER.search(before) else 1, value))
    if ranked:
        return min(ranked, key=lambda r: r[0])[1], tuple(spans)
    return _fraction_of(line, tuple(spans))


def _fraction_of(line: str, spans: Spans) -> tuple[Decimal | None, Spans]:
    parts = _OF_PARTS.search(line)
    if parts and int(parts[1]) < int(parts[2]):
        share = _WHOLE * int(parts[1]) / int(parts[2])
        return share.quantize(Decimal("0.1")), (*spans, parts.span())
    for found in _FRACTION.finditer(line):
        value = next((value for name, value in _PARTS if found[name]), None)
        if value and _LEFT.search(line[max(0, found.start() - 30) : found.start()]):
            value = _WHOLE - value
        return value, (*spans, found.span())
    return None, spans
