"""What the form for a new course begins with: nothing, a template, another course, or a
wish of residents."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import require_section, section_of
from accounts.forms.fields import row_number
from cms.course_pages import page_of
from cms.forms.beginning import Beginning
from cms.forms.copies import copy_of_course
from cms.forms.course_template import beginning_from
from cms.forms.from_wish import beginning_for
from courses.domain.copying_ways import copy_ways
from courses.domain.course_templates import templates_for
from courses.models import Course, CourseRun
from learning_paths.domain.wanted.answering import may_answer
from learning_paths.models import LearningRequest


def keep_ways(request: HttpRequest, course: Course, *, at: datetime) -> None:
    """The new course's run comes in as that of the one it was copied from."""
    copied = row_number(request.GET.get("copy", ""))
    source = CourseRun.objects.filter(course=copied).order_by("-code").first()
    run = course.runs.order_by("-code").first()
    if source is not None and run is not None and source.course_id != course.pk:
        copy_ways(source=source, run=run, by=request.user, at=at)


def beginning_of(request: HttpRequest) -> Beginning | None:
    """Named in the address, which stays while the form goes to and fro.

    Raises: NotAllowed (another section's course or template).
    """
    if "copy" in request.GET:
        courses = Course.objects.select_related("department")
        course = get_object_or_404(courses, pk=row_number(request.GET["copy"]))
        require_section(request.user, course.department)
        return copy_of_course(course, page_of(course), at=timezone.now())
    if "request" in request.GET:
        return beginning_for(wanted_of(request))
    if "template" in request.GET:
        own = templates_for(section_of(request.user), request.user)
        template = get_object_or_404(own, pk=row_number(request.GET["template"]))
        return beginning_from(template, user=request.user)
    return None


def wanted_of(request: HttpRequest) -> LearningRequest:
    """Raises: Http404, NotAllowed (another section has taken it up)."""
    public = LearningRequest.objects.public().with_voices()
    wanted = get_object_or_404(public, pk=row_number(request.GET["request"]))
    if not may_answer(wanted, request.user):
        raise NotAllowed
    return wanted
