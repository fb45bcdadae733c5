import datetime as dt
import io
import random
import zipfile

import pytest
import xlsxwriter

from bot.documents import cell_complaints as complaints
from bot.documents import workbook as opening
from bot.documents.roster_reading import NO_SHEETS, read_roster
from bot.documents.workbook import WorkbookUnreadable
from bot.refusal import Refusal
from tests.documents.workbooks import with_cells, with_part, workbook

GOOD = workbook(Unit=[["Kode", "Nama"], ["A", "Satu"]])
HEADINGS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Kode</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Nama</t></is></c></row>'
)


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return data.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def refusal_of(data: bytes) -> WorkbookUnreadable:
    with pytest.raises(WorkbookUnreadable) as refusal:
        read_roster(data)
    assert isinstance(refusal.value, Refusal)
    return refusal.value


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", opening.NOT_XLSX),
        (b"NIP;Nama\n198001012005011001;Contoh\n", opening.NOT_XLSX),
        (b"%PDF-1.7 ...", opening.NOT_XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, opening.NOT_XLSX),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            opening.LOCKED,
        ),
        (b"PK\x03\x04 and then nothing", opening.DAMAGED),
        (GOOD[: len(GOOD) // 2], opening.DAMAGED),
        (archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
         opening.NOT_XLSX),
        (archive({"content.xml": b"<office/>", "mimetype": b"spreadsheet"}), opening.NOT_XLSX),
        (with_part(GOOD, "xl/vbaProject.bin", b"macro"), opening.MACROS),
        (with_part(GOOD, "xl/workbook.xml", b"<workbook><sheets><sheet"), opening.DAMAGED),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
         opening.DAMAGED),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16")),
         opening.DAMAGED),
        (archive(parts_of(GOOD), zipfile.ZIP_BZIP2), opening.DAMAGED),
        (b"x" * 20_000_001, opening.TOO_HEAVY),
        (workbook(Rekap=[["apa saja"]]), NO_SHEETS),
    ],
)  # fmt: skip
def test_what_is_no_readable_workbook_is_refused_in_a_sentence(data, message):
    refusal = refusal_of(data)

    assert refusal.message == message
    assert "{" not in refusal.message.format(**refusal.values)


def test_a_part_that_fails_its_checksum_is_damage():
    spoilt = bytearray(archive(parts_of(GOOD), zipfile.ZIP_STORED))
    at = spoilt.index(b"Satu")
    spoilt[at : at + 4] = b"Dua!"

    assert refusal_of(bytes(spoilt)).message == opening.DAMAGED


def test_a_locked_part_is_damage():
    locked = bytearray(GOOD)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1

    assert refusal_of(bytes(locked)).message == opening.DAMAGED


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = with_part(GOOD, "xl/media/filler.xml", b" " * 201_000_000)

    assert len(bomb) < 1_000_000
    assert refusal_of(bomb).message == opening.HUGE


def test_a_cell_in_the_far_corner_does_not_fill_the_memory():
    far = HEADINGS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert refusal_of(with_cells(GOOD, far)).message == opening.HUGE


def test_cells_without_an_address_are_counted_too():
    wide = '<row r="1048576">' + "<c><v>1</v></c>" * 16_000 + "</row>"

    assert refusal_of(with_cells(GOOD, HEADINGS + wide)).message == opening.HUGE


def test_a_column_coloured_to_the_last_row_is_no_reason_to_refuse():
    coloured = "".join(f'<row r="{n}"><c r="XFD{n}" s="1"/></row>' for n in (2, 1_048_576))
    roster = read_roster(with_cells(GOOD, HEADINGS + coloured))

    assert (roster.total, roster.problems) == (0, ())


def test_a_long_text_used_again_and_again_is_refused():
    text = "n" * 30_000
    shared = f"<sst><si><t>{text}</t></si></sst>".encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 10_002))
    data = with_part(with_cells(GOOD, HEADINGS + rows), "xl/sharedStrings.xml", shared)

    assert refusal_of(data).message == opening.HUGE


def test_more_rows_than_can_be_handled_are_refused():
    two = [["Kode", "Nama"], ["A", "Satu"], ["B", "Dua"]]
    three = workbook(Unit=[*two, ["C", "Tiga"]])

    assert read_roster(workbook(Unit=two), most_rows=2).total == 2
    with pytest.raises(WorkbookUnreadable) as refused:
        read_roster(three, most_rows=2)
    assert refused.value.message == opening.HUGE


def with_formulas(*cells) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Unit")
        sheet.write_row(0, 0, ["Kode", "Nama", "Induk"])
        for index, (formula, result) in enumerate(cells):
            sheet.write_formula(1, index, formula, None, result)
    return data.getvalue()


def test_a_formula_with_its_result_is_read_like_a_value():
    roster = read_roster(with_formulas(('="A"&"1"', "A1"), ('="Satu"', "Satu"), ('="B"', "B")))

    assert roster.problems == ()
    assert [(row.code, row.name, row.parent) for row in roster.units] == [("A1", "Satu", "B")]


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell():
    row = (
        '<row r="2"><c r="A2" t="str"><f>"A"</f><v>A</v></c>'
        '<c r="B2" t="str"><f>IF(A2="A","","Satu")</f><v></v></c></row>'
    )
    roster = read_roster(with_cells(GOOD, HEADINGS + row))

    assert [(one.column, one.problem) for one in roster.problems] == [
        ("Nama", complaints.MISSING_VALUE.problem)
    ]


def test_a_formula_that_failed_is_named():
    roster = read_roster(with_formulas(('="A"', "A"), ("=B9", "#REF!"), ("=1/0", "#DIV/0!")))

    assert [(one.row, one.column, one.problem, one.values["value"]) for one in roster.problems] == [
        (2, "Nama", complaints.SHEET_ERROR.problem, "#REF!"),
        (2, "Induk", complaints.SHEET_ERROR.problem, "#DIV/0!"),
    ]


@pytest.mark.parametrize(
    "formula", ["<f>C9</f>", "<f>C9</f><v/>", "<f>C9</f><v></v>", '<f t="shared" si="0"/>']
)
def test_a_formula_nobody_calculated_is_named_and_not_taken_for_empty(formula):
    row = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c>'
        '<c r="B2" t="inlineStr"><is><t>Satu</t></is></c>'
        f'<c r="C2" s="0">{formula}</c></row>'
    )
    headings = HEADINGS.replace("</row>", '<c r="C1" t="inlineStr"><is><t>Induk</t></is></c></row>')
    roster = read_roster(with_cells(GOOD, headings + row))

    assert [(one.row, one.column, one.problem) for one in roster.problems] == [
        (2, "Induk", complaints.FORMULA_WITHOUT_RESULT.problem)
    ]


def test_a_workbook_with_another_prefix_for_its_names_is_read():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = (
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Kode</x:t></x:is></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>Nama</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c>'
        '<x:c r="B2"><x:f>C9</x:f></x:c></x:row>'
    )
    sheet = f'<x:worksheet xmlns:x="{space}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    roster = read_roster(with_part(GOOD, "xl/worksheets/sheet1.xml", sheet.encode()))

    assert [one.problem for one in roster.problems] == [complaints.FORMULA_WITHOUT_RESULT.problem]


def test_a_hidden_sheet_is_read_like_any_other():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet("Petunjuk")
        sheet = book.add_worksheet("Unit")
        sheet.hide()
        sheet.write_row(0, 0, ["Kode", "Nama"])
        sheet.write_row(1, 0, ["A", "Satu"])

    assert [row.code for row in read_roster(data.getvalue()).units] == ["A"]


def test_a_file_that_claims_to_hold_billions_of_texts_is_read_for_what_it_holds():
    claim = b'uniqueCount="99999999999999"'
    texts = parts_of(GOOD)["xl/sharedStrings.xml"]
    data = with_part(GOOD, "xl/sharedStrings.xml", texts.replace(b'uniqueCount="4"', claim))

    assert claim in parts_of(data)["xl/sharedStrings.xml"]
    assert [row.code for row in read_roster(data).units] == ["A"]


@pytest.mark.parametrize("number", ["nan", "1e400", "-1", "99999999"])
def test_a_number_that_is_no_day_is_named(number):
    good = workbook(Libur=[["Tanggal", "Nama"], [dt.date(2026, 11, 24), "Satu"]])
    sheet = parts_of(good)["xl/worksheets/sheet1.xml"]
    broken = sheet.replace(b"<v>46350</v>", f"<v>{number}</v>".encode())
    roster = read_roster(with_part(good, "xl/worksheets/sheet1.xml", broken))

    assert [(one.row, one.column) for one in roster.problems] == [(2, "Tanggal")]


@pytest.mark.parametrize("seed", range(200))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(seed):
    chance = random.Random(seed)
    spoilt = bytearray(archive(parts_of(GOOD), zipfile.ZIP_STORED) if seed % 2 else GOOD)
    for _ in range(chance.randint(1, 4)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    try:
        roster = read_roster(bytes(spoilt))
    except WorkbookUnreadable:
        return
    assert roster.total <= 1
