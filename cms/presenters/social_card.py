"""What the card of a course says, and the address that changes whenever it does."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cms.presenters.cards import place_words
from cms.social_cards.drawing import CardWords, drawable
from cms.templatetags.manabiba import session_when
from courses.domain.queries import main_run, next_session, with_facts
from courses.domain.wording import title_words
from courses.enums import CourseKind
from courses.models import Course, CourseRun
from courses.models.localised import in_english

# Raise it when the drawing changes, so that nobody is shown a card of the old kind.
DESIGN = 1
ACCENT = "#0017c1"


def card_words(
    course: Course, run: CourseRun | None, *, colour: str, at: datetime
) -> CardWords:
    """In the language in force; from a run loaded with its facts."""
    session = next_session(run, at=at) if run else None
    number = len(run.sessions.all()) if run else 0
    when = session_when(session) if session else ""
    if when and number > 1:
        when = _("%(when)s（全%(count)s回）") % {"when": when, "count": number}
    return CardWords(
        title=title_words(course, english=in_english()),
        kind=str(CourseKind(course.kind).label),
        when=when,
        place=place_words(run, session) if run and session else "",
        city=settings.CITY_NAME,
        site=settings.SITE_NAME,
        colour=colour or ACCENT,
    )


def digest_of(words: CardWords) -> str:
    said = json.dumps([DESIGN, asdict(words)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def card_path(course: Course, words: CardWords) -> str:
    """Empty where the title has no sign that could be drawn."""
    if not drawable(words.title):
        return ""
    return f"/courses/{quote(course.slug)}/card-{digest_of(words)}.png"


def present_cards(course: Course, *, at: datetime) -> list[CardWords]:
    """As they are now, in each language, the site's own first."""
    run = main_run(with_facts(CourseRun.objects.announced().filter(course=course)), at=at)
    stage = course.stages.first()
    cards = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            colour = stage.colour if stage else ""
            cards.append(card_words(course, run, colour=colour, at=at))
    return cards
