"""The flyer of a run as PDF, to be printed or laid out. Without anybody who applied, so
for co-hosting sections too."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.typesetting import typeset
from accounts.views.paper import paper_response
from cms.course_pages import page_of
from cms.models import CoursePage
from cms.models.prose import lines_of
from courses.domain.bulletin import with_copy
from courses.exchange.flyer import flyer_facts
from courses.models import CourseRun
from enrollments.views.back_office.frame import seen_run

PICTURE = "fill-1240x480|format-jpeg|jpegquality-80"


@never_cache
@require_safe
def flyer(request: HttpRequest, code: str) -> HttpResponse:
    seen = seen_run(request, code)
    run = with_copy(CourseRun.objects.filter(pk=seen.pk)).get()
    page = page_of(run.course)
    now = timezone.now()
    with translation.override("ja"):
        day = timezone.localdate(now)
        facts = flyer_facts(
            run,
            site=settings.PUBLIC_URL,
            address=f"{settings.PUBLIC_URL}{run.course.get_absolute_url()}",
            catch=page.intro if page else "",
            outcomes=lines_of(page.outcomes) if page else (),
            picture=_picture(page),
        )
        title = f"{run.course.title} {run.label}".strip()
    printed = f"{facts['section']}　{day.year}年{day.month}月{day.day}日"
    paper = typeset("courses/flyer.typ", facts, title=title, at=now, printed=printed)
    return paper_response(paper, f"チラシ_{run.code}")


def _picture(page: CoursePage | None) -> Fact:
    """The cover of the course's page, if there is one."""
    if page is None or page.cover is None:
        return None
    try:
        rendition = page.cover.get_rendition(PICTURE)
        with rendition.file.open("rb") as file:
            return {"format": "jpg", "bytes": list(file.read())}
    except (SourceImageIOError, FileNotFoundError):
        return None
