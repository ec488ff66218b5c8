"""Applying: gates first, then the lock, then the count, then one row and its trace."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.models import User
from courses.domain.locking import hold_run
from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.domain.asking_heads import ask_heads
from enrollments.domain.by_exception import require_staff_for
from enrollments.domain.claims import claims_on
from enrollments.domain.drafts import drop_draft
from enrollments.domain.entering import Passed, enter, first_traces, keys_of_request
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.moving import move
from enrollments.domain.offered import Offered
from enrollments.domain.placing import place_for
from enrollments.domain.receipt import moment_of_receipt
from enrollments.domain.refusals import ReceivedLongAgo
from enrollments.domain.requests import SeatRequest
from enrollments.domain.sent_before import sent_before
from enrollments.enums import ApplicationState as State
from enrollments.models import Application

# A card older than this was given a wrong date, and would head the waiting list.
LONGEST_WAY = timedelta(days=366)


def apply_for_seat(
    *,
    run: CourseRun,
    request: SeatRequest,
    by: User | None,
    at: datetime,
    received_at: datetime | None = None,
    override_reason: str = "",
    namesake_reason: str = "",
    pool_kind: PoolKind | None = None,
    tells: bool = True,
    draft: str = "",
) -> Application:
    """One application, decided at once where places are given in order.

    `received_at` is earlier than `at` for what staff enter later. `override_reason` is
    a member of staff's for taking somebody outside the window or who does not meet the
    conditions, `namesake_reason` for saying that it is another person of the same name
    and contact. Without `tells` nobody is written to. The same form gives the first.
    `draft` opens what was kept of the form, which is forgotten. Many of one run at once
    go through `applying_together`.
    Raises: NotAllowed, the refusals of `enrollments.domain.refusals`.
    """
    require_staff_for(override_reason or namesake_reason, run=run, by=by)
    moment, keys = moment_received(received_at, at=at), keys_of_request(request, by)
    offered_before = Offered() if connection.in_atomic_block else None
    with transaction.atomic():
        hold_run(run.pk)
        offered = offered_before or Offered.now()
        if draft:
            drop_draft(token=draft, about=run)
        locked, known = offered.run_to_apply_for(
            run.pk, form=request.submission_key, keys=keys
        )
        first, request = sent_before(locked, request, first=known.first)
        if first:
            return first
        place = place_for(locked, request, by, at, moment, pool_kind, override_reason)
        passed = Passed(request, place, moment, keys, override_reason, namesake_reason)
        claims = claims_on(keys, run_pk=run.pk) if known.claimed else {}
        application = _entered(offered, locked, passed, claims, by, at)
        _begin(application, passed, by, at, offered.wordings() if tells else None)
    return application


def _entered(
    offered: Offered,
    run: CourseRun,
    passed: Passed,
    claims: Mapping[str, Application],
    by: User | None,
    at: datetime,
) -> Application:
    notice = offered.notice("application", at=at)
    return enter(run=run, passed=[passed], claims=claims, notice=notice, by=by, at=at)[0]


def _begin(
    application: Application,
    passed: Passed,
    by: User | None,
    at: datetime,
    own: OwnWordings | None,
) -> None:
    """Received, and at once where it goes from there; told in one's `own` wordings or,
    without them, not at all."""
    (begun,) = first_traces([application], [passed], by=by, at=at)
    move(
        application=application,
        to=passed.place.first_state,
        by=by,
        at=at,
        tell=own is not None,
        begun=begun,
        own=own,
    )
    if application.state == State.AWAITING_APPROVAL:
        ask_heads(application, at=at)


def moment_received(received_at: datetime | None, *, at: datetime) -> datetime:
    """Raises: ReceivedLongAgo."""
    if received_at is not None and received_at < at - LONGEST_WAY:
        raise ReceivedLongAgo
    return moment_of_receipt(received_at or at)
