import pytest

from bot.skp.manuscripts import Manuscript, Use, VersionState


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            VersionState,
            ["draft", "submitted", "returned", "published", "replaced", "withdrawn"],
        ),
        (Use, ["read", "helpful", "unhelpful", "found", "missed"]),
    ],
)
def test_what_is_stored_keeps_its_words(kind, words):
    assert [str(one) for one in kind] == words


def test_a_manuscript_may_not_say_yet_when_it_is_to_be_reviewed():
    assert Manuscript("zumba", "Zumba", "inovasi", "…").review_due is None
