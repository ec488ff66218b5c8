"""抽選: try it out, freeze the list, hold it, announce it. For staff of the section."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from courses.models import CourseRun
from enrollments.domain.drawing.announcing import announce, settle_without_draw
from enrollments.domain.drawing.foresight import (
    counts_of,
    demand,
    to_be_told,
    why_not_freeze,
)
from enrollments.domain.drawing.freezing import SECRET_BYTES, freeze
from enrollments.domain.drawing.frozen_lists import freezable_from, standing_draws
from enrollments.domain.drawing.holding import hold
from enrollments.domain.drawing.refusals import NotFrozen
from enrollments.domain.drawing.standing import lists_taken_back, value_is_due
from enrollments.domain.drawing.taking_back import take_back
from enrollments.domain.drawing.trying_out import try_out
from enrollments.domain.same_names import count_same_names
from enrollments.enums import DrawState
from enrollments.forms.draw import SUGGESTIONS, FreezeForm, HoldForm, TakeBackForm
from enrollments.models import Draw
from enrollments.views.back_office.frame import run_for, run_page

PER_PAGE = 100
FORMS: dict[str, type[Form]] = {
    "freeze": FreezeForm,
    "hold": HoldForm,
    "take_back": TakeBackForm,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """`action` names the step; trying out answers on the same page and keeps nothing."""
    run = run_for(request, code)
    action = request.POST.get("action", "")
    form = FORMS[action](request.POST) if action in FORMS else None
    refusal: Refusal | None = None
    trial = None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if action == "try":
                seed = secrets.token_bytes(SECRET_BYTES)
                trial = try_out(run=run, seed=seed, at=timezone.now())
            else:
                _do(request, run, action, form.cleaned_data if form else {})
                return redirect("manage_draw", code)
        except Refusal as found:
            refusal = found
    return run_page(
        request,
        "manage/draw.html",
        run,
        title=_("抽選"),
        current="manage_draw",
        status=409 if refusal else 422 if form and form.errors else 200,
        refusal=refusal,
        trial=trial[:PER_PAGE] if trial else None,
        trial_counts=counts_of(trial) if trial else None,
        forms_of={name: _form(name, action, form) for name in FORMS},
        **_facts(request, run),
    )


def _form(name: str, action: str, sent: Form | None) -> Form:
    """Only the one that was sent shows what was typed."""
    if name == action and sent is not None:
        return sent
    if name == "freeze":
        tomorrow = timezone.localdate() + timedelta(days=1)
        return FreezeForm(initial={"source_on": tomorrow}, prefix=None)
    return FORMS[name]()


def _facts(request: HttpRequest, run: CourseRun) -> dict[str, Any]:
    now = timezone.now()
    draws = standing_draws(run)
    current = draws[-1] if draws else None
    lines, fits = demand(run)
    context: dict[str, Any] = {
        "draw": current,
        "draws": draws,
        "taken_back": lists_taken_back(run).select_related("taken_back_by"),
        "demand": lines,
        "all_fit": fits,
        "same_names": count_same_names(run_pk=run.pk),
        "not_yet": why_not_freeze(run, at=now),
        "freezable_from": freezable_from(run),
        "suggestions": SUGGESTIONS,
        "too_early": run.results_at is not None and now < run.results_at,
    }
    if current is None:
        return context
    entries = current.entries.select_related("application").order_by(
        "pool", "rank", "number"
    )
    held = current.state != DrawState.FROZEN
    return context | {
        "page_obj": Paginator(
            entries.order_by("pool", "rank", "number"), PER_PAGE
        ).get_page(request.GET.get("p")),
        "is_due": value_is_due(current, at=now),
        "told": to_be_told(current, run) if current.state == DrawState.HELD else None,
        "is_held": held,
    }


def _do(request: HttpRequest, run: CourseRun, action: str, said: dict[str, Any]) -> None:
    """Raises: the refusals of the step, Refusal for none."""
    step = STEPS.get(action)
    if step is None:
        raise Refusal(_("操作をえらんでください。"))
    messages.success(request, step(request, run, said))


def _current(run: CourseRun) -> Draw:
    draws = standing_draws(run)
    if not draws:
        raise NotFrozen
    return draws[-1]


def _freeze(request: HttpRequest, run: CourseRun, said: dict[str, Any]) -> str:
    secret = secrets.token_bytes(SECRET_BYTES)
    freeze(run=run, secret=secret, by=request.user, at=timezone.now(), **said)
    return _("名簿を固定し、公表しました。")


def _take_back(request: HttpRequest, run: CourseRun, said: dict[str, Any]) -> str:
    take_back(draw=_current(run), by=request.user, at=timezone.now(), **said)
    return _("名簿の固定を取り消しました。")


def _hold(request: HttpRequest, run: CourseRun, said: dict[str, Any]) -> str:
    hold(draw=_current(run), by=request.user, at=timezone.now(), **said)
    return _("抽選しました。まだだれにも知らせていません。")


def _announce(request: HttpRequest, run: CourseRun, said: dict[str, Any]) -> str:
    announce(draw=_current(run), by=request.user, at=timezone.now())
    return _("結果を発表しました。")


def _settle(request: HttpRequest, run: CourseRun, said: dict[str, Any]) -> str:
    settle_without_draw(run=run, by=request.user, at=timezone.now())
    return _("全員の受講を決め、知らせました。")


STEPS: dict[str, Callable[[HttpRequest, CourseRun, dict[str, Any]], str]] = {
    "freeze": _freeze,
    "take_back": _take_back,
    "hold": _hold,
    "announce": _announce,
    "settle": _settle,
}
