import pytest
from django.urls import reverse

from accounts.enums import AccessKind
from accounts.models import AccessLog
from enrollments.domain.completion import record_completion
from enrollments.domain.finishing.ending import reissue_certificate, revoke_certificate
from enrollments.domain.finishing.register import (
    issue_certificates,
    issue_proof_of_attendance,
)
from enrollments.domain.links import application_token
from enrollments.exchange.prints import certificates as prints
from enrollments.exchange.prints.certificates import certificates_paper, parts
from enrollments.models import Certificate
from tests.enrollments.back_office import officer_of
from tests.papers import fonts_of, page_sizes, reader, text_of


@pytest.fixture
def rare(certificate, hana, officer, after):
    """Of somebody with a rare name, issued again."""
    hana.family_name, hana.given_name = "髙𠮷", "花子"
    hana.save()
    return reissue_certificate(certificate=certificate, why="氏名", by=officer, at=after)


def test_certificate_says_who_what_and_when_in_the_era(rare):
    text = text_of(certificates_paper([rare]).pdf)
    for words in (
        "修了証",
        "髙𠮷花子様",
        "「防災入門」",
        "令和8年",
        "全2回のうち2回出席",
        "第2026-00002号",
        "第2026-00001号の再発行",
        "みどり野市",
        "市民活動推進課",
        "公印",
        rare.shown_code,
    ):
        assert words in text


def test_certificate_lies_on_one_sheet_with_its_fonts(rare):
    paper = certificates_paper([rare])
    assert page_sizes(paper.pdf) == {(297, 210)}
    assert len(reader(paper.pdf).pages) == 1
    assert fonts_of(paper.pdf)
    assert paper.missing == ()


def test_long_name_and_title_stay_on_one_sheet(certificate):
    certificate.holder = (
        "ボランティア・コーディネーター養成 アレクサンドラ・マリア・ゴンサレス"
    )
    certificate.course_title = "地域の防災を考える連続講座" * 12
    assert len(reader(certificates_paper([certificate]).pdf).pages) == 1


def test_same_certificate_is_the_same_bytes(certificate):
    kept = Certificate.objects.get()
    assert certificates_paper([certificate]).pdf == certificates_paper([kept]).pdf


def test_revoked_certificate_is_marked(certificate, officer, after):
    found = revoke_certificate(certificate=certificate, why="誤り", by=officer, at=after)
    assert "無効" in text_of(certificates_paper([found]).pdf)
    assert "無効" not in text_of(certificates_paper([certificate]).pdf)


def _own(application, code: str) -> str:
    return reverse("application_certificate", args=[application_token(application), code])


def test_holder_of_the_link_downloads_it(client, certificate, hana):
    response = client.get(_own(hana.application, certificate.code))
    assert response["Content-Type"] == "application/pdf"
    assert "山田花子様" in text_of(response.content)


def test_link_of_another_application_opens_no_certificate(client, certificate, taro):
    assert client.get(_own(taro.application, certificate.code)).status_code == 404


def test_revoked_certificate_is_not_downloaded(client, certificate, hana, officer, after):
    revoke_certificate(certificate=certificate, why="誤り", by=officer, at=after)
    assert client.get(_own(hana.application, certificate.code)).status_code == 404


def test_certificates_of_a_run_come_in_one_file(client, run, certificate, department):
    client.force_login(officer_of(department))
    response = client.get(reverse("manage_certificates_print", args=[run.code]))
    assert "山田花子様" in text_of(response.content)
    log = AccessLog.objects.filter(kind=AccessKind.EXPORT).get()
    assert (log.subject, log.people) == (f"修了証の印刷 {run.code}", 1)


def test_only_those_without_mail_are_printed_for_the_post(
    client, run, certificate, department
):
    client.force_login(officer_of(department))
    address = reverse("manage_certificates_print", args=[run.code])
    assert client.get(f"{address}?for=paper").status_code == 404
    run.applications.update(email="", phone="0420-22-2222")
    assert client.get(f"{address}?for=paper").status_code == 200


def test_very_many_come_in_several_files(
    client, run, marked, hana, taro, officer, after, department, monkeypatch
):
    record_completion(
        run=run, participants=[hana.pk, taro.pk], by=officer, at=after, why="課題"
    )
    issue_certificates(run=run, by=officer, at=after)
    monkeypatch.setattr(prints, "AT_ONCE", 1)
    client.force_login(officer_of(department))

    page = client.get(reverse("manage_completion", args=[run.code])).content.decode()
    assert "全員分のPDF（1〜1）" in page
    assert "全員分のPDF（2〜2）" in page
    address = reverse("manage_certificates_print", args=[run.code])
    texts = [text_of(client.get(f"{address}?part={n}").content) for n in (1, 2)]
    assert ["佐藤太郎" in text for text in texts] == [True, False]
    assert ["山田花子" in text for text in texts] == [False, True]
    assert client.get(f"{address}?part=3").status_code == 404
    assert parts(401) == [(n, n, n) for n in range(1, 402)]


def test_typst_markup_in_a_name_is_only_text(certificate):
    """What a name may hold is decided elsewhere; the paper prints whatever it is."""
    nasty = '#eval("1+1") $x$ @a *b* \\u{41} ](http://x) 𠮷'
    certificate.holder = nasty
    text = text_of(certificates_paper([certificate]).pdf)
    assert '#eval("1+1")$x$@a*b*\\u{41}](http://x)𠮷様' in text


def test_who_completes_after_a_proof_of_attendance_gets_a_certificate(
    client, run, marked, taro, officer, after, department
):
    issue_proof_of_attendance(participant=taro, by=officer, at=after)
    record_completion(run=run, participants=[taro.pk], by=officer, at=after, why="課題")
    client.force_login(officer_of(department))

    page = client.get(reverse("manage_completion", args=[run.code])).content.decode()
    assert "1人に修了証を発行する" in page
