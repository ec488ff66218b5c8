"""An instructor is named in public only with consent, and after a head of section or an
administrator has approved it; without consent there is no approval."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import heads_any_section
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from courses.models import Instructor

logger = logging.getLogger(__name__)


class ConsentMissing(Refusal):
    sentence = _(
        "公開への同意がないため、承認できません。本人に確かめて、同意を記録してください。"
    )


class AlreadyApproved(Refusal):
    sentence = _("この講師は、ほかの人がすでに承認しました。")


class NotApproved(Refusal):
    sentence = _("この講師は承認されていません。画面を開き直してください。")


def may_approve(user: User) -> bool:
    return heads_any_section(user)


def approve_instructor(*, instructor: Instructor, by: User, at: datetime) -> Instructor:
    """Who and when is kept. Raises: NotAllowed, ConsentMissing, AlreadyApproved."""
    with transaction.atomic():
        fresh = _lock_to_decide(instructor, by)
        if not fresh.consents_to_publish:
            raise ConsentMissing
        if fresh.approved_at is not None:
            raise AlreadyApproved
        fresh.approved_at, fresh.approved_by = at, by
        fresh.save(update_fields=["approved_at", "approved_by"])
    logger.info("instructor %s approved by user %s", fresh.pk, by.pk)
    return fresh


def withdraw_approval(*, instructor: Instructor, by: User) -> Instructor:
    """The name leaves the public pages at once. Raises: NotAllowed, NotApproved."""
    with transaction.atomic():
        fresh = _lock_to_decide(instructor, by)
        if fresh.approved_at is None:
            raise NotApproved
        fresh.approved_at, fresh.approved_by = None, None
        fresh.save(update_fields=["approved_at", "approved_by"])
    logger.info("approval of instructor %s withdrawn by user %s", fresh.pk, by.pk)
    return fresh


def record_consent(
    *, instructor: Instructor, agreed: bool, on: date | None, by: User, at: datetime
) -> Instructor:
    """What the person said, and when (today, if no day is given). Taking consent back
    ends the approval too: agreeing again needs a new one."""
    with transaction.atomic():
        fresh = _lock(instructor)
        before = (fresh.consents_to_publish, fresh.consented_on)
        fresh.consents_to_publish = agreed
        fresh.consented_on = (on or at.astimezone(TOKYO).date()) if agreed else None
        if not agreed:
            fresh.approved_at, fresh.approved_by = None, None
        fresh.save(
            update_fields=[
                "consents_to_publish",
                "consented_on",
                "approved_at",
                "approved_by",
            ]
        )
    if before != (fresh.consents_to_publish, fresh.consented_on):
        words = "given" if agreed else "taken back"
        logger.info("consent of instructor %s %s, by user %s", fresh.pk, words, by.pk)
    return fresh


def _lock_to_decide(instructor: Instructor, by: User) -> Instructor:
    if not may_approve(by):
        raise NotAllowed
    return _lock(instructor)


def _lock(instructor: Instructor) -> Instructor:
    return Instructor.objects.select_for_update(no_key=True).get(pk=instructor.pk)
