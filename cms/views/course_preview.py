"""A course's page as it would be public. For its section and those that co-host it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.views.approving import course_and_page
from courses.domain.co_hosting import require_sight


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    course, page = course_and_page(pk)
    require_sight(request.user, course)
    answer: HttpResponse = page.make_preview_request(request, page.default_preview_mode)
    return answer
