"""What one application for a course can, one for several units can too."""

from datetime import timedelta

import pytest

from courses.enums import RequirementKind, SupportKind
from courses.models import CourseRun, Requirement, SupportOffer
from enrollments.domain.series.applying import apply_for_units
from enrollments.domain.series.refusals import NotAllUnits, UnitWaits
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, ApplicationDraft, SupportRequest
from learning_paths.models import Membership
from tests.cms.sent_form import as_shown
from tests.enrollments.application_form import companion
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.enrollments.series.sent import send
from tests.enrollments.series.test_applying import wishes
from tests.factories import MembershipFactory, SeatPoolFactory, UserFactory

JIRO = companion(1, "山田", "次郎", "ヤマダ", "ジロウ")


@pytest.fixture
def parties(runs) -> list[CourseRun]:
    """Places for three; the first unit takes parties of three, the second of two."""
    for run, most in zip(runs, (3, 2), strict=True):
        run.pools.update(capacity=3)
        CourseRun.objects.filter(pk=run.pk).update(max_participants=most)
    return runs


def test_party_comes_to_every_unit(client, address, parties):
    response = send(client, address, parties, companions="1", **JIRO)

    assert response.status_code == 302
    for run in parties:
        application = run.applications.get()
        assert (application.seats, application.state) == (2, State.ACCEPTED)
        names = application.participants.values_list("given_name", flat=True)
        assert list(names) == ["花子", "次郎"]


def test_unit_that_takes_fewest_says_how_many_may_come(client, address, parties):
    both = client.post(address, {"runs": [run.code for run in parties], "step": "edit"})
    assert "申し込む方を含めて2人まで" in both.content.decode()
    first = client.post(address, {"runs": [parties[0].code], "step": "edit"})
    assert "申し込む方を含めて3人まで" in first.content.decode()


def test_too_large_a_party_is_told_which_unit_is_too_small(client, address, parties):
    third = companion(2, "山田", "恵", "ヤマダ", "メグミ")
    response = send(client, address, parties, companions="2", **JIRO, **third)

    assert response.status_code == 422
    assert "「第2単元」は、1回の申込みで2人までです。" in response.content.decode()
    assert not Application.objects.exists()


def test_same_person_twice_is_told_before_sending(client, address, parties):
    twice = companion(1, "山田", "花子", "ヤマダ", "ハナコ")
    response = send(client, address, parties, step="check", companions="1", **twice)
    assert response.status_code == 409


def test_party_finds_places_in_all_or_in_none(series, parties, now):
    """One place is left in the second unit, and they are two."""
    parties[1].pools.update(capacity=1)
    asked = wishes(parties, HANAKO, companions=(TARO,))
    with pytest.raises(NotAllUnits) as refused:
        apply_for_units(series=series, wishes=asked, together=True, by=None, at=now)

    assert [type(why) for _run, why in refused.value.reasons] == [UnitWaits]
    assert parties[0].pools.get().seats_taken == 0
    assert not Application.objects.exists()


def test_what_was_typed_outlives_the_session(client, address, parties):
    send(
        client, address, parties, step="check", companions="1", message="初めてです", **JIRO
    )
    assert ApplicationDraft.objects.get().series is not None
    client.session.flush()

    offered = client.get(address).content.decode()
    assert "入力の途中の内容があります" in offered
    assert "花子" not in offered
    again = as_shown(client.post(address, {"step": "resume"}))
    assert again["companion1-given_name"] == "次郎"
    assert again["message"].strip() == "初めてです"


def test_sent_form_leaves_no_draft(client, address, runs):
    send(client, address, runs, step="check")
    send(client, address, runs)
    assert not ApplicationDraft.objects.exists()
    assert Application.objects.count() == 2


def _ask(run, label, **more):
    return run.questions.create(label=label, kind="text", position=1, **more)


def test_same_question_is_asked_once_and_answered_for_all(client, address, runs):
    first, second = (_ask(run, "交通手段", is_required=True) for run in runs)
    alone = _ask(runs[1], "持っている道具")
    page = client.get(address).content.decode()
    assert (page.count("交通手段"), page.count("持っている道具")) == (1, 1)

    assert send(client, address, runs).status_code == 422
    answers = {f"question_{first.pk}": "バス", f"question_{alone.pk}": "軍手"}
    assert send(client, address, runs, **answers).status_code == 302
    kept = Application.objects.order_by("run").values_list(
        "run", "answers__question", "answers__value"
    )
    assert sorted(kept) == sorted(
        [
            (runs[0].pk, first.pk, "バス"),
            (runs[1].pk, second.pk, "バス"),
            (runs[1].pk, alone.pk, "軍手"),
        ]
    )


def test_question_that_one_unit_needs_may_stay_empty_for_another(client, address, runs):
    _ask(runs[0], "交通手段")
    _ask(runs[1], "交通手段", is_required=True)
    assert send(client, address, runs[:1], step="check").status_code == 200
    assert send(client, address, runs[1:], step="check").status_code == 422


@pytest.fixture
def care(runs, now) -> SupportOffer:
    return SupportOffer.objects.create(
        run=runs[0], kind=SupportKind.CHILDCARE, capacity=2, deadline=now + timedelta(7)
    )


def test_wishes_are_promises_of_their_unit(client, address, runs, care):
    SupportOffer.objects.create(run=runs[1], kind=SupportKind.SIGN_LANGUAGE)
    child = {
        f"unit{runs[0].pk}-child1-called": "めい",
        f"unit{runs[0].pk}-child1-years": "2",
    }
    signs = {f"support_{runs[1].pk}": [SupportKind.SIGN_LANGUAGE]}
    send(client, address, runs, **child, **signs, other_wish="前の席")

    asked = SupportRequest.objects.values_list("application__run", "kind", "needs")
    assert set(asked) == {
        (runs[0].pk, SupportKind.CHILDCARE, ""),
        (runs[1].pk, SupportKind.SIGN_LANGUAGE, ""),
        (runs[0].pk, SupportKind.OTHER, "前の席"),
        (runs[1].pk, SupportKind.OTHER, "前の席"),
    }
    (found,) = SupportRequest.objects.get(kind=SupportKind.CHILDCARE).children.all()
    assert (found.called, found.age_months) == ("めい", 24)


def test_child_of_a_unit_left_out_is_not_asked_about(client, address, runs, care):
    half = {f"unit{runs[0].pk}-child1-called": "めい"}
    assert send(client, address, runs[1:], step="check", **half).status_code == 200
    assert send(client, address, runs, step="check", **half).status_code == 422


def test_who_may_come_is_said_before_typing_and_decided_when_sent(client, address, runs):
    Requirement.objects.create(
        run=runs[0], kind=RequirementKind.RESIDENCY, residencies=["resident"], group=1
    )
    assert "対象：" in client.get(address).content.decode()
    response = send(client, address, runs, step="check", residency="other")
    page = response.content.decode()
    assert response.status_code == 409
    assert "対象の条件にあてはまらないため申し込めません" in page
    assert send(client, address, runs[1:], step="check").status_code == 200


def test_members_ask_for_the_places_of_their_group(client, address, runs):
    SeatPoolFactory(run=runs[0], kind="groups", capacity=2)
    member: Membership = MembershipFactory(user=UserFactory())
    client.force_login(member.user)
    pool = runs[0].pools.get(kind="groups")
    place = {f"place_{runs[0].pk}": str(pool.pk)}

    assert send(client, address, runs, **place).status_code == 422
    sent = send(client, address, runs, group=member.group.code, **place)
    assert sent.status_code == 302
    kept = Application.objects.order_by("run").values_list("pool", "group_code")
    assert list(kept) == [(pool.pk, member.group.code), (runs[1].pools.get().pk, "")]


def test_mail_address_that_was_meant_is_put_in(client, address, runs):
    page = send(client, address, runs, step="check", email="hanako@gmial.com")
    assert "hanako@gmail.com ではありませんか" in page.content.decode()
    sent = {**as_shown(page), "step": "meant"}
    shown = client.post(address, sent).content.decode()
    assert "hanako@gmail.com" in shown
    assert "ではありませんか" not in shown


def test_request_of_another_person_is_no_part_of_it(series, runs, now):
    """The same form with another name gives another receipt."""
    form = {"submission_key": request_by(HANAKO).submission_key}
    both = [
        apply_for_units(
            series=series,
            wishes=wishes(runs, person, **form),
            together=False,
            by=None,
            at=now,
        )
        for person in (HANAKO, TARO)
    ]
    assert both[0].bundle != both[1].bundle
