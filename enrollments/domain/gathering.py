"""What changes about sessions is told in one message each: several changes of one act
together, and those of a few minutes too, as long as the message has not left (ADR 20)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from courses.models import CourseRun, Session
from enrollments.domain.changed import Changed, as_json, from_json
from enrollments.domain.invitations import OF_OFFERS
from enrollments.domain.mail_merge import MailMerge
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import worded
from enrollments.domain.outbox import write_messages
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Application, Notification

GATHERED_FOR = timedelta(minutes=5)
# Whoever is about to leave home is told at once.
SOON = timedelta(days=1)
OF_CHANGES = (
    MessageKind.SESSION_CANCELLED,
    MessageKind.SESSION_MOVED,
    MessageKind.RUN_CHANGED,
    MessageKind.RUN_POSTPONED,
)
WITH_ANOTHER = "ほかのお知らせと一つにまとめました"
TAKEN_BACK = "送る前に元に戻ったので、送りませんでした"
NOT_LEFT = (NotificationState.PENDING, NotificationState.BY_HAND)


def tell_of_changes(
    *, changes: Sequence[Changed], people: Iterable[Application], at: datetime
) -> int:
    """Everybody whose sessions are among them, each in one message; the caller holds the
    run's lock. Returns how many were told."""
    return _tell([(one, _concerning(one, changes)) for one in people], at)


def tell_of_run(
    *,
    kind: MessageKind,
    people: Sequence[Application],
    why: str,
    at: datetime,
    formerly: Sequence[Changed] = (),
) -> int:
    """The whole run is called off or put off. A message about changes or an offer that
    has not left yet is replaced: it would tell of what no longer holds."""
    own, unsent, new = MailMerge(), _unsent(people), []
    for application in _with_their_run(people):
        row = worded(
            kind=kind,
            occasion=f"{kind}:{application.run_id}:{at.isoformat()}:{application.pk}",
            application=application,
            at=at,
            own=own,
            why=why,
        )
        row.changes = as_json(_concerning(application, formerly))
        if not _replace(unsent[application.pk], row):
            new.append(row)
    write_messages(new)
    return len(people)


def settle_unsent(people: Iterable[Application], *, at: datetime) -> None:
    """What has not left of changes and offers leaves no more: another message, that the
    caller writes, tells of all."""
    keys = [one.pk for some in _unsent(people).values() for one in some]
    still = Notification.objects.filter(pk__in=keys, state__in=NOT_LEFT, printed_at=None)
    still.update(**_settled(at))


def _tell(told: Sequence[tuple[Application, Sequence[Changed]]], at: datetime) -> int:
    concerned = [(application, changes) for application, changes in told if changes]
    people = [application for application, _changes in concerned]
    own, unsent, new = OwnWordings(), _unsent(people), []
    known = _sessions_of(one for some in unsent.values() for one in some)
    shared = _with_their_run(people)
    for application, (_same, changes) in zip(shared, concerned, strict=True):
        earlier = unsent[application.pk]
        before = [change for one in earlier for change in from_json(one.changes, known)]
        merged = _merged(before, changes)
        if not merged and _forget(earlier, at):
            continue
        if merged and _replace(earlier, _row(application, merged, at, own)):
            continue
        new.append(_row(application, changes, at, own))
    write_messages(new)
    return len(concerned)


def _row(
    application: Application, changes: Sequence[Changed], at: datetime, own: OwnWordings
) -> Notification:
    kind = _kind_of(changes)
    only = changes[0].session
    revision = sum(change.session.sequence for change in changes)
    row = worded(
        kind=kind,
        occasion=(
            f"changed:{application.run_id}:{revision}:{at.isoformat()}:{application.pk}"
        ),
        application=application,
        at=at,
        own=own,
        changes=changes,
        session=only,
        why=only.state_note if kind == MessageKind.SESSION_CANCELLED else "",
    )
    row.changes = as_json(changes)
    starts = [change.session.starts_at for change in changes]
    starts += [change.former for change in changes if change.former]
    row.due_at = at if min(starts) - at < SOON else at + GATHERED_FOR
    return row


def _kind_of(changes: Sequence[Changed]) -> MessageKind:
    if all(change.session.is_held for change in changes):
        return MessageKind.SESSION_MOVED
    cancelled = changes[0].session.state == "cancelled"
    if len(changes) == 1 and cancelled:
        return MessageKind.SESSION_CANCELLED
    return MessageKind.RUN_CHANGED


def _replace(unsent: Iterable[Notification], row: Notification) -> bool:
    """The first that has not left gets the words, and any other is settled with it.
    False where all have left, or are being sent: then the row is a message of its own.
    The worker claims by the same condition, so exactly one of the two comes first."""
    replaced = False
    for one in unsent:
        due = {"due_at": min(one.due_at, row.due_at)}
        fate = _settled(row.created_at) if replaced else due
        still = Notification.objects.filter(pk=one.pk, state__in=NOT_LEFT, printed_at=None)
        done = still.update(
            kind=row.kind, subject=row.subject, body=row.body, changes=row.changes, **fate
        )
        replaced = replaced or bool(done)
    return replaced


def _forget(unsent: Sequence[Notification], at: datetime) -> bool:
    """All is as the reader knows it: there is nothing to tell, unless one of the messages
    has left in this moment."""
    still = Notification.objects.filter(
        pk__in=[one.pk for one in unsent], state__in=NOT_LEFT, printed_at=None
    )
    return still.update(**_settled(at, TAKEN_BACK)) == len(unsent)


def _settled(at: datetime, why: str = WITH_ANOTHER) -> dict[str, Any]:
    """Nothing more is to be done: the same words reach the reader once."""
    return {"state": NotificationState.SENT, "settled_at": at, "last_error": why}


def _unsent(people: Iterable[Application]) -> defaultdict[int, list[Notification]]:
    """What the reader has not had of changes, and of offers that stand no longer."""
    no_offer = Q(kind__in=OF_OFFERS) & ~Q(application__state=State.OFFERED)
    messages = Notification.objects.filter(
        no_offer | Q(kind__in=OF_CHANGES),
        application__in=[one.pk for one in people],
        state__in=NOT_LEFT,
        printed_at=None,
    )
    found: defaultdict[int, list[Notification]] = defaultdict(list)
    for one in messages.order_by("pk"):
        if one.application_id:
            found[one.application_id].append(one)
    return found


def _merged(before: Iterable[Changed], after: Iterable[Changed]) -> list[Changed]:
    """In order of time; of a session changed twice, the start that was last told. One that
    was called off untold, and is held after all when it was to be, is as it was."""
    found = {change.session.pk: change for change in before}
    for change in after:
        first = found.get(change.session.pk)
        if first and change.reinstated and first.former == change.session.starts_at:
            del found[change.session.pk]
            continue
        found[change.session.pk] = (
            replace(change, former=first.former, makes_up=first.makes_up)
            if first
            else change
        )
    return sorted(found.values(), key=lambda change: change.session.starts_at)


def _concerning(application: Application, changes: Sequence[Changed]) -> Sequence[Changed]:
    """All of the run's, or of the one session that was chosen."""
    chosen = application.pool.session_id
    return [change for change in changes if chosen in (None, change.session.pk)]


def _with_their_run(people: Sequence[Application]) -> Sequence[Application]:
    """One run for all, read after the change, with what the wording asks for."""
    sessions = Session.objects.select_related("venue", "room__venue", "run__venue")
    runs = CourseRun.objects.select_related("course__department", "venue").prefetch_related(
        Prefetch("sessions", sessions)
    )
    found = {run.pk: run for run in runs.filter(pk__in={one.run_id for one in people})}
    for application in people:
        application.run = found[application.run_id]
    return people


def _sessions_of(messages: Iterable[Notification]) -> Mapping[str, Session]:
    pks = {pk for message in messages for pk in message.changes}
    found = Session.objects.select_related("venue", "room__venue", "run__venue")
    return {str(session.pk): session for session in found.filter(pk__in=pks)}
