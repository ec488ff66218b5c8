"""Who asks and who approves are told through the outbox, once, in the transaction of
the step; Wagtail's own mails about the same pages stay away."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.users.models import UserProfile

from accounts.models import User
from cms.approval import approvers_of
from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind


def request_made(instance: Any, user: User, **kwargs: Any) -> None:
    """The heads hear of it; whoever asks and approves alike needs no message."""
    state = instance.workflow_state
    for head in approvers_of(_course(state)):
        if head != user:
            _tell(head, "requested", state, task=instance)


def request_approved(instance: Any, user: User, **kwargs: Any) -> None:
    _tell_officer("approved", instance, user)


def request_sent_back(instance: Any, user: User, **kwargs: Any) -> None:
    _tell_officer("sent_back", instance, user)


def nobody_else(instance: Any, **kwargs: Any) -> None:
    """Wagtail would write to every administrator as well."""


def connect() -> None:
    """In the places of Wagtail's receivers: it connects its own later, under the same
    marks, and finds them taken. Pages without a course still get Wagtail's mails."""
    from wagtail.admin import signal_handlers as wagtails

    for signal, sender, mark, ours, theirs in (
        (
            task_submitted,
            TaskState,
            "group_approval_task_submitted_email_notification",
            request_made,
            wagtails.task_submission_email_notifier,
        ),
        (
            workflow_submitted,
            WorkflowState,
            "workflow_state_submitted_email_notification",
            nobody_else,
            wagtails.workflow_submission_email_notifier,
        ),
        (
            workflow_rejected,
            WorkflowState,
            "workflow_state_rejected_email_notification",
            request_sent_back,
            wagtails.workflow_rejection_email_notifier,
        ),
        (
            workflow_approved,
            WorkflowState,
            "workflow_state_approved_email_notification",
            request_approved,
            wagtails.workflow_approval_email_notifier,
        ),
    ):
        receiver = _ours_or(ours, theirs)
        signal.connect(receiver, sender=sender, dispatch_uid=mark, weak=False)


def _ours_or(ours: Callable[..., Any], theirs: Callable[..., Any]) -> Callable[..., Any]:
    def receive(instance: Any, **kwargs: Any) -> None:
        state = getattr(instance, "workflow_state", instance)
        kwargs.pop("signal", None)
        about_a_course = hasattr(state.content_object.specific, "course")
        (ours if about_a_course else theirs)(instance=instance, **kwargs)

    return receive


def _tell_officer(kind: str, state: WorkflowState, by: User) -> None:
    asked = state.requested_by
    if asked is not None and asked.is_active and asked != by:
        _tell(asked, kind, state, task=state.current_task_state)


def _tell(person: User, kind: str, state: WorkflowState, *, task: TaskState) -> None:
    course = _course(state)
    name = "manage_course_approval" if kind == "requested" else "manage_course"
    language = UserProfile.get_for_user(person).get_preferred_language()
    with translation.override(language):
        subject, body = mail_text(
            f"manage/mail/approval_{kind}.txt",
            {
                "course": state.content_object.specific.get_latest_revision_as_object(),
                "department": course.department,
                "comment": task.comment,
                "asked_by": state.requested_by,
                "link": settings.PUBLIC_URL + reverse(name, args=[course.pk]),
                "person": person,
            },
        )
    write_message(
        kind=MessageKind.OTHER,
        occasion=f"approval:{kind}:{task.pk}:{person.pk}",
        subject=subject,
        body=body,
        at=timezone.now(),
        recipient=person.email,
        language=language,
    )


def _course(state: WorkflowState) -> Any:
    return state.content_object.specific.course
