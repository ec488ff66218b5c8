"""課の推薦: for everybody who works in a section, for its own people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of
from accounts.models import Department
from courses.models import CourseRun
from enrollments.domain.nominating import nominate, runs_to_nominate_for
from enrollments.forms.nominating import NominationForm, NomineeRows
from enrollments.models import Nomination


def _own_section(request: HttpRequest) -> Department:
    """Raises: NotAllowed."""
    section = section_of(request.user)
    if section is None:
        raise NotAllowed
    return section


@require_safe
def nominations(request: HttpRequest) -> HttpResponse:
    """What the section can send people to now."""
    section = _own_section(request)
    return render(
        request,
        "manage/nominations.html",
        {
            "section": section,
            "runs": runs_to_nominate_for(at=timezone.now()),
            **_words(_("課の推薦")),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominate_people(request: HttpRequest, code: str) -> HttpResponse:
    """With whom the section has named before."""
    section, now = _own_section(request), timezone.now()
    run = next((one for one in runs_to_nominate_for(at=now) if one.code == code), None)
    if run is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = NominationForm(sent, run=run, at=now, today=timezone.localdate(now))
    rows = NomineeRows(sent, prefix="people")
    refusal: Refusal | None = None
    if sent is not None and form.is_valid() and rows.is_valid():
        try:
            made = _nominate(request, run, section, form, rows)
        except Refusal as found:
            refusal = found
        else:
            words = ngettext(
                "%(number)s人を推薦し、本人に知らせました。",
                "%(number)s人を推薦し、本人に知らせました。",
                made,
            )
            messages.success(request, words % {"number": made})
            return redirect("manage_nominate", run.code)
    named = Nomination.objects.filter(
        application__run=run, application__department=section
    ).select_related("application")
    log_access(
        subject=f"推薦 {run.code}", people=len(named), by=request.user, at=timezone.now()
    )
    return render(
        request,
        "manage/nominate.html",
        {
            "run": run,
            "section": section,
            "pool": next((p for p in run.pools.all() if p.kind == "staff"), None),
            "form": form,
            "rows": rows,
            "named": named,
            "refusal": refusal,
            "wrong": sent is not None and bool(form.errors or rows.total_error_count()),
            **_words(str(run), parent=True),
        },
        status=409 if refusal else 422 if sent is not None else 200,
    )


def _nominate(
    request: HttpRequest,
    run: CourseRun,
    section: Department,
    form: NominationForm,
    rows: Any,
) -> int:
    """How many were named. Raises: those of `nominate`."""
    made = nominate(
        run=run,
        department=section,
        people=[row.nominee() for row in rows if row.has_changed()],
        form_key=form.cleaned_data["form_key"],
        session=form.cleaned_data.get("session"),
        by=request.user,
        at=timezone.now(),
    )
    return len(made)


def _words(title: str, *, parent: bool = False) -> dict[str, Any]:
    above = {"url": reverse("manage_nominations"), "label": _("課の推薦")}
    return {
        "header_title": title,
        "page_title": title,
        "breadcrumbs_items": [*([above] if parent else []), {"url": "", "label": title}],
    }
