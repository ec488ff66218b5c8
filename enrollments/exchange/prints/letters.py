"""Letters for a window envelope and postcards, as facts for their papers."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact, missing_in
from courses.domain.wording import day_words
from enrollments.domain.letters import Letter
from enrollments.domain.printing.postcard import BOX_HEIGHT, BOX_WIDTH, TOP, postcode_lefts
from enrollments.exchange.prints.printout import Printout

GLUE = "\u00a0"  # 様 does not go to a line of its own


def letter_sheets(letters: Sequence[Letter], *, at: datetime) -> Printout:
    facts: dict[str, Fact] = {
        "date": day_words(at, today=timezone.localdate(at)),
        "letters": [_letter(one) for one in letters],
    }
    return _printout("letters", _("手紙"), facts, letters)


def postcards(letters: Sequence[Letter], *, boxes: bool) -> Printout:
    """`boxes`: the card has none of its own for the postcode."""
    facts: dict[str, Fact] = {
        "boxes": boxes,
        "lefts": postcode_lefts(),
        "top": TOP,
        "box_width": BOX_WIDTH,
        "box_height": BOX_HEIGHT,
        "letters": [_letter(one) for one in letters],
    }
    return _printout("postcards", _("はがき"), facts, letters)


def _printout(
    template: str, title: str, facts: dict[str, Fact], letters: Sequence[Letter]
) -> Printout:
    told = [_("氏名"), _("住所")]
    return Printout(template, title, facts, len(letters), told, for_residents=True)


def _letter(letter: Letter) -> Fact:
    """A reader of English is addressed without 様."""
    message = letter.message
    language = message.language
    return {
        "name": letter.name if language == "en" else f"{letter.name}{GLUE}様",
        "postcode": letter.postcode,
        "address": letter.address,
        "number": message.application.receipt_number if message.application else "",
        "sender": letter.sender,
        "phone": letter.sender_phone,
        "subject": message.subject,
        "body": message.body.strip(),
        "language": language,
        "missing": " ".join(_codes([letter.name, letter.address, message.body])),
    }


def _codes(texts: Sequence[str]) -> list[str]:
    """What has to be written by hand: U+1F600, and U+845B U+E0100 for a chosen form."""
    return ["+".join(f"U+{ord(one):04X}" for one in sign) for sign in missing_in(texts)]
