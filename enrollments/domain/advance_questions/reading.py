"""Questions as the section sorts them, as the facilitator reads them and as everybody sees
those that were published: by topic, with how many asked the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from courses.models import Course
from courses.models.querysets import CourseRunQuerySet
from enrollments.domain.advance_questions.likeness import alike
from enrollments.domain.advance_questions.states import CHOSEN
from enrollments.enums import QuestionState as State
from enrollments.enums import SurveyAudience
from enrollments.models import AdvanceQuestion, QuestionCall

MOST_SHOWN = 20


@dataclass(frozen=True)
class Sorted:
    """A question that stands on its own with those behind it; `like` may be the same."""

    question: AdvanceQuestion
    merged: Sequence[AdvanceQuestion] = ()
    like: Sequence[AdvanceQuestion] = ()

    @property
    def asked(self) -> int:
        return 1 + len(self.merged)

    def of(self, side: str) -> int:
        return sum(one.side == side for one in (self.question, *self.merged))

    @property
    def citizens(self) -> int:
        return self.of(SurveyAudience.CITIZENS)

    @property
    def staff(self) -> int:
        return self.of(SurveyAudience.STAFF)


@dataclass(frozen=True)
class Topic:
    """`name` is empty for those that have none, which come last."""

    name: str
    lines: Sequence[Sorted]


def sorted_questions(call: QuestionCall, *, side: str = "") -> list[Topic]:
    """All that stand on their own, in one query. `side` narrows to what that side asked,
    too; without the sender, who is nobody's concern."""
    every = list(
        call.questions.exclude(state=State.WITHDRAWN)
        .defer("application")
        .order_by("sent_at", "pk")
    )
    behind: dict[int, list[AdvanceQuestion]] = {}
    for one in every:
        if one.merged_into_id:
            behind.setdefault(one.merged_into_id, []).append(one)
    alone = {one.pk: one for one in every if not one.merged_into_id}
    likes = alike({pk: one.text for pk, one in alone.items()})
    lines = [
        Sorted(one, behind.get(pk, ()), [alone[key] for key in likes[pk]])
        for pk, one in alone.items()
    ]
    return by_topic(line for line in lines if not side or line.of(side))


def by_topic(lines: Iterable[Sorted]) -> list[Topic]:
    """Topics in the order of their first question, those without one at the end."""
    found: dict[str, list[Sorted]] = {}
    for line in lines:
        found.setdefault(line.question.topic, []).append(line)
    without = found.pop("", None)
    topics = [Topic(name, those) for name, those in found.items()]
    return [*topics, Topic("", without)] if without else topics


def to_be_read_out(call: QuestionCall) -> list[Topic]:
    """What was taken up, of each topic what most asked first."""
    chosen = [
        Topic(
            topic.name,
            sorted(
                (line for line in topic.lines if line.question.state in CHOSEN),
                key=lambda line: -line.asked,
            ),
        )
        for topic in sorted_questions(call)
    ]
    return [topic for topic in chosen if topic.lines]


def with_asked_before(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Each says whether a question of it is public (`is_asked_before`); costs no query."""
    public = AdvanceQuestion.objects.filter(call__run=OuterRef("pk"), state=State.PUBLISHED)
    return runs.annotate(is_asked_before=Exists(public))


def published_questions(course: Course) -> list[AdvanceQuestion]:
    """In the section's words, those of the latest run first. One query."""
    found = AdvanceQuestion.objects.filter(call__run__course=course, state=State.PUBLISHED)
    latest = ("-call__run__fiscal_year", "-call__run__code", "topic", "sent_at", "pk")
    return list(found.order_by(*latest)[:MOST_SHOWN])


def runs_to_sort(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Of these runs, those with questions that nobody has looked at, and how many
    (`unsorted`)."""
    new = AdvanceQuestion.objects.filter(state=State.RECEIVED).order_by()
    waiting = new.values("call__run").annotate(number=Count("pk"))
    of_run = waiting.filter(call__run=OuterRef("pk")).values("number")
    found = runs.filter(pk__in=new.values("call__run")).select_related("course")
    return found.annotate(unsorted=Subquery(of_run)).order_by("code")


def counts(call: QuestionCall) -> dict[str, int]:
    """How many were sent by each side, those taken back left out."""
    said = ~Q(state=State.WITHDRAWN)
    return call.questions.aggregate(
        **{
            side.value: Count("pk", filter=said & Q(side=side))
            for side in (SurveyAudience.CITIZENS, SurveyAudience.STAFF)
        }
    )
