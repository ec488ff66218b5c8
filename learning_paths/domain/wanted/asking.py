"""Anybody may say what they want to learn: with an account at once, by mail once its link
was opened, and by telephone through staff. It is looked at before it is public."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.domain.addresses import confirmed_address
from accounts.domain.contact import tidy_email, tidy_text
from accounts.domain.sections import require_staff
from accounts.models import User
from enrollments.enums import Channel
from learning_paths.domain.membership import require_member
from learning_paths.domain.wanted.confirming import ask_to_confirm, may_ask_again
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.domain.wanted.refusals import NoOwnAddress, NoWayToTell
from learning_paths.domain.wanted.states import begin
from learning_paths.enums import RequestState
from learning_paths.models import Group, LearningRequest, LearningVoice


def ask_signed_in(
    *,
    facts: WantedFacts,
    by: User,
    at: datetime,
    form_key: UUID,
    language: str = "ja",
    group: Group | None = None,
) -> LearningRequest:
    """The same form again gives the first request. For a group its members speak.

    Raises: TitleMissing, NoOwnAddress, NotAMember.
    """
    facts = facts.tidied()
    if group is not None:
        require_member(by, group)
    own = own_address(by)
    with transaction.atomic():
        request, made = _insert(facts, RequestState.RECEIVED, form_key, at, group=group)
        if made:
            begin(request, by=by, at=at)
            LearningVoice.objects.create(
                request=request,
                user=by,
                email=own,
                language=language,
                began_it=True,
                asked_at=at,
                confirmed_at=at,
            )
    return request


def ask_by_mail(
    *, facts: WantedFacts, email: str, at: datetime, form_key: UUID, language: str = "ja"
) -> None:
    """Nothing tells whether the address was known. Raises: TitleMissing."""
    facts = facts.tidied()
    address = tidy_email(email)
    with transaction.atomic():
        if not may_ask_again(address, at=at):
            return
        request, made = _insert(facts, RequestState.UNCONFIRMED, form_key, at)
        if made:
            begin(request, by=None, at=at)
            voice = LearningVoice.objects.create(
                request=request,
                email=address,
                language=language,
                began_it=True,
                asked_at=at,
            )
            ask_to_confirm(voice, at=at)


def enter_request(
    *,
    facts: WantedFacts,
    name: str,
    phone: str,
    email: str = "",
    channel: Channel,
    form_key: UUID,
    by: User,
    at: datetime,
) -> LearningRequest:
    """By staff, for somebody who telephoned or came.

    Raises: NotAllowed (no staff), TitleMissing, NoWayToTell.
    """
    require_staff(by)
    facts = facts.tidied()
    if not phone and not email:
        raise NoWayToTell
    with transaction.atomic():
        request, made = _insert(facts, RequestState.RECEIVED, form_key, at)
        if made:
            begin(request, by=by, at=at)
            LearningVoice.objects.create(
                request=request,
                name=tidy_text(name),
                phone=phone,
                email=tidy_email(email),
                channel=channel,
                began_it=True,
                asked_at=at,
                confirmed_at=at,
            )
    return request


def own_address(user: User) -> str:
    """A confirmed address of the account. Raises: NoOwnAddress."""
    address = confirmed_address(user)
    if not address:
        raise NoOwnAddress
    return address


def _insert(
    facts: WantedFacts,
    state: RequestState,
    form_key: UUID,
    at: datetime,
    group: Group | None = None,
) -> tuple[LearningRequest, bool]:
    columns = {**vars(facts), "state": state, "asked_at": at, "group": group}
    return LearningRequest.objects.get_or_create(form_key=form_key, defaults=columns)
