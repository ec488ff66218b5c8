"""A voice counts once its address was confirmed by the link in a mail; its owner takes it
back by the same link, and then it is gone."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.domain.refusal import NotAllowed
from accounts.domain.signed_links import SignedLinks
from accounts.models import User
from learning_paths.domain.wanted.states import lock_request, move_request
from learning_paths.domain.wanted.telling import tell_voice
from learning_paths.enums import RequestState as State
from learning_paths.models import LearningRequest, LearningVoice

VOICE = SignedLinks("learning_paths.learning-voice")
CONFIRM_WITHIN = timedelta(days=7)
# So many unanswered questions may one address have; more would be somebody's bad joke.
MOST_UNCONFIRMED = 5


def voice_token(voice: LearningVoice) -> str:
    return VOICE.sign(voice.public_id)


def voice_for(token: str) -> LearningVoice | None:
    """None for forged links, and for voices that were taken back."""
    public_id = VOICE.public_id(token)
    if public_id is None:
        return None
    voices = LearningVoice.objects.select_related("request")
    return voices.filter(public_id=public_id).first()


def may_ask_again(address: str, *, at: datetime) -> bool:
    recent = LearningVoice.objects.filter(
        email=address, confirmed_at=None, asked_at__gt=at - CONFIRM_WITHIN
    )
    return recent.count() < MOST_UNCONFIRMED


def ask_to_confirm(voice: LearningVoice, *, at: datetime) -> None:
    """One mail a day at most."""
    day = timezone.localdate(at)
    tell_voice(
        voice,
        "request_confirm",
        occasion=f"learning-voice:{voice.public_id.hex}:{day.isoformat()}",
        token=voice_token(voice),
        at=at,
    )


def confirm(*, voice: LearningVoice, at: datetime) -> LearningVoice | None:
    """By whoever opened the mail's link; doing it twice is fine. A request of which this
    is the first voice goes to the staff now. None where the voice is gone meanwhile."""
    with transaction.atomic():
        request = lock_request(voice.request_id)
        voices = LearningVoice.objects.select_related("request")
        fresh = voices.filter(pk=voice.pk).first()
        if fresh is None:
            return None
        if fresh.confirmed_at is None:
            fresh.confirmed_at = at
            fresh.save(update_fields=["confirmed_at"])
        if request.state == State.UNCONFIRMED:
            move_request(request, State.RECEIVED, by=None, at=at)
            fresh.request = request
    return fresh


def take_back(*, voice: LearningVoice, at: datetime) -> None:
    """A request that nobody wants any more, and that nobody answered, ends."""
    with transaction.atomic():
        request = lock_request(voice.request_id)
        LearningVoice.objects.filter(pk=voice.pk).delete()
        _end_without_voices(request, at)


def take_back_own(*, voice: LearningVoice, by: User, at: datetime) -> None:
    """Raises: NotAllowed for somebody else's."""
    if voice.user_id != by.pk:
        raise NotAllowed
    take_back(voice=voice, at=at)


def forget_unconfirmed(*, at: datetime) -> int:
    """Whoever did not confirm within a week did not want it, or never asked."""
    old = LearningVoice.objects.filter(confirmed_at=None, asked_at__lte=at - CONFIRM_WITHIN)
    with transaction.atomic():
        begun = old.filter(began_it=True, request__state=State.UNCONFIRMED)
        requests = list(begun.values_list("request", flat=True))
        forgotten = old.count()
        old.delete()
        LearningRequest.objects.filter(pk__in=requests, voices=None).delete()
    return forgotten


def _end_without_voices(request: LearningRequest, at: datetime) -> None:
    unanswered = (State.UNCONFIRMED, State.RECEIVED, State.OPEN)
    if request.state in unanswered and not request.voices.exists():
        move_request(request, State.WITHDRAWN, by=None, at=at)
