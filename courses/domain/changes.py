"""What is changed of a course is written down in the same transaction: by whom, when,
and each fact before and after, in words for the screen and the city's own language."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import translation

from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.domain.wording import range_words
from courses.enums import ChangeAct, ChangedThing
from courses.models import ChangeRecord, Course, CourseRun, Session

LANGUAGE = "ja"
SUBJECT_LENGTH = 200
# One long text must not fill the record; the page's own revisions keep prose in full.
WORDS_LENGTH = 300

Words = Mapping[str, str]
Fields = list[list[str]]


def record_change(
    *,
    subject: Course | CourseRun | Session,
    act: ChangeAct,
    by: User | None,
    at: datetime,
    fields: Fields | None = None,
) -> ChangeRecord:
    """`fields` is a list of `[column, before, after]`; none where the act says it all.
    `by` none: the system did it, at a time that somebody had set."""
    record = change_record(subject=subject, act=act, by=by, at=at, fields=fields)
    record.save()
    return record


def record_difference(
    *,
    subject: Course | CourseRun | Session,
    before: Words,
    after: Words,
    by: User | None,
    at: datetime,
    act: ChangeAct = ChangeAct.CHANGED,
) -> ChangeRecord | None:
    """Nothing is written where nothing differs."""
    fields = differences(before, after)
    if not fields:
        return None
    return record_change(subject=subject, act=act, by=by, at=at, fields=fields)


def record_all(records: Iterable[ChangeRecord]) -> None:
    """Of one act on many things, as an import is."""
    ChangeRecord.objects.bulk_create(records, batch_size=500)


def change_record(
    *,
    subject: Course | CourseRun | Session,
    act: ChangeAct,
    by: User | None,
    at: datetime,
    fields: Fields | None = None,
) -> ChangeRecord:
    """The row, not yet saved."""
    run = subject.run if isinstance(subject, Session) else subject
    return ChangeRecord(
        course=run.course if isinstance(run, CourseRun) else run,
        run=run if isinstance(run, CourseRun) else None,
        session=subject if isinstance(subject, Session) else None,
        thing=_thing(subject),
        subject=subject_words(subject, at=at)[:SUBJECT_LENGTH],
        act=act,
        fields=fields or [],
        at=at,
        by=by,
    )


def differences(before: Words, after: Words) -> Fields:
    """In the order of `after`, then what only `before` had."""
    columns = [*after, *(column for column in before if column not in after)]
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in columns)
    return [
        [name, was[:WORDS_LENGTH], now[:WORDS_LENGTH]]
        for name, was, now in pairs
        if was != now
    ]


def subject_words(subject: Course | CourseRun | Session, *, at: datetime) -> str:
    """How the record names the thing after it has been renamed or taken out."""
    if isinstance(subject, Course):
        return subject.title
    if isinstance(subject, CourseRun):
        return f"{subject.code} {subject.label}".strip()
    today = at.astimezone(TOKYO).date()
    when = range_words(subject.starts_at, subject.ends_at, today=today)
    with translation.override(LANGUAGE):
        number = translation.gettext("第%(number)s回") % {"number": subject.number}
    return f"{number} {when}"


def _thing(subject: Course | CourseRun | Session) -> ChangedThing:
    if isinstance(subject, Session):
        return ChangedThing.SESSION
    return ChangedThing.RUN if isinstance(subject, CourseRun) else ChangedThing.COURSE
