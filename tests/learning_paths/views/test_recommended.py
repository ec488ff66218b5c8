"""Who sees what a group is recommended."""

import pytest

from tests.enrollments.recommending.test_person import offered
from tests.factories import MembershipFactory, ThemeFactory, UserFactory
from tests.learning_paths.closing import close

HEADING = "この団体へのおすすめ"


@pytest.fixture
def recommended(leader, coordinator, member):
    theme = ThemeFactory(name="防災")
    leader.group.themes.add(theme)
    return offered("避難所の運営", themes=[theme])


@pytest.mark.parametrize("who", ["leader", "coordinator", "member"])
def test_members_see_it_with_its_reasons(who, recommended, request, as_user):
    person = request.getfixturevalue(who).user
    said = as_user(person).get("/groups/midori/").content.decode()
    assert HEADING in said
    assert "避難所の運営" in said
    assert "団体の活動の分野「防災」の講座です" in said


@pytest.mark.parametrize("who", ["anonymous", "outsider", "former", "staff", "admin"])
def test_nobody_else_does(who, recommended, leader, taro, now, as_user):
    former = MembershipFactory(group=leader.group, state="left", left_at=now)
    people = {
        "anonymous": None,
        "outsider": taro,
        "former": former.user,
        "staff": UserFactory(is_staff=True),
        "admin": UserFactory(is_staff=True, is_superuser=True),
    }
    response = as_user(people[who]).get("/groups/midori/")
    assert response.status_code == 200
    assert HEADING not in response.content.decode()


def test_a_group_that_has_ended_is_recommended_nothing(recommended, leader, as_user):
    close(leader.group)
    assert HEADING not in as_user(leader.user).get("/groups/midori/").content.decode()


def test_a_member_sees_only_their_own_choices(recommended, leader, member, as_user):
    """What one member was recommended is on no page of another."""
    as_user(member.user).post("/my/recommendations/", {"wants_recommendations": ""})
    assert "避難所の運営" in as_user(leader.user).get("/my/").content.decode()
    assert "避難所の運営" not in as_user(member.user).get("/my/").content.decode()
