"""What applicants told besides their names: answers to questions, birth dates and school
years where a run asks for them, the group or the section they applied for."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.utils import timezone

from accounts.models import Department
from cms.demo.bookkeeping import BATCH, Booked
from courses.enums import PoolKind, QuestionKind
from courses.enums import RequirementKind as Kind
from courses.models import Requirement, RunQuestion
from enrollments.enums import Channel
from enrollments.models import Answer, Application, Participant
from learning_paths.models import Group

WRITTEN = {
    "とくに知りたいこと": (
        "写真を家族に送る方法",
        "地図とバスの時刻の調べ方",
        "電話と文字の大きさの設定",
        "迷惑メールの見分け方",
    ),
    "いま困っていること": (
        "会費だけでは会場代が足りません。",
        "助成金の報告書の書き方がわからず、担当が固定しています。",
        "会計を引き継ぐ人が決まっていません。",
    ),
    "書いてみたいこと": (
        "商店街の移り変わりを、店主の話とともに残したいです。",
        "川の生きものと、むかしの遊び場のこと。",
        "子ども食堂に来る人たちの声。",
    ),
}
ADULT, OLDEST = 20, 85
Row = TypeVar("Row", RunQuestion, Requirement)


def write_what_was_told(booked: Iterable[Booked]) -> None:
    """By turns, so that every answer and age comes up."""
    found = list(booked)
    runs = {one.application.run_id for one in found}
    questions = _by_run(RunQuestion.objects.filter(run__in=runs))
    conditions = _by_run(Requirement.objects.filter(run__in=runs))
    answers: list[Answer] = []
    people: list[Participant] = []
    for turn, one in enumerate(found):
        run = one.application.run_id
        for question in questions.get(run, ()):
            value = _answer(question, turn)
            answers.append(
                Answer(application=one.application, question=question, value=value)
            )
        for condition in conditions.get(run, ()):
            people.extend(_told_of_people(one, condition, turn))
    Answer.objects.bulk_create([one for one in answers if one.value], batch_size=BATCH)
    columns = ["birth_date", "school_year"]
    Participant.objects.bulk_update(people, columns, batch_size=BATCH)
    _write_for_whom(found)


def _by_run(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.run_id, []).append(row)
    return found


def _answer(question: RunQuestion, turn: int) -> str:
    options = question.options.splitlines()
    written = WRITTEN.get(question.label, ())
    if question.kind == QuestionKind.NUMBER:
        return str(turn % 3)
    if question.kind == QuestionKind.DATE:
        return (date(2016, 4, 2) + timedelta(days=97 * (turn % 20))).isoformat()
    if question.kind == QuestionKind.CHOICES:
        return "\n".join(options[turn % len(options) :][:2])
    pieces: Sequence[str] = options or written
    return pieces[turn % len(pieces)] if pieces else ""


def _told_of_people(one: Booked, condition: Requirement, turn: int) -> list[Participant]:
    """Those who were asked: everybody, or the applicant alone."""
    if condition.kind not in (Kind.AGE, Kind.SCHOOL_YEAR):
        return []
    people = one.participants if condition.everybody else one.participants[:1]
    for place, person in enumerate(people):
        if condition.kind == Kind.SCHOOL_YEAR:
            least, most = condition.min_school_year or 1, condition.max_school_year or 9
            person.school_year = least + (turn + place) % (most - least + 1)
        else:
            person.birth_date = _born(condition, turn + place)
    return list(people)


def _born(condition: Requirement, turn: int) -> date:
    least, most = condition.min_age or ADULT, condition.max_age or OLDEST
    age = least + (turn * 7) % max(most - least, 1)
    day = condition.age_on or timezone.localdate()
    return date(day.year - age - 1, 1 + turn % 12, 1 + turn % 28)


def _write_for_whom(booked: Iterable[Booked]) -> None:
    groups = list(Group.objects.order_by("code"))
    sections = {one.code: one for one in Department.objects.all()}
    changed: list[Application] = []
    for turn, one in enumerate(booked):
        row = one.application
        if row.pool.kind == PoolKind.GROUPS and groups:
            group = groups[turn % len(groups)]
            row.group_code, row.group_name = group.code, group.name
        elif row.pool.kind == PoolKind.STAFF:
            row.department = sections.get(one.entry.person.department)
        elif row.channel == Channel.POSTCARD and row.run.paper_deadline:
            row.postmarked_on = timezone.localdate(row.received_at) - timedelta(days=1)
        else:
            continue
        changed.append(row)
    columns = ["group_code", "group_name", "department", "postmarked_on"]
    Application.objects.bulk_update(changed, columns, batch_size=BATCH)
