"""Saying what one wants to learn: by account, by mail, by telephone."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.domain.refusal import NotAllowed
from enrollments.enums import Channel, MessageKind
from enrollments.models import Notification
from learning_paths.domain.refusals import NotAMember
from learning_paths.domain.wanted.asking import ask_by_mail, ask_signed_in, enter_request
from learning_paths.domain.wanted.confirming import (
    MOST_UNCONFIRMED,
    confirm,
    forget_unconfirmed,
    take_back,
    take_back_own,
    voice_for,
    voice_token,
)
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.domain.wanted.joining import join_signed_in
from learning_paths.domain.wanted.refusals import (
    NoOwnAddress,
    NoWayToTell,
    TitleIsALink,
    TitleMissing,
)
from learning_paths.models import LearningRequest, LearningVoice
from tests.factories import NOON, UserFactory
from tests.learning_paths.wanted.conftest import FACTS

pytestmark = pytest.mark.django_db


def test_account_asks_and_is_the_first_voice(keiko):
    request = ask_signed_in(facts=FACTS, by=keiko, at=NOON, form_key=uuid4())

    assert request.state == "received"
    voice = request.voices.get()
    assert (voice.user, voice.email, voice.began_it) == (keiko, keiko.email, True)
    assert [move.to_state for move in request.moves.all()] == ["received"]


def test_same_form_twice_is_one_request(keiko):
    key = uuid4()
    first = ask_signed_in(facts=FACTS, by=keiko, at=NOON, form_key=key)
    assert ask_signed_in(facts=FACTS, by=keiko, at=NOON, form_key=key) == first
    assert LearningVoice.objects.count() == 1


def test_account_without_a_confirmed_address_is_refused(db):
    with pytest.raises(NoOwnAddress):
        ask_signed_in(facts=FACTS, by=UserFactory(), at=NOON, form_key=uuid4())


def test_request_needs_a_title(keiko):
    facts = replace(FACTS, title=" \u3000 ")
    with pytest.raises(TitleMissing):
        ask_signed_in(facts=facts, by=keiko, at=NOON, form_key=uuid4())


@pytest.mark.parametrize("title", ["https://example.jp/", "ｗｗｗ．example.jp", "WWW.x"])
def test_title_that_is_a_link_is_mailed_to_nobody(title, db):
    with pytest.raises(TitleIsALink):
        ask_by_mail(
            facts=WantedFacts(title), email="a@example.jp", at=NOON, form_key=uuid4()
        )

    assert Notification.objects.count() == 0


def test_only_members_speak_for_a_group(group, member, taro):
    for_group = {"facts": FACTS, "group": group, "at": NOON}
    asked = ask_signed_in(by=member.user, form_key=uuid4(), **for_group)
    assert asked.group == group
    with pytest.raises(NotAMember):
        ask_signed_in(by=taro, form_key=uuid4(), **for_group)


def test_mail_address_counts_once_its_link_was_opened(db):
    ask_by_mail(facts=FACTS, email=" Mori@Example.jp", at=NOON, form_key=uuid4())

    request, message = LearningRequest.objects.get(), Notification.objects.get()
    assert request.state == "unconfirmed"
    assert (message.recipient, message.kind) == ("mori@example.jp", MessageKind.REQUEST)
    voice = request.voices.get()
    assert voice_token(voice) in message.body

    confirm(voice=voice, at=NOON)
    confirm(voice=voice, at=NOON)
    request.refresh_from_db()
    assert request.state == "received"
    assert [move.to_state for move in request.moves.all()] == ["unconfirmed", "received"]


def test_one_address_is_not_flooded(db):
    for _time in range(MOST_UNCONFIRMED + 2):
        ask_by_mail(facts=FACTS, email="mori@example.jp", at=NOON, form_key=uuid4())
    assert LearningRequest.objects.count() == MOST_UNCONFIRMED


def test_unconfirmed_are_forgotten_after_a_week(db):
    ask_by_mail(facts=FACTS, email="mori@example.jp", at=NOON, form_key=uuid4())

    assert forget_unconfirmed(at=NOON + timedelta(days=6)) == 0
    assert forget_unconfirmed(at=NOON + timedelta(days=7)) == 1
    assert not LearningRequest.objects.exists()


def test_staff_enter_who_telephoned(officer, taro):
    said = {"facts": FACTS, "name": "森 正", "phone": "0420-11-2233"}
    said |= {"channel": Channel.PHONE, "at": NOON}
    request = enter_request(by=officer, form_key=uuid4(), **said)

    assert (request.state, request.voices.get().phone) == ("received", "0420-11-2233")
    with pytest.raises(NotAllowed):
        enter_request(by=taro, form_key=uuid4(), **said)
    with pytest.raises(NoWayToTell):
        enter_request(by=officer, form_key=uuid4(), **(said | {"phone": ""}))


def test_forged_link_opens_nothing(received):
    token = voice_token(received.voices.get())
    assert voice_for(token) == received.voices.get()
    assert voice_for(token + "x") is None


def test_last_voice_taken_back_ends_what_nobody_answered(wanted, keiko, taro):
    voice = wanted.voices.get()
    with pytest.raises(NotAllowed):
        take_back_own(voice=voice, by=taro, at=NOON)
    take_back_own(voice=voice, by=keiko, at=NOON)

    wanted.refresh_from_db()
    assert (wanted.state, wanted.voices.count()) == ("withdrawn", 0)


def test_voices_go_with_the_account(wanted, keiko):
    keiko.delete()
    assert wanted.voices.count() == 0


def test_others_keep_a_request_alive(wanted, jiro):
    join_signed_in(request=wanted, by=jiro, at=NOON)
    take_back(voice=wanted.voices.first(), at=NOON)
    wanted.refresh_from_db()
    assert wanted.state == "open"
