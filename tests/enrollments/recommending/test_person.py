"""What a person is recommended, from the rows of the database."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from courses.enums import PoolKind, RequirementKind
from courses.models import Requirement, Series, SeriesUnit
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.completion import record_completion
from enrollments.domain.leaving import withdraw
from enrollments.domain.recommending.choosing import (
    Chosen,
    NoConfirmedAddress,
    choose_interests,
)
from enrollments.domain.recommending.person import interests_of, recommended_for
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    MembershipFactory,
    PathFactory,
    SeatPoolFactory,
    SessionFactory,
    StageFactory,
    StepFactory,
    ThemeFactory,
    VenueFactory,
)


def offered(title="講座", *, themes=(), days=14, kind=PoolKind.GENERAL, venue=None):
    course = CourseFactory(title=title)
    course.themes.set(themes)
    run = CourseRunFactory(course=course, venue=venue)
    SeatPoolFactory(run=run, kind=kind)
    session = SessionFactory(run=run, number=1)
    session.starts_at += timedelta(days=days - 14)
    session.ends_at = session.starts_at + timedelta(hours=2)
    session.save()
    return run


def said_to(user, now):
    found = recommended_for(user, interests_of(user), at=now)
    return {one.candidate.run: [reason.words for reason in one.reasons] for one in found}


@pytest.fixture
def theme(db):
    return ThemeFactory(name="防災")


@pytest.fixture
def interested(hanako, theme, now):
    choose_interests(user=hanako, chosen=Chosen(themes=(theme.pk,)), language="ja", at=now)
    return hanako


def complete(run, user, officer, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=user, at=now)
    record_completion(
        run=run, participants=[application.participants.get().pk], by=officer, at=now
    )


def test_nothing_known_recommends_nothing(hanako, theme, now):
    offered(themes=[theme])
    assert said_to(hanako, now) == {}


def test_a_chosen_theme_counts_for_what_lies_below_it(interested, theme, now):
    below = offered(themes=[ThemeFactory(name="避難所", parent=theme)])
    offered(themes=[ThemeFactory(name="福祉")])
    assert said_to(interested, now) == {
        below.pk: [
            "関心のあるテーマ「防災」です",
            "いま募集中です",
            "申込みの締切まで2週間以内です",
        ]
    }


def test_the_area_that_was_told_counts(hanako, now):
    near = offered(venue=VenueFactory(area="北部"))
    offered(venue=VenueFactory(area="駅前"))
    choose_interests(user=hanako, chosen=Chosen(area="北部"), language="ja", at=now)
    assert list(said_to(hanako, now)) == [near.pk]
    assert said_to(hanako, now)[near.pk][0] == "お住まいの地区「北部」で開かれます"


def test_an_application_takes_it_away_also_after_it_was_given_up(interested, theme, now):
    run = offered(themes=[theme])
    assert list(said_to(interested, now)) == [run.pk]
    apply_for_seat(run=run, request=request_by(HANAKO), by=interested, at=now)
    assert said_to(interested, now) == {}
    withdraw(application=Application.objects.get(), by=interested, at=now)
    assert said_to(interested, now) == {}


def test_what_overlaps_with_an_own_session_is_left_out(interested, theme, now):
    own = offered()
    offered(themes=[theme])
    later = offered(themes=[theme], days=15)
    apply_for_seat(run=own, request=request_by(HANAKO), by=interested, at=now)
    assert list(said_to(interested, now)) == [later.pk]


def test_a_draft_is_not_recommended(interested, theme, now):
    run = offered(themes=[theme])
    assert list(said_to(interested, now)) == [run.pk]
    run.course.published_at = None
    run.course.save()
    assert said_to(interested, now) == {}


def test_the_places_of_staff_are_not_recommended_to_residents(interested, theme, now):
    offered(themes=[theme], kind=PoolKind.STAFF)
    assert said_to(interested, now) == {}


def test_whoever_cannot_apply_is_not_recommended_it(interested, theme, now):
    run = offered(themes=[theme])
    needed = CourseFactory(title="基礎")
    Requirement.objects.create(
        run=run, group=1, kind=RequirementKind.COMPLETED, completed_course=needed
    )
    assert said_to(interested, now) == {}


def test_the_next_unit_names_the_one_before(run, hanako, officer, now):
    series = Series.objects.create(
        slug="s", title="防災", theme=ThemeFactory(), department=run.course.department
    )
    second, third = offered("第2", days=20), offered("第3", days=21)
    for position, own in enumerate((run, second, third), start=1):
        SeriesUnit.objects.create(series=series, course=own.course, position=position)
    complete(run, hanako, officer, now)
    assert said_to(hanako, now) == {
        second.pk: [
            "前に受けた「防災入門」の次の単元です",
            "いま募集中です",
            "申込みの締切まで2週間以内です",
        ]
    }


def test_what_was_learned_speaks_for_its_theme(run, hanako, officer, theme, now):
    run.course.themes.add(theme)
    more = offered(themes=[theme], days=20)
    complete(run, hanako, officer, now)
    assert list(said_to(hanako, now)) == [more.pk]
    assert said_to(hanako, now)[more.pk][1] == "前に修了した講座と同じテーマ「防災」です"


def test_groups_speak_for_their_path_stage_field_and_area(hanako, theme, now):
    member = MembershipFactory(user=hanako)
    group = member.group
    group.area = "北部"
    group.save()
    group.themes.add(theme)
    run = offered(themes=[theme], venue=VenueFactory(area="北部"))
    stage = StageFactory(name="活動実践")
    run.course.stages.add(stage)
    group.stage_records.create(stage=stage, as_of=now.date(), recorded_at=now)
    path = PathFactory(name="はじめの一歩")
    step = StepFactory(path=path, courses=[run.course])
    group.paths.create(path=path, version=step.version, started_on=now.date())

    assert said_to(hanako, now)[run.pk] == [
        "団体の道すじ「はじめの一歩」の次のステップです",
        "団体のいまのステージ「活動実践」の講座です",
        "団体の活動の分野「防災」の講座です",
        "団体の活動の地区「北部」で開かれます",
        "いま募集中です",
        "申込みの締切まで2週間以内です",
    ]
    member.state = "left"
    member.left_at = now
    member.save()
    assert said_to(hanako, now) == {}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_stay_the_same(number, interested, theme, now, django_assert_num_queries):
    for _one in range(number):
        offered(themes=[theme])
    interests = interests_of(interested)
    with django_assert_num_queries(16):
        assert len(recommended_for(interested, interests, at=now)) == number


def test_a_mail_needs_a_confirmed_address(hanako, now):
    wanted = Chosen(wants_monthly=True)
    with pytest.raises(NoConfirmedAddress):
        choose_interests(user=hanako, chosen=wanted, language="ja", at=now)
    EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True)
    own = choose_interests(user=hanako, chosen=wanted, language="ja", at=now)
    assert (own.wants_monthly, own.told_month.isoformat()) == (True, "2026-11-01")
