"""Where the city wants approval, officers ask and a head of the section or an
administrator publishes; a request is of one state of the page and its runs.

The steps are Wagtail's own workflow, so its editor, its history and its locks agree
with the project's pages about what waits.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import (
    heads_of,
    heads_section,
    require_section,
    section_of,
    works_for,
)
from accounts.models import User
from cms.models.approval import PublishingSettings
from courses.domain.announcing import require_windows
from courses.domain.change_words import course_words
from courses.domain.fingerprint import fingerprint_of
from courses.models import Course


class NoPage(Refusal):
    sentence = _("この講座には、まだページがありません。")


class AlreadyRequested(Refusal):
    sentence = _("この講座は、すでに承認を待っています。")


class NotRequested(Refusal):
    sentence = _(
        "この講座は、承認を待っていません。取り下げられたか、すでに承認されています。"
    )


class RequestOutOfDate(NotAllowed):
    sentence = _("依頼のあとで内容が変わりました。もう一度確かめてください。")


class CommentMissing(Refusal):
    sentence = _("直してほしいことを書いてください。")


class WaitsForApproval(Refusal):
    sentence = _(
        "承認を待っているあいだは直せません。直すときは、依頼を取り下げてください。"
    )


def is_needed() -> bool:
    return PublishingSettings.objects.filter(
        site__is_default_site=True, needs_approval=True
    ).exists()


def goes_live_by_itself(course: Course) -> bool:
    """Its page waits for a day that has been set."""
    return Revision.objects.filter(
        approved_go_live_at__isnull=False,
        object_id__in=[str(pk) for pk in course.pages.values_list("pk", flat=True)],
        base_content_type=ContentType.objects.get_for_model(Page),
    ).exists()


def may_publish(user: Any, course: Course | None) -> bool:
    """Beside the right of the role to publish at all; none: a new course of one's own
    section."""
    section = course.department if course else section_of(user)
    if section is None:
        return bool(user.is_superuser)
    if not works_for(user, section):
        return False
    return heads_section(user, section) or not is_needed()


def is_approver(user: Any, page: Any) -> bool:
    course = getattr(page, "course", None)
    return course is not None and heads_section(user, course.department)


def require_approver(user: Any, page: Any) -> None:
    """Raises: NotAllowed."""
    if not is_approver(user, page):
        raise NotAllowed


def heads_anything(user: User) -> bool:
    section = section_of(user)
    return user.is_superuser or (section is not None and heads_section(user, section))


def approvers_of(course: Course) -> list[User]:
    """The heads of its section; the administrators where it has none."""
    heads = list(heads_of(course.department).order_by("pk"))
    return heads or list(
        User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
    )


def state_of(page: Any) -> WorkflowState | None:
    """The request that waits, or was sent back."""
    found = page.workflow_states.active().select_related(
        "requested_by", "current_task_state__finished_by"
    )
    return found.first() if is_needed() else None


def waiting_for(user: User) -> QuerySet[WorkflowState]:
    """Requests that this person may approve, the oldest first."""
    from cms.models import CoursePage

    own = CoursePage.objects.annotate(key=Cast("pk", CharField()))
    if not user.is_superuser:
        own = own.filter(
            course__department__staff__user=user,
            course__department__staff__role="head",
        )
    found = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return found.filter(Exists(own.filter(key=OuterRef("object_id")))).order_by(
        "created_at", "pk"
    )


def mark_of(page: Any) -> str:
    """The same text as long as the draft, the course's facts and its runs are the same."""
    at = page.course.created_at  # only for words of dates, so any fixed moment will do
    facts = course_words(page.course, at=at)
    runs = [fingerprint_of(run) for run in page.course.runs.order_by("pk")]
    latest = Page.objects.values_list("latest_revision", flat=True).get(pk=page.pk)
    text = repr((latest, facts, runs))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def request_approval(*, page: Any, by: User, at: datetime) -> WorkflowState:
    """Ask the head; after a sending back it is the same request again.

    Raises: NotAllowed (another section), AlreadyRequested, NeedsWindow.
    """
    with transaction.atomic():
        _lock(page)
        require_section(by, page.course.department)
        require_windows(page.course)
        state = page.workflow_states.active().first()
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            raise AlreadyRequested
        if state is None:
            return page.get_workflow().start(page, by)
        state.requested_by = by
        state.resume(user=by)
    return state


def withdraw_request(*, page: Any, by: User) -> None:
    """Raises: NotAllowed (another section), NotRequested."""
    with transaction.atomic():
        _lock(page)
        require_section(by, page.course.department)
        state = page.workflow_states.active().first()
        if state is None:
            raise NotRequested
        state.cancel(user=by)


def approve(*, page: Any, by: User, seen: str) -> None:
    """Publish what was read; `seen` is its mark.

    Raises: NotAllowed, NotRequested, RequestOutOfDate.
    """
    with transaction.atomic():
        waiting = _waiting(page, by, seen)
        waiting.task.specific.on_action(waiting, by, "approve")


def send_back(*, page: Any, by: User, comment: str, seen: str) -> None:
    """Raises: NotAllowed, NotRequested, RequestOutOfDate, CommentMissing."""
    if not comment.strip():
        raise CommentMissing
    with transaction.atomic():
        waiting = _waiting(page, by, seen)
        waiting.task.specific.on_action(waiting, by, "reject", comment=comment.strip())


def require_unlocked(page: Any, by: User) -> None:
    """Raises: WaitsForApproval."""
    task = page.current_workflow_task
    if task is not None and task.locked_for_user(page, by):
        raise WaitsForApproval


def require_current(task_state: TaskState) -> None:
    """Nobody but an approver may have written since the request was made.

    Raises: RequestOutOfDate.
    """
    page = task_state.workflow_state.content_object.specific
    later = page.revisions.filter(pk__gt=task_state.revision_id).select_related("user")
    for revision in later:
        if revision.user is None or not is_approver(revision.user, page):
            raise RequestOutOfDate


def _waiting(page: Any, by: User, seen: str) -> TaskState:
    _lock(page)
    require_approver(by, page)
    waiting = page.current_workflow_task_state
    if waiting is None:
        raise NotRequested
    if seen != mark_of(page):
        raise RequestOutOfDate
    return waiting


def _lock(page: Any) -> None:
    """One act at a time on a page's request."""
    Page.objects.select_for_update(no_key=True).only("pk").get(pk=page.pk)
