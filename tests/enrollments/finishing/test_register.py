import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain.completion import record_completion
from enrollments.domain.finishing.ending import reissue_certificate, revoke_certificate
from enrollments.domain.finishing.entries import take_numbers
from enrollments.domain.finishing.refusals import (
    AlreadyRevoked,
    NobodyCame,
    NoCertificates,
    NothingToIssue,
    WhyRevoked,
)
from enrollments.domain.finishing.register import (
    issue_certificates,
    issue_proof_of_attendance,
)
from enrollments.enums import CertificateKind, CertificateStanding, MessageKind
from enrollments.models import Certificate, CertificateRegister, Completion, Notification
from tests.factories import StaffProfileFactory


@pytest.fixture
def both(run, marked, hana, taro, officer, after):
    record_completion(
        run=run, participants=[hana.pk, taro.pk], by=officer, at=after, why="課題"
    )


def test_everybody_who_completed_gets_the_next_numbers(run, both, officer, after):
    issued = issue_certificates(run=run, by=officer, at=after)

    assert [(one.number, one.holder) for one in issued] == [
        ("2026-00001", "佐藤 太郎"),
        ("2026-00002", "山田 花子"),
    ]
    hanako = issued[1]
    assert (hanako.course_title, hanako.issuer, hanako.section) == (
        "防災入門",
        "みどり野市",
        "市民活動推進課",
    )
    assert (hanako.sessions_attended, hanako.sessions_held) == (2, 2)


def test_certificates_are_issued_once(run, certificate, officer, after):
    with pytest.raises(NothingToIssue):
        issue_certificates(run=run, by=officer, at=after)
    assert Certificate.objects.count() == 1


def test_run_without_certificates_gives_none(run, completed, officer, after):
    run.gives_certificate = False
    run.save()
    with pytest.raises(NoCertificates):
        issue_certificates(run=run, by=officer, at=after)


def test_another_section_issues_nothing(run, completed, after):
    stranger = StaffProfileFactory().user
    with pytest.raises(NotAllowed):
        issue_certificates(run=run, by=stranger, at=after)
    assert not Certificate.objects.exists()


def test_who_has_mail_gets_a_link_and_the_other_a_paper(run, both, officer, after):
    issue_certificates(run=run, by=officer, at=after)

    told = Notification.objects.filter(kind=MessageKind.CERTIFICATE).order_by("pk")
    assert [message.state for message in told] == ["by_hand", "pending"]
    by_hand, mailed = told
    assert "/applications/" in mailed.body
    assert "2026-00002" in mailed.body
    assert "/applications/" not in by_hand.body
    assert "窓口でお渡しします" in by_hand.body


def test_nobody_is_told_where_the_officer_does_not_want_it(run, completed, officer, after):
    issue_certificates(run=run, by=officer, at=after, tell=False)
    assert not Notification.objects.filter(kind=MessageKind.CERTIFICATE).exists()


def test_reissue_has_a_new_number_and_ends_the_old_one(certificate, officer, after):
    new = reissue_certificate(certificate=certificate, why="紛失", by=officer, at=after)

    old = Certificate.objects.get(pk=certificate.pk)
    assert (new.number, new.replaces, new.standing) == (
        "2026-00002",
        old,
        CertificateStanding.VALID,
    )
    assert (old.standing, old.revoked_why) == (CertificateStanding.REPLACED, "紛失")
    assert new.code != old.code


def test_reissue_bears_the_name_as_it_is_now(certificate, hana, officer, after):
    hana.family_name = "髙橋"
    hana.save()
    new = reissue_certificate(certificate=certificate, why="改姓", by=officer, at=after)
    old = Certificate.objects.get(pk=certificate.pk)
    assert (new.holder, old.holder) == ("髙橋 花子", "山田 花子")


def test_revoking_needs_a_reason_and_happens_once(certificate, officer, after):
    for nothing in (" ", "\0\u200b"):
        with pytest.raises(WhyRevoked):
            revoke_certificate(certificate=certificate, why=nothing, by=officer, at=after)
    found = revoke_certificate(certificate=certificate, why="誤り", by=officer, at=after)
    assert found.standing == CertificateStanding.REVOKED
    with pytest.raises(AlreadyRevoked):
        revoke_certificate(certificate=certificate, why="誤り", by=officer, at=after)


def test_proof_of_attendance_is_for_who_came(run, marked, taro, officer, after):
    found = issue_proof_of_attendance(participant=taro, by=officer, at=after)
    assert (found.kind, found.sessions_attended, found.completion) == (
        CertificateKind.ATTENDANCE,
        1,
        None,
    )
    with pytest.raises(NothingToIssue):
        issue_proof_of_attendance(participant=taro, by=officer, at=after)


def test_proof_of_attendance_is_not_for_who_never_came(people, officer, after):
    with pytest.raises(NobodyCame):
        issue_proof_of_attendance(participant=people[1], by=officer, at=after)


def test_number_of_a_refused_issue_is_given_to_the_next(certificate, officer, after):
    with transaction.atomic():
        take_numbers(2026, 5)
        transaction.set_rollback(True)
    new = reissue_certificate(certificate=certificate, why="紛失", by=officer, at=after)
    assert new.serial == 2


def test_numbers_begin_anew_each_fiscal_year(db):
    with transaction.atomic():
        assert (list(take_numbers(2026, 2)), list(take_numbers(2027, 1))) == ([1, 2], [1])
    assert CertificateRegister.objects.get(fiscal_year=2026).last_serial == 2


def test_database_refuses_a_gap_in_the_numbers(certificate):
    certificate.pk = certificate.code = None
    certificate.kind, certificate.completion = CertificateKind.ATTENDANCE, None
    certificate.code, certificate.serial = "0" * 16, 3
    with pytest.raises(DatabaseError), transaction.atomic():
        certificate.save(force_insert=True)
    certificate.serial = 2
    certificate.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        {"holder": "ほかの人"},
        {"serial": 9},
        {"completion": None},
        {"sessions_attended": 9},
        {"code": "0" * 16},
    ],
)
def test_database_refuses_any_change_but_revoking(certificate, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.update(**change)


def test_database_refuses_to_unrevoke_and_to_forget(certificate, officer, after):
    revoke_certificate(certificate=certificate, why="誤り", by=officer, at=after)
    for act in (
        lambda: Certificate.objects.update(revoked_at=None, revoked_why=""),
        lambda: Certificate.objects.update(revoked_why="ほか"),
        lambda: Certificate.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_database_keeps_a_completion_with_a_valid_certificate(certificate):
    with pytest.raises(DatabaseError), transaction.atomic():
        Completion.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        Completion.objects.all().delete()


def test_one_person_has_one_valid_certificate_of_a_kind(certificate):
    certificate.pk, certificate.code, certificate.serial = None, "0" * 16, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


@pytest.mark.parametrize("number", [1, 2])
def test_issuing_takes_the_same_number_of_queries(
    run, marked, hana, taro, officer, after, number, django_assert_num_queries
):
    chosen = [hana.pk, taro.pk][:number]
    record_completion(run=run, participants=chosen, by=officer, at=after, why="課題")
    with django_assert_num_queries(QUERIES_OF_ISSUING):
        issue_certificates(run=run, by=officer, at=after)


QUERIES_OF_ISSUING = 18
