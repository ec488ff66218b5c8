"""A learning record as pages show it: each course with how it was reckoned, and the token
of the link that opens its certificates."""

from collections.abc import Sequence

from enrollments.domain.finishing.explaining import explanation
from enrollments.domain.finishing.learning_record import (
    CourseRecord,
    LearningRecord,
    YearRecord,
)
from enrollments.domain.links import application_token

CourseLine = tuple[CourseRecord, Sequence[str], str]


def shown(record: LearningRecord) -> list[tuple[YearRecord, list[CourseLine]]]:
    return [(year, [_line(one) for one in year.courses]) for year in record.years]


def _line(one: CourseRecord) -> CourseLine:
    token = application_token(one.participant.application)
    return one, explanation(one.reckoning), token
