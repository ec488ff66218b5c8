"""What is done with an import: read otherwise, mapped, applied, undone, given up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import Refusal
from cms.enums import ImportState
from cms.forms.imports import ReadingForm
from cms.imports.applying import agree
from cms.imports.duties import step_now
from cms.imports.kinds import KINDS
from cms.imports.receiving import discard, map_columns, read_otherwise, save_mapping
from cms.imports.refusals import AlreadyBeyond, ImportGone, PlanHasChanged
from cms.imports.undoing import ask_to_undo
from cms.models import ImportUpload
from cms.views.import_steps import mapping_form, mapping_page, result_page, upload_for
from cms.views.imports import titles
from courses.exchange.tables.table import Reading


@require_POST
def read_again(request: HttpRequest, key: UUID) -> HttpResponse:
    upload = upload_for(request, key)
    reading = Reading.kept(upload.reading)
    form = ReadingForm(request.POST, reading=reading, prefix="reading")
    if not form.is_valid():
        return redirect("manage_imports_one", key)
    try:
        read_otherwise(
            upload=upload, chosen=form.chosen(), by=request.user, at=timezone.now()
        )
    except (AlreadyBeyond, ImportGone) as gone:
        return _elsewhere(request, key, gone)
    except Refusal as refusal:
        return mapping_page(request, upload, refusal=refusal, status=422)
    return redirect("manage_imports_one", key)


@require_POST
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """The columns are right: now what would happen. Also to change them afterwards."""
    upload = upload_for(request, key)
    form = mapping_form(upload, request.POST)
    now = timezone.now()
    if not form.is_valid():
        return mapping_page(request, upload, form=form, status=422)
    try:
        upload = map_columns(upload=upload, mapping=form.mapping(), by=request.user, at=now)
    except (AlreadyBeyond, ImportGone) as gone:
        return _elsewhere(request, key, gone)
    except Refusal as refusal:
        return mapping_page(request, upload, refusal=refusal, form=form, status=422)
    name = form.cleaned_data["save_as"].strip()
    if name:
        save_mapping(upload=upload, name=name, by=request.user, at=now)
    step_now(upload, at=now)
    return redirect("manage_imports_one", key)


@require_POST
def map_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Back from the plan to the columns."""
    upload = upload_for(request, key)
    try:
        read_otherwise(upload=upload, chosen={}, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _elsewhere(request, key, refusal)
    return redirect("manage_imports_one", key)


@require_POST
def apply(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whole or not at all; where the plan has changed meanwhile the new one is shown."""
    upload_for(request, key)
    now = timezone.now()
    try:
        upload = agree(
            key=key,
            seen=request.POST.get("seen", "") or "-",
            tells_people=request.POST.get("tell") == "1",
            by=request.user,
            at=now,
        )
    except (AlreadyBeyond, ImportGone) as gone:
        return _elsewhere(request, key, gone)
    except Refusal as refusal:
        status = 409 if isinstance(refusal, PlanHasChanged) else 422
        upload = upload_for(request, key)
        return result_page(request, upload, refusal=refusal, status=status)
    step_now(upload, at=now)
    return redirect("manage_imports_one", key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asked first, with what will be gone."""
    upload = upload_for(request, key)
    if request.method != "POST":
        if upload.state != ImportState.APPLIED:
            return redirect("manage_imports_one", key)
        kind = KINDS[upload.kind]
        context = {"upload": upload, "kind": kind, **titles(_("取込みの取消し"))}
        return render(request, "manage/imports_undo.html", context)
    now = timezone.now()
    try:
        step_now(ask_to_undo(key=key, by=request.user, at=now), at=now)
    except Refusal as refusal:
        return _elsewhere(request, key, refusal)
    return redirect("manage_imports_one", key)


@require_POST
def give_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file is forgotten; what was applied stays."""
    upload: ImportUpload = upload_for(request, key)
    try:
        discard(upload=upload, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _elsewhere(request, key, refusal)
    messages.success(request, _("取込みをやめました。何も取り込んでいません。"))
    return redirect("manage_imports")


def _elsewhere(request: HttpRequest, key: UUID, refusal: Refusal) -> HttpResponse:
    messages.error(request, str(refusal))
    gone = not ImportUpload.objects.of(request.user).filter(key=key).exists()
    return redirect("manage_imports") if gone else redirect("manage_imports_one", key)
