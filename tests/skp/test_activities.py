import pytest

from bot.skp.activities import paired

A, B, C = "posyandu mawar 25 balita", "konseling gizi 3 orang", "susun laporan bulanan"


@pytest.mark.parametrize(
    ("old", "new", "follows"),
    [
        ([A, B], [A, B], [0, 1]),
        ([A, B], [B, A], [1, 0]),
        ([A, B, C], [A, C], [0, 2]),
        ([A, B], [A, C, B], [0, None, 1]),
        ([A, B, C], ["konseling gizi 4 orang", C], [1, 2]),
        ([A], [A, B], [0, None]),
        ([A, A], [A, A, A], [0, 1, None]),
        ([""], [A, B], [0, None]),
        ([], [A], [None]),
        ([A], [], []),
    ],
)
def test_a_new_sentence_follows_the_old_one_it_is_most_like(old, new, follows):
    assert paired(old, new) == follows
