"""The page of one list: what was asked, and the columns to choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.refusal import Refusal
from cms.exports.kinds import ExportKind
from cms.exports.making import columns_for
from cms.exports.saving import saved_exports
from cms.forms.export_scope import ScopeForm
from cms.forms.exports import ExportForm
from cms.presenters.exports import SHOWN, column_groups
from courses.exchange.columns.column import Column
from courses.exchange.exports.source import Scope, Source
from courses.exchange.sheets.delimited import Unmappable


@dataclass
class Asked:
    request: HttpRequest
    kind: ExportKind
    scope_form: ScopeForm
    scope: Scope

    @cached_property
    def source(self) -> Source:
        return self.kind.source(self.scope)

    @cached_property
    def columns(self) -> list[Column]:
        return columns_for(self.kind, self.scope, self.request.user)

    @property
    def address(self) -> str:
        """With what the list is of."""
        return self.request.get_full_path()

    def form(self, data: Any = None) -> ExportForm:
        people = self.source.about_people
        return ExportForm(data, columns=self.columns, about_people=people)


def columns_page(
    asked: Asked,
    *,
    form: ExportForm | None = None,
    chosen: Sequence[str] | None = None,
    missing: Sequence[Unmappable] = (),
    refusal: Refusal | None = None,
    wrong: bool = False,
) -> HttpResponse:
    """`chosen` are ticked; else what was saved under a name, or what is usual."""
    saved = list(saved_exports(asked.kind.key, asked.request.user))
    current = next(
        (one for one in saved if str(one.pk) == asked.request.GET.get("saved")), None
    )
    order: dict[str, str] = {}
    if chosen is None and current:
        chosen = [str(name) for name in current.columns]
        order = {name: str(number) for number, name in enumerate(chosen, start=1)}
    elif chosen is None:
        chosen = asked.source.usual(asked.columns)
    if form is not None and form.is_bound:
        order = {one.name: form.data.get(f"order_{one.name}", "") for one in asked.columns}
    shown = form or asked.form()
    context = {
        "kind": asked.kind,
        "scope_form": asked.scope_form,
        "run": asked.scope.run,
        "form": shown,
        "forms": [shown],
        "wrong": wrong,
        "groups": column_groups(asked.source, asked.columns, frozenset(chosen), order),
        "about_people": asked.source.about_people,
        "saved": saved,
        "current": current,
        "query": _without_saved(asked.request),
        "missing": missing[:SHOWN],
        "missing_more": max(0, len(missing) - SHOWN),
        "refusal": refusal,
        **titles(str(asked.kind.label)),
    }
    status = 422 if wrong or refusal else 200
    return render(asked.request, "manage/exports_columns.html", context, status=status)


def _without_saved(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("saved", None)
    return query.urlencode()


def titles(name: str = "") -> dict[str, Any]:
    title = _("出力")
    crumbs = [{"url": reverse("manage_exports"), "label": title}] if name else []
    here = _("%(kind)sの出力") % {"kind": name} if name else title
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": here}],
        "header_title": here,
        "page_title": title,
    }
