"""An address that a course once had leads on to it for good, and no other course may
take it: somebody may have it in a calendar or on paper."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from courses.models import Course, FormerSlug


class SlugTaken(Refusal):
    sentence = _("このアドレス名は、別の講座が使っています。")


def taken_by_another(slug: str, *, course: Course | None) -> bool:
    """It is or was the address of another course."""
    return (
        Course.objects.filter(slug=slug).exclude(pk=_key(course)).exists()
        or FormerSlug.objects.filter(slug=slug).exclude(course=_key(course)).exists()
    )


def taken_like(beginning: str, *, course: Course | None = None) -> set[str]:
    """Addresses with this beginning that are not free for `course`."""
    own = _key(course)
    now = Course.objects.filter(slug__startswith=beginning).exclude(pk=own)
    once = FormerSlug.objects.filter(slug__startswith=beginning).exclude(course=own)
    return {*now.values_list("slug", flat=True), *once.values_list("slug", flat=True)}


def change_address(*, course: Course, slug: str) -> None:
    """Keep the former address of a public course and set the new one on the row, to be
    saved by the caller inside his transaction. All former ones point to the course, so
    there is no chain to follow; going back to one of them takes it off the list.

    Raises: SlugTaken.
    """
    if slug == course.slug:
        return
    if taken_by_another(slug, course=course):
        raise SlugTaken
    FormerSlug.objects.filter(slug=slug, course=course).delete()
    if course.published_at is not None:
        FormerSlug.objects.get_or_create(slug=course.slug, defaults={"course": course})
    course.slug = slug


def course_once_at(slug: str) -> Course | None:
    """The course that had this address, whether or not it is public now."""
    former = FormerSlug.objects.filter(slug=slug).select_related("course").first()
    return former.course if former else None


def _key(course: Course | None) -> int:
    """0, which no row has, for a course that is still to be made."""
    return course.pk if course and course.pk else 0
