"""The completion tab, the register and their forms, as an officer uses them."""

import pytest
import time_machine
from django.urls import reverse

from enrollments.models import Certificate, Completion
from tests.enrollments.back_office import officer_of
from tests.factories import DepartmentFactory


@pytest.fixture
def desk(client, department, after, marked):
    user = officer_of(department)
    with time_machine.travel(after, tick=False):
        client.force_login(user)
        yield user


def _tab(run) -> str:
    return reverse("manage_completion", args=[run.code])


def test_reckoning_is_shown_and_those_who_meet_the_rule_are_ticked(client, desk, run):
    response = client.get(_tab(run))
    assert [(one.participant.family_name, is_ticked) for one, _lines, is_ticked in
            response.context["rows"]] == [("佐藤", False), ("山田", True)]  # fmt: skip
    assert "2回のうち1回出席。必要は2回です。" in response.content.decode()


def test_several_are_confirmed_at_once_with_a_reason(client, desk, run, hana, taro):
    chosen = [str(hana.pk), str(taro.pk)]
    refused = client.post(_tab(run), {"completed": chosen})
    assert refused.status_code == 409
    assert "1人は修了の条件を満たしていません。" in refused.content.decode()
    assert all(is_ticked for _one, _lines, is_ticked in refused.context["rows"])

    client.post(_tab(run), {"completed": chosen, "why": "課題を提出"})
    assert Completion.objects.count() == 2


def test_completion_is_taken_back_with_its_trace(client, desk, run, hana):
    client.post(_tab(run), {"completed": [str(hana.pk)]})
    page = reverse("manage_completion_person", args=[run.code, hana.pk])

    assert client.post(page, {"why": ""}).status_code == 409
    assert client.post(page, {"why": "入力の誤り"}).status_code == 302
    html = client.get(page).content.decode()
    assert "入力の誤り" in html
    assert "修了の取り消し" in html
    assert not Completion.objects.exists()


def test_certificates_are_issued_and_found_in_the_register(client, desk, run, hana):
    client.post(_tab(run), {"completed": [str(hana.pk)]})
    client.post(reverse("manage_certificates_issue", args=[run.code]), {"tell": "on"})

    certificate = Certificate.objects.get()
    register = reverse("manage_certificates")
    for asked in (
        {"q": "2026-00001"},
        {"q": "1"},
        {"q": "花子"},
        {"q": "防災 山田"},
        {"q": certificate.shown_code.lower()},
        {"year": "2026", "standing": "valid", "kind": "completion"},
    ):
        shown = list(client.get(register, asked).context["certificates"])
        assert shown == [certificate], asked
    for asked in ({"q": "佐藤"}, {"standing": "revoked"}, {"q": "2025-00001"}):
        assert not list(client.get(register, asked).context["certificates"]), asked


def test_certificate_is_replaced_and_then_revoked(client, desk, run, certificate):
    page = reverse("manage_certificate", args=[certificate.pk])
    assert client.post(page, {"act": "reissue", "why": " "}).status_code == 409
    response = client.post(page, {"act": "reissue", "why": "紛失"})
    new = Certificate.objects.get(replaces=certificate)
    assert response["Location"] == reverse("manage_certificate", args=[new.pk])
    assert "紛失" in client.get(page).content.decode()

    client.post(response["Location"], {"act": "revoke", "why": "誤り"})
    assert Certificate.objects.filter(revoked_at=None).count() == 0


def test_proof_of_attendance_is_issued_from_the_page_of_the_person(client, desk, run, taro):
    address = reverse("manage_certificate_of_attendance", args=[run.code, taro.pk])
    client.post(address, {})
    assert Certificate.objects.get().participant == taro


def test_other_sections_see_neither_register_nor_certificate(client, certificate, run):
    client.force_login(officer_of(DepartmentFactory()))
    assert not list(client.get(reverse("manage_certificates")).context["certificates"])
    for name in ("manage_certificate", "manage_certificate_pdf"):
        assert client.get(reverse(name, args=[certificate.pk])).status_code == 403
    assert client.get(_tab(run)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_register_takes_the_same_number_of_queries(
    client, desk, certificate, number, django_assert_num_queries
):
    for _ in range(number - 1):
        last = Certificate.objects.filter(revoked_at=None).get()
        client.post(
            reverse("manage_certificate", args=[last.pk]), {"act": "reissue", "why": "x"}
        )
    client.get(reverse("manage_certificates"))
    with django_assert_num_queries(QUERIES_OF_THE_REGISTER):
        client.get(reverse("manage_certificates"))


QUERIES_OF_THE_REGISTER = 16
