"""Results are for everybody once they are settled, where those who answered were told so
beforehand: numbers as other sections see them, and texts that an officer chose one by one.

A chosen text is copied: what is public says neither whose sheet it stood on nor which
other text stood on the same one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.domain.sections import require_section
from accounts.models import User
from courses.models import Course
from courses.models.querysets import CourseRunQuerySet
from enrollments.domain.surveys.questions import Question, questions_from
from enrollments.domain.surveys.reading import result_of, sheets_of
from enrollments.domain.surveys.refusals import NotForPublic
from enrollments.domain.surveys.results import SurveyResult
from enrollments.domain.surveys.standing import lock_survey
from enrollments.enums import AnswerKind
from enrollments.models import Survey

# Of one question: each text once, in an order of their own.
Texts = tuple[Question, Sequence[str]]


def may_be_published(survey: Survey) -> bool:
    return survey.for_public and survey.settled_at is not None and not survey.named


def texts_of(survey: Survey) -> list[Texts]:
    """What there is to choose from; one query."""
    whole = result_of(survey, sheets_of([survey])[survey.pk], inside=True)
    return [
        (one.question, sorted({text for _side, text in one.texts}))
        for one in whole.questions
        if one.question.kind == AnswerKind.TEXT and one.texts
    ]


def publish_results(
    *, survey: Survey, chosen: Collection[tuple[str, str]], by: User, at: datetime
) -> None:
    """`chosen` are keys of questions and texts; again, to choose others.

    Raises: NotAllowed, NotForPublic.
    """
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        if not may_be_published(locked):
            raise NotForPublic
        wanted = set(chosen)
        locked.published_texts = [
            {"key": question.key, "text": text}
            for question, texts in texts_of(locked)
            for text in texts
            if (question.key, text) in wanted
        ]
        locked.published_at = locked.published_at or at
        locked.published_by = by
        locked.save(update_fields=["published_texts", "published_at", "published_by"])


def take_results_back(*, survey: Survey, by: User) -> None:
    """Raises: NotAllowed."""
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        locked.published_at, locked.published_texts = None, []
        locked.save(update_fields=["published_texts", "published_at"])


def public_results(survey: Survey) -> SurveyResult:
    return result_of(survey, sheets_of([survey])[survey.pk], inside=False)


def published_survey(public_id: UUID) -> Survey | None:
    found = Survey.objects.filter(public_id=public_id, published_at__isnull=False)
    return (
        found.select_related("run__course__department", "session")
        .prefetch_related("run__pools")
        .first()
    )


def with_results(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Each says whether results of it are public (`has_results`); costs no query."""
    public = Survey.objects.filter(run=OuterRef("pk"), published_at__isnull=False)
    return runs.annotate(has_results=Exists(public))


def published_of(course: Course) -> list[Survey]:
    """The latest first; one query."""
    found = Survey.objects.filter(run__course=course, published_at__isnull=False)
    return list(found.select_related("run", "session").order_by("-published_at", "-pk"))


def chosen_texts(survey: Survey) -> list[Texts]:
    """The public ones, by question."""
    questions = questions_from(survey.questions)
    found = [
        (one, [said["text"] for said in survey.published_texts if said["key"] == one.key])
        for one in questions
    ]
    return [(question, texts) for question, texts in found if texts]
