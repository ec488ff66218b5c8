"""A draft goes live, or is set to, and the officer reads which of the two."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import ScheduledForPublishLock

from accounts.domain.refusal import NotAllowed
from accounts.models import User
from cms.course_pages import publish
from cms.models import CoursePage
from cms.scheduling import goes_live_at
from courses.domain.announcing import require_windows
from courses.domain.wording import moment_words


def publish_as(user: User, page: CoursePage) -> None:
    """A page that is only waiting for its moment may be published anew: the newer draft
    takes its place. Raises: NotAllowed, NeedsWindow."""
    lock = page.get_lock()
    waits = isinstance(lock, ScheduledForPublishLock)
    locked = lock is not None and not waits and lock.for_user(user)
    if locked or not page.permissions_for_user(user).can_publish():
        raise NotAllowed
    require_windows(page.course)
    publish(page, by=user)


def what_happened(page: CoursePage) -> str:
    """After publishing: it is public, or when it will be."""
    when = goes_live_at(CoursePage.objects.get(pk=page.pk))
    if when is None:
        return _("「%(title)s」を公開しました。") % {"title": page.title}
    words = moment_words(when, today=timezone.localdate())
    return _("「%(title)s」は%(when)sに公開されます。") % {
        "title": page.title,
        "when": words,
    }
