"""Lists that an officer takes out every week, and one that she has brought: postcards typed
in Excel, of which one says too little to be taken."""

import csv
import io
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Department, User
from cms.demo.identifiers import identifier
from cms.enums import ImportKind
from cms.imports.planning import plan_upload
from cms.imports.receiving import map_columns, receive
from cms.models import SavedExport
from courses.enums import RunState, SelectionMode
from courses.models import CourseRun

# For telephoning on the day before.
FOR_CALLS = ["receipt_number", "full_name", "full_name_kana", "phone", "companions"]
HEADING = ["受付日", "受付方法", "氏名", "フリガナ", "電話番号", "住所", "備考"]
CARDS = (
    ("はがき", "大野 すみ江", "オオノ スミエ", "0420-60-2214", "北原2-5-1", ""),
    ("はがき", "小田切 勝", "オダギリ マサル", "0420-60-3380", "東町1-1-9", "補聴器を使用"),
    ("電話", "吉岡 和子", "ヨシオカ カズコ", "0420-60-1975", "", "日中は留守"),
    # No space: nobody but the person knows where the family name ends.
    ("はがき", "長谷部千代", "ハセベチヨ", "0420-60-4471", "南台3-7-2", ""),
)


def build_lists(*, department: Department, officer: User, at: datetime) -> None:
    SavedExport.objects.create(
        kind="applications",
        department=department,
        name="前日の電話連絡",
        columns=FOR_CALLS,
        saved_at=at - timedelta(days=20),
        saved_by=officer,
    )
    run = _open_run(department, at)
    if run is not None:
        _bring(run, officer, at - timedelta(hours=1))


def _open_run(department: Department, at: datetime) -> CourseRun | None:
    """That takes applications in order of receipt, however they come."""
    open_now = CourseRun.objects.public().filter(
        course__department=department,
        state=RunState.ANNOUNCED,
        selection_mode=SelectionMode.FIRST_COME,
        applications_open_at__lt=at - timedelta(days=2),
        applications_close_at__gt=at + timedelta(days=1),
        paper_deadline=None,
        requirements=None,
    )
    return open_now.order_by("applications_close_at", "pk").first()


def _bring(run: CourseRun, officer: User, at: datetime) -> None:
    """Planned and left for somebody to look at: nothing is applied."""
    upload = receive(
        kind=ImportKind.APPLICATIONS,
        file=SimpleUploadedFile("hagaki.csv", _content(at)),
        key=identifier("lists", run.code),
        department=None,
        run=run,
        by=officer,
        at=at,
    )
    mapping = {int(number): name for number, name in upload.mapping.items()}
    map_columns(upload=upload, mapping=mapping, by=officer, at=at)
    plan_upload(upload.pk, at=at)


def _content(at: datetime) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(HEADING)
    for card in CARDS:
        table.writerow([f"{at - timedelta(days=1):%Y/%m/%d}", *card])
    return out.getvalue().encode("cp932")
