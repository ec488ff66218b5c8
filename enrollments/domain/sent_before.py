"""A form sent twice, by a double click or a resubmitted tab, is one application."""

from dataclasses import replace
from uuid import UUID, uuid5

from accounts.domain.contact import kana_key
from courses.models import CourseRun
from enrollments.domain.requests import SeatRequest
from enrollments.models import Application


def sent_before(
    run: CourseRun, request: SeatRequest
) -> tuple[Application | None, SeatRequest]:
    """What came of this form, else the request as it is to be recorded.

    Whoever goes back after sending and puts another name in (the next child, the next
    at a shared computer) sends another form: they must neither see the first one's
    receipt nor believe to have applied. Its key follows from the first one's.
    """
    first = _sent_with(run, request.submission_key)
    kana = kana_key(request.applicant.kana)
    if first is None or kana_key(first.full_name_kana) == kana:
        return first, request
    key = uuid5(request.submission_key, kana)
    return _sent_with(run, key), replace(request, submission_key=key)


def _sent_with(run: CourseRun, key: UUID) -> Application | None:
    """In no order: one at most, by its index."""
    return next(iter(run.applications.filter(submission_key=key).order_by()), None)
