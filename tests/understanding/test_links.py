import pytest

from tests.understanding.people import told


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "lap beres https://drive.google.com/file/d/1aB/view",
            ("https://drive.google.com/file/d/1aB/view",),
        ),
        ("bukti (https://s.id/nota3009).", ("https://s.id/nota3009",)),
        (
            "https://a.go.id/x?tw=1&b=2, https://b.go.id/y!",
            ("https://a.go.id/x?tw=1&b=2", "https://b.go.id/y"),
        ),
        ("dua kali https://a.go.id https://a.go.id", ("https://a.go.id",)),
        (
            "wiki https://id.wikipedia.org/wiki/Gizi_(ilmu)",
            ("https://id.wikipedia.org/wiki/Gizi_(ilmu)",),
        ),
        ("tidak aman http://a.go.id/x", ()),
        ("javascript:alert(1) https://", ()),
        ("https://localhost/x https://tanpatitik", ()),
    ],
)
def test_only_secure_links_are_kept_as_typed(text, links):
    assert told(text).links == links


def test_numbers_in_a_link_are_no_counts():
    assert told("laporan gizi https://a.go.id/2026/45/balita/30").quantity is None
