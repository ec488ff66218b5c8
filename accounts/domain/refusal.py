"""A refusal is an answer to a person: its own type, and a sentence on what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Base of every "no" that a rule can give. `sentence` is shown to the person."""

    sentence: str | Promise = _("いまは受け付けられません。")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    sentence = _("この操作をする権限がありません。担当課にお問い合わせください。")


def given(words: str, missing: type[Refusal]) -> str:
    """What was said, without the space around it. Raises: `missing` where nothing was."""
    said = words.strip()
    if not said:
        raise missing
    return said
