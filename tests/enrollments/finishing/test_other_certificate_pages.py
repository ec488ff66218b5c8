"""Certificates of series and groups: back office, verification, paper."""

import pytest
from django.urls import reverse

from cms.permissions import set_up_roles
from enrollments.exchange.prints.certificates import certificates_paper
from enrollments.models import Certificate
from learning_paths.domain.following import follow_path
from learning_paths.domain.path_certificates import issue_path_certificate
from learning_paths.models import Group
from tests.factories import (
    CourseFactory,
    GroupFactory,
    MembershipFactory,
    PathFactory,
    PathVersionFactory,
    StaffProfileFactory,
    StepFactory,
    UserFactory,
)
from tests.learning_paths.closing import close
from tests.learning_paths.completions import complete
from tests.learning_paths.series import series_of


@pytest.fixture
def officers(db):
    return set_up_roles()[0]


@pytest.fixture
def series(db):
    series = series_of(2)
    for unit in series.units.all():
        complete(unit.course, email="hanako@example.jp")
    return series


def _officer_of(section, officers):
    officer = StaffProfileFactory(department=section).user
    officer.groups.add(officers)
    return officer


@pytest.fixture
def desk(client, series, officers):
    client.force_login(_officer_of(series.department, officers))
    return client


@pytest.fixture
def group_certificate(db, now):
    """緑の会 finished 会計の基礎."""
    keiko, group = UserFactory(), GroupFactory(code="midori", name="緑の会")
    MembershipFactory(group=group, user=keiko, role="leader")
    course, path = CourseFactory(), PathFactory(name="会計の基礎")
    PathVersionFactory(path=path)
    StepFactory(path=path, courses=[course])
    complete(course, user=keiko)
    follow_path(group=group, path=path, by=keiko, at=now)
    return issue_path_certificate(group=group, path=path, by=keiko, at=now)


def test_officer_issues_certificates_of_a_series(desk, series):
    address = reverse("manage_series_completion", args=[series.pk])
    page = desk.get(address).content.decode()
    assert "2単元のうち2単元" in page
    assert "1人に修了証を発行する" in page

    desk.post(address, {})
    certificate = Certificate.objects.get()
    page = desk.get(address).content.decode()
    assert certificate.number in page
    assert "修了証を発行する" not in page

    shown = desk.get(reverse("manage_certificate", args=[certificate.pk]))
    assert "川を学ぶ" in shown.content.decode()
    paper = desk.get(reverse("manage_series_certificates_print", args=[series.pk]))
    assert paper["Content-Type"] == "application/pdf"


def test_other_sections_see_nothing_of_a_series(client, series, officers):
    other = StaffProfileFactory().user
    other.groups.add(officers)
    client.force_login(other)
    for name in ("manage_series_completion", "manage_series_certificates_print"):
        assert client.get(reverse(name, args=[series.pk])).status_code == 403
    issue = client.post(reverse("manage_series_completion", args=[series.pk]), {})
    assert (issue.status_code, Certificate.objects.count()) == (403, 0)


def test_visitors_and_residents_do_not_get_in(client, series):
    address = reverse("manage_series_completion", args=[series.pk])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code in (302, 403)


def test_verification_names_a_public_group_and_no_member(client, group_certificate):
    address = reverse("certificate", args=[group_certificate.code])
    page = client.get(address).content.decode()
    assert "緑の会" in page
    assert "会計の基礎" in page
    assert "団体名を確かめる" in page

    close(Group.objects.get())
    page = client.get(address).content.decode()
    assert "緑の会" not in page
    compared = client.post(address, {"name": "緑の会"}).content.decode()
    assert "台帳の団体名と同じです。" in compared


def test_verification_of_a_series_names_nobody(desk, client, series):
    desk.post(reverse("manage_series_completion", args=[series.pk]), {})
    certificate = Certificate.objects.get()
    client.logout()
    page = client.get(reverse("certificate", args=[certificate.code])).content.decode()
    assert "川を学ぶ" in page
    assert "2単元のうち2単元" in page
    assert certificate.holder not in page


def test_paper_is_the_same_each_time(group_certificate):
    first, again = (certificates_paper([group_certificate]) for _ in range(2))
    assert first == again


def test_certificates_of_groups_are_for_keepers_of_the_register(
    client, group_certificate, officers
):
    address = reverse("manage_certificate", args=[group_certificate.pk])
    keeper = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(keeper)
    assert "緑の会" in client.get(address).content.decode()
    stranger = StaffProfileFactory().user
    client.force_login(stranger)
    assert client.get(address).status_code in (302, 403)
