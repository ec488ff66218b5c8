"""A frozen list is taken back, with a reason that is published, only while nobody can know
the public value: later somebody could try lists until the result pleases."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import given
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.changes import record_change
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.enums import ChangeAct
from enrollments.domain.drawing import refusals
from enrollments.enums import DrawState
from enrollments.models import Draw


def take_back(*, draw: Draw, why: str, by: User | None, at: datetime) -> Draw:
    """The list was incomplete (a card that had come in time): it may be frozen anew, with
    a new secret. The old list, its fingerprint and the reason stay published.

    Raises: NotAllowed, WhyTakenBack, NotFrozen, TooLateToTakeBack.
    """
    reason = given(tidy_text(why), refusals.WhyTakenBack)
    with transaction.atomic():
        run = lock_run(draw.run_id)
        if by is not None:
            require_section(by, run.course.department)
        fresh = Draw.objects.get(pk=draw.pk)
        if fresh.state != DrawState.FROZEN:
            raise refusals.NotFrozen
        if at.astimezone(TOKYO).date() >= fresh.source_on:
            raise refusals.TooLateToTakeBack
        fresh.state, fresh.taken_back_at = DrawState.TAKEN_BACK, at
        fresh.taken_back_by, fresh.taken_back_why = by, reason
        fresh.save(
            update_fields=["state", "taken_back_at", "taken_back_by", "taken_back_why"]
        )
        record_change(
            subject=run,
            act=ChangeAct.CHANGED,
            by=by,
            at=at,
            fields=[["抽選の名簿", fresh.fingerprint, f"固定を取り消し（{reason}）"]],
        )
    return fresh
