"""承認 in the demo city: it is wanted, one changed page waits for its head, and what had
happened to sessions stands in the record of changes."""

from datetime import datetime, timedelta

from wagtail.models import Site, TaskState, WorkflowState

from accounts.models import User
from cms.approval import request_approval
from cms.course_pages import page_of, save_draft
from cms.demo.accounts import Accounts
from cms.models import PublishingSettings
from courses.domain.changes import change_record, record_all
from courses.enums import ChangeAct, SessionState
from courses.models import Course, Session
from enrollments.enums import NotificationState
from enrollments.models import Notification

WAITING = "hajimete-no-shimin-katsudo"
ADDED = "帰ったその日から、ひとつ始められる"
ACTS = {
    SessionState.MOVED: ChangeAct.CHANGED,
    SessionState.POSTPONED: ChangeAct.POSTPONED,
    SessionState.CANCELLED: ChangeAct.CANCELLED,
}


def build_approval(courses: dict[str, Course], accounts: Accounts, *, at: datetime) -> None:
    """The pages and roles have to be there."""
    PublishingSettings.objects.create(site=Site.objects.get(), needs_approval=True)
    _ask(courses[WAITING], accounts.officer, at=at)


def _ask(course: Course, officer: User, *, at: datetime) -> None:
    page = page_of(course)
    prose = {
        "intro": page.intro,
        "outcomes": f"{page.outcomes}\n{ADDED}",
        "cover": page.cover,
    }
    draft = save_draft(course, page.title, prose, by=officer)
    state = request_approval(page=draft, by=officer, at=at)
    asked = at - timedelta(days=1)
    WorkflowState.objects.filter(pk=state.pk).update(created_at=asked)
    TaskState.objects.filter(workflow_state=state).update(started_at=asked)
    # The head has had the mail.
    Notification.objects.filter(occasion__startswith="approval:").update(
        created_at=asked,
        due_at=asked,
        settled_at=asked,
        attempts=1,
        state=NotificationState.SENT,
    )


def record_incidents(officers: dict[str, User]) -> None:
    """Sessions that were moved or called off, by the officer of their section."""
    sessions = Session.objects.filter(state__in=ACTS).select_related(
        "run__course__department"
    )
    record_all(
        change_record(
            subject=session,
            act=ACTS[SessionState(session.state)],
            by=officers.get(session.run.course.department.code),
            at=session.revised_at,
            fields=[
                ["状況", "予定", session.get_state_display()],
                *([["理由", "", session.state_note]] if session.state_note else []),
            ],
        )
        for session in sessions
    )
