"""A course is made together with its first run, places and sessions, or not at all.

Its page is made by the layer above in the same transaction; until that page is
published the course is invisible. From then on address and title follow the page.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.change_words import course_words
from courses.domain.changes import record_change, record_difference
from courses.domain.course_facts import CourseFacts, relate
from courses.domain.former_addresses import SlugTaken, taken_by_another, taken_like
from courses.domain.locking import lock_course_with_runs
from courses.domain.offering import add_run
from courses.domain.revision import revised
from courses.domain.run_plan import RunPlan
from courses.domain.session_plans import SessionPlan
from courses.domain.teaching import follow_course, lock_bookings
from courses.enums import ChangeAct, CourseKind
from courses.models import Course, Session

SLUG_LENGTH = 80
SLUG_TRIES = 5


class KindIsFixed(Refusal):
    sentence = _(
        "一度公開した講座の種別は、「合同学習会」とほかの種別との間では変えられません。"
        "新しい講座としてつくってください。"
    )


def make_course(
    *,
    facts: CourseFacts,
    run: RunPlan,
    sessions: Iterable[SessionPlan],
    form_key: str,
    by: User,
    at: datetime,
) -> tuple[Course, bool]:
    """A draft with its first run. The same `form_key` again gives the first course.

    Returns the course and whether it is new.
    Raises: NotAllowed (another section), SlugTaken, and those of `add_run`.
    """
    require_section(by, facts.department)
    run.check(is_public=False)
    with transaction.atomic():
        course, made = _insert_course(facts, f"form:{form_key}", at)
        require_section(by, course.department)
        if made:
            relate(course, facts)
            record_change(subject=course, act=ChangeAct.MADE, by=by, at=at)
            add_run(course=course, plan=run, sessions=sessions, by=by, at=at)
    return course, made


def revise_course(
    *,
    course: Course,
    facts: CourseFacts,
    by: User,
    at: datetime,
    beside: Iterable[SessionPlan] = (),
) -> Course:
    """Address and title change here only until the course is published for the first
    time; later they come with the page. `beside` are the sessions that the caller saves
    in the same transaction: what they book is locked here, in the one order.

    Raises: NotAllowed (another section's course, or one given to another section),
    SlugTaken, InstructorTaken, KindIsFixed.
    """
    require_section(by, facts.department)
    with transaction.atomic():
        fresh = lock_course_with_runs(course.pk)
        require_section(by, fresh.department)
        _check_kind(fresh, facts)
        before = course_words(fresh, at=at)
        columns = facts.columns()
        if fresh.published_at is None:
            columns |= {"title": facts.title, "slug": _slug_for(fresh, facts)}
        for name, value in columns.items():
            setattr(fresh, name, value)
        former = set(fresh.instructors.values_list("pk", flat=True))
        wanted = {person.pk for person in facts.instructors}
        if wanted != former:
            lock_bookings(course=fresh, plans=beside, instructors=wanted)
        with revised(Session.objects.filter(run__course=fresh), at=at):
            fresh.save(update_fields=list(columns))
            relate(fresh, facts)
        if wanted != former:
            follow_course(course=fresh, former=former, at=at)
        after = course_words(fresh, at=at)
        record_difference(subject=fresh, before=before, after=after, by=by, at=at)
    return fresh


def free_slug(title: str) -> str:
    """An address from the title, in Japanese where the title is."""
    base = slugify(title, allow_unicode=True)[:SLUG_LENGTH].strip("-") or "course"
    taken = taken_like(base)
    free, number = base, 1
    while free in taken:
        number += 1
        free = f"{base}-{number}"
    return free


def _check_kind(course: Course, facts: CourseFacts) -> None:
    """A joint session has a page and an address of another type. Raises: KindIsFixed."""
    becomes_joint = facts.kind == CourseKind.JOINT_SESSION
    if course.published_at is not None and becomes_joint != course.is_joint:
        raise KindIsFixed


def _slug_for(course: Course, facts: CourseFacts) -> str:
    """Raises: SlugTaken."""
    slug = facts.slug or course.slug
    if taken_by_another(slug, course=course):
        raise SlugTaken
    return slug


def _insert_course(facts: CourseFacts, key: str, at: datetime) -> tuple[Course, bool]:
    """Somebody else may take the same address at the same moment: then the next one."""
    for attempt in range(SLUG_TRIES):
        known = Course.objects.filter(import_key=key).first()
        if known is not None:
            return known, False
        slug = facts.slug or free_slug(facts.title)
        if taken_by_another(slug, course=None):
            raise SlugTaken
        columns = {**facts.columns(), "title": facts.title, "slug": slug}
        try:
            with transaction.atomic():
                made = Course.objects.create(import_key=key, created_at=at, **columns)
        except IntegrityError:
            if attempt + 1 == SLUG_TRIES:
                raise
        else:
            return made, True
    raise AssertionError("unreachable")
