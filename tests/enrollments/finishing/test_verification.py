import pytest
from django.core.cache import cache
from django.urls import reverse

from enrollments.domain.finishing.codes import code_typed
from enrollments.domain.finishing.ending import reissue_certificate, revoke_certificate
from enrollments.domain.finishing.verification import certificate_behind, is_holder
from enrollments.models import Certificate


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()


def _page(client, code: str, **said):
    return client.get(reverse("certificate", args=[code]), **said)


def test_code_is_found_however_it_is_typed(certificate):
    code = certificate.code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code.lower(), certificate.shown_code, " ".join(code), wide):
        assert certificate_behind(typed) == certificate


def test_look_alikes_are_read_as_the_signs_on_paper():
    assert code_typed("oOqQ-iIlL-bBsS-zZuU") == "0000111188552" + "2VV"
    assert code_typed("OOOO-1111-2222-555") == ""
    assert code_typed("0000-1111-2222-55é5") == ""
    assert code_typed("0" * 100) == ""


def test_verification_shows_the_certificate_and_not_the_person(client, certificate):
    response = _page(client, certificate.shown_code)

    html = response.content.decode()
    for words in ("この証書は有効です。", "2026-00001", "防災入門", "みどり野市"):
        assert words in html
    for private in ("山田", "花子", "ヤマダ", "example.jp"):
        assert private not in html
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_name_that_is_typed_is_compared(client, certificate):
    address = reverse("certificate", args=[certificate.code])
    right = client.post(address, {"name": "山田　花子"}).content.decode()
    wrong = client.post(address, {"name": "山田"}).content.decode()
    assert "台帳の氏名と同じです。" in right
    assert "台帳の氏名と同じではありません。" in wrong


def test_old_forms_of_names_are_the_same(certificate):
    certificate.holder = "髙橋 𠮷男"
    assert is_holder(certificate, "高橋吉男")
    assert not is_holder(certificate, "高橋吉")
    assert not is_holder(certificate, "")


def test_names_are_compared_so_often_only(client, certificate, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "certificate_name": "2/10m"}
    address = reverse("certificate", args=[certificate.code])
    answers = [client.post(address, {"name": "山田"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_codes_are_tried_so_often_only(client, db, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "certificate": "2/10m"}
    answers = [_page(client, "0" * 16).status_code for _ in range(3)]
    assert answers == [404, 404, 429]


def test_unknown_and_impossible_codes_get_the_same_answer(client, certificate):
    """But for their own address, in the links to the other language."""
    bodies = set()
    for code in ("0" * 16, "x", "abcdef", "9" * 500):
        response = _page(client, code)
        assert response.status_code == 404
        bodies.add(response.content.decode().replace(f"/certificates/{code}/", ""))
    (body,) = bodies
    assert "見つかりませんでした" in body


def test_revoked_one_says_so_without_the_reason(client, certificate, officer, after):
    revoke_certificate(certificate=certificate, why="欠席の誤り", by=officer, at=after)
    html = _page(client, certificate.code).content.decode()
    assert "この証書は取り消されています。" in html
    assert "欠席の誤り" not in html
    assert "この証書は有効です。" not in html


def test_replaced_one_names_the_new_number_only(client, certificate, officer, after):
    new = reissue_certificate(certificate=certificate, why="紛失", by=officer, at=after)
    html = _page(client, certificate.code).content.decode()
    assert "この証書は、いまは無効です。" in html
    assert new.number in html
    assert new.code not in html
    assert new.shown_code not in html


def test_typed_code_leads_to_its_page(client, certificate):
    said = {"code": certificate.shown_code.lower()}
    response = client.get(reverse("certificates"), said)
    assert response["Location"] == reverse("certificate", args=[certificate.code])


def test_code_of_the_wrong_length_is_explained(client, db):
    response = client.get(reverse("certificates"), {"code": "7K3M"})
    assert response.status_code == 422
    assert "16文字です" in response.content.decode()


def test_form_for_codes_is_open_to_everybody(client, db):
    assert client.get(reverse("certificates")).status_code == 200


def test_english_has_the_same_address_with_its_prefix(client, certificate):
    response = client.get(f"/en/certificates/{certificate.code}/")
    assert response.status_code == 200
    assert 'lang="en"' in response.content.decode()


def test_code_has_no_signs_that_look_alike(certificate):
    assert not set(Certificate.objects.get().code) & set("BILOQSUZ")
