"""A group asks for a lecture from the menu, by itself or by telephone through staff: with
enough people, for a purpose that is proper, on dates that can be wished."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.domain.contact import tidy_email, tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from enrollments.enums import Channel
from learning_paths.domain.membership import require_member
from learning_paths.domain.outreach.dates import (
    require_to_come,
    require_wishable,
    write_round,
)
from learning_paths.domain.outreach.refusals import (
    NotOnTheMenu,
    NotProper,
    NoWayToTell,
    TooFewPeople,
)
from learning_paths.domain.outreach.states import begin
from learning_paths.domain.outreach.telling import tell
from learning_paths.models import Group, OutreachEntry, OutreachRequest

# Within so many days the section answers.
ANSWERS_WITHIN = timedelta(days=10)


@dataclass(frozen=True)
class Asked:
    """What the requester says; `starts` are up to three beginnings."""

    people: int
    purpose: str
    is_proper: bool
    group_name: str
    contact_name: str
    address: str
    place: str
    starts: Sequence[datetime]
    phone: str = ""
    email: str = ""
    equipment: str = ""
    message: str = ""
    group: Group | None = None

    def columns(self) -> dict[str, object]:
        said = {name: value for name, value in vars(self).items() if name != "starts"}
        return said

    def tidied(self) -> "Asked":
        return replace(
            self,
            group_name=tidy_text(self.group_name),
            contact_name=tidy_text(self.contact_name),
            email=tidy_email(self.email),
            place=tidy_text(self.place),
            address=tidy_text(self.address),
        )


def ask_for_outreach(
    *,
    entry: OutreachEntry,
    asked: Asked,
    by: User | None,
    at: datetime,
    form_key: UUID,
    language: str = "ja",
) -> OutreachRequest:
    """The same form again gives the first request. Whoever asks for a registered group
    belongs to it.

    Raises: NotOnTheMenu, TooFewPeople, NotProper, NoWayToTell, NotAMember, and those of
    `require_wishable`.
    """
    known = OutreachRequest.objects.filter(form_key=form_key).first()
    if known is not None:
        return known
    if not OutreachEntry.objects.offered().filter(pk=entry.pk).exists():
        raise NotOnTheMenu
    if asked.group is not None and by is not None:
        require_member(by, asked.group)
    require_wishable(entry, asked.starts, at=at)
    return _write(entry, asked, form_key, at, by=by, user=by, language=language)


def enter_outreach(
    *,
    entry: OutreachEntry,
    asked: Asked,
    channel: Channel,
    by: User,
    at: datetime,
    form_key: UUID,
) -> OutreachRequest:
    """By the section, for somebody who telephoned; its dates are between the two.

    Raises: NotAllowed (another section), and as above.
    """
    require_section(by, entry.course.department)
    known = OutreachRequest.objects.filter(form_key=form_key).first()
    if known is not None:
        return known
    require_to_come(asked.starts, at=at)
    return _write(entry, asked, form_key, at, by=by, channel=channel, entered_by=by)


def _write(
    entry: OutreachEntry,
    asked: Asked,
    form_key: UUID,
    at: datetime,
    *,
    by: User | None,
    **columns: object,
) -> OutreachRequest:
    asked = asked.tidied()
    if asked.people < entry.minimum_people:
        raise TooFewPeople(entry.minimum_people)
    if not asked.is_proper:
        raise NotProper
    if not asked.phone and not asked.email:
        raise NoWayToTell
    said = {
        **asked.columns(),
        **columns,
        "entry": entry,
        "asked_at": at,
        "answer_by": at.astimezone(TOKYO).date() + ANSWERS_WITHIN,
    }
    with transaction.atomic():
        request, made = OutreachRequest.objects.get_or_create(
            form_key=form_key, defaults=said
        )
        if made:
            begin(request, by=by, at=at)
            write_round(request, asked.starts, number=0, offered_by=None)
            tell(request, "outreach_received", once="received", at=at)
    return request
