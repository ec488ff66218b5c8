"""Wishes for childcare and support, with how they stand: told to the person, and to staff
who may see them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.domain.own_data import Chapter, Row, Whose
from courses.domain.applying_words import age_words
from enrollments.domain.own_data.applications import COURSE, NUMBER
from enrollments.domain.own_data.whose import applications, is_said
from enrollments.models import SupportRequest


def _wishes(whose: Whose) -> Iterable[Row]:
    found = SupportRequest.objects.filter(application__in=applications(whose))
    loaded = found.select_related("application__run__course").prefetch_related("children")
    for one in loaded.order_by("asked_at", "pk"):
        children = (
            f"{child.called} {age_words(child.age_months)} {child.note}".strip()
            for child in one.children.all()
        )
        yield {
            "receipt_number": one.application.receipt_number,
            "course": is_said(one.application),
            "kind": one.get_kind_display(),
            "needs": one.needs,
            "children": "\n".join(children),
            "state": one.get_state_display(),
            "alternative": one.alternative,
            "asked_at": one.asked_at,
        }


CHAPTERS = (
    Chapter(
        "support",
        _("保育・参加のための支援"),
        (
            NUMBER,
            COURSE,
            ("kind", _("支援")),
            ("needs", _("希望の内容")),
            ("children", _("お子さん")),
            ("state", _("状態")),
            ("alternative", _("かわりの案")),
            ("asked_at", _("希望した日時")),
        ),
        _wishes,
        ("enrollments.SupportRequest", "enrollments.CaredChild"),
        needs_care=True,
    ),
)
