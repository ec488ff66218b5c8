"""The page of a series: units with what is next, who stands behind it, how far I am."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.models import SeriesIndexPage, SeriesPage
from cms.permissions import set_up_roles
from courses.models import Partner, Series, SeriesUnit, Theme
from enrollments.domain.along_a_series import progress_along
from tests.factories import DepartmentFactory, StaffProfileFactory, UserFactory
from tests.learning_paths.completions import complete
from tests.pages import publish_series


@pytest.fixture
def series(offer) -> Series:
    section = DepartmentFactory(name="防災課", phone="0420-60-1821", email="b@example.jp")
    made = Series.objects.create(
        slug="sonae",
        title="防災シリーズ",
        theme=Theme.objects.get(key="disaster"),
        department=section,
    )
    for position, (title, days) in enumerate([("地図", -9), ("歩く", 9)], start=1):
        SeriesUnit.objects.create(
            series=made,
            course=offer(title, days=days).course,
            position=position,
            builds_on=f"{title}の話",
        )
    publish_series(made)
    return made


def html_of(client) -> str:
    response = client.get("/series/sonae/")
    assert response.status_code == 200
    return response.content.decode()


def test_units_say_what_they_build_on_and_their_reception(client, series):
    html = html_of(client)

    assert html.index("地図の話") < html.index("開催済み") < html.index("歩くの話")
    assert html.index("歩くの話") < html.index("受付中")
    assert "11月30日（月）" in html
    assert 'href="/courses/歩く/"' in html


def test_who_stands_behind_a_series_can_be_reached(client, series):
    partner = Partner.objects.create(name="消防署")
    series.partners.add(partner)

    html = html_of(client)

    assert "防災課" in html
    assert 'href="tel:0420601821"' in html
    assert 'href="mailto:b@example.jp"' in html
    assert reverse("partner_page", args=[partner.pk]) in html
    assert client.get(reverse("partner_page", args=[partner.pk])).status_code == 200


def test_resources_are_listed(client, series):
    link = {"title": "ハザードマップ", "url": "https://example.jp/map", "about": "地図"}
    page = SeriesPage.objects.get()
    page.resources = json.dumps([{"type": "link", "value": link}])
    page.save_revision().publish()

    assert '<a href="https://example.jp/map" rel="external">ハザードマップ</a>' in html_of(
        client
    )


def test_visitor_sees_no_progress(client, series):
    assert client.get("/series/sonae/").context["own"] is None


def test_signed_in_person_sees_where_she_stands(client, series):
    hanako = UserFactory()
    complete(series.units.get(position=1).course, user=hanako)
    client.force_login(hanako)

    html = html_of(client)

    assert "2単元のうち1単元を修了しました。" in html
    assert html.index(">修了<") < html.index(">次におすすめ<")


@pytest.mark.parametrize(
    ("done", "going_on", "expected"),
    [
        (set(), set(), ["next", "later", "later"]),
        ({1}, set(), ["done", "next", "later"]),
        ({1}, {2}, ["done", "now", "next"]),
        ({2, 3}, {1}, ["now", "done", "done"]),
        ({1, 2, 3}, {1}, ["done", "done", "done"]),
    ],
)
def test_progress_follows_the_order_of_the_units(done, going_on, expected):
    found = progress_along([1, 2, 3], done=done, going_on=going_on)

    assert list(found.values()) == expected


def test_address_of_the_page_is_that_of_the_series(series):
    page = SeriesPage.objects.get()
    page.slug = "other"

    with pytest.raises(ValidationError, match="sonae"):
        page.full_clean()


@pytest.mark.parametrize(("own", "allowed"), [(True, True), (False, False)])
def test_page_of_a_series_is_changed_by_its_section_only(series, own, allowed):
    officers, _administrators = set_up_roles()
    section = series.department if own else DepartmentFactory()
    officer = StaffProfileFactory(department=section).user
    officer.groups.add(officers)

    rights = SeriesPage.objects.get().permissions_for_user(officer)

    assert (rights.can_edit(), rights.can_publish()) == (allowed, allowed)
    index = SeriesIndexPage.objects.get().permissions_for_user(officer)
    assert (index.can_add_subpage(), index.can_edit()) == (True, False)


def test_officer_chooses_among_the_own_sections_series(client, series):
    officers, _administrators = set_up_roles()
    Series.objects.create(
        slug="other",
        title="ほかの課のシリーズ",
        theme=series.theme,
        department=DepartmentFactory(),
    )
    own = Series.objects.create(
        slug="own", title="次", theme=series.theme, department=series.department
    )
    officer = StaffProfileFactory(department=series.department).user
    officer.groups.add(officers)
    client.force_login(officer)
    parent = SeriesIndexPage.objects.get().pk

    response = client.get(f"/manage/pages/add/cms/seriespage/{parent}/")

    assert list(response.context["form"].fields["series"].queryset) == [own]


def test_page_takes_as_many_queries_for_three_units_as_for_one(
    client, series, offer, django_assert_max_num_queries
):
    client.force_login(UserFactory())
    client.get("/series/sonae/")
    with django_assert_max_num_queries(45) as two:
        client.get("/series/sonae/")
    for position in (3, 4):
        course = offer(f"単元{position}").course
        SeriesUnit.objects.create(series=series, course=course, position=position)

    with django_assert_max_num_queries(45) as four:
        client.get("/series/sonae/")

    assert len(two) == len(four)
