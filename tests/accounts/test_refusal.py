import pytest

from accounts.domain.refusal import Refusal, given


class Missing(Refusal):
    sentence = "書いてください。"


def test_what_was_said_is_kept_without_the_space_around_it():
    assert given(" 雨の\nため　", Missing) == "雨の\nため"


@pytest.mark.parametrize("nothing", ["", " ", "　\n"])
def test_space_alone_says_nothing(nothing):
    with pytest.raises(Missing, match="書いてください。"):
        given(nothing, Missing)
