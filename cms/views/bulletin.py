"""広報原稿: the month's courses as copy for the city bulletin. For staff."""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import section_of
from cms.forms.bulletin import ALL, OWN, BulletinForm, month_said
from courses.domain.bulletin import (
    for_staff,
    month_after,
    month_words,
    of_section,
    runs_of_month,
)
from courses.enums import BulletinGroup, BulletinMonth, RunState
from courses.exchange.bulletin.manuscript import as_file, manuscript
from courses.models import CourseRun

MONTHS_BEFORE, MONTHS_AHEAD = 1, 6


@require_safe
def bulletin(request: HttpRequest) -> HttpResponse:
    """Public courses of all sections and the own section's drafts; `form=txt` is a file."""
    section = section_of(request.user)
    if section is None and not request.user.is_superuser:
        raise NotAllowed
    next_month = month_after(timezone.localdate())
    month = month_said(request.GET.get("month", ""), otherwise=next_month)
    form = BulletinForm(request.GET)
    by = BulletinMonth(form.said("by", otherwise=BulletinMonth.SESSIONS))
    group = BulletinGroup(form.said("group", otherwise=BulletinGroup.SECTION))
    whose = form.said("whose", otherwise=OWN if section else ALL)
    runs = for_staff(runs_of_month(month, by=by), section)
    if whose == OWN and section:
        runs = of_section(runs, section)
    found = list(runs)
    text = manuscript(found, month=month, group=group, site=settings.PUBLIC_URL)
    if request.GET.get("form") == "txt":
        return _file(text, month)
    title = _("広報原稿")
    context = {
        "months": _months(next_month, month),
        "month": month,
        "by": by,
        "group": group,
        "whose": whose,
        "section": section,
        "ways": BulletinMonth.choices,
        "groups": BulletinGroup.choices,
        "number": len(found),
        "drafts": [run for run in found if _is_draft(run)],
        "text": text,
        "lines": min(text.count("\n") + 1, 40),
        "breadcrumbs_items": [{"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
    }
    return render(request, "manage/bulletin.html", context)


def _is_draft(run: CourseRun) -> bool:
    return not run.course.is_public or run.state == RunState.PLANNED


def _file(text: str, month: date) -> HttpResponse:
    response = HttpResponse(as_file(text), content_type="text/plain; charset=utf-8")
    name = f"koho-{month:%Y-%m}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _months(next_month: date, chosen: date) -> list[tuple[str, str]]:
    """From last month on for half a year, and the chosen one."""
    month = (next_month - timedelta(days=40)).replace(day=1)
    found = [chosen]
    for _each in range(MONTHS_BEFORE + 1 + MONTHS_AHEAD):
        found.append(month)
        month = month_after(month)
    return [(f"{one:%Y-%m}", month_words(one)) for one in sorted(set(found))]
