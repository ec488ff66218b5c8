"""Childcare and support that a run offers, each kind once; the catalogue's facets and
the line of the bulletin follow from them. What somebody wishes for is not taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.applying_words import offer_facts
from courses.domain.changes import LANGUAGE
from courses.domain.locking import lock_run
from courses.domain.recorded import recorded
from courses.enums import SupportKind
from courses.models import CourseRun, SupportOffer

NOTE_LENGTH = 200


class SupportOfferedTwice(Refusal):
    sentence = _("同じ保育・支援を二度は入れられません。")


class SupportAgesOutOfOrder(Refusal):
    sentence = _("「何か月から」は「何か月まで」より小さくしてください。")


class SupportIsWished(Refusal):
    sentence = _("希望した方がいる保育・支援は、なくせません。")


@dataclass(frozen=True)
class SupportPlan:
    """As `SupportOffer`: ages in months, both ends inclusive; fees in whole yen."""

    kind: SupportKind
    capacity: int | None = None
    min_age_months: int | None = None
    max_age_months: int | None = None
    deadline: datetime | None = None
    fee: int = 0
    note: str = ""

    def columns(self) -> dict[str, Any]:
        return dict(vars(self))

    def check(self) -> None:
        """Raises: SupportAgesOutOfOrder."""
        least, most = self.min_age_months, self.max_age_months
        if least is not None and most is not None and most < least:
            raise SupportAgesOutOfOrder


def facets_of(plans: Sequence[SupportPlan]) -> dict[str, object]:
    """The columns by which residents look for runs, and what the bulletin prints."""
    offered = {plan.kind: plan for plan in plans}
    childcare = offered.get(SupportKind.CHILDCARE)
    with translation.override(LANGUAGE):
        note = offer_facts(childcare)[:NOTE_LENGTH] if childcare else ""
    return {
        "has_childcare": childcare is not None,
        "childcare_note": note,
        "has_sign_language": SupportKind.SIGN_LANGUAGE in offered,
        "has_captioning": SupportKind.CAPTIONING in offered,
    }


def set_support_offers(
    *, run: CourseRun, plans: Sequence[SupportPlan], by: User, at: datetime
) -> None:
    """Raises: NotAllowed, SupportOfferedTwice, SupportAgesOutOfOrder, SupportIsWished."""
    for plan in plans:
        plan.check()
    kinds = [plan.kind for plan in plans]
    if len(set(kinds)) < len(kinds):
        raise SupportOfferedTwice
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        with recorded(locked, by=by, at=at):
            _take_back(locked, kinds)
            for plan in plans:
                SupportOffer.objects.update_or_create(
                    run=locked, kind=plan.kind, defaults=plan.columns()
                )
        CourseRun.objects.filter(pk=locked.pk).update(**facets_of(plans))


def support_plans(run: CourseRun) -> list[SupportPlan]:
    """The plans that would leave the offers as they are. A run that was imported, or
    made before offers were kept, offers what its facets say."""
    found = [
        SupportPlan(
            **{name: getattr(row, name) for name in SupportPlan.__dataclass_fields__}
        )
        for row in run.support_offers.all()
    ]
    there = {plan.kind for plan in found}
    said = {
        SupportKind.CHILDCARE: run.has_childcare,
        SupportKind.SIGN_LANGUAGE: run.has_sign_language,
        SupportKind.CAPTIONING: run.has_captioning,
    }
    for kind, is_offered in said.items():
        if is_offered and kind not in there:
            note = run.childcare_note if kind == SupportKind.CHILDCARE else ""
            found.append(SupportPlan(kind=kind, note=note))
    return found


def _take_back(run: CourseRun, kinds: Sequence[str]) -> None:
    """Raises: SupportIsWished."""
    try:
        run.support_offers.exclude(kind__in=kinds).delete()
    except ProtectedError as protected:
        raise SupportIsWished from protected
