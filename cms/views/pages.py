"""The pages asked for most, found by one query instead of a walk down the page tree.

What Wagtail does with a page it has found (view restrictions, allowed methods) is done
here as well.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page
from wagtail.views import serve_chain

from cms.models import CatalogueIndexPage, CoursePage, JointSessionPage, PathPage
from cms.page_cache.middleware import kept
from cms.search.misses import note_miss
from courses.domain.former_addresses import course_once_at
from courses.models import Course
from courses.views.moved import redirect_for_an_hour


@kept
def catalogue(request: HttpRequest) -> HttpResponse:
    answer = _serve(request, CatalogueIndexPage.objects.live().first())
    shown = getattr(answer, "context_data", None) or {}
    plain = request.method == "GET" and set(request.GET) == {"q"}
    if plain and shown.get("words_found_nothing"):
        note_miss(shown["form"].text, at=timezone.now())
    return answer


@kept
def course(request: HttpRequest, slug: str) -> HttpResponse:
    pages = CoursePage.objects.live().select_related("course__department", "cover")
    page = pages.filter(slug=slug).first()
    if page is not None and page.course.is_joint:
        return _moved_to_joint(request, page.course)
    return _serve(request, page) if page else _moved(slug)


@kept
def joint_session(request: HttpRequest, slug: str) -> HttpResponse:
    pages = JointSessionPage.objects.live().select_related("course__department", "cover")
    page = pages.filter(slug=slug).first()
    return _serve(request, page) if page else _moved(slug)


@kept
def path(request: HttpRequest, slug: str) -> HttpResponse:
    pages = PathPage.objects.live().select_related("path_followed__stage")
    return _serve(request, pages.filter(slug=slug).first())


def _moved(slug: str) -> HttpResponse:
    """To where the course is now, for an hour: it may go back to this address."""
    course = course_once_at(slug)
    if course is None or not course.is_public:
        raise Http404
    return redirect_for_an_hour(course.get_absolute_url())


def _moved_to_joint(request: HttpRequest, course: Course) -> HttpResponse:
    """Joint sessions once had the address of a course."""
    query = request.GET.urlencode()
    address = course.get_absolute_url()
    return redirect_for_an_hour(f"{address}?{query}" if query else address)


def _serve(request: HttpRequest, page: Page | None) -> HttpResponse:
    if page is None:
        raise Http404
    serve = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        serve = wrap(serve)
    for look in hooks.get_hooks("before_serve_page"):
        answer = look(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    found: HttpResponse = serve(page, request, [], {})
    return found
