"""わたしも: one voice for each person in a request, by account or by confirmed address."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.domain.addresses import verified_addresses
from accounts.domain.contact import tidy_email, tidy_text
from accounts.domain.sections import require_staff
from accounts.models import User
from enrollments.enums import Channel
from learning_paths.domain.wanted.asking import own_address
from learning_paths.domain.wanted.confirming import ask_to_confirm, may_ask_again
from learning_paths.domain.wanted.refusals import NotOpenForVoices, NoWayToTell
from learning_paths.domain.wanted.states import TAKES_VOICES, lock_request
from learning_paths.models import LearningRequest, LearningVoice


def join_signed_in(
    *, request: LearningRequest, by: User, at: datetime, language: str = "ja"
) -> LearningVoice:
    """Whoever spoke before, by account or by one of its addresses, has that voice.

    Raises: NotOpenForVoices, NoOwnAddress.
    """
    own = own_address(by)
    with transaction.atomic():
        fresh = _lock_open(request)
        known = _own_voice(fresh, by)
        if known is None:
            return LearningVoice.objects.create(
                request=fresh,
                user=by,
                email=own,
                language=language,
                asked_at=at,
                confirmed_at=at,
            )
        if known.confirmed_at is None or known.user_id is None:
            known.user, known.confirmed_at = by, known.confirmed_at or at
            known.save(update_fields=["user", "confirmed_at"])
    return known


def join_by_mail(
    *, request: LearningRequest, email: str, at: datetime, language: str = "ja"
) -> None:
    """The answer is the same for every address. Raises: NotOpenForVoices."""
    address = tidy_email(email)
    with transaction.atomic():
        fresh = _lock_open(request)
        voice = fresh.voices.filter(email=address).first()
        if voice is None:
            if not may_ask_again(address, at=at):
                return
            voice = LearningVoice.objects.create(
                request=fresh, email=address, language=language, asked_at=at
            )
        if voice.confirmed_at is None:
            ask_to_confirm(voice, at=at)


def enter_voice(
    *,
    request: LearningRequest,
    name: str,
    phone: str,
    channel: Channel,
    by: User,
    at: datetime,
) -> LearningVoice:
    """By staff, for somebody who telephoned. The same person again is the first voice.

    Raises: NotAllowed (no staff), NotOpenForVoices, NoWayToTell.
    """
    require_staff(by)
    if not phone:
        raise NoWayToTell
    with transaction.atomic():
        fresh = _lock_open(request)
        voice, _made = fresh.voices.get_or_create(
            name=tidy_text(name),
            phone=phone,
            defaults={"channel": channel, "asked_at": at, "confirmed_at": at},
        )
    return voice


def has_joined(request: LearningRequest, user: User) -> bool:
    voice = _own_voice(request, user)
    return voice is not None and voice.confirmed_at is not None


def _own_voice(request: LearningRequest, user: User) -> LearningVoice | None:
    """By the account, else by an address that is theirs now, whoever had it before."""
    mine = request.voices.filter(Q(user=user) | Q(email__in=verified_addresses(user)))
    return min(mine, key=lambda one: (one.user_id != user.pk, one.pk), default=None)


def _lock_open(request: LearningRequest) -> LearningRequest:
    fresh = lock_request(request.pk)
    if fresh.state not in TAKES_VOICES:
        raise NotOpenForVoices
    return fresh
