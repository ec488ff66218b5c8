"""A child as staff write it down: what it is called, its age, and what to mind."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from enrollments.domain.support_requests import ChildWish

CHILD = re.compile(
    r"^(?P<called>\S+)[ \u3000]+"
    r"(?:(?P<years>\d{1,2})歳)?(?:(?P<months>\d{1,2})[かヶカケ]月)?"
    r"(?:[ \u3000]+(?P<note>.+))?$"
)
EXAMPLE = _("例: めい 1歳8か月 卵アレルギー")


def child_in(line: str) -> ChildWish:
    found = CHILD.match(line)
    if found is None or not (found["years"] or found["months"]):
        raise forms.ValidationError(
            _("「%(line)s」が読み取れません。%(example)s"),
            params={"line": line, "example": EXAMPLE},
        )
    months = int(found["years"] or 0) * 12 + int(found["months"] or 0)
    return ChildWish(found["called"][:40], months, (found["note"] or "")[:200])
