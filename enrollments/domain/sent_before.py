"""A form sent twice, by a double click or a resubmitted tab, is one application."""

from dataclasses import replace
from uuid import uuid5

from accounts.domain.contact import kana_key
from courses.models import CourseRun
from enrollments.domain.requests import SeatRequest
from enrollments.models import Application


def sent_before(
    run: CourseRun, request: SeatRequest, *, first: int | None
) -> tuple[Application | None, SeatRequest]:
    """What came of this form, else the request as it is to be recorded. `first` is the
    application that has its key.

    Whoever goes back after sending and puts another name in (the next child, the next
    at a shared computer) sends another form: they must neither see the first one's
    receipt nor believe to have applied. Its key follows from the first one's.
    """
    if first is None:
        return None, request
    there, kana = run.applications.get(pk=first), kana_key(request.applicant.kana)
    if kana_key(there.full_name_kana) == kana:
        return there, request
    key = uuid5(request.submission_key, kana)
    again = run.applications.filter(submission_key=key).order_by().first()
    return again, replace(request, submission_key=key)
