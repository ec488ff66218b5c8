"""A row of a list of applications as a request, as a clerk would have typed it."""

import re
import unicodedata
from datetime import datetime
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.contact import kana_key, phone_key
from accounts.models import Department
from courses.enums import PoolKind
from courses.exchange.columns.days import read_day
from courses.exchange.columns.persons import Name, kana_of, name_of, split_name
from courses.exchange.plans.row import ReadRow
from courses.models import CourseRun
from enrollments.domain.known_groups import KnownGroup, every_group
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import Channel, ContactBy

WITH_READING = re.compile(r"^(.+?)\s*\((.+)\)$")
DIGITS = re.compile(r"^第?(\d{1,3})回?目?$")


class RequestReader:
    """Reads rows for one run; sections and groups are looked up once."""

    def __init__(self, run: CourseRun) -> None:
        self.run = run
        self.sections = {
            word: section.pk
            for section in Department.objects.all()
            for word in (section.code, section.name)
        }
        self.groups = {
            word: group for group in every_group() for word in (group.code, group.name)
        }
        kinds = {PoolKind(pool.kind) for pool in run.pools.all()}
        self.only_kind = next(iter(kinds)) if len(kinds) == 1 else None

    def request(self, row: ReadRow) -> SeatRequest:
        """Raises: ValueError with a sentence."""
        email, phone = row.get("email"), row.get("phone")
        contact = ContactBy.MAIL if email else ContactBy.PHONE if phone else ContactBy.POST
        group = self._group(row)
        return SeatRequest(
            applicant=applicant(row),
            companions=companions(row),
            email=email,
            phone=phone,
            postal_code=row.get("postal_code"),
            address=row.get("address"),
            residency=row.get("residency"),
            contact_by=contact,
            channel=_channel(row),
            message=row.get("message"),
            staff_note=_note(row),
            session=self._session(row),
            department=self._section(row),
            group_code=group.code if group else "",
            group_name=group.name if group else row.get("group_name"),
            postmarked_on=row.get("postmarked_on", None),
        )

    def pool_kind(self, row: ReadRow) -> PoolKind | None:
        """Where the run has places for one sort of people only, these."""
        chosen = row.get("pool", None)
        return PoolKind(chosen) if chosen else self.only_kind

    def _group(self, row: ReadRow) -> KnownGroup | None:
        code, name = row.get("group_code"), row.get("group_name")
        if code and code not in self.groups:
            words = _("団体番号「%(code)s」の団体はありません。")
            raise ValueError(words % {"code": code})
        return self.groups.get(code or name)

    def _section(self, row: ReadRow) -> int | None:
        name = row.get("department")
        if not name:
            return None
        if name not in self.sections:
            words = _("「%(name)s」という課はありません。")
            raise ValueError(words % {"name": name})
        return self.sections[name]

    def _session(self, row: ReadRow) -> int | None:
        """By its number or its day."""
        text = unicodedata.normalize("NFKC", str(row.get("session"))).strip()
        if not text:
            return None
        number = DIGITS.match(text)
        for session in self.run.sessions.all():
            if number and session.number == int(number[1]):
                return session.pk
        day = None if number else read_day(text, fiscal_year=self.run.fiscal_year)
        same = [
            one.pk
            for one in self.run.sessions.all()
            if day and timezone.localdate(one.starts_at) == day
        ]
        if len(same) != 1:
            words = _("「%(text)s」がどの回かわかりません。第1回 のように書いてください。")
            raise ValueError(words % {"text": text})
        return same[0]


def applicant(row: ReadRow) -> PersonName:
    """Raises: ValueError where 氏 and 名 cannot be told apart."""
    parts = ("full_name", "family_name", "given_name")
    name = name_of(*(row.get(part) for part in parts), what=_("氏名"))
    kana = kana_of(*(row.get(f"{part}_kana") for part in parts))
    return _person(name, kana, row)


def _person(name: Name, kana: Name, row: ReadRow | None = None) -> PersonName:
    return PersonName(
        family=name.family,
        given=name.given,
        family_kana=kana.family,
        given_kana=kana.given,
        birth_date=row.get("birth_date", None) if row else None,
        school_year=row.get("school_year", None) if row else None,
    )


def companions(row: ReadRow) -> tuple[PersonName, ...]:
    """山田 太郎（ヤマダ タロウ）、…, or the readings in a column of their own."""
    readings = list(row.get("companions_kana", ()))
    found = []
    for number, said in enumerate(row.get("companions", ())):
        folded = unicodedata.normalize("NFKC", said)
        match = WITH_READING.match(folded)
        reading = readings[number] if number < len(readings) else ""
        written, spoken = (match[1], match[2]) if match else (said, reading)
        name = split_name(written)
        if name is None or not spoken:
            words = _(
                "同伴者「%(name)s」を読めません。"
                "「山田 太郎（ヤマダ タロウ）」のように、氏名とフリガナを書いてください。"
            )
            raise ValueError(words % {"name": said})
        found.append(_person(name, kana_of(spoken, "", "")))
    return tuple(found)


def _channel(row: ReadRow) -> Channel:
    channel = Channel(row.get("channel", Channel.POSTCARD))
    if channel in (Channel.WEB, Channel.WALK_IN, Channel.NOMINATION):
        words = _("受付方法が「%(channel)s」の申込みは、取り込めません。")
        raise ValueError(words % {"channel": channel.label})
    return channel


def _note(row: ReadRow) -> str:
    """The age has no place of its own where a date of birth is not known."""
    notes = [str(row.get("staff_note"))]
    if row.get("age", None) is not None and not row.get("birth_date", None):
        notes.append(f"年齢 {row.get('age')}歳")
    return "\n".join(note for note in notes if note)


def form_key(run: CourseRun, request: SeatRequest, received_at: datetime | None) -> UUID:
    """The same row again, in this file or another, is the same form."""
    said = [
        received_at.isoformat() if received_at else "",
        *(f"{one.family}{one.given}{kana_key(one.kana)}" for one in request.people),
        phone_key(request.phone),
        request.email,
        "".join(request.address.split()),
        str(request.session or ""),
    ]
    return uuid5(uuid5(UUID(int=0), f"run:{run.pk}"), "\x1f".join(said))
