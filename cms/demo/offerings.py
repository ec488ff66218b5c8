"""Courses, and the year of runs before and after today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cms.demo.applying import (
    applying_columns,
    how_to_apply,
    pools_of,
    write_conditions,
)
from cms.demo.draws import drawn_in_the_past, drawn_these_days
from cms.demo.identifiers import session_uid
from cms.demo.incidents import RunFacts, SessionFacts, runs_as_they_stand
from cms.demo.organisation import Organisation, teach_themes
from cms.demo.reading import CourseContent, courses
from cms.demo.timetable import plan_fiscal_year
from courses.domain.fiscal_year import TOKYO, fiscal_year_of
from courses.enums import RunState
from courses.models import (
    Audience,
    Competency,
    Course,
    CoursePartner,
    CourseRun,
    SeatPool,
    Session,
    SessionInstructor,
    Stage,
    Theme,
)

YEAR = timedelta(days=365)
STILL_PLANNED = timedelta(days=270)


@dataclass(frozen=True)
class Offerings:
    """Courses by slug; runs by code, each with the facts it was made from."""

    courses: dict[str, Course]
    contents: dict[str, CourseContent]
    runs: dict[str, CourseRun]
    facts: dict[str, RunFacts]
    pools: dict[str, dict[str, SeatPool]]
    sessions: dict[str, list[Session]]


def build_offerings(organisation: Organisation, *, at: datetime) -> Offerings:
    contents = {content.slug: content for content in courses()}
    rows = _courses(contents.values(), organisation, at)
    teach_themes(organisation.instructors, list(contents.values()))
    facts = {run.plan.code: run for run in runs_around(at)}
    runs = _runs(facts.values(), rows, organisation, at)
    write_conditions(facts.values(), runs)
    sessions = _sessions(facts.values(), runs, organisation, at)
    return Offerings(
        courses=rows,
        contents=contents,
        runs=runs,
        facts=facts,
        pools=_pools(facts.values(), runs, sessions),
        sessions=sessions,
    )


def runs_around(at: datetime) -> list[RunFacts]:
    """The runs that begin within a year of `at`, on either side."""
    this_year = fiscal_year_of(at)
    planned = [
        run
        for year in (this_year - 1, this_year, this_year + 1)
        for run in plan_fiscal_year(courses(), year)
    ]
    near = [run for run in runs_as_they_stand(planned, at=at) if _is_near(run, at)]
    shown = drawn_in_the_past(drawn_these_days(near, at=at), at=at)
    return sorted(shown, key=lambda run: (run.plan.starts_at, run.plan.code))


def _is_near(run: RunFacts, at: datetime) -> bool:
    return at - YEAR <= run.plan.starts_at <= at + YEAR


def first_published(at: datetime) -> datetime:
    """The courses went public when the fiscal year before this one was prepared."""
    return datetime.combine(date(fiscal_year_of(at) - 1, 3, 1), time(9), tzinfo=TOKYO)


def _courses(
    contents: Iterable[CourseContent], organisation: Organisation, at: datetime
) -> dict[str, Course]:
    public = first_published(at)
    rows = Course.objects.bulk_create(
        Course(
            slug=content.slug,
            title=content.title,
            title_kana=content.kana,
            title_en=content.en,
            summary=content.summary,
            kind=content.kind,
            department=organisation.departments[content.department],
            published_at=None if content.draft else public,
            created_at=public - timedelta(days=30),
        )
        for content in contents
    )
    found = {row.slug: row for row in rows}
    for content in contents:
        _relate(found[content.slug], content, organisation)
    return found


def _relate(course: Course, content: CourseContent, organisation: Organisation) -> None:
    for field, model, keys in (
        (course.stages, Stage, content.stages),
        (course.themes, Theme, content.themes),
        (course.audiences, Audience, content.audiences),
        (course.competencies, Competency, content.competencies),
    ):
        found = list(model.objects.filter(key__in=keys))
        if len(found) != len(keys):
            raise LookupError(f"{content.slug}: {keys}")
        field.set(found)
    course.instructors.set(organisation.instructors[code] for code in content.instructors)
    course.co_hosts.set(organisation.departments[code] for code in content.co_hosts)
    for text in content.partners:
        code, _, relation = text.partition(":")
        partner = organisation.partners[code]
        CoursePartner.objects.create(course=course, partner=partner, relation=relation)


def _runs(
    facts: Iterable[RunFacts],
    rows: dict[str, Course],
    organisation: Organisation,
    at: datetime,
) -> dict[str, CourseRun]:
    made = CourseRun.objects.bulk_create(
        _run(run, rows[run.plan.course.slug], organisation, at) for run in facts
    )
    return {run.code: run for run in made}


def _run(
    facts: RunFacts, course: Course, organisation: Organisation, at: datetime
) -> CourseRun:
    plan, content = facts.plan, facts.plan.course
    department = organisation.departments[content.department]
    opens, closes = plan.window or (None, None)
    still_planned = content.number % 3 == 0 and plan.starts_at > at + STILL_PLANNED
    return CourseRun(
        code=plan.code,
        course=course,
        label=plan.label,
        fiscal_year=plan.fiscal_year,
        state=RunState.PLANNED if still_planned else facts.state,
        state_note=facts.note,
        selection_mode=content.selection,
        applications_open_at=opens,
        applications_close_at=closes,
        waiting_list=content.waiting_list,
        capacity_unit=content.unit,
        capacity_note=content.capacity_note,
        max_participants=content.party,
        audience=content.audience,
        delivery=content.delivery,
        venue=organisation.venues.get(plan.slots[0].venue),
        has_childcare=content.childcare,
        childcare_note=content.childcare_note,
        has_sign_language=content.sign_language,
        has_captioning=content.captioning,
        fee=content.fee,
        fee_note=content.fee_note,
        bring=content.bring,
        how_to_apply=how_to_apply(content, department.name),
        note=content.note,
        contact_name=department.name,
        contact_phone=department.phone,
        contact_email=department.email,
        completion_sessions=content.completion,
        completion_percent=content.completion_percent,
        counts_partly=content.counts_partly,
        created_at=_created(plan.fiscal_year, at),
        **applying_columns(facts),
    )


def _created(fiscal_year: int, at: datetime) -> datetime:
    """A year's runs are entered in the February before it."""
    entered = datetime.combine(date(fiscal_year, 2, 10), time(10), tzinfo=TOKYO)
    return min(entered, at - timedelta(days=3))


def _pools(
    facts: Iterable[RunFacts],
    runs: dict[str, CourseRun],
    sessions: dict[str, list[Session]],
) -> dict[str, dict[str, SeatPool]]:
    codes = {run.plan.code: run.plan.course for run in facts}
    found = {
        code: pools_of(content, runs[code], sessions[code])
        for code, content in codes.items()
    }
    SeatPool.objects.bulk_create(
        pool for pools in found.values() for pool in pools.values()
    )
    return found


def _sessions(
    facts: Iterable[RunFacts],
    runs: dict[str, CourseRun],
    organisation: Organisation,
    at: datetime,
) -> dict[str, list[Session]]:
    teachers = {runs[run.plan.code].pk: run.plan.course.instructors for run in facts}
    made = Session.objects.bulk_create(
        _session(run, session, runs[run.plan.code], organisation, at)
        for run in facts
        for session in run.sessions
    )
    SessionInstructor.objects.bulk_create(
        SessionInstructor(session=row, instructor=organisation.instructors[code])
        for row in made
        for code in teachers[row.run_id]
    )
    found: dict[str, list[Session]] = {}
    for session in made:
        found.setdefault(session.run.code, []).append(session)
    _make_up(facts, found)
    return found


def _make_up(facts: Iterable[RunFacts], made: dict[str, list[Session]]) -> None:
    standing_in = []
    for run in facts:
        by_number = {session.number: session for session in made[run.plan.code]}
        for session in run.sessions:
            if session.makes_up is not None:
                by_number[session.number].makes_up = by_number[session.makes_up]
                standing_in.append(by_number[session.number])
    Session.objects.bulk_update(standing_in, ["makes_up"])


def _former_place(session: SessionFacts, organisation: Organisation) -> str:
    return str(organisation.venues[session.former_venue]) if session.former_venue else ""


def _session(
    facts: RunFacts,
    session: SessionFacts,
    run: CourseRun,
    organisation: Organisation,
    at: datetime,
) -> Session:
    slot, online = session.slot, run.delivery != "venue"
    created = run.created_at
    return Session(
        uid=session_uid(run.code, session.number),
        run=run,
        number=session.number,
        title=session.title,
        is_required=session.number in facts.plan.course.required,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        venue=organisation.venues.get(slot.venue),
        room=organisation.rooms.get(f"{slot.venue}/{slot.room}"),
        online_url=f"https://meet.example.jp/{run.code}" if online else "",
        state=session.state,
        state_note=session.note,
        former_starts_at=session.former_starts_at,
        former_place=_former_place(session, organisation),
        sequence=session.sequence,
        revised_at=facts.told_at(at) if session.sequence else created,
        created_at=created,
    )
