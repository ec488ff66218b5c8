"""What the page about open data says of each file, with the next session as example."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.open_data import CityData
from courses.exchange.open_data.cells import cell
from courses.exchange.open_data.columns import Column
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS
from courses.exchange.open_data.gif_events import EVENT_ITEMS
from courses.models import Session

Words = str | Promise


@dataclass(frozen=True)
class DataFile:
    """`id` names the address; `lang` is the language of its headings."""

    id: str
    title: Words
    about: Words
    action: Words
    type: str
    columns: Sequence[Any]
    lang: str = "ja"
    examples: bool = True

    @property
    def url(self) -> str:
        return f"{settings.PUBLIC_URL}{reverse(self.id)}"


def data_files(*, at: datetime) -> list[DataFile]:
    following = Session.objects.public().filter(starts_at__gt=at).order_by("starts_at")
    city = CityData(at, run=following.values_list("run", flat=True).first() or 0)
    coming = [row for row in city.event_rows() if row.session.starts_at > at]
    return [
        DataFile(
            id="open_data_events_csv",
            title=_("イベント一覧（CSV）"),
            about=_("講座の日程。推奨データセット「イベント一覧」の32項目です。"),
            action=_("イベント一覧をCSVでダウンロード"),
            type="text/csv",
            columns=_with_example(EVENT_COLUMNS, coming[:1]),
        ),
        DataFile(
            id="open_data_events_json",
            title=_("イベント（JSON）"),
            about=_(
                "同じ日程を、政府相互運用性フレームワーク（GIF）のイベントの形で。プログラムで使うのに向いています。"
            ),
            action=_("イベントをJSONでダウンロード"),
            type="application/json",
            columns=EVENT_ITEMS,
            lang="en",
            examples=False,
        ),
        DataFile(
            id="open_data_facilities_csv",
            title=_("公共施設一覧（CSV）"),
            about=_(
                "講座の会場とバリアフリー情報。推奨データセット「公共施設一覧」の24項目です。"
            ),
            action=_("公共施設一覧をCSVでダウンロード"),
            type="text/csv",
            columns=_with_example(FACILITY_COLUMNS, city.facility_rows()[:1]),
        ),
    ]


def _with_example(
    columns: Sequence[Column[Any]], rows: Sequence[Any]
) -> list[dict[str, Any]]:
    """The example is what the file says, so it is in Japanese on every page."""
    with translation.override(settings.LANGUAGE_CODE):
        said = [
            "".join(cell(column.kind, column.value(row)) for row in rows)
            for column in columns
        ]
    return [
        {
            "heading": column.heading,
            "kind": column.kind,
            "required": column.required,
            "about": column.about,
            "example": words,
        }
        for column, words in zip(columns, said, strict=True)
    ]
