"""Every paper says who printed it and when; what its font lacks is named beforehand."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.sections import section_of
from accounts.exchange.paper.printable import Fact, printable
from accounts.models import User
from courses.domain.wording import time_words
from courses.models.localised import in_english


def printed_words(user: User, *, at: datetime, named: bool = True) -> str:
    """Papers for residents name the section, not the clerk."""
    section = section_of(user)
    day = timezone.localdate(at)
    when = f"{day:%Y-%m-%d}" if in_english() else f"{day.year}年{day.month}月{day.day}日"
    who = [section.name if section else "", user.get_full_name() if named else ""]
    return _("%(who)s が %(when)s に印刷") % {
        "who": " ".join(filter(None, who)),
        "when": f"{when} {time_words(at)}",
    }


def missing_in_print(facts: Fact) -> list[str]:
    missing: set[str] = set()
    printable(facts, missing)
    return sorted(missing)
