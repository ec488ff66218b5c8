"""出力 in the back office: which lists may be taken out, and the page of each: of what,
which columns, how and why. For staff; each kind says who may take it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import may_see_the_log
from accounts.domain.refusal import NotAllowed
from accounts.models import User
from cms.exports.kinds import KINDS, OF_RUNS, ExportKind, kinds_for
from cms.exports.scopes import scope_for
from cms.forms.export_scope import ScopeForm
from cms.models import ExportJob
from cms.views.export_acts import act
from cms.views.export_page import Asked, columns_page, titles
from cms.views.listed_kinds import kind_for
from courses.exchange.exports.source import Scope
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Everything that may be taken out, in one place."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise NotAllowed
    made = ExportJob.objects.filter(asked_by=request.user, expires_at__gt=timezone.now())
    context = {
        "kinds": kinds,
        "made": [(job, KINDS[job.kind].label) for job in made.defer("content")],
        "sees_log": may_see_the_log(request.user),
        **titles(),
    }
    return render(request, "manage/exports.html", context)


@never_cache
@require_safe
def of_run(request: HttpRequest, code: str) -> HttpResponse:
    """The lists of a run, among its tabs."""
    run = run_for(request, code)
    kinds = [kind for kind in OF_RUNS if kind.may(request.user)]
    return run_page(
        request,
        "manage/exports_of_run.html",
        run,
        title=_("出力"),
        current="manage_run_exports",
        kinds=kinds,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    kind = kind_for(KINDS, request.user, name)
    form = ScopeForm(request.GET, kind=kind, user=request.user)
    scope = _scope(request.user, kind, form)
    if scope is None:
        context = {"kind": kind, "scope_form": form, **titles(str(kind.label))}
        return render(request, "manage/exports_scope.html", context)
    asked = Asked(request, kind, form, scope)
    return act(asked) if request.method == "POST" else columns_page(asked)


def _scope(user: User, kind: ExportKind, form: ScopeForm) -> Scope | None:
    """None where a run has still to be chosen. Raises: NotAllowed."""
    if not form.is_valid():  # another section's run, or none that there is
        raise NotAllowed
    said: dict[str, Any] = form.cleaned_data
    if kind.of_run and not said.get("run"):
        return None
    return scope_for(
        kind,
        user,
        at=timezone.now(),
        run=said.get("run"),
        department=said.get("department"),
        fiscal_year=said.get("fiscal_year"),
    )
