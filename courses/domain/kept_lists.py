"""A row of a list that officers keep (venues, rooms, instructors) is saved only whole and
sound, and taken out only while nothing refers to it."""

from datetime import datetime
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.around_changes import changing
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.models import User
from courses.models import Venue
from courses.models.venue import INSIDE_JAPAN

Row = TypeVar("Row", bound=Model)


class Unsound(Refusal):
    sentence = gettext_lazy("内容に誤りがあります。")


class InUse(Refusal):
    def __init__(self, row: Model) -> None:
        words = _("「%(name)s」は使われているため、取り消せません。")
        super().__init__(words % {"name": row})


class HoursIncomplete(Refusal):
    sentence = gettext_lazy("開館と閉館の時刻は、両方を入力してください。")


class HoursOutOfOrder(Refusal):
    sentence = gettext_lazy("閉館は開館より後の時刻にしてください。")


class OutsideJapan(Refusal):
    sentence = gettext_lazy("緯度・経度は日本国内の値にしてください。")


def keep(*, row: Row, by: User, at: datetime) -> Row:
    """A new or changed row. Raises: NotAllowed, and as `require_sound`."""
    _require_right("change" if row.pk else "add", row, by)
    require_sound(row)
    with transaction.atomic():
        if row.pk is None:
            row.save(force_insert=True)
        else:
            with changing(row, at=at):
                row.save()
    return row


def take_out(*, row: Model, by: User, at: datetime) -> None:
    """Raises: NotAllowed, InUse."""
    _require_right("change", row, by)
    try:
        with transaction.atomic(), changing(row, at=at):
            row.delete()
    except ProtectedError as protected:
        raise InUse(row) from protected


def require_sound(row: Model, *, unique: bool = True) -> None:
    """Without `unique` other rows are not asked about.

    Raises: Unsound, HoursIncomplete, HoursOutOfOrder, OutsideJapan.
    """
    if isinstance(row, Venue):
        if bool(row.opens_at) != bool(row.closes_at):
            raise HoursIncomplete
        if row.opens_at and row.closes_at and row.closes_at <= row.opens_at:
            raise HoursOutOfOrder
        for name, (least, most) in INSIDE_JAPAN.items():
            degrees = getattr(row, name)
            if degrees is not None and not least <= degrees <= most:
                raise OutsideJapan
    try:
        row.clean_fields()
        if unique:
            row.validate_unique()
            row.validate_constraints()
    except ValidationError as wrong:
        raise Unsound(_words_of(row, wrong)) from wrong


def _words_of(row: Model, wrong: ValidationError) -> str:
    """Each with the field that it is about."""
    said = []
    for name, sentences in wrong.message_dict.items():
        about = ""
        if name != NON_FIELD_ERRORS:
            about = f"{row._meta.get_field(name).verbose_name}: "  # type: ignore[union-attr]
        said += [f"{about}{sentence}" for sentence in sentences]
    return " ".join(said)


def _require_right(act: str, row: Model, by: User) -> None:
    meta = row._meta
    if not (by.is_active and by.has_perm(f"{meta.app_label}.{act}_{meta.model_name}")):
        raise NotAllowed
