"""What people said afterwards: of two past runs of one course, and of a joint session
from both sides; the earlier ones are public. One survey still waits for the resident."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

from django.db.models import Max

from accounts.models import User
from cms.demo.identifiers import dice, identifier
from cms.demo.reading import read
from courses.enums import CourseKind, RunState
from courses.models import CourseRun
from enrollments.domain.surveys.asked import people_asked
from enrollments.domain.surveys.making import WORDS
from enrollments.domain.surveys.publishing import publish_results, texts_of
from enrollments.domain.surveys.questions import Question, questions_from
from enrollments.domain.surveys.sides import has_both_sides, side_of
from enrollments.domain.surveys.tickets import digest_of
from enrollments.enums import (
    AnswerKind,
    ApplicationState,
    SheetOrigin,
    SurveyOccasion,
)
from enrollments.models import (
    AnswerSheet,
    Application,
    Participant,
    Survey,
    SurveyTemplate,
    SurveyTicket,
)

ANSWER = 0.72  # how many of those asked do
FEWEST = 8
RESIDENT, ADMIN = "resident@example.jp", "admin@example.jp"
OPEN_FOR = timedelta(days=14)
STILL_OPEN = timedelta(days=14, hours=21)
STEPS, LIKELY = (5, 4, 3, 2, 1), (34, 42, 17, 5, 2)
ORIGINS = (SheetOrigin.MAIL, SheetOrigin.MAIL, SheetOrigin.ROOM, SheetOrigin.PAPER)


def build_surveys(officers: Mapping[str, User], *, at: datetime) -> None:
    runs = list(_past(at))
    for run in _two_of_one_course(runs):
        _build(run, SurveyOccasion.RUN, officers, at=at)
    for run in _joint(runs)[:1]:
        _build(run, SurveyOccasion.JOINT, officers, at=at)
    for run in _lately_attended(runs)[:1]:
        _build(
            run,
            SurveyOccasion.RUN,
            officers,
            at=at,
            until=at + OPEN_FOR + timedelta(hours=21),
        )


def _past(at: datetime) -> Iterable[CourseRun]:
    return (
        CourseRun.objects.filter(state=RunState.ANNOUNCED)
        .annotate(ends=Max("sessions__ends_at"))
        .filter(ends__lt=at - timedelta(days=3))
        .select_related("course__department")
        .prefetch_related("pools", "sessions")
        .order_by("course", "ends", "pk")
    )


def _two_of_one_course(runs: Sequence[CourseRun]) -> list[CourseRun]:
    """The two latest of the course of which most people answer."""
    plain = [run for run in runs if run.course.kind != CourseKind.JOINT_SESSION]
    by_course = [list(found)[-2:] for _pk, found in groupby(plain, lambda r: r.course_id)]
    pairs = [pair for pair in by_course if len(pair) == 2]
    own = [pair for pair in pairs if pair[0].course.department.code == "civic"] or pairs
    return max(own, key=lambda pair: min(_places(run) for run in pair), default=[])


def _joint(runs: Sequence[CourseRun]) -> list[CourseRun]:
    """Those of the section of the demo's officer first, the latest before."""
    found = [run for run in runs if has_both_sides(run) and _places(run) >= FEWEST]
    of_civic = [run for run in found if run.course.department.code == "civic"]
    return (of_civic or found)[::-1]


def _lately_attended(runs: Sequence[CourseRun]) -> list[CourseRun]:
    """Where the demo's resident was, the latest before; without a survey so far."""
    own = Application.objects.filter(
        user__email=RESIDENT, state=ApplicationState.ACCEPTED, run__surveys=None
    )
    mine = set(own.values_list("run", flat=True))
    found = [run for run in runs if run.pk in mine]
    of_civic = [run for run in found if run.course.department.code == "civic"]
    return sorted(of_civic or found, key=lambda run: run.ends, reverse=True)


def _places(run: CourseRun) -> int:
    return sum(pool.seats_taken for pool in run.pools.all())


def _build(
    run: CourseRun,
    occasion: SurveyOccasion,
    officers: Mapping[str, User],
    *,
    at: datetime,
    until: datetime | None = None,
) -> None:
    """`until`: it still takes answers."""
    template = SurveyTemplate.objects.filter(department=None, occasion=occasion).first()
    ended = max(session.ends_at for session in run.sessions.all())
    closes = until or ended + OPEN_FOR
    settled = closes + timedelta(days=2) if closes < at - timedelta(days=2) else None
    if template is None:
        return
    survey = Survey.objects.create(
        public_id=identifier("survey", run.code),
        run=run,
        **{name: getattr(template, name) for name in WORDS},
        questions=template.questions,
        room_code=identifier("survey room", run.code).hex[:6].upper(),
        opens_at=ended - timedelta(minutes=30),
        closes_at=closes,
        asked_at=ended + timedelta(hours=2),
        created_at=ended - timedelta(days=7),
        created_by=officers.get(run.course.department.code),
        settled_at=settled,
        for_public=True,
    )
    _answers(survey, people_asked(survey), occasion, dice("surveys", run.code))
    if settled:
        _publish(survey)


def _publish(survey: Survey) -> None:
    """Numbers, and the first voices of each question."""
    voices = [(question.key, text) for question, said in texts_of(survey) for text in said]
    publish_results(
        survey=survey,
        chosen=voices[::2],
        by=survey.created_by or User.objects.get(email=ADMIN),
        at=survey.settled_at + timedelta(days=1),
    )


def _answers(
    survey: Survey, people: list[Participant], occasion: SurveyOccasion, chance: Random
) -> None:
    words = {key: list(said) for key, said in read("surveys")[str(occasion)].items()}
    tickets, sheets = [], []
    for person in people:
        waits = person.application.user is not None and survey.settled_at is None
        answers = chance.random() < ANSWER and not waits
        digest = digest_of(str(identifier("survey ticket", survey.pk, person.pk)))
        tickets.append(
            SurveyTicket(survey=survey, participant=person, digest=digest, is_used=answers)
        )
        if answers:
            sheets.append(_sheet(survey, person, words, chance))
    chance.shuffle(sheets)
    SurveyTicket.objects.bulk_create(tickets)
    AnswerSheet.objects.bulk_create(sheets)


def _sheet(
    survey: Survey, person: Participant, words: dict[str, list[str]], chance: Random
) -> AnswerSheet:
    said = {one.key: _said(one, words, chance) for one in questions_from(survey.questions)}
    return AnswerSheet(
        survey=survey,
        side=side_of(person),
        origin=chance.choice(ORIGINS),
        answers={key: value for key, value in said.items() if value not in (None, [])},
    )


def _said(question: Question, words: dict[str, list[str]], chance: Random) -> Any:
    """Not everybody answers everything, and few write."""
    if not question.required and chance.random() < 0.06:
        return None
    places = range(len(question.options))
    match question.kind:
        case AnswerKind.SCALE:
            return chance.choices(STEPS, LIKELY)[0]
        case AnswerKind.ONE:
            weights = [2 + (place == 1) * 5 for place in places]
            return chance.choices(places, weights)[0]
        case AnswerKind.SEVERAL:
            return [place for place in places if chance.random() < 0.5 / (place + 1) + 0.1]
    waiting = words.get(question.key, [])
    return waiting.pop(0) if waiting and chance.random() < 0.4 else None
