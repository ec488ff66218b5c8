"""取込み in the back office: which kinds there are, choosing a file, and what came in so
far. For staff; each kind says who may bring it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of
from cms.enums import ImportKind
from cms.forms.imports import ListForm
from cms.imports.duties import forget_expired_imports
from cms.imports.kinds import KINDS, Kind, kinds_for
from cms.imports.receiving import receive
from cms.imports.workbooks import XLSX, example
from cms.models import ImportUpload
from cms.presenters.imports import tone_of
from cms.views.listed_kinds import kind_for
from courses.exchange.plans.resource import PlanResource
from enrollments.exchange.attendance_columns import attendance_columns

SHOWN = 30


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Everything that can be brought in, in one place, event lists too."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise NotAllowed
    forget_expired_imports(at=timezone.now())
    uploads = ImportUpload.objects.of(request.user).defer("content")
    uploads = uploads.filter(kind__in=[one.kind for one in kinds])
    found = uploads.select_related("uploaded_by", "run__course")[:SHOWN]
    context = {
        "kinds": kinds,
        "uploads": [(one, tone_of(one)) for one in found],
        "may_bring_events": section_of(request.user) or request.user.is_superuser,
        **titles(),
    }
    return render(request, "manage/imports.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """A file of one kind; what cannot be read is refused at once."""
    kind = kind_for(KINDS, request.user, name)
    sent = request.method == "POST"
    form = ListForm(
        *((request.POST, request.FILES) if sent else ()),
        kind=kind,
        user=request.user,
        code=request.GET.get("run", ""),
    )
    if sent and form.is_valid():
        try:
            upload = _receive(request, kind, form)
            return redirect("manage_imports_one", upload.key)
        except Refusal as found:
            form.add_error("file", str(found))
    context = {
        "form": form,
        "forms": [form],
        "wrong": sent,
        "kind": kind,
        "columns": columns_shown(kind),
        **titles(kind.label),
    }
    return render(request, "manage/imports_new.html", context, status=422 if sent else 200)


def _receive(request: HttpRequest, kind: Kind, form: ListForm) -> ImportUpload:
    said = form.cleaned_data
    return receive(
        kind=ImportKind(kind.kind),
        file=said["file"],
        key=said["form_key"],
        department=said.get("department"),
        run=said.get("run"),
        by=request.user,
        at=timezone.now(),
    )


@require_safe
def example_file(request: HttpRequest, name: str) -> HttpResponse:
    """Headings and a row, to be written over. Nobody's data."""
    kind = kind_for(KINDS, request.user, name)
    answer = HttpResponse(example(columns_shown(kind)), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{kind.kind}-example.xlsx"'
    return answer


def columns_shown(kind: Kind) -> Any:
    """Of attendance the columns of the sessions depend on the run."""
    resource: type[PlanResource] = kind.resource
    return resource.columns or attendance_columns(())


def titles(name: str = "") -> dict[str, Any]:
    title = _("取込み")
    crumbs = [{"url": reverse("manage_imports"), "label": title}] if name else []
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": name or title}],
        "header_title": name or title,
        "page_title": title,
    }
