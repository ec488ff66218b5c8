"""Staff look at a wish before everybody reads it: publish it, put it together with one
that is there, or say why not."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.domain.refusal import NotAllowed, given
from accounts.models import User
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.domain.wanted.refusals import AnswerMissing, SameRequest
from learning_paths.domain.wanted.states import TAKES_VOICES, lock_request, move_request
from learning_paths.domain.wanted.telling import tell_answer
from learning_paths.enums import RequestState as State
from learning_paths.models import LearningRequest, LearningVoice

MODERATED = (State.RECEIVED, State.DECLINED)


def may_moderate(user: User) -> bool:
    return user.is_active and user.has_perm("learning_paths.change_learningrequest")


def publish_request(
    *, request: LearningRequest, facts: WantedFacts, by: User, at: datetime
) -> LearningRequest:
    """In the words of `facts`: a name that stood in them is taken out first.

    Raises: NotAllowed, TitleMissing, NoSuchStep.
    """
    _require_moderator(by)
    facts = facts.tidied()
    with transaction.atomic():
        fresh = lock_request(request.pk)
        for name, value in vars(facts).items():
            setattr(fresh, name, value)
        fresh.answer = ""
        move = move_request(fresh, State.OPEN, by=by, at=at)
        tell_answer(move, what="request_public", voices=fresh.voices.all(), at=at)
    return fresh


def decline_request(
    *, request: LearningRequest, why: str, by: User, at: datetime
) -> LearningRequest:
    """Raises: NotAllowed, AnswerMissing, NoSuchStep."""
    _require_moderator(by)
    why = given(why, AnswerMissing)
    with transaction.atomic():
        fresh = lock_request(request.pk)
        fresh.answer = why
        move = move_request(fresh, State.DECLINED, by=by, at=at, why=why)
        tell_answer(move, what="request_declined", voices=fresh.voices.all(), at=at)
    return fresh


def merge_request(
    *, request: LearningRequest, into: LearningRequest, by: User, at: datetime
) -> LearningRequest:
    """Voices go over; whoever spoke in both has one. Those who came over are told.

    Raises: NotAllowed, SameRequest, NoSuchStep.
    """
    _require_moderator(by)
    if request.pk == into.pk:
        raise SameRequest
    with transaction.atomic():
        # In one order, so that two merges do not wait for each other.
        locked = {pk: lock_request(pk) for pk in sorted((request.pk, into.pk))}
        fresh, kept = locked[request.pk], locked[into.pk]
        if kept.state not in TAKES_VOICES:
            raise SameRequest
        fresh.merged_into = kept
        move = move_request(fresh, State.MERGED, by=by, at=at)
        came = _bring_over(fresh, kept)
        tell_answer(
            move,
            what="request_merged",
            voices=kept.voices.filter(pk__in=came),
            at=at,
            former=fresh,
        )
    return kept


def _bring_over(request: LearningRequest, kept: LearningRequest) -> list[int]:
    came = []
    for voice in request.voices.select_for_update(no_key=True):
        there = _voices_of(voice, kept)
        spoken = there.filter(confirmed_at__isnull=False)
        if (spoken if voice.confirmed_at else there).exists():
            voice.delete()
            continue
        # Whoever spoke has spoken, also where they were only asked to confirm.
        there.delete()
        voice.request, voice.began_it = kept, False
        voice.save(update_fields=["request", "began_it"])
        came.append(voice.pk)
    return came


def _voices_of(voice: LearningVoice, kept: LearningRequest) -> QuerySet[LearningVoice]:
    """Those of the same person."""
    same = Q(pk__in=[])
    if voice.email:
        same |= Q(email=voice.email)
    if voice.user_id:
        same |= Q(user=voice.user_id)
    if voice.phone:
        same |= Q(phone=voice.phone, name=voice.name)
    return kept.voices.filter(same)


def _require_moderator(user: User) -> None:
    if not may_moderate(user):
        raise NotAllowed
