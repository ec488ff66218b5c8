"""印刷: every paper of a run in the order in which an officer needs them, as pages to print
and as PDF. For staff of the section; every paper with people on it is noted."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from accounts.enums import AccessKind
from accounts.models import User
from courses.models import CourseRun
from courses.models.querysets import HELD
from enrollments.domain.support_rights import may_see_support, require_support_sight
from enrollments.exchange.prints.kinds import BEFORE, KINDS, ON_THE_DAY, PrintKind
from enrollments.exchange.prints.printed import missing_in_print, printed_words
from enrollments.exchange.prints.printout import Printout
from enrollments.forms.printing import WishesForm
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.back_office.printed_paper import printout_response

Show = Callable[[HttpRequest, CourseRun, PrintKind, Printout], HttpResponse]


@never_cache
@require_safe
def prints(request: HttpRequest, code: str) -> HttpResponse:
    return _hub(request, run_for(request, code))


@never_cache
@require_safe
def print_page(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """For the browser's own printing."""
    return _printed(request, code, kind, _as_page)


@never_cache
@require_safe
def print_pdf(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    return _printed(request, code, kind, _as_pdf)


def _printed(request: HttpRequest, code: str, kind: str, show: Show) -> HttpResponse:
    run, chosen, form = _asked(request, code, kind)
    if not form.is_valid():
        return _hub(request, run, wrong=form, of=chosen)
    return show(request, run, chosen, _noted(request, run, chosen, form))


def _as_page(
    request: HttpRequest, run: CourseRun, kind: PrintKind, printout: Printout
) -> HttpResponse:
    context = {
        "run": run,
        "kind": kind,
        "title": printout.title,
        "facts": printout.facts,
        "missing": missing_in_print(printout.facts),
        "printed": printed_words(request.user, at=timezone.now()),
        "query": request.GET.urlencode(),
    }
    return render(request, f"manage/prints/{printout.template}.html", context)


def _as_pdf(
    request: HttpRequest, run: CourseRun, kind: PrintKind, printout: Printout
) -> HttpResponse:
    return printout_response(request, printout, of=run.code, at=timezone.now())


def _asked(
    request: HttpRequest, code: str, kind: str
) -> tuple[CourseRun, PrintKind, WishesForm]:
    run = run_for(request, code)
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Http404
    if chosen.for_support:
        require_support_sight(request.user, run.course.department)
    return run, chosen, _form(run, chosen, request.GET)


def _form(run: CourseRun, kind: PrintKind, data: QueryDict | None = None) -> WishesForm:
    held = run.sessions.filter(state__in=HELD)
    return WishesForm(
        data, key=kind.key, asks=kind.asks, purpose=kind.purpose, sessions=held
    )


def _noted(
    request: HttpRequest, run: CourseRun, kind: PrintKind, form: WishesForm
) -> Printout:
    """The paper; that it was made is written down."""
    now = timezone.now()
    printout = kind.printout(run, form.wishes(), at=now)
    with translation.override("ja"):  # as every subject in the record
        subject = f"{kind.label}の印刷 {run.code}"
        reason = form.reason()
    if printout.people:
        log_access(
            subject=subject,
            people=printout.people,
            by=request.user,
            at=now,
            kind=AccessKind.EXPORT,
            columns=printout.columns,
            reason=reason,
        )
    return printout


def _hub(
    request: HttpRequest,
    run: CourseRun,
    *,
    wrong: WishesForm | None = None,
    of: PrintKind | None = None,
) -> HttpResponse:
    parts: list[tuple[str, list[dict[str, Any]]]] = [
        (title, _cards(request.user, run, kinds, wrong=wrong, of=of))
        for title, kinds in ((_("前もって"), BEFORE), (_("当日"), ON_THE_DAY))
    ]
    return run_page(
        request,
        "manage/prints.html",
        run,
        title=_("印刷と電話"),
        current="manage_prints",
        status=422 if wrong else 200,
        parts=parts,
    )


def _cards(
    user: User,
    run: CourseRun,
    kinds: tuple[PrintKind, ...],
    *,
    wrong: WishesForm | None,
    of: PrintKind | None,
) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "form": wrong if kind is of and wrong else _form(run, kind),
        }
        for kind in kinds
        if not kind.for_support or may_see_support(user, run.course.department)
    ]
