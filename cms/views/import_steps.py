"""One import, at each of its steps: which column is which, the plan, the work, the result.
One address shows where it stands."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.enums import AccessKind
from cms.enums import ImportKind, ImportState
from cms.forms.import_mapping import MappingForm
from cms.forms.imports import ReadingForm
from cms.imports import progress
from cms.imports.duties import STEPS
from cms.imports.kinds import KINDS, columns_of, may_bring
from cms.imports.receiving import applied_before, saved_mappings
from cms.imports.workbooks import XLSX, refused_rows
from cms.models import ImportUpload
from cms.presenters.imports import file_columns, how_it_is_read, rows_of, tabs_of
from cms.views.imports import titles
from courses.enums import RowOutcome
from courses.exchange.tables.table import Reading

PER_PAGE = 50
# SQLite lets one write at a time: from so many rows on it is said that others wait.
MANY_TO_WRITE = 3000
VENDOR = connection.vendor


def upload_for(request: HttpRequest, key: UUID) -> ImportUpload:
    """Another section's is not there. Raises: Http404, NotAllowed."""
    uploads = ImportUpload.objects.of(request.user).select_related(
        "run__course__department", "department", "uploaded_by", "applied_by", "undone_by"
    )
    upload = get_object_or_404(uploads, key=key)
    if not may_bring(request.user, upload):
        raise NotAllowed
    return upload


@never_cache
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    upload = upload_for(request, key)
    if upload.state == ImportState.UPLOADED:
        return mapping_page(request, upload)
    if ImportState(upload.state) in STEPS:
        return _work_page(request, upload)
    return result_page(request, upload)


def mapping_page(
    request: HttpRequest,
    upload: ImportUpload,
    *,
    refusal: Refusal | None = None,
    form: MappingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """How the file is read, and which column is which."""
    reading = Reading.kept(upload.reading)
    now = timezone.now()
    form = form or mapping_form(upload)
    context = {
        **_frame(upload),
        "form": form,
        "columns": file_columns(upload, form),
        "reading": ReadingForm(reading=reading, prefix="reading"),
        "reading_words": how_it_is_read(reading),
        "saved": saved_mappings(upload),
        "before": applied_before(upload),
        "required": [one.heading for one in columns_of(upload, at=now) if one.required],
        "refusal": refusal,
    }
    _note_look(request, upload, min(3, upload.total))
    return render(request, "manage/imports_mapping.html", context, status=status)


def mapping_form(upload: ImportUpload, data: Any = None) -> MappingForm:
    return MappingForm(
        data,
        header=upload.header,
        columns=columns_of(upload, at=timezone.now()),
        mapping=upload.mapping,
    )


def _work_page(request: HttpRequest, upload: ImportUpload) -> HttpResponse:
    """Without script there is a link to look again; htmx asks for the bar only."""
    done = progress.done_of(upload)
    context = {
        **_frame(upload),
        "done": done,
        "percent": 100 * done // upload.total if upload.total else 0,
    }
    part = bool(request.headers.get("HX-Request"))
    template = "manage/_imports_progress.html" if part else "manage/imports_work.html"
    return render(request, template, context)


def result_page(
    request: HttpRequest,
    upload: ImportUpload,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The plan before, and the same rows afterwards as what was done."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"  # the work is over: the whole page is another
        return answer
    tabs = tabs_of(upload, request.GET.get("show", ""))
    tab = next(one for one in tabs if one.current)
    page = Paginator(rows_of(upload, tab), PER_PAGE).get_page(request.GET.get("p"))
    _note_look(request, upload, len(page.object_list))
    does = sum(
        int(upload.counts.get(one, 0)) for one in (RowOutcome.NEW, RowOutcome.CHANGED)
    )
    context = {
        **_frame(upload),
        "tabs_of_rows": tabs,
        "tab": tab,
        "page_obj": page,
        "does": does,
        "refused": int(upload.counts.get(RowOutcome.REFUSED, 0)),
        "others_wait": VENDOR == "sqlite" and does > MANY_TO_WRITE,
        "may_tell": upload.kind == ImportKind.APPLICATIONS,
        "kept": upload.expires_at > timezone.now(),
        "obstacles": sorted((int(line), words) for line, words in upload.blocked.items()),
        "refusal": refusal,
    }
    return render(request, "manage/imports_plan.html", context, status=status)


@never_cache
@require_safe
def refused_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """What could not be taken over, to be put right and brought again."""
    upload = upload_for(request, key)
    refused = int(upload.counts.get(RowOutcome.REFUSED, 0))
    if KINDS[upload.kind].resource.about_people:
        log_access(
            subject=_subject(upload),
            people=refused,
            by=request.user,
            at=timezone.now(),
            kind=AccessKind.EXPORT,
        )
    answer = HttpResponse(refused_rows(upload), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="refused-rows.xlsx"'
    return answer


def _frame(upload: ImportUpload) -> dict[str, Any]:
    kind = KINDS[upload.kind]
    return {"upload": upload, "kind": kind, **titles(f"{kind.label} {upload.file_name}")}


def _note_look(request: HttpRequest, upload: ImportUpload, people: int) -> None:
    if KINDS[upload.kind].resource.about_people and people:
        log_access(
            subject=_subject(upload), people=people, by=request.user, at=timezone.now()
        )


def _subject(upload: ImportUpload) -> str:
    """The name of the file may be somebody's name."""
    run = f" {upload.run.code}" if upload.run else ""
    return _("取込み %(kind)s%(run)s") % {"kind": KINDS[upload.kind].label, "run": run}
