"""A page goes live and is taken down at a moment that is set beforehand, through
Wagtail's own revisions: the worker keeps the dates, and the course follows its page.

What was scheduled is the draft of that moment; a draft saved later waits until it is
published or scheduled itself.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.models import CoursePage


class GoesLiveInThePast(Refusal):
    sentence = _("公開する日時が過去になっています。すぐに公開するときは空けておきます。")


class ExpiresInThePast(Refusal):
    sentence = _("公開を終える日時が過去になっています。これからの日時にしてください。")


class ExpiresBeforeItGoesLive(Refusal):
    sentence = _("公開を終える日時は、公開する日時より後にしてください。")


@dataclass(frozen=True)
class Schedule:
    """None: at once, and for good."""

    go_live_at: datetime | None = None
    expire_at: datetime | None = None

    def check(self, *, at: datetime) -> None:
        """Raises: GoesLiveInThePast, ExpiresInThePast, ExpiresBeforeItGoesLive."""
        if self.go_live_at is not None and self.go_live_at <= at:
            raise GoesLiveInThePast
        if self.expire_at is not None and self.expire_at <= at:
            raise ExpiresInThePast
        if self.go_live_at and self.expire_at and self.expire_at <= self.go_live_at:
            raise ExpiresBeforeItGoesLive


def schedule_of(page: CoursePage | None, *, at: datetime) -> Schedule:
    """What a page's draft says of the time to come; what has happened is no plan."""
    if page is None:
        return Schedule()
    return Schedule(*(_coming(m, at) for m in (page.go_live_at, page.expire_at)))


def write_schedule(page: CoursePage, schedule: Schedule) -> None:
    """On the draft, before its revision is saved."""
    page.go_live_at, page.expire_at = schedule.go_live_at, schedule.expire_at


def goes_live_at(page: CoursePage | None) -> datetime | None:
    """When a version of the page is to go live; none where nothing is scheduled."""
    revision = page.scheduled_revision if page else None
    return revision.approved_go_live_at if revision else None


def course_goes_live_at() -> Subquery:
    """The same of a course, for a list of them."""
    pages = CoursePage.objects.filter(course=OuterRef(OuterRef("pk")))
    keys = pages.annotate(key=Cast("pk", CharField())).values("key")
    scheduled = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=keys,
    )
    return Subquery(scheduled.values("approved_go_live_at")[:1])


def keep_until(page: CoursePage, expire_at: datetime | None, *, by: User) -> None:
    """When a page that is live is taken down; its words stay as they are."""
    with transaction.atomic():
        live = CoursePage.objects.get(pk=page.pk)
        live.expire_at = expire_at
        live.save(update_fields=["expire_at"])
        draft = live.get_latest_revision_as_object()
        draft.expire_at = expire_at
        draft.save_revision(user=by, changed=live.has_unpublished_changes)


def cancel_schedule(page: CoursePage, *, by: User) -> None:
    """The draft stays a draft; what is live stays live."""
    with transaction.atomic():
        for revision in page.revisions.filter(approved_go_live_at__isnull=False):
            revision.approved_go_live_at = None
            revision.save(user=by, update_fields=["approved_go_live_at"])
            data = {"revision": {"id": revision.pk, "has_live_version": page.live}}
            log(
                instance=page,
                action="wagtail.schedule.cancel",
                user=by,
                data=data,
                revision=revision,
            )
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = None
        draft.save_revision(user=by, changed=page.has_unpublished_changes)


def _coming(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment > at else None
