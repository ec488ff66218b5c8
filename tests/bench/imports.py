"""A list of a thousand applications: planned, applied and taken back, in a process of its
own way: without the web server."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psutil
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

ROWS, MANY = 1_000, 50_000
READINGS = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"


def rows() -> dict[str, Any]:
    """Seconds, and of a long list the memory that planning it takes."""
    from cms.imports.applying import agree, apply_upload
    from cms.imports.planning import plan_upload
    from cms.imports.undoing import ask_to_undo, undo_upload

    upload, by = _received(ROWS)
    found = {"plan": _seconds(lambda: plan_upload(upload.pk, at=timezone.now()))}
    upload.refresh_from_db()
    now = timezone.now()
    agree(key=upload.key, seen=upload.mark, tells_people=False, by=by, at=now)
    found["apply"] = _seconds(lambda: apply_upload(upload.pk, at=now))
    ask_to_undo(key=upload.key, by=by, at=now)
    found["undo"] = _seconds(lambda: undo_upload(upload.pk, at=now))
    many, _by = _received(MANY)
    before = _megabytes()
    found_many = _seconds(lambda: plan_upload(many.pk, at=timezone.now()))
    return {
        **{f"import {ROWS:,} applications, {act}, s": said for act, said in found.items()},
        f"import {MANY:,} applications, plan, s": found_many,
        f"import {MANY:,} applications, plan, MB more": round(_megabytes() - before),
    }


def _received(count: int) -> Any:
    from accounts.models import User
    from cms.enums import ImportKind
    from cms.imports.receiving import map_columns, receive
    from courses.models import CourseRun
    from tests.bench.prepare import RUN_CODE

    run, by = (
        CourseRun.objects.get(code=RUN_CODE),
        User.objects.filter(is_superuser=True)[0],
    )
    now = timezone.now()
    upload = receive(
        kind=ImportKind.APPLICATIONS,
        file=SimpleUploadedFile("list.csv", _a_list(count)),
        key=uuid4(),
        department=None,
        run=run,
        by=by,
        at=now,
    )
    mapping = {int(number): name for number, name in upload.mapping.items()}
    return map_columns(upload=upload, mapping=mapping, by=by, at=now), by


def _a_list(count: int) -> bytes:
    lines = ["氏名,フリガナ,電話,住所,備考"]
    for number in range(count):
        kana = "".join(READINGS[number // 25**place % 25] for place in range(4))
        phone = f"0420-{number // 10_000:02}-{number % 10_000:04}"
        lines.append(f"取込 {number},トリコミ {kana},{phone},北町1-2-3,夕方に電話")
    return "\n".join(lines).encode()


def _seconds(act: Callable[[], object]) -> float:
    begin = time.monotonic()
    act()
    return round(time.monotonic() - begin, 2)


def _megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 1024 / 1024
