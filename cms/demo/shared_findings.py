"""Findings of joint sessions as both sides wrote them: published ones with their steps,
and the latest of the demo's officer still waiting for the citizens' consent."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from accounts.models import User
from cms.demo.identifiers import identifier
from cms.demo.reading import read
from courses.models import Session
from enrollments.domain.shared_findings.agreeing import approve, publish_findings
from enrollments.domain.shared_findings.authors import citizen_author, staff_author
from enrollments.domain.shared_findings.citizens import citizens_of, name_citizen
from enrollments.domain.shared_findings.content import Content, Step
from enrollments.domain.shared_findings.following_up import follow_step
from enrollments.domain.shared_findings.writing import begin_findings, write_findings
from enrollments.enums import NotificationState
from enrollments.models import Notification, SharedFindings

MOST = 2
AFTER = timedelta(days=2)
TAKES = timedelta(hours=32)  # from the first words to the publication
LONG_AGO = timedelta(days=60)
# The course whose latest findings still wait.
WAITS = "godo-sogo-keikaku"


def build_findings(officers: Mapping[str, User], *, at: datetime) -> None:
    for session, told in _held(at):
        course = session.run.course
        officer = officers.get(course.department.code)
        moment = min(session.ends_at + AFTER, at - TAKES)
        if officer is not None:
            waits = course.slug == WAITS and told["position"] == 0
            _write(session, told, officer, moment, waits=waits, now=at)
    written = Notification.objects.filter(occasion__startswith="findings:")
    written.update(state=NotificationState.SENT, settled_at=F("due_at"))


def _held(at: datetime) -> Iterator[tuple[Session, dict[str, Any]]]:
    """The latest sessions of each course with what was told, the newest first."""
    for entry in read("joint")["joint"]:
        held = Session.objects.held().filter(
            run__course__slug=entry["slug"], ends_at__lte=at - TAKES
        )
        latest = held.select_related("run__course__department").order_by("-starts_at")
        told = entry.get("findings", [])
        for position, pair in enumerate(zip(latest[:MOST], told, strict=False)):
            yield pair[0], {**pair[1], "position": position, "slug": entry["slug"]}


def _write(
    session: Session,
    told: dict[str, Any],
    officer: User,
    at: datetime,
    *,
    waits: bool,
    now: datetime,
) -> None:
    found = begin_findings(session=session, by=officer, at=at)
    citizens = citizens_of(found)
    if not citizens:
        return
    found = name_citizen(findings=found, participant=citizens[0].pk, by=officer, at=at)
    staff, citizen = staff_author(found, officer), citizen_author(found)
    first = _content(told, remains=False)
    write_findings(findings=found, content=first, seen=0, author=staff, at=at)
    both = _content(told, remains=True)
    hour = timedelta(hours=1)
    version = write_findings(
        findings=found, content=both, seen=1, author=citizen, at=at + 20 * hour
    )
    number = version.number
    approve(findings=found, number=number, author=staff, at=at + 22 * hour)
    if waits:
        return
    approve(findings=found, number=number, author=citizen, at=at + 30 * hour)
    publish_findings(findings=found, by=officer, at=at + 31 * hour)
    if session.ends_at < now - LONG_AGO:
        _follow(found, both, officer, session.ends_at + LONG_AGO)


def _content(told: dict[str, Any], *, remains: bool) -> Content:
    return Content(
        learned=tuple(told.get("learned", ())),
        agreed=tuple(told["issues"]),
        remains=tuple(told.get("remains", ())) if remains else (),
        steps=tuple(
            Step(what, who, when, key=identifier("step", told["slug"], what))
            for what, who, when in told["next"]
        ),
    )


def _follow(found: SharedFindings, content: Content, officer: User, at: datetime) -> None:
    follow_step(
        findings=found,
        key=content.steps[0].key,
        done_on=at.date(),
        words="",
        author=staff_author(found, officer),
        at=at,
    )
