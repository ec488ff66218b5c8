"""Pictures on cards, sized once and then read from the database with two queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

from cms.models import CoursePage

SIZE = "fill-640x280"


@dataclass(frozen=True)
class Cover:
    url: str
    width: int
    height: int


def covers_of(keys: Sequence[int]) -> dict[int, Cover]:
    """By course; a course without a picture, or whose file is lost, is left out."""
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec=SIZE)
    pages = (
        CoursePage.objects.filter(course__in=keys, cover__isnull=False)
        .select_related("cover")
        .prefetch_related(Prefetch("cover__renditions", renditions))
        .only("course_id", "cover")
    )
    found = {page.course_id: _sized(page.cover) for page in pages}
    return {course: cover for course, cover in found.items() if cover}


def _sized(image: object) -> Cover | None:
    """`get_rendition` would write to the cache each time; it is for the first time."""
    try:
        rendition = image.find_existing_rendition(Filter(SIZE))  # type: ignore[attr-defined]
    except get_image_model().get_rendition_model().DoesNotExist:
        try:
            rendition = image.get_rendition(SIZE)  # type: ignore[attr-defined]
        except SourceImageIOError:
            return None
    return Cover(rendition.url, rendition.width, rendition.height)
