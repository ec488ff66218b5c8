from datetime import timedelta

import pytest
from django.core.signing import Signer

from enrollments.models import Notification
from learning_paths.domain import inviting
from learning_paths.domain.inviting import PAUSE, invite_members
from learning_paths.domain.joining import decline_invitation
from learning_paths.domain.leaving import leave_group
from learning_paths.domain.links import invitation_token, membership_for
from learning_paths.domain.refusals import (
    GroupClosed,
    NotAMember,
    NotAnOrganiser,
    TooManyInvitations,
)
from learning_paths.models import Group, Membership
from tests.learning_paths.closing import close


def _invite(group, by, at, *emails, **kwargs):
    return invite_members(group=group, emails=emails, by=by, at=at, **kwargs)


@pytest.mark.usefixtures("leader")
def test_invitation_is_a_membership_and_a_mail(group, keiko, now):
    answers = _invite(group, keiko, now, "taro@example.jp")

    assert [(a.email, a.sent) for a in answers] == [("taro@example.jp", True)]
    invitation = Membership.objects.get(email="taro@example.jp")
    assert (invitation.state, invitation.role, invitation.user) == (
        "invited",
        "member",
        None,
    )
    message = Notification.objects.get()
    assert (message.kind, message.recipient, message.state) == (
        "group_invitation",
        "taro@example.jp",
        "pending",
    )
    assert message.subject == "「緑の会」への招待"
    assert "「緑の会」の高橋 恵子さんが" in message.body
    assert f"/groups/invitation/{invitation_token(invitation)}/" in message.body
    assert "12月21日（月）" in message.body


@pytest.mark.usefixtures("leader")
def test_mail_of_a_nameless_inviter_names_the_role_not_the_address(group, keiko, now):
    keiko.first_name = keiko.last_name = ""
    keiko.save()
    _invite(group, keiko, now, "taro@example.jp")

    body = Notification.objects.get().body
    assert "「緑の会」の代表さんが" in body
    assert "keiko@" not in body


@pytest.mark.usefixtures("leader")
def test_mail_follows_the_inviters_language(group, keiko, now):
    _invite(group, keiko, now, "taro@example.jp", language="en")

    message = Notification.objects.get()
    assert message.language == "en"
    assert "/en/groups/invitation/" in message.body


@pytest.mark.usefixtures("coordinator", "member")
def test_each_address_has_its_own_answer_and_good_ones_go(group, jiro, now):
    answers = _invite(
        group,
        jiro,
        now,
        "ＴＡＲＯ＠example.jp",
        "taro",
        "taro@example.jp",
        "hanako@example.jp",
        "x" * 250 + "@example.jp",
        "sachi@example.jp",
    )
    assert [(a.email[:20], a.sent, a.sentence) for a in answers] == [
        ("taro@example.jp", True, inviting.SENT),
        ("taro", False, inviting.INVALID),
        ("hanako@example.jp", False, inviting.MEMBER),
        ("x" * 20, False, inviting.INVALID),
        ("sachi@example.jp", True, inviting.SENT),
    ]
    recipients = Notification.objects.order_by("recipient").values_list(
        "recipient", flat=True
    )
    assert list(recipients) == ["sachi@example.jp", "taro@example.jp"]


@pytest.mark.usefixtures("leader")
def test_form_sent_twice_sends_one_mail(group, keiko, now):
    _invite(group, keiko, now, "taro@example.jp")
    (answer,) = _invite(group, keiko, now + timedelta(seconds=2), "taro@example.jp")

    assert (answer.sent, answer.sentence) == (False, inviting.TOO_SOON)
    assert Notification.objects.count() == 1


@pytest.mark.usefixtures("leader")
def test_inviting_again_later_sends_a_new_link_and_ends_the_old(group, keiko, now):
    _invite(group, keiko, now, "taro@example.jp")
    old = invitation_token(Membership.objects.get(email="taro@example.jp"))
    (answer,) = _invite(group, keiko, now + PAUSE, "taro@example.jp")

    invitation = Membership.objects.get(email="taro@example.jp")
    assert (answer.sent, answer.sentence) == (True, inviting.SENT_AGAIN)
    assert membership_for(old) is None
    assert membership_for(invitation_token(invitation)) == invitation
    assert Notification.objects.count() == 2


@pytest.mark.usefixtures("leader")
def test_somebody_who_declined_is_left_in_peace_for_a_day(group, keiko, now):
    _invite(group, keiko, now, "taro@example.jp")
    invitation = Membership.objects.get(email="taro@example.jp")
    decline_invitation(membership=invitation, at=now)

    (early,) = _invite(group, keiko, now + timedelta(hours=23), "taro@example.jp")
    (later,) = _invite(group, keiko, now + PAUSE, "taro@example.jp")

    assert (early.sent, later.sent) == (False, True)
    assert Membership.objects.filter(email="taro@example.jp").count() == 2


@pytest.mark.usefixtures("leader", "member")
def test_somebody_who_left_can_be_invited_at_once(group, keiko, hanako, now):
    leave_group(group=group, by=hanako, at=now)
    (answer,) = _invite(group, keiko, now, "hanako@example.jp")

    assert answer.sent


@pytest.mark.usefixtures("leader")
def test_too_many_at_once_sends_none(group, keiko, now):
    emails = [f"p{number}@example.jp" for number in range(inviting.MOST_AT_ONCE + 1)]
    with pytest.raises(TooManyInvitations):
        _invite(group, keiko, now, *emails)
    assert Notification.objects.count() == 0

    assert all(answer.sent for answer in _invite(group, keiko, now, *emails[1:]))


@pytest.mark.usefixtures("member")
def test_members_and_outsiders_do_not_invite(group, hanako, taro, now):
    with pytest.raises(NotAnOrganiser):
        _invite(group, hanako, now, "x@example.jp")
    with pytest.raises(NotAMember):
        _invite(group, taro, now, "x@example.jp")
    assert Notification.objects.count() == 0


@pytest.mark.usefixtures("leader")
def test_closed_group_does_not_invite(group, keiko, now):
    close(Group.objects.get())
    with pytest.raises(GroupClosed):
        _invite(group, keiko, now, "x@example.jp")


def test_token_opens_its_own_invitation(invited):
    assert membership_for(invitation_token(invited)) == invited


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("token", ["", "x", "1-2", "1-2.abc", "1.2.3"])
def test_forged_token_opens_nothing(token):
    assert membership_for(token) is None


def test_token_of_another_purpose_opens_nothing(invited):
    value = invitation_token(invited).rpartition(".")[0]
    assert membership_for(Signer(salt="other", sep=".").sign(value)) is None


def test_token_of_a_deleted_invitation_opens_nothing(invited):
    token = invitation_token(invited)
    invited.delete()
    assert membership_for(token) is None
