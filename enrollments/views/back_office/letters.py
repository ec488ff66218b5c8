"""What is to be printed and posted, and whom to telephone, of a run or of the section.
Every look is noted, and printing as an export."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.access import log_access
from accounts.domain.contact import tidy_text
from accounts.domain.refusal import Refusal
from accounts.enums import AccessKind
from accounts.forms.fields import row_number
from courses.models import CourseRun
from enrollments.domain.letters import Letter, letters_for, mark_printed, settle_posted
from enrollments.domain.message_queries import (
    messages_of,
    to_be_posted,
    to_be_telephoned,
)
from enrollments.exchange.prints.letters import letter_sheets, postcards
from enrollments.models import Notification
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.back_office.printed_paper import printout_response

FORMS = {
    "letter": "manage/letters_a4.html",
    "postcard": "manage/letters_postcard.html",
    "postcard_printed": "manage/letters_postcard.html",
}
AT_ONCE = 300


@never_cache
@require_safe
def letters_of_run(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    own = messages_of(request.user).filter(application__run=run)
    title = _("印刷と電話")
    context = _lists(request, own, f"印刷と電話 {run.code}")
    return run_page(
        request,
        "manage/letters.html",
        run,
        title=title,
        current="manage_prints",
        **context,
    )


@never_cache
@require_safe
def letters_of_section(request: HttpRequest) -> HttpResponse:
    """Of applications; what wishes and requests need told stands on their own pages."""
    title = _("印刷と電話")
    about_applications = messages_of(request.user).exclude(application=None)
    context = {
        **_lists(request, about_applications, "印刷と電話"),
        "with_run": True,
        "breadcrumbs_items": [{"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
    }
    return render(request, "manage/letters.html", context)


@never_cache
@require_POST
def print_letters(request: HttpRequest) -> HttpResponse:
    """The chosen ones as pages to print; from now on they count as printed."""
    form = request.POST.get("form", "")
    chosen = _chosen(request)
    letters = letters_for(_loaded(chosen))
    on_card = form in FORMS and form != "letter"
    if on_card:
        letters = [letter for letter in letters if letter.may_be_postcard]
    if form not in FORMS or not letters:
        messages.error(request, _("印刷するお知らせをえらんでください。"))
        return _back(request)
    now = timezone.now()
    try:
        answer = _paper(request, form, letters, now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(request)
    printed = Notification.objects.filter(pk__in=[one.message.pk for one in letters])
    mark_printed(messages=printed, by=request.user, at=now)
    log_access(
        subject="郵送の印刷",
        people=len(letters),
        by=request.user,
        at=now,
        kind=AccessKind.EXPORT,
        columns=[_("氏名"), _("住所")],
        reason="お知らせの郵送",
    )
    return answer


def _paper(
    request: HttpRequest, form: str, letters: list[Letter], now: datetime
) -> HttpResponse:
    """As pages or, where that was chosen, as PDF. Raises: NotTypeset."""
    boxes = form != "postcard_printed"
    if "pdf" not in request.POST:
        context = {"letters": letters, "boxes": boxes, "at": now}
        return render(request, FORMS[form], context)
    if form == "letter":
        made = letter_sheets(letters, at=now)
    else:
        made = postcards(letters, boxes=boxes)
    return printout_response(request, made, of=f"{now:%Y%m%d}", at=now)


@require_POST
def settle_letters(request: HttpRequest) -> HttpResponse:
    number = settle_posted(messages=_chosen(request), by=request.user, at=timezone.now())
    if number:
        done = ngettext(
            "%(number)s件を連絡済みにしました。",
            "%(number)s件を連絡済みにしました。",
            number,
        ) % {"number": number}
        messages.success(request, done)
    else:
        messages.error(request, _("印刷したお知らせをえらんでください。"))
    return _back(request)


def _lists(
    request: HttpRequest, own: QuerySet[Notification], subject: str
) -> dict[str, Any]:
    letters = letters_for(_loaded(to_be_posted(own))[:AT_ONCE])
    calls = list(_loaded(to_be_telephoned(own))[:AT_ONCE])
    log_access(
        subject=subject,
        people=len(letters) + len(calls),
        by=request.user,
        at=timezone.now(),
    )
    return {"letters": letters, "calls": calls}


def _loaded(found: QuerySet[Notification]) -> QuerySet[Notification]:
    return found.select_related(
        "application__run__course__department", "printed_by"
    ).order_by("created_at", "pk")


def _chosen(request: HttpRequest) -> QuerySet[Notification]:
    """Of those that the person may see; others are passed over."""
    numbers = [row_number(pk) for pk in request.POST.getlist("message")][:AT_ONCE]
    return to_be_posted(messages_of(request.user)).filter(pk__in=numbers)


def _back(request: HttpRequest) -> HttpResponse:
    run = CourseRun.objects.filter(code=tidy_text(request.POST.get("run", ""))).first()
    return (
        redirect("manage_letters", run.code) if run else redirect("manage_letters_section")
    )
