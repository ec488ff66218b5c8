"""The conditions of a run in words and as plain data: those that its section set, and
the one that follows from the places somebody applies for (団体枠, 職員枠)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.domain.plain_runs import PlainPool, PlainRun
from courses.domain.requirement_words import condition_words
from courses.domain.wording import day_words
from courses.enums import CapacityUnit, DrawTier, PoolKind
from courses.enums import RequirementKind as Kind
from courses.models import CourseRun, Requirement, SeatPool
from courses.models.localised import in_english
from enrollments.domain.eligibility import Condition, Finding, PersonFacts
from enrollments.enums import Verdict

# Behind every number that a section gives its groups of conditions.
FOR_THE_PLACES = 100_000
OF_POOL = {PoolKind.GROUPS: Kind.GROUP, PoolKind.STAFF: Kind.STAFF}


@dataclass(frozen=True)
class Remedy:
    """What somebody can do about a condition: a sentence, and the page that leads on as
    its name among the addresses and its arguments."""

    words: str
    page: str = ""
    at: tuple[str, ...] = ()


def conditions_of(run: CourseRun, pool: SeatPool | None = None) -> tuple[Condition, ...]:
    """From a run with its requirements, sessions and pools loaded; no query is made,
    unless a completed course is asked for and was not loaded."""
    return conditions_from(run.requirements.all(), run, pool)


def conditions_from(
    rows: Iterable[Requirement],
    run: CourseRun | PlainRun,
    pool: SeatPool | PlainPool | None = None,
) -> tuple[Condition, ...]:
    """The same of a run whose requirements were read apart."""
    day = first_day(run, pool)
    own = tuple(_condition(row, day, run) for row in rows)
    groups = [condition.group for condition in own]
    said = {one.kind for one in own if groups.count(one.group) == 1}
    return own + tuple(one for one in of_places(pool) if one.kind not in said)


def of_places(pool: SeatPool | PlainPool | None) -> tuple[Condition, ...]:
    kind = OF_POOL.get(PoolKind(pool.kind)) if pool else None
    if kind is None:
        return ()
    words = words_of(Requirement(kind=kind))
    return (Condition(kind=kind, words=words, group=FOR_THE_PLACES),)


def first_day(run: CourseRun | PlainRun, pool: SeatPool | PlainPool | None = None) -> date:
    """The day on which ages count unless a condition names another."""
    chosen = pool.session_id if pool else None
    days = [
        timezone.localdate(session.starts_at)
        for session in run.sessions.all()
        if session.is_held and chosen in (None, session.pk)
    ]
    opens = run.applications_open_at or run.created_at
    return min(days, default=timezone.localdate(opens))


def _condition(row: Requirement, day: date, run: CourseRun | PlainRun) -> Condition:
    course = row.completed_course if row.completed_course_id else None
    return Condition(
        kind=Kind(row.kind),
        words=words_of(row),
        group=row.group,
        key=row.pk,
        residencies=frozenset(row.residencies),
        min_age=row.min_age,
        max_age=row.max_age,
        age_on=row.age_on or day,
        min_school_year=row.min_school_year,
        max_school_year=row.max_school_year,
        course=row.completed_course_id,
        course_title=course.title if course else "",
        course_slug=course.slug if course else "",
        everybody=row.everybody,
        somebody=_is_of_a_party(row, run),
    )


def _is_of_a_party(row: Requirement, run: CourseRun | PlainRun) -> bool:
    """A parent comes with a child: whose age or school year it is, the party decides."""
    of_age = row.kind in (Kind.AGE, Kind.SCHOOL_YEAR) and not row.everybody
    return of_age and run.capacity_unit == CapacityUnit.PARTIES


def words_of(row: Requirement) -> str:
    """Who meets it, as the course's page has it, and on which day that counts."""
    english = in_english()
    words = condition_words(row, english=english)
    if not row.age_on:
        return words
    day = day_words(row.age_on, today=row.age_on, english=english)
    return _("%(who)s（%(day)s時点）") % {"who": words, "day": day}


def words_for(finding: Finding) -> str:
    """All alternatives in one line."""
    said = _("、または").join(condition.words for condition in finding.conditions)
    who = capfirst(said)
    if finding.somebody:
        return _("%(who)s（1組に一人以上）") % {"who": who}
    return _("%(who)s（参加する方全員）") % {"who": who} if finding.everybody else who


def reason_for(finding: Finding) -> str:
    """Why not, or not yet, for whoever is refused."""
    who = {"who": words_for(finding)}
    if finding.verdict == Verdict.UNKNOWN:
        return (
            _("対象は「%(who)s」です。あてはまるかどうかを確かめられませんでした。") % who
        )
    return _("対象は「%(who)s」です。") % who


def remedies_for(finding: Finding, person: PersonFacts) -> tuple[Remedy, ...]:
    """What the person could do to meet it, most helpful first; often nothing."""
    if finding.verdict == Verdict.MET:
        return ()
    found = (_remedy(condition, person) for condition in finding.conditions)
    return tuple(remedy for remedy in found if remedy)


def _remedy(condition: Condition, person: PersonFacts) -> Remedy | None:
    if condition.kind == Kind.GROUP:
        if person.groups is None:
            words = _("登録団体の会員の方は、サインインすると申し込めます。")
            return Remedy(words, "account_login")
        words = _("団体に登録するか、登録団体の会員になると申し込めます。")
        return Remedy(words, "groups")
    if condition.kind == Kind.STAFF and not person.is_staff:
        words = _("市の職員の方は、職員のアカウントでサインインすると申し込めます。")
        return Remedy(words, "account_login")
    if condition.kind == Kind.COMPLETED and condition.course_slug:
        words = _("先に「%(course)s」を修了すると申し込めます。")
        words %= {"course": condition.course_title}
        return Remedy(words, "course", (condition.course_slug,))
    return None


def asked_of(run: CourseRun) -> frozenset[Kind]:
    """What the form has to ask for, of what only the person can tell."""
    kinds = {Kind(row.kind) for row in run.requirements.all()}
    if DrawTier.RESIDENTS in run.draw_tiers:
        kinds.add(Kind.RESIDENCY)
    return frozenset(kinds & {Kind.RESIDENCY, Kind.AGE, Kind.SCHOOL_YEAR, Kind.STATED})


def asked_of_everybody(run: CourseRun) -> frozenset[Kind]:
    """What companions are asked for too."""
    return frozenset(
        Kind(row.kind)
        for row in run.requirements.all()
        if (row.everybody and row.kind in (Kind.AGE, Kind.SCHOOL_YEAR))
        or _is_of_a_party(row, run)
    )
