"""The picture that goes with the link to a course. Only the present card of a course that
is public is drawn, and once; whatever else is asked for costs no drawing."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.models import CoursePage
from cms.presenters.social_card import card_path, digest_of, present_cards
from cms.social_cards.drawing import card_png
from courses.domain.former_addresses import course_once_at
from courses.models import Course
from courses.views.moved import redirect_for_an_hour

KEPT_FOR = 30 * 24 * 3600


@require_safe
def social_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    page = CoursePage.objects.live().public().filter(slug=slug).select_related("course")
    found = page.first()
    if found is None:
        return _moved(slug, digest)
    key = f"social-card:{digest}"
    png = cache.get(key)
    if png is None:
        cards = present_cards(found.course, at=timezone.now())
        words = next((card for card in cards if digest_of(card) == digest), None)
        if words is None:
            return _present(found.course, card_path(found.course, cards[0]))
        png = card_png(words)
        if png is None:
            raise Http404
        cache.set(key, png, KEPT_FOR)
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _present(course: Course, path: str) -> HttpResponse:
    """From a card that was shown before to that of today."""
    if not path:
        raise Http404
    response = HttpResponseRedirect(path)
    response["Cache-Control"] = "no-cache"
    return response


def _moved(slug: str, digest: str) -> HttpResponse:
    course = course_once_at(slug)
    if course is None or not course.is_public:
        raise Http404
    return redirect_for_an_hour(
        f"{course.get_absolute_url().rstrip('/')}/card-{digest}.png"
    )
