"""Which survey a back-office page is about, and who may see it how."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.domain.sections import require_section, works_for
from courses.domain.co_hosting import require_sight
from enrollments.models import Survey


def survey_for(request: HttpRequest, pk: int) -> Survey:
    """For staff of its section only. Raises: Http404, NotAllowed."""
    survey = _survey(pk)
    require_section(request.user, survey.run.course.department)
    return survey


def survey_seen(request: HttpRequest, pk: int) -> tuple[Survey, bool]:
    """For co-hosting sections too, and whether the person is of the section itself.
    Raises: Http404, NotAllowed."""
    survey = _survey(pk)
    require_sight(request.user, survey.run.course)
    return survey, works_for(request.user, survey.run.course.department)


def _survey(pk: int) -> Survey:
    found = Survey.objects.select_related(
        "run__course__department", "run__venue", "session"
    )
    return get_object_or_404(found, pk=pk)
