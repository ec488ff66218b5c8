"""What a run asks and offers is written down before and after each change of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from accounts.models import User
from courses.domain.applying_words import asked_words
from courses.domain.changes import record_difference
from courses.models import CourseRun


@contextmanager
def recorded(run: CourseRun, *, by: User, at: datetime) -> Iterator[None]:
    """Around a change of conditions, questions or offers of the locked run."""
    before = asked_words(run, at=at)
    yield
    after = asked_words(run, at=at)
    record_difference(subject=run, before=before, after=after, by=by, at=at)
