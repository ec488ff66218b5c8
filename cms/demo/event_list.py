"""An event list that an officer has chosen and not yet taken over."""

import csv
import io
from datetime import datetime, timedelta

from accounts.models import Department, User
from cms.event_list_uploads import KEPT_FOR
from cms.models import EventListUpload
from courses.exchange.event_list.columns import RECOMMENDED

USUAL = {
    "municipality": "999997",
    "contact_name": "市民活動推進課",
    "contact_phone": "0420-60-1830",
    "venue": "北原コミュニティセンター",
    "address": "みどり野市北原4丁目8番2号",
    "fee": "0",
}
# days from today, cells
ROWS: tuple[tuple[int, dict[str, str]], ...] = (
    (
        40,
        {
            "name": "ご近所ラジオ体操 指導者講習 全2回",
            "name_kana": "ゴキンジョラジオタイソウシドウシャコウシュウ",
            "description": "朝の公園で、はじめての人にも声をかけられるようになります。",
            "capacity": "20",
            "how_to_apply": "電話で申込み（申込順）",
        },
    ),
    (
        47,
        {
            "name": "ご近所ラジオ体操 指導者講習 全2回",
            "name_kana": "ゴキンジョラジオタイソウシドウシャコウシュウ",
            "description": "朝の公園で、はじめての人にも声をかけられるようになります。",
            "capacity": "20",
            "how_to_apply": "電話で申込み（申込順）",
        },
    ),
    (54, {"name": "歩いてさがす まちの井戸", "fee": "", "how_to_apply": "申込不要"}),
    (60, {"name": "", "description": "名称が抜けた行です。"}),
)


def build_upload(*, department: Department, officer: User, at: datetime) -> None:
    EventListUpload.objects.create(
        file_name="kitahara_event.csv",
        content=_content(at),
        department=department,
        uploaded_by=officer,
        uploaded_at=at - timedelta(hours=2),
        expires_at=at - timedelta(hours=2) + KEPT_FOR,
    )


def _content(at: datetime) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(heading for heading, _field in RECOMMENDED)
    for days, cells in ROWS:
        day = f"{at + timedelta(days=days):%Y-%m-%d}"
        said = USUAL | {"start_date": day, "end_date": day} | cells
        said |= {"start_time": "9:30", "end_time": "11:30"}
        table.writerow(said.get(field, "") for _heading, field in RECOMMENDED)
    return out.getvalue().encode("utf-8-sig")
