"""What the buttons of a list's page do: take it out, tick all or none, keep the choice."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.refusal import Refusal
from cms.enums import ExportFormat
from cms.exports.jobs import AT_ONCE, ask_for
from cms.exports.making import Made, Wanted, make_file
from cms.exports.saving import forget_export, save_export
from cms.forms.exports import ExportForm
from cms.views.export_page import Asked, columns_page

TYPES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.UTF_8: "text/csv; charset=utf-8",
    ExportFormat.CP932: "text/csv; charset=Shift_JIS",
}
Act = Callable[[Asked, ExportForm], HttpResponseBase]


def act(asked: Asked) -> HttpResponseBase:
    """By the button that was pressed; ENTER in a field takes the list out."""
    form = asked.form(asked.request.POST)
    pressed = ACTS.get(asked.request.POST.get("act", ""), _take_out)
    return pressed(asked, form)


def _take_out(asked: Asked, form: ExportForm) -> HttpResponseBase:
    request, pressed = asked.request, asked.request.POST.get("act", "")
    chosen = request.POST.getlist("columns")
    if not form.is_valid():
        return columns_page(asked, form=form, chosen=chosen, wrong=True)
    said = ExportFormat(form.cleaned_data["format"])
    wanted = Wanted(
        kind=asked.kind,
        scope=asked.scope,
        columns=form.ordered(),
        format=ExportFormat.UTF_8 if pressed == "utf8" else said,
        reason=form.reason_words(),
        replaces_signs=pressed == "replace",
    )
    rows = len(asked.source.keys())
    try:
        if rows > AT_ONCE:
            job = ask_for(wanted=wanted, rows=rows, by=request.user, at=timezone.now())
            return redirect("manage_export_job", job.key)
        made = make_file(wanted=wanted, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return columns_page(asked, form=form, chosen=chosen, refusal=refusal)
    if made.file is None:
        return columns_page(asked, form=form, chosen=chosen, missing=made.missing)
    return _sent(made, wanted.format)


def _sent(made: Made, form: ExportFormat) -> FileResponse:
    """In pieces; the view says that nobody on the way keeps it."""
    answer = FileResponse(
        made.file, as_attachment=True, filename=made.name, content_type=TYPES[form]
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _tick_all(asked: Asked, form: ExportForm) -> HttpResponse:
    chosen = [column.name for column in asked.columns]
    return columns_page(asked, form=form, chosen=chosen)


def _tick_none(asked: Asked, form: ExportForm) -> HttpResponse:
    return columns_page(asked, form=form, chosen=[])


def _save(asked: Asked, form: ExportForm) -> HttpResponse:
    form.fields.pop("reason", None)  # none is needed to keep a choice
    name = form.data.get("save_as", "").strip()
    chosen = asked.request.POST.getlist("columns")
    if not name:
        form.add_error("save_as", _("名前を入力してください。"))
    if not form.is_valid():
        return columns_page(asked, form=form, chosen=chosen, wrong=True)
    saved = save_export(
        kind=asked.kind.key,
        name=name,
        columns=form.ordered(),
        by=asked.request.user,
        at=timezone.now(),
    )
    messages.success(
        asked.request, _("項目を「%(name)s」として残しました。") % {"name": name}
    )
    return _back(asked, saved=str(saved.pk))


def _forget(asked: Asked, form: ExportForm) -> HttpResponse:
    pk = asked.request.POST.get("saved", "")
    if pk.isdigit():
        forget_export(kind=asked.kind.key, pk=int(pk), by=asked.request.user)
        messages.success(asked.request, _("残した項目を消しました。"))
    return _back(asked)


def _back(asked: Asked, *, saved: str = "") -> HttpResponse:
    query = asked.request.GET.copy()
    query.pop("saved", None)
    if saved:
        query["saved"] = saved
    return redirect(f"{asked.request.path}?{query.urlencode()}")


ACTS: dict[str, Act] = {
    "all": _tick_all,
    "none": _tick_none,
    "save": _save,
    "forget": _forget,
}
