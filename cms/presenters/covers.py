"""Pictures on cards, sized once and then read from the database in one query."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from cms.models import CoursePage

SIZE = "fill-640x280"


@dataclass(frozen=True)
class Cover:
    url: str
    width: int
    height: int


def covers_of(keys: Sequence[int]) -> dict[int, Cover]:
    """By course, in one query; a course without a picture, or whose file is lost, is
    left out."""
    sized = FilteredRelation(
        "cover__renditions", condition=Q(cover__renditions__filter_spec=SIZE)
    )
    pages = (
        CoursePage.objects.filter(course__in=keys, cover__isnull=False)
        .annotate(sized=sized)
        .values_list("course", "cover", "sized__file", "sized__width", "sized__height")
    )
    storage = get_image_model().get_rendition_model()._meta.get_field("file").storage
    found = {
        course: Cover(storage.url(file), width, height) if file else _made_now(cover)
        for course, cover, file, width, height in pages
    }
    return {course: cover for course, cover in found.items() if cover}


def _made_now(image: int) -> Cover | None:
    """Sized on first sight, and read from the database from then on."""
    try:
        rendition = get_image_model().objects.get(pk=image).get_rendition(SIZE)
    except SourceImageIOError:
        return None
    return Cover(rendition.url, rendition.width, rendition.height)
