import datetime as dt
import io
import json
import stat
import zipfile
from decimal import Decimal

import pytest

from bot.documents.backups import BackupReader, BackupWriter, is_safe
from bot.refusal import Refusal

NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
ROW = {
    "id": 2**60,
    "at": NOW,
    "day": NOW.date(),
    "hour": dt.time(9, 30),
    "amount": Decimal("0.10"),
    "blob": b"\x00\xff",
    "text": 'a\n"b" 😀 \u202e',
    "data": {"n": [1, None]},
    "on": True,
    "none": None,
}
SHAPE = {name: type(value) for name, value in ROW.items()} | {"none": str}


def written():
    stream = io.BytesIO()
    writer = BackupWriter(stream, NOW)
    with writer.table("thing", 2**60 + 1) as put:
        put([ROW])
        put([ROW])
    writer.file("evidence/ab/abc.jpg", io.BytesIO(b"photo" * 100))
    writer.finish(program="1", revision="0001")
    return stream.getvalue()


def changed(change, **more):
    """Write the archive anew with other members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written())) as old:
        members = {entry.filename: old.read(entry) for entry in old.infolist()}
    change(members)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
        for name, entry in more.items():
            new.writestr(entry, name)
    return stream.getvalue()


def read(content):
    reader = BackupReader(io.BytesIO(content))
    reader.check()
    return reader


def test_values_come_back_exactly():
    reader = read(written())

    assert list(reader.rows("thing", SHAPE)) == [ROW, ROW]
    assert b"".join(reader.content(reader.files[0])) == b"photo" * 100
    assert (reader.manifest.rows, reader.manifest.moment) == (2, NOW)
    assert reader.manifest.tables["thing"].last_key == 2**60 + 1


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("evidence/ab/abc.jpg", True),
        ("../abc.jpg", False),
        ("evidence/../../abc.jpg", False),
        ("/etc/passwd", False),
        ("evidence//abc", False),
        ("evidence/./abc", False),
        ("evidence/.env", False),
        ("evidence\\..\\abc", False),
        ("C:/abc", False),
        ("asisten-asn.db", False),
        ("evidence/a\x00b", False),
        ("evidence/abc\n", False),
        ("", False),
    ],
)
def test_only_a_name_inside_a_folder_of_the_data_folder_is_safe(path, safe):
    assert is_safe(path) is safe


@pytest.mark.parametrize("path", ["../evil.jpg", "/evil.jpg", "evil.jpg", "evidence/../../evil"])
def test_a_hostile_name_is_refused(path):
    stream = io.BytesIO()
    writer = BackupWriter(stream, NOW)
    writer.file(path, io.BytesIO(b"evil"))
    writer.finish(program="1", revision="0001")

    with pytest.raises(Refusal, match="does not belong"):
        read(stream.getvalue())


def test_a_link_is_refused():
    link = zipfile.ZipInfo("files/evidence/ab/abc.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    content = changed(lambda members: members.pop(link.filename), **{"/etc/passwd": link})

    with pytest.raises(Refusal, match="damaged"):
        read(content)


def test_what_the_manifest_does_not_name_is_refused():
    with pytest.raises(Refusal, match="damaged"):
        read(changed(lambda members: members.update({"files/evidence/more.jpg": b"x"})))


@pytest.mark.parametrize("name", ["tables/thing.jsonl", "files/evidence/ab/abc.jpg", "files.jsonl"])
def test_a_member_that_is_gone_or_not_what_it_was_is_refused(name):
    with pytest.raises(Refusal, match="damaged"):
        read(changed(lambda members: members.pop(name)))
    with pytest.raises(Refusal, match="damaged"):
        read(changed(lambda members: members.update({name: members[name] + b" "})))


def test_a_newer_form_is_refused():
    def newer(members):
        members["manifest.json"] = json.dumps({"format": 2}).encode()

    with pytest.raises(Refusal, match="newer form"):
        read(changed(newer))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 50])
def test_something_else_is_refused(content):
    with pytest.raises(Refusal, match="no backup"):
        read(content)


def test_a_cut_file_is_refused():
    whole = written()
    for end in range(0, len(whole), 97):
        with pytest.raises(Refusal):
            read(whole[:end])


def test_no_flipped_byte_gets_through_unseen():
    whole = written()
    for place in range(0, len(whole), 7):
        bent = bytearray(whole)
        bent[place] ^= 0x55
        try:
            reader = read(bytes(bent))
        except Refusal:
            continue
        # Some bytes only say when a member was packed; then all else is as it was.
        assert list(reader.rows("thing", SHAPE)) == [ROW, ROW]
        assert b"".join(reader.content(reader.files[0])) == b"photo" * 100


@pytest.mark.parametrize(
    "line", ['{"id": "x"}', '{"id": true}', '{"id": 1, "more": 1}', "[]", "{", '{"id": 1.5}']
)
def test_a_row_of_another_shape_is_refused(line):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, content in (("tables/thing.jsonl", line), ("files.jsonl", "")):
            new.writestr(name, content)
        manifest = json.loads(zipfile.ZipFile(io.BytesIO(written())).read("manifest.json"))
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        new.writestr("manifest.json", json.dumps(manifest | {"listing": empty}))
    reader = BackupReader(stream)

    with pytest.raises(Refusal, match="damaged"):
        list(reader.rows("thing", {"id": int}))
