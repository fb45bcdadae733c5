import pytest

from bot.skp.phones import international


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("+62 811-0000-001", "+628110000001"),
        ("628110000001", "+628110000001"),
        ("0811 0000 001", "+628110000001"),
        ("8110000001", "+628110000001"),
        ("0062 8110000001", "+628110000001"),
        ("+1 202 555 0100", "+12025550100"),
    ],
)
def test_one_number_has_one_form(number, same):
    assert international(number) == same
