"""The lists that courses are made from, and the accounts of staff."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from accounts.enums import StaffRole
from accounts.models import Department, PurposeNotice, StaffProfile, User
from cms.permissions import ADMINISTRATORS, OFFICERS, set_up_roles
from courses.models import ClosingDay, Series, SeriesUnit, Theme, Venue
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    PathFactory,
    RoomFactory,
    StaffProfileFactory,
    StageFactory,
    ThemeFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
LISTS = {
    "venues": True,
    "rooms": True,
    "closing_days": True,
    "instructors": True,
    "partners": True,
    "series": True,
    "series_units": True,
    "synonyms": True,
    "themes": False,
    "stages": False,
    "competencies": False,
    "audiences": False,
    "departments": False,
    "staff": False,
    "purpose_notices": False,
}


@pytest.fixture
def roles(site):
    return dict(zip((OFFICERS, ADMINISTRATORS), set_up_roles(), strict=True))


@pytest.fixture
def officer(roles) -> User:
    user = StaffProfileFactory(department=DepartmentFactory(code="ours")).user
    user.groups.add(roles[OFFICERS])
    return user


@pytest.fixture
def administrator(roles) -> User:
    """Keeps the lists and the accounts, without being almighty."""
    user = StaffProfileFactory(department=DepartmentFactory(code="head")).user
    user.groups.add(roles[ADMINISTRATORS])
    return user


@pytest.fixture
def series(site) -> Series:
    theme = Theme.objects.get(key="disaster")
    department = DepartmentFactory(code="theirs")
    return Series.objects.create(
        slug="bosai", title="防災シリーズ", theme=theme, department=department
    )


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_for_those_who_keep_them(client, officer, administrator, name):
    seen = {}
    for who, user in (("officer", officer), ("administrator", administrator)):
        client.force_login(user)
        answers = [
            client.get(reverse(f"{name}:{view}")).status_code for view in ("index", "add")
        ]
        seen[who] = answers == [200, 200]
    assert seen == {"officer": LISTS[name], "administrator": True}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_closed_to_residents(client, site, name):
    client.force_login(UserFactory())

    assert client.get(reverse(f"{name}:index")).status_code == 403


def test_officer_adds_a_venue(client, officer):
    client.force_login(officer)

    said = {"code": "higashi", "name": "東会館", "parking": "9"}
    rows = {"rooms-TOTAL_FORMS": "0", "rooms-INITIAL_FORMS": "0"}
    response = client.post(reverse("venues:add"), said | rows)
    assert response.status_code == 302
    assert Venue.objects.get().name == "東会館"


def test_what_is_in_use_is_not_deleted(client, administrator):
    venue = VenueFactory(name="東会館")
    CourseRunFactory(venue=venue)
    client.force_login(administrator)

    response = client.post(reverse("venues:delete", args=[venue.pk]), follow=True)
    assert "「東会館」は使われているため、削除できません。" in response.content.decode()
    assert Venue.objects.filter(pk=venue.pk).exists()


def test_what_is_not_in_use_is_deleted(client, administrator):
    venue = VenueFactory()
    client.force_login(administrator)

    client.post(reverse("venues:delete", args=[venue.pk]))
    assert not Venue.objects.filter(pk=venue.pk).exists()


def test_series_of_another_section_is_not_changed(client, officer, series):
    unit = SeriesUnit.objects.create(series=series, course=CourseFactory(), position=1)
    client.force_login(officer)

    for name, pk in (("series", series.pk), ("series_units", unit.pk)):
        for view in ("edit", "delete"):
            address = reverse(f"{name}:{view}", args=[pk])
            assert client.get(address).status_code == 403
            assert client.post(address, {"title": "のっとり"}).status_code == 403
    series.refresh_from_db()
    assert series.title == "防災シリーズ"


def test_officer_makes_a_series_for_the_own_section_only(client, officer, series):
    client.force_login(officer)
    said = {"title": "環境シリーズ", "slug": "kankyo", "theme": series.theme_id}

    theirs = said | {"department": series.department_id}
    assert client.post(reverse("series:add"), theirs).status_code == 200
    assert not Series.objects.filter(slug="kankyo").exists()
    ours = said | {"department": officer.staff_profile.department_id}
    assert client.post(reverse("series:add"), ours).status_code == 302
    added = {"series": series.pk, "course": CourseFactory().pk, "position": 1}
    assert client.post(reverse("series_units:add"), added).status_code == 200
    assert SeriesUnit.objects.count() == 0


def test_words_that_people_agreed_to_stay(client, administrator):
    notice = PurposeNotice.objects.order_by("-version").first()
    client.force_login(administrator)
    address = reverse("purpose_notices:edit", args=[notice.pk])
    assert client.get(address).status_code == 403

    coming = PurposeNotice.objects.create(
        key=notice.key, version=99, body="次の文", effective_from=date(2027, 4, 1)
    )
    assert client.get(reverse("purpose_notices:edit", args=[coming.pk])).status_code == 200


def _staff(roles, department, **changes):
    said = {
        "email": "Suzuki@example.jp",
        "last_name": "鈴木",
        "first_name": "一郎",
        "last_name_kana": "すずき",
        "first_name_kana": "いちろう",
        "department": str(department.pk),
        "role": StaffRole.HEAD,
        "groups": [str(roles[OFFICERS].pk)],
        "is_active": "on",
    }
    return said | changes


def test_administrator_adds_somebody_who_then_chooses_a_password(
    client, roles, administrator
):
    department = Department.objects.get(code="head")
    client.force_login(administrator)
    client.post(reverse("wagtailusers_users:add"), _staff(roles, department))

    user = User.objects.get(email="suzuki@example.jp")
    assert (str(user), user.full_name_kana) == ("鈴木 一郎", "スズキ イチロウ")
    assert (user.staff_profile.department, user.staff_profile.role) == (
        department,
        StaffRole.HEAD,
    )
    assert list(user.groups.all()) == [roles[OFFICERS]]
    assert not user.has_usable_password()
    assert not user.is_superuser
    assert EmailAddress.objects.get(user=user).primary

    client.logout()
    client.post(reverse("account_reset_password"), {"email": "suzuki@example.jp"})
    assert [message.to for message in mail.outbox] == [["suzuki@example.jp"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_administrator_changes_section_and_address(client, roles, administrator, officer):
    department = Department.objects.get(code="head")
    client.force_login(administrator)
    address = reverse("wagtailusers_users:edit", args=[officer.pk])
    assert client.get(address).status_code == 200
    client.post(address, _staff(roles, department))

    officer.refresh_from_db()
    assert (officer.email, officer.last_name) == ("suzuki@example.jp", "鈴木")
    assert StaffProfile.objects.get(user=officer).department == department
    confirmed = EmailAddress.objects.get(user=officer)
    assert (confirmed.email, confirmed.verified) == ("suzuki@example.jp", False)


def test_person_without_a_section_no_longer_works_for_it(
    client, roles, administrator, officer
):
    client.force_login(administrator)
    address = reverse("wagtailusers_users:edit", args=[officer.pk])
    data = _staff(roles, officer.staff_profile.department)

    client.post(address, data | {"department": ""})
    assert not StaffProfile.objects.filter(user=officer).exists()


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_role_does_not_reach_those_above_it(client, administrator, view):
    above = UserFactory(is_superuser=True)
    client.force_login(administrator)
    address = reverse(f"wagtailusers_users:{view}", args=[above.pk])

    response = client.post(address, {"email": "taken@example.jp", "is_active": ""})
    above.refresh_from_db()
    assert (response.status_code, above.is_active) == (302, True)
    assert above.email != "taken@example.jp"


def test_role_does_not_make_anybody_almighty(client, roles, administrator, officer):
    client.force_login(administrator)
    data = _staff(roles, officer.staff_profile.department, is_superuser="on")

    client.post(reverse("wagtailusers_users:edit", args=[officer.pk]), data)
    officer.refresh_from_db()
    assert (officer.last_name, officer.is_superuser) == ("鈴木", False)


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_accounts_are_not_changed_in_bulk(client, roles, administrator, officer, action):
    client.force_login(administrator)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    data = {"mark_as_active": "False", "role": str(roles[ADMINISTRATORS].pk)}

    response = client.post(f"{address}?id={officer.pk}&next=/manage/", data)
    officer.refresh_from_db()
    # Deleting is not theirs at all; Wagtail then has nobody left to act on.
    assert response.status_code in (302, 403)
    assert officer.is_active
    assert list(officer.groups.all()) == [roles[OFFICERS]]


def test_list_of_accounts_shows_staff_and_finds_residents(client, administrator, officer):
    resident = UserFactory(last_name="市民", email="shimin@example.jp")
    client.force_login(administrator)
    address = reverse("wagtailusers_users:index")

    shown = set(client.get(address).context["object_list"])
    assert {administrator, officer} <= shown
    assert resident not in shown
    found = client.get(address, {"q": "市民"}).context["object_list"]
    assert list(found) == [resident]
    assert administrator.accesses.first().people == 1


def test_officer_sees_no_accounts(client, officer):
    client.force_login(officer)

    assert client.get(reverse("wagtailusers_users:index")).status_code == 302


def test_roles_are_set_up_exactly_and_again(roles):
    officers = roles[OFFICERS]
    root = Page.objects.get(depth=1)
    right = GroupPagePermission.objects.filter(group=officers).first().permission
    GroupPagePermission.objects.create(group=officers, page=root, permission=right)
    before = set(officers.permissions.all())
    officers.permissions.clear()

    set_up_roles()
    pages = GroupPagePermission.objects.filter(group=officers)
    assert set(officers.permissions.all()) == before
    given = sorted(
        (one.page.specific_class.__name__, one.permission.codename) for one in pages
    )
    assert given == [
        (index, right)
        for index in ("CatalogueIndexPage", "JointSessionIndexPage", "SeriesIndexPage")
        for right in ("add_page", "change_page", "publish_page")
    ]


ROWS = {
    "themes": lambda: ThemeFactory(parent=Theme.objects.first()),
    "rooms": RoomFactory,
    "venues": lambda: RoomFactory().venue,
    "instructors": lambda: InstructorFactory().themes.add(ThemeFactory()),
    "closing_days": lambda: ClosingDay.objects.create(
        name="点検",
        first_day=date(2027, 8, 1),
        last_day=date(2027, 8, 1),
        venue=VenueFactory(),
    ),
    "series": lambda: Series.objects.create(
        slug=f"s{Series.objects.count()}",
        title="防災",
        theme=ThemeFactory(),
        department=DepartmentFactory(),
    ),
    "series_units": lambda: SeriesUnit.objects.create(
        series=ROWS["series"](), course=CourseFactory(), position=1
    ),
    "staff": StaffProfileFactory,
    "learning_paths": lambda: PathFactory(stage=StageFactory()),
}


@pytest.mark.parametrize("name", ROWS)
def test_list_takes_the_same_queries_for_one_and_three_more_rows(
    client, administrator, name
):
    client.force_login(administrator)
    address = reverse(f"{name}:index")
    counted = []
    for more in (1, 2):
        for _each in range(more):
            ROWS[name]()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]
