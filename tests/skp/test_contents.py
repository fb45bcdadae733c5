import io
import zipfile

import pytest

from bot.skp.contents import Fault, fault_of, kind_of

JPEG = b"\xff\xd8\xff\xe0jpeg"


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (JPEG, ".jpg"),
        (b"\x89PNG\r\n\x1a\n..", ".png"),
        (b"%PDF-1.4", ".pdf"),
        (b"OggS..", ".ogg"),
        (b"RIFF1234WEBPVP8", ".webp"),
        (b"\x00\x00\x00\x18ftypmp42", ".mp4"),
        (b"PK\x03\x04....word/document.xml", ".docx"),
        (b"PK\x03\x04....xl/workbook.xml", ".xlsx"),
        (b"PK\x03\x04....other", ".zip"),
        (b"<script>", ".bin"),
        (b"", ".bin"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content, suffix):
    assert kind_of(content) == suffix


def archive(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as folder:
        for name in names:
            folder.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"MZ\x90\x00", "notula.pdf", Fault.PROGRAM),
        (b"MZ\x90\x00", "notula", Fault.PROGRAM),
        (b"\x7fELF\x02", "foto.jpg", Fault.PROGRAM),
        (b"#!/bin/sh\nrm", "catatan.txt", Fault.PROGRAM),
        (b"echo off", "Jalankan.BAT", Fault.PROGRAM),
        (archive("surat.docx", "lampiran/setup.EXE"), "surat.zip", Fault.PROGRAM),
        (archive("surat.docx"), "surat.zip", None),
        (b"PK\x03\x04 broken", "surat.zip", None),
        (b"<html>", "notula.pdf", Fault.NO_PDF),
        (b"", "notula.pdf", Fault.NO_PDF),
        (JPEG, "notula.pdf", Fault.NO_PDF),
        (b"%PDF-1.7", "Notula.PDF", None),
        (b"\r\n\r\n%PDF-1.4", "notula.pdf", None),
        (b"\x00\x00\x00\x18ftypmp42", "kirim notula.pdf", None),
        (b"<html>", "foto.jpeg", Fault.NO_PICTURE),
        (b"\x89PNG\r\n\x1a\n..", "foto.jpg", None),
        (b"\x00\x00\x00\x18ftypheic", "IMG_1.HEIC", None),
        (b"nama;jumlah", "rekap.csv", None),
        (b"", "", None),
    ],
)
def test_a_file_is_proof_unless_it_is_a_program_or_not_what_it_is_called(content, name, fault):
    assert fault_of(content, name) is fault


def test_a_photo_is_a_picture_whatever_it_is_called():
    assert fault_of(b"<html>", "", photo=True) is Fault.NO_PICTURE
    assert fault_of(JPEG, "", photo=True) is None
