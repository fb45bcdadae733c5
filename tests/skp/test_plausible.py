from decimal import Decimal

import pytest

from bot.skp.plausible import is_far


@pytest.mark.parametrize(
    ("quantity", "target", "before", "far"),
    [
        # Within the target nothing is odd, however much more it is than before.
        (400, 480, [1], False),
        (480, 480, [1], False),
        (481, 480, [1], True),
        (2500, 480, [], True),
        (2400, 480, [], False),
        # More than twenty times the largest of before and more than the target: both.
        (801, 40, [6, 40], True),
        (800, 40, [6, 40], False),
        # A target that is very low makes no small figure odd.
        (12, 1, [], False),
        (20, 1, [], False),
        (21, 1, [], True),
    ],
)
def test_a_figure_is_far_when_neither_target_nor_past_come_near_it(quantity, target, before, far):
    assert is_far(Decimal(quantity), Decimal(target), [Decimal(n) for n in before]) is far
