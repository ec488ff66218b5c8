"""What stands around the facts of a course: where to go on, when it was held last, what
somebody can be told, and how one gets into its places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.presenters.cards import lines_for
from cms.presenters.run_view import RunView
from cms.templatetags.manabiba import jdate
from courses.domain.ordering import WITHIN_REACH
from courses.domain.reception import facts_of
from courses.domain.related import REASON_WORDS, related_courses
from courses.domain.swap_rules import swap_words
from courses.enums import Presence, ReceptionStatus
from courses.models import Course, SwapRule, VenueFeature
from courses.models.localised import in_english

# Where nobody can apply any more, the next time is what one can wait for.
PAST_CHANCE = {
    ReceptionStatus.CLOSED,
    ReceptionStatus.FULL,
    ReceptionStatus.ENDED,
    ReceptionStatus.CANCELLED,
    ReceptionStatus.POSTPONED,
}


@dataclass(frozen=True)
class RelatedLine:
    url: str
    title: str
    kind_label: str
    reason: str
    when: str
    status: str
    status_label: str


@dataclass(frozen=True)
class LastHeld:
    when: str
    session_count: int
    place: str


def related_lines(
    course: Course, about: dict[str, Any], *, at: datetime
) -> list[RelatedLine]:
    """`about` holds what the page has read of the course already."""
    found = related_courses(
        course,
        stages=about["stages"],
        themes=about["themes"],
        units=about["series_units"],
        at=at,
    )
    reasons = {one.course.pk: str(REASON_WORDS[one.reason]) for one in found}
    cards = lines_for((one.course for one in found), at=at)
    lines = [
        RelatedLine(
            url=card.url,
            title=card.title,
            kind_label=card.kind_label,
            reason=reasons[pk],
            when=card.next_session_text,
            status=card.status,
            status_label=card.status_label,
        )
        for pk, card in cards.items()
    ]
    return sorted(lines, key=lambda line: not _is_within_reach(line.status))


def _is_within_reach(status: str) -> bool:
    """What can still be joined goes before what is closed, called off or over."""
    return status in WITHIN_REACH


def last_held(past: Iterable[RunView]) -> LastHeld | None:
    """The latest run of these, newest first, of which a session took place."""
    for view in past:
        held = [session for session in view.sessions if session.is_held]
        if held and view.status == ReceptionStatus.ENDED:
            place = view.venues[0].name if view.venues else ""
            return LastHeld(jdate(held[0].starts_at), len(held), place)
    return None


def wait_for(view: RunView | None) -> str:
    """What somebody can ask to be told of; empty while there is something to do here."""
    if view is None:
        return _("日程が決まったら知らせてもらう")
    if facts_of(view.run).applies_elsewhere and not view.is_over:
        return ""
    if view.status == ReceptionStatus.NOT_YET:
        return _("受付が始まったら知らせてもらう")
    return _("次の開催を知らせてもらう") if view.status in PAST_CHANCE else ""


def show_barrier_free(views: Sequence[RunView | None]) -> None:
    """Each venue gets `barrier_free`, what it has, in the official order; one query."""
    venues = [venue for view in views if view for venue in view.venues]
    if not venues:
        return
    there = VenueFeature.objects.filter(
        venue__in={venue.pk for venue in venues}, presence=Presence.YES
    )
    found: dict[int, list[str]] = {}
    for feature in there.order_by("pk"):
        found.setdefault(feature.venue_id, []).append(feature.get_item_display())
    for venue in venues:
        venue.barrier_free = found.get(venue.pk, [])  # type: ignore[attr-defined]


def swap_sentence(view: RunView | None, *, at: datetime) -> str:
    """What becomes of places that one audience does not fill; empty where nothing is
    said. No question where a run has places of one kind only."""
    if view is None or len({pool.kind for pool in view.run.pools.all()}) < 2:
        return ""
    rule = SwapRule.objects.filter(run=view.run.pk).first()
    today = timezone.localdate(at)
    return swap_words(rule, today=today, english=in_english()) if rule else ""
