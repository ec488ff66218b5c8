"""An uploaded event list waits until its section decides, for a week at most; it is
taken over once, whole, as it was seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of
from accounts.models import Department, User
from cms.event_lists import Computed, compute, take_over
from cms.models import EventListUpload
from cms.plain_file_name import plain_file_name
from courses.domain.event_facts import Problem
from courses.exchange.event_list.planning import Understood, understand
from courses.exchange.event_list.reading import Row, read_rows

KEPT_FOR = timedelta(days=7)
LARGEST = 5 * 1024 * 1024
MOST_ROWS = 1000


class UploadRefused(Refusal):
    sentence = gettext_lazy("このファイルは読み取れません。")


class UploadGone(Refusal):
    sentence = gettext_lazy(
        "選んだ一覧は、もうありません。もう一度ファイルを選んでください。"
    )


class SomebodyWasFaster(Refusal):
    sentence = gettext_lazy(
        "ほかの人が同時に変えたため、何も取り込みませんでした。もう一度確かめてください。"
    )


@dataclass(frozen=True)
class Waiting:
    """An upload, read and compared with what is there now."""

    upload: EventListUpload
    lists: Understood
    computed: Computed


def receive(
    *, file: UploadedFile, key: UUID, department: Department | None, by: User, at: datetime
) -> EventListUpload:
    """Kept as it came, once it is known to be a list; nothing else is written.

    Raises: NotAllowed, UploadRefused.
    """
    _require_staff_of(by, department)
    if (file.size or 0) > LARGEST:
        raise UploadRefused(
            _("ファイルが大きすぎます（5MBまで）。いくつかに分けてください。")
        )
    name = plain_file_name(file.name or "")
    content = file.read()
    read = read_rows(content, file=name)
    rows = sum(isinstance(found, Row) for found in read)
    if rows == 0:
        told = next((f.text for f in read if isinstance(f, Problem)), "")
        raise UploadRefused(told or _("取り込める行がありません。"))
    if rows > MOST_ROWS:
        words = _("行が多すぎます（%(rows)d行）。%(most)d行までに分けてください。")
        raise UploadRefused(words % {"rows": rows, "most": MOST_ROWS})
    upload, _made = EventListUpload.objects.get_or_create(
        key=key,
        defaults={
            "file_name": name,
            "content": content,
            "department": department,
            "uploaded_by": by,
            "uploaded_at": at,
            "expires_at": at + KEPT_FOR,
        },
    )
    return upload


def look(upload: EventListUpload, *, at: datetime) -> Waiting:
    """What it would make and change now. Raises: UploadGone."""
    if upload.content is None or upload.expires_at <= at:
        raise UploadGone
    lists = understand(read_rows(bytes(upload.content), file=upload.file_name))
    return Waiting(upload, lists, compute(lists, department=_code(upload), at=at))


def apply_upload(
    *, key: UUID, by: User, at: datetime, seen: str, goes_live: bool
) -> EventListUpload:
    """Sent twice it is done once: the row stays locked, and says when it was applied.

    Raises: UploadGone, PlanChanged, SomebodyWasFaster, NoCatalogue.
    """
    try:
        with transaction.atomic():
            found = EventListUpload.objects.select_for_update(of=("self",)).of(by)
            upload = found.filter(key=key).first()
            if upload is None:
                raise UploadGone
            if upload.applied_at is None:
                _apply(upload, by=by, at=at, seen=seen, goes_live=goes_live)
            return upload
    except IntegrityError as clash:
        raise SomebodyWasFaster from clash


def _apply(
    upload: EventListUpload, *, by: User, at: datetime, seen: str, goes_live: bool
) -> None:
    if upload.content is None or upload.expires_at <= at:
        raise UploadGone
    lists = understand(read_rows(bytes(upload.content), file=upload.file_name))
    outcome = take_over(
        lists, department=_code(upload), by=by, at=at, goes_live=goes_live, seen=seen
    )
    plan = outcome.computed.plan
    upload.applied_at, upload.content = at, None
    upload.outcome = {
        "made": list(outcome.made),
        "changed": list(outcome.changed),
        "published": list(outcome.published),
        "asked_to_publish": goes_live,
        "rows": plan.rows,
        "used": len(plan.used_rows),
    }
    upload.save()


def forget_expired(*, at: datetime) -> int:
    """Lists that nobody decided about within a week."""
    deleted, _by_model = EventListUpload.objects.expired(at).delete()
    return deleted


def _require_staff_of(by: User, department: Department | None) -> None:
    """Only administrators may leave it to the list which section a course goes to."""
    if by.is_superuser:
        return
    section = section_of(by)
    if section is None or department is None or section.pk != department.pk:
        raise NotAllowed


def _code(upload: EventListUpload) -> str:
    return upload.department.code if upload.department else ""
