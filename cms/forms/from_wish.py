"""A new course filled with what people said they want to learn."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.forms.beginning import Beginning
from learning_paths.enums import SuitableTime
from learning_paths.models import LearningRequest


def beginning_for(wanted: LearningRequest) -> Beginning:
    """`wanted` with its voices; everything is a proposal."""
    facts: dict[str, Any] = {"title": wanted.title, "summary": wanted.detail[:200]}
    if wanted.theme_id:
        facts["themes"] = [wanted.theme_id]
    if wanted.audience_id:
        facts["audiences"] = [wanted.audience_id]
    return Beginning(
        source=_("希望「%(title)s」") % {"title": wanted.title},
        facts=facts,
        notes=list(_notes(wanted)),
    )


def _notes(wanted: LearningRequest) -> Iterator[str]:
    """What residents said of when, where and how many."""
    number = wanted.wanted_by
    words = ngettext(
        "%(n)d人が学びたいと言っています。", "%(n)d人が学びたいと言っています。", number
    )
    yield words % {"n": number}
    if wanted.suits:
        times = "、".join(str(SuitableTime(one).label) for one in wanted.suits)
        yield _("都合のよいとき：%(times)s") % {"times": times}
    if wanted.area:
        yield _("地区：%(area)s") % {"area": wanted.area}
