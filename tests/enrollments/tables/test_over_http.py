"""The officer's pages of a table plan, who may open them, and what is printed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog
from enrollments.domain.tables.reading import table_numbers
from enrollments.forms.tables import tables_for
from enrollments.models import TableMove, TablePlan
from tests.enrollments.back_office import officer_of
from tests.enrollments.tables.conftest import comes
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, department):
    client.force_login(officer_of(department))
    return client


def address(run, *more):
    name = "manage_tables_of_session" if len(more) == 1 else "manage_tables"
    return reverse(name, args=[run.code, *more])


@pytest.mark.parametrize(("people", "tables"), [(0, 1), (6, 1), (15, 2), (1000, 60)])
def test_proposed_number_of_tables_is_one_that_the_form_takes(people, tables):
    assert tables_for(people) == tables


def test_officer_makes_a_plan_and_moves_somebody(signed_in, everybody, evening):
    page = address(everybody, 1)
    assert "テーブルに分ける" in signed_in.get(address(everybody)).content.decode()
    made = signed_in.post(page, {"act": "make", "tables": "3"}, follow=True)
    assert made.redirect_chain == [(page, 302)]
    assert "15人をテーブルに分けました。" in made.content.decode()
    assert "同じ課や団体の人は、同じテーブルにいません。" in made.content.decode()
    person, here = next(iter(table_numbers(evening).items()))
    there = here % 3 + 1
    said = {"act": "move", "person": person, "seen": here, "to": there}
    shown = signed_in.post(page, said, follow=True).content.decode()
    assert table_numbers(evening)[person] == there
    assert "固定中" in shown
    again = signed_in.post(page, said)
    assert again.status_code == 409
    assert "ほかの職員が先に移しました" in again.content.decode()


def test_number_that_does_not_fit_is_said_beside_the_field(signed_in, everybody):
    page = signed_in.post(address(everybody, 1), {"act": "make", "tables": "many"})
    assert page.status_code == 422
    assert not TablePlan.objects.exists()
    unknown = signed_in.post(address(everybody, 1), {"act": "dance"})
    assert unknown.status_code == 409


def test_person_page_offers_exchanges_and_moves(signed_in, plan, everybody, evening):
    person = min(table_numbers(evening))
    page = signed_in.get(reverse("manage_table_person", args=[everybody.code, 1, person]))
    assert page.content.decode().count("入れかえる<span") == 10
    assert page.content.decode().count("ここへ移す<span") == 2
    before = table_numbers(evening)
    other = next(key for key, table in before.items() if table != before[person])
    said = {"act": "swap", "person": person, "other": other}
    signed_in.post(address(everybody, 1), said)
    assert table_numbers(evening)[person] == before[other]
    assert TableMove.objects.filter(act="swapped").count() == 2


@pytest.mark.parametrize("who", ["anonymous", "resident", "other", "own"])
def test_only_the_section_opens_the_pages(client, plan, everybody, evening, who):
    if who == "resident":
        client.force_login(UserFactory())
    if who in ("other", "own"):
        own = everybody.course.department
        client.force_login(officer_of(own if who == "own" else DepartmentFactory()))
    person = min(table_numbers(evening))
    expected = {"anonymous": 302, "resident": 302, "other": 403, "own": 200}[who]
    pages = (
        address(everybody),
        address(everybody, 1),
        reverse("manage_table_person", args=[everybody.code, 1, person]),
        reverse("manage_print_page", args=[everybody.code, "seating"]),
    )
    found = {client.get(page).status_code for page in pages}
    assert found == {expected} or (who == "resident" and found <= {302, 403})
    before = table_numbers(evening)
    said = {"act": "make", "tables": "2"}
    client.post(address(everybody, 1), said)
    assert (table_numbers(evening) == before) == (who != "own")


def test_looking_leaves_a_line(signed_in, plan, everybody):
    AccessLog.objects.all().delete()
    signed_in.get(address(everybody, 1))
    assert AccessLog.objects.get().people == 15


def test_page_costs_the_same_however_many(signed_in, plan, everybody, now):
    signed_in.get(address(everybody, 1))
    with CaptureQueriesContext(connection) as few:
        signed_in.get(address(everybody, 1))
    for name in "ハヒフ":
        comes(everybody, name, at=now)
    with CaptureQueriesContext(connection) as many:
        signed_in.get(address(everybody, 1))
    assert len(many) == len(few)


def test_wall_list_shows_names_only_when_asked(signed_in, plan, everybody, evening):
    page = reverse("manage_print_page", args=[everybody.code, "seating"])
    by_number = signed_in.get(page).content.decode()
    person = plan.seats.select_related("participant__application").first().participant
    assert person.full_name not in by_number
    assert person.application.receipt_number in by_number
    by_name = signed_in.get(page, {"with_names": "on"}).content.decode()
    assert person.full_name in by_name
    assert person.application.receipt_number not in by_name
    number = table_numbers(evening)[person.pk]
    badges = signed_in.get(reverse("manage_print_page", args=[everybody.code, "badges"]))
    assert f"<strong>テーブル {number}</strong>" in badges.content.decode()
    cards = reverse("manage_print_page", args=[everybody.code, "tables"])
    assert signed_in.get(cards).content.decode().count('<article class="tent">') == 3
    for kind in ("seating", "badges", "tables"):
        pdf = reverse("manage_print_pdf", args=[everybody.code, kind])
        assert signed_in.get(pdf).content.startswith(b"%PDF")
