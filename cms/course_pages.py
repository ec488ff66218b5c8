"""The page of a course, written from the one form through Wagtail's own revisions."""

from typing import Any

from accounts.models import User
from cms.approval import require_unlocked
from cms.models import CoursePage
from cms.page_types import in_its_type, index_type_of, page_type_of
from cms.scheduling import Schedule, write_schedule
from courses.models import Course


def page_of(course: Course) -> CoursePage | None:
    """The latest draft of the course's page."""
    page = CoursePage.objects.filter(course=course).first()
    return page.get_latest_revision_as_object() if page else None


def plain_text(page: CoursePage) -> str | None:
    """The body as one text; none where it holds more than paragraphs."""
    kinds = {block.block_type for block in page.body}
    if not kinds <= {"paragraph"}:
        return None
    return "".join(block.value.source for block in page.body)


def save_draft(
    course: Course,
    title: str,
    prose: dict[str, Any],
    *,
    by: User,
    like: CoursePage | None = None,
    schedule: Schedule | None = None,
) -> CoursePage:
    """Make or change the draft; `text` is left out where the body is richer. A new page
    then gets the body of the page that it is a copy of.

    The address follows the course until it is published; then it stays.
    Raises: WaitsForApproval.
    """
    page = page_of(course)
    if page is None:
        page = page_type_of(course)(course=course, live=False, owner=by)
        _write(page, course, title, prose)
        if "text" not in prose and like is not None:
            page.body = like.body
        index_type_of(course).objects.get().add_child(instance=page)
    else:
        require_unlocked(page, by)
        page = in_its_type(page, course)
        _write(page, course, title, prose)
    write_schedule(page, schedule or Schedule())
    page.save_revision(user=by, log_action=True)
    return page


def publish(page: CoursePage, *, by: User) -> None:
    page.get_latest_revision().publish(user=by)


def _write(page: CoursePage, course: Course, title: str, prose: dict[str, Any]) -> None:
    page.title = page.draft_title = title
    if course.published_at is None:
        page.slug = course.slug
    page.intro = prose["intro"]
    page.outcomes = prose["outcomes"]
    page.cover = prose["cover"]
    # A block written anew counts as changed, even with the same words.
    if prose.get("text") not in (None, plain_text(page)):
        page.body = [("paragraph", prose["text"])] if prose["text"] else []
