"""What is known of a person for recommendations: what they completed and applied for, what
they chose as their interests, and what the groups tell to which they belong."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from courses.models import Course, SeriesUnit, Session
from courses.models.localised import in_english
from courses.models.querysets import HELD
from enrollments.domain.completed import completed_courses
from enrollments.domain.eligibility import Condition, PersonFacts
from enrollments.domain.known_groups import grounds_of_groups
from enrollments.domain.person_facts import facts_of_visitor
from enrollments.domain.queries import applications_of
from enrollments.domain.recommending.candidates import candidates_for
from enrollments.domain.recommending.ranking import (
    Ground,
    Known,
    Recommendation,
    Span,
    recommend,
)
from enrollments.domain.recommending.rules import Rule
from enrollments.models import Application, Interests, Participant
from enrollments.models.querysets import LIVE, ApplicationQuerySet


def interests_of(user: User) -> Interests | None:
    return Interests.objects.filter(user=user).prefetch_related("themes").first()


def recommended_for(
    user: User, interests: Interests | None, *, at: datetime
) -> list[Recommendation]:
    """The best first, in the reader's language, whether or not they want it shown."""
    known = known_of(user, interests, at=at)

    def ask(conditions: Iterable[Condition]) -> PersonFacts:
        return facts_of_visitor(user, conditions)

    return recommend(candidates_for(known.grounds, ask, at=at), known, at=at)


def known_of(user: User, interests: Interests | None, *, at: datetime) -> Known:
    completed = frozenset(course for _user, course in completed_courses([user]))
    own = _applications(user)
    applied = frozenset(_going_on(own, at).values_list("run__course", flat=True))
    grounds = {
        *_chosen(interests),
        *_learned(completed),
        *_next_units(completed, applied),
        *grounds_of_groups(user),
    }
    return Known(
        grounds=frozenset(grounds),
        completed=completed,
        applied=applied,
        applied_runs=frozenset(own.values_list("run", flat=True)),
        busy=_busy(own, at),
    )


def _applications(user: User) -> ApplicationQuerySet:
    """One's own, and those in which a group asked for a place for this person."""
    sent = Participant.objects.filter(user=user).values("application")
    own = applications_of(user).order_by().values("pk")
    return Application.objects.filter(Q(pk__in=own) | Q(pk__in=sent)).order_by()


def _going_on(applications: ApplicationQuerySet, at: datetime) -> ApplicationQuerySet:
    """Whoever came last year and did not complete the course may well come again."""
    sessions = Session.objects.filter(run=OuterRef("run"))
    not_over = Exists(sessions.upcoming(at)) | ~Exists(sessions)
    return applications.filter(not_over, state__in=LIVE)


def _busy(applications: ApplicationQuerySet, at: datetime) -> frozenset[Span]:
    """The sessions of places that one has or may still get."""
    rows = applications.filter(
        state__in=LIVE, run__sessions__state__in=HELD, run__sessions__ends_at__gt=at
    ).values_list(
        "pool__session_id",
        "run__sessions__pk",
        "run__sessions__starts_at",
        "run__sessions__ends_at",
    )
    return frozenset(
        Span(starts, ends) for chosen, pk, starts, ends in rows if chosen in (None, pk)
    )


def _chosen(interests: Interests | None) -> Iterator[Ground]:
    if interests is None:
        return
    for theme in interests.themes.all():
        yield Ground(Rule.THEME, theme.pk, theme.label)
    if interests.area:
        yield Ground(Rule.AREA, interests.area, interests.area)


def _learned(completed: frozenset[int]) -> Iterator[Ground]:
    rows = Course.themes.through.objects.filter(course__among=completed)
    for row in rows.select_related("theme"):
        yield Ground(Rule.LEARNED, row.theme.pk, row.theme.label)


def _next_units(completed: frozenset[int], applied: frozenset[int]) -> Iterator[Ground]:
    """Of each series that one began: the first unit right behind a completed one that
    one has neither completed nor asked for; it names that completed one."""
    begun = SeriesUnit.objects.filter(course__among=completed).values("series")
    units = SeriesUnit.objects.filter(series__in=begun).select_related("course")
    by_series: dict[int, list[SeriesUnit]] = {}
    for unit in units.order_by("series", "position"):
        by_series.setdefault(unit.series_id, []).append(unit)
    for own in by_series.values():
        for before, unit in pairwise(own):
            known = unit.course_id in completed or unit.course_id in applied
            if before.course_id in completed and not known:
                yield Ground(Rule.NEXT_UNIT, unit.course_id, _title(before.course))
                break


def _title(course: Course) -> str:
    return (in_english() and course.title_en) or course.title
