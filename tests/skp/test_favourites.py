import pytest

from bot.skp.favourites import favourites

A, B = "apel pagi", "piket loket"


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        ([A, A, A], [9]),
        ([A, A], []),
        ([A, "Apel  pagi.", "APEL PAGI!"], [9]),
        ([A, B, A, B, B, A, B], [8, 9]),
        ([A, B, A, B, A, B], [9, 8]),
        (["👍", "👍", "👍"], []),
        ([], []),
    ],
)
def test_what_is_written_three_times_is_offered_the_most_frequent_first(texts, keys):
    assert favourites(zip(range(9, 0, -1), texts, strict=False)) == keys


def test_at_most_four_are_offered():
    texts = [f"kegiatan {name}" for name in "abcde"] * 3

    assert len(favourites(enumerate(texts))) == 4
