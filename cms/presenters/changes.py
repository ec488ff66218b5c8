"""変更の記録 for the screen: what was done to the facts and to the page, newest first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry

from accounts.models import User
from cms.models import CoursePage
from courses.models import ChangeRecord

OF_FACTS, OF_PAGE = "facts", "page"
# What the page's own log is shown for; the rest is Wagtail's bookkeeping.
PAGE_ACTS: dict[str, str | Promise] = {
    "wagtail.create": _("ページを作成"),
    "wagtail.edit": _("ページの文章を保存"),
    "wagtail.revert": _("ページを前の版に戻す"),
    "wagtail.publish": _("ページを公開"),
    "wagtail.publish.schedule": _("公開の日時を決定"),
    "wagtail.publish.scheduled": _("決めた日時に公開"),
    "wagtail.schedule.cancel": _("公開の予約を取り消し"),
    "wagtail.unpublish": _("ページの公開を終了"),
    "wagtail.unpublish.scheduled": _("決めた日時に公開を終了"),
    "wagtail.lock": _("ページをロック"),
    "wagtail.unlock": _("ページのロックを解除"),
    "wagtail.workflow.start": _("承認を依頼"),
    "wagtail.workflow.resume": _("もう一度承認を依頼"),
    "wagtail.workflow.approve": _("承認"),
    "wagtail.workflow.reject": _("差し戻し"),
    "wagtail.workflow.cancel": _("承認の依頼を取り下げ"),
}


@dataclass(frozen=True)
class Entry:
    """`record` of the facts, or an act on the page with its words."""

    at: datetime
    by: User | None
    record: ChangeRecord | None = None
    words: str | Promise = ""
    comment: str = ""
    compare_url: str = ""
    fields: list[list[str]] = field(default_factory=list)


def keys_of(records: QuerySet[ChangeRecord], page: CoursePage | None) -> Any:
    """When, which table and which row, newest first: both sources in one query, so that
    they can be paged together."""
    facts = _keys(records, "at", OF_FACTS)
    if page is not None:
        log = PageLogEntry.objects.filter(page=page.pk, action__in=PAGE_ACTS)
        facts = facts.union(_keys(log, "timestamp", OF_PAGE), all=True)
    return facts.order_by("-moment", "-source", "-row")


def _keys(rows: Any, moment: str, source: str) -> Any:
    named = rows.order_by().annotate(moment=F(moment), source=Value(source), row=F("pk"))
    return named.values_list("moment", "source", "row")


def entries(
    keys: list[tuple[datetime, str, int]], *, page: CoursePage | None, comparing: bool
) -> list[Entry]:
    """In a fixed number of queries. `comparing`: with links to compare versions."""
    wanted: dict[str, list[int]] = {OF_FACTS: [], OF_PAGE: []}
    for _at, table, pk in keys:
        wanted[table].append(pk)
    records = ChangeRecord.objects.select_related("by").in_bulk(wanted[OF_FACTS])
    acts = PageLogEntry.objects.select_related("user").in_bulk(wanted[OF_PAGE])
    before = _versions_before(page) if page is not None and comparing else {}
    return [
        _of_facts(records[pk]) if table == OF_FACTS else _of_page(acts[pk], page, before)
        for _at, table, pk in keys
    ]


def _of_facts(record: ChangeRecord) -> Entry:
    return Entry(at=record.at, by=record.by, record=record, fields=record.fields)


def _of_page(act: PageLogEntry, page: CoursePage | None, before: dict[int, int]) -> Entry:
    former = before.get(act.revision_id or 0)
    compare = page is not None and former is not None and act.action == "wagtail.edit"
    return Entry(
        at=act.timestamp,
        by=act.user,
        words=PAGE_ACTS[act.action],
        comment=(act.data or {}).get("comment", ""),
        compare_url=reverse(
            "wagtailadmin_pages:revisions_compare", args=[page.pk, former, act.revision_id]
        )
        if compare
        else "",
    )


def _versions_before(page: CoursePage) -> dict[int, int]:
    """Of each version of the page, the one before it."""
    versions = list(page.revisions.order_by("pk").values_list("pk", flat=True))
    return dict(zip(versions[1:], versions, strict=False))
