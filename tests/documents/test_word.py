import io
import zipfile

import pytest

from bot.documents.word import read_word
from bot.guidance.rendering import render
from bot.refusal import Refusal
from tests.documents.word_files import (
    KIND,
    TYPES,
    document,
    link,
    paragraph,
    run,
    table,
    word,
)

WHOLE = (
    paragraph("Zumba pagi", style="Judul"),
    paragraph("Zumba didata ", run("oleh kelurahan ", "b"), "dengan ", run("teliti", "i"), "."),
    paragraph("Langkah", style="Judul1"),
    paragraph("Datangi ", run("zumba", "b"), item=(1, 0)),
    paragraph("Tanya pelatih", item=(1, 1)),
    paragraph("Catat hasilnya", item=(1, 0)),
    paragraph("Satu", item=(2, 0)),
    paragraph("Dua", item=(2, 0)),
    paragraph("Baca ", link("panduan resmi"), ", 2 * 3 [sic]."),
    paragraph("Rincian", style="Judul2"),
    table(("Hari", "Peserta"), ("Senin", "12 | 13"), ("Selasa", "9")),
    paragraph("Sumber", style="Judul1"),
    paragraph("Perpres 72/2021", item=(1, 0)),
    paragraph("Kelurahan ", link("https://contoh.go.id/a"), item=(1, 0)),
)


def test_headings_lists_bold_links_and_tables_become_the_parts_of_an_article():
    found = read_word(word(*WHOLE))

    assert found.pictures == 0
    assert found.parts == {
        "title": "Zumba pagi",
        "first": "Zumba didata **oleh kelurahan** dengan *teliti*.",
        "details": (
            "## Langkah\n\n- Datangi **zumba**\n  - Tanya pelatih\n- Catat hasilnya\n\n"
            "1. Satu\n2. Dua\n\nBaca [panduan resmi](https://contoh.go.id/a), 2 \\* 3 \\[sic\\]."
            "\n\n"
            "### Rincian\n\n| Hari | Peserta |\n| --- | --- |\n| Senin | 12 \\| 13 |\n"
            "| Selasa | 9 |"
        ),
        "sources": "Perpres 72/2021\nKelurahan https://contoh.go.id/a",
    }


def test_what_is_read_from_a_document_is_shown_as_it_was_written():
    (shown,) = render(read_word(word(*WHOLE)).parts["details"])

    assert "• Datangi <b>zumba</b>" in shown
    assert "   • Tanya pelatih" in shown
    assert "2. Dua" in shown
    assert '<a href="https://contoh.go.id/a">panduan resmi</a>, 2 * 3 [sic].' in shown
    assert "<b>Senin</b>\n• Peserta: 12 | 13" in shown


def test_a_document_without_styles_is_a_first_screen():
    text = "1. bukan daftar, # bukan judul"

    assert read_word(word(paragraph(text))).parts == {"first": "\\1. bukan daftar, # bukan judul"}
    assert read_word(word(main=document())).parts == {}


def test_a_picture_that_lies_elsewhere_is_left_out_and_counted():
    picture = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' r:link="rId8"/></w:drawing></w:r>'
    )
    found = read_word(word(paragraph("Isi", picture)))

    assert (found.parts, found.pictures) == ({"first": "Isi"}, 1)


def swollen() -> bytes:
    """Pack a document that is small as a file and huge when it is opened."""
    return word(main=document(paragraph("a" * 9_000_000)))


def nested(deep: int) -> str:
    return document("<w:sdt><w:sdtContent>" * deep + "</w:sdtContent></w:sdt>" * deep)


def locked() -> bytes:
    packed = io.BytesIO(word(paragraph("Isi")))
    return packed.getvalue().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a Word document"),
        (b"bukan berkas", "not a Word document"),
        (OLE, "not a Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 rusak", "damaged"),
        (word(paragraph("Isi"))[:-40], "damaged"),
        (locked(), "damaged"),
        (swollen(), "more than an article"),
        (word(main=LAUGHS + document(paragraph("&j;"))), "damaged"),
        (word(main=nested(2000)), "damaged"),
        (word(main=document("<w:p/>" * 200_000)), "more than an article"),
        (word(main=document("<w:p>")), "damaged"),
        (word(main="<?xml version='1.0' encoding='utf-7'?>" + document()), "damaged"),
        (word(paragraph("Isi"), **{"word/vbaProject.bin": b"x"}), "macros"),
        (
            word(
                paragraph("Isi"),
                **{"[Content_Types].xml": TYPES.replace(KIND, "application/macroEnabled.main+xml")},
            ),
            "macros",
        ),
        (word(paragraph("kata " * 20_000)), "more than an article"),
        (word(main="<x/>"), "damaged"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_a_sentence(content, why):
    with pytest.raises(Refusal, match=why):
        read_word(content)


def test_a_spreadsheet_is_no_document():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", "<x/>")

    with pytest.raises(Refusal, match="not a Word document"):
        read_word(packed.getvalue())
