import pytest

from bot.skp.small_groups import too_small


@pytest.mark.parametrize(
    ("sizes", "untold"),
    [
        ([], set()),
        ([3, 12], set()),
        ([0, 12], set()),
        # The one small group could be worked out from the total, so the next one joins it.
        ([2, 12, 5], {0, 2}),
        ([1, 12], {0, 1}),
        ([1, 1, 7, 4], {0, 1, 3}),
        # Together they are enough.
        ([2, 1, 7], {0, 1}),
        ([2], {0}),
    ],
)
def test_what_few_people_did_is_told_neither_directly_nor_by_what_is_left(sizes, untold):
    assert too_small(sizes) == untold
