"""Written by both, approved by both, published, and followed up."""

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain.shared_findings.agreeing import (
    approve,
    publish_findings,
    take_down_findings,
)
from enrollments.domain.shared_findings.citizens import (
    ask_to_approve,
    findings_for,
    findings_path,
    name_citizen,
)
from enrollments.domain.shared_findings.content import (
    Content,
    Difference,
    content_from,
    lines_of,
)
from enrollments.domain.shared_findings.following_up import follow_step
from enrollments.domain.shared_findings.reading import draft_of, told_of
from enrollments.domain.shared_findings.refusals import (
    NoSuchStep,
    NotApprovedByBoth,
    NothingWritten,
    NotOneOfTheCitizens,
    NotThisVersion,
    SessionNotOver,
    WrittenMeanwhile,
)
from enrollments.domain.shared_findings.writing import begin_findings, write_findings
from enrollments.models import (
    FindingsVersion,
    Notification,
    SharedFindings,
)
from tests.enrollments.shared_findings.conftest import MORE, SAID
from tests.enrollments.tables.conftest import comes
from tests.factories import StaffProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(findings, staff, resident, afterwards) -> SharedFindings:
    write_findings(findings=findings, content=SAID, seen=0, author=staff, at=afterwards)
    for author in (staff, resident):
        approve(findings=findings, number=1, author=author, at=afterwards)
    return findings


@pytest.fixture
def public(agreed, officer, afterwards) -> SharedFindings:
    publish_findings(findings=agreed, by=officer, at=afterwards)
    agreed.refresh_from_db()
    return agreed


def test_findings_wait_for_the_end_of_the_session(evening, officer, now, afterwards):
    with pytest.raises(SessionNotOver):
        begin_findings(session=evening, by=officer, at=now)
    first = begin_findings(session=evening, by=officer, at=afterwards)
    assert begin_findings(session=evening, by=officer, at=afterwards) == first
    with pytest.raises(NotAllowed):
        begin_findings(session=evening, by=StaffProfileFactory().user, at=afterwards)


def test_both_see_who_changed_what(findings, staff, resident, afterwards):
    write_findings(findings=findings, content=SAID, seen=0, author=staff, at=afterwards)
    write_findings(findings=findings, content=MORE, seen=1, author=resident, at=afterwards)
    last = next(line for line in draft_of(findings).history if line.words == "2")
    assert (last.side, last.author) == ("citizens", "山田 ア")
    assert last.changes == [Difference("agreed", "道具の表がない", is_new=True)]


def test_nobody_writes_over_what_they_have_not_seen(findings, staff, resident, afterwards):
    write_findings(findings=findings, content=SAID, seen=0, author=staff, at=afterwards)
    with pytest.raises(WrittenMeanwhile):
        write_findings(
            findings=findings, content=MORE, seen=0, author=resident, at=afterwards
        )
    same = write_findings(
        findings=findings, content=SAID, seen=0, author=resident, at=afterwards
    )
    assert same.number == 1
    with pytest.raises(NothingWritten):
        write_findings(
            findings=findings, content=Content(), seen=1, author=staff, at=afterwards
        )


def test_one_side_alone_does_not_publish(findings, staff, officer, afterwards):
    write_findings(findings=findings, content=SAID, seen=0, author=staff, at=afterwards)
    approve(findings=findings, number=1, author=staff, at=afterwards)
    approve(findings=findings, number=1, author=staff, at=afterwards)
    with pytest.raises(NotApprovedByBoth):
        publish_findings(findings=findings, by=officer, at=afterwards)
    version = FindingsVersion.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedFindings.objects.update(published=version, published_at=afterwards)


def test_change_after_an_approval_withdraws_it(agreed, resident, officer, afterwards):
    write_findings(findings=agreed, content=MORE, seen=1, author=resident, at=afterwards)
    assert draft_of(agreed).approvals == {}
    with pytest.raises(NotApprovedByBoth):
        publish_findings(findings=agreed, by=officer, at=afterwards)
    with pytest.raises(NotThisVersion):
        approve(findings=agreed, number=1, author=resident, at=afterwards)


def test_public_reads_what_both_agreed_on(public, resident, officer, afterwards):
    write_findings(findings=public, content=MORE, seen=1, author=resident, at=afterwards)
    (told,) = told_of([public.course])
    assert told.content == SAID
    take_down_findings(findings=public, by=officer, at=afterwards)
    assert told_of([public.course]) == []
    publish = pytest.raises(NotAllowed)
    with publish:
        publish_findings(findings=public, by=StaffProfileFactory().user, at=afterwards)


def test_step_that_is_done_stays_done_in_a_new_version(
    public, staff, resident, officer, afterwards
):
    key = SAID.steps[0].key
    day = afterwards.date()
    follow_step(
        findings=public,
        key=key,
        done_on=day,
        words="決めた",
        author=resident,
        at=afterwards,
    )
    write_findings(findings=public, content=MORE, seen=1, author=staff, at=afterwards)
    for author in (staff, resident):
        approve(findings=public, number=2, author=author, at=afterwards)
    publish_findings(findings=public, by=officer, at=afterwards)
    step = public.steps.get()
    assert (step.done_on, step.note) == (day, "決めた")
    with pytest.raises(NoSuchStep):
        follow_step(
            findings=public,
            key=public.public_id,
            done_on=None,
            words="",
            author=staff,
            at=afterwards,
        )


def test_only_a_citizen_is_named_and_told_once(
    findings, citizen, colleague, officer, joint_run, afterwards
):
    with pytest.raises(NotOneOfTheCitizens):
        name_citizen(findings=findings, participant=colleague.pk, by=officer, at=afterwards)
    former = findings_path(findings)
    name_citizen(findings=findings, participant=citizen.pk, by=officer, at=afterwards)
    (mail,) = Notification.objects.filter(kind="findings")
    assert former in mail.body
    other = comes(joint_run, "ウ", at=afterwards.replace(day=21))
    findings = name_citizen(
        findings=findings, participant=other.pk, by=officer, at=afterwards
    )
    token = former.rstrip("/").rpartition("/")[2]
    assert findings_for(token) is None
    now_opens = findings_path(findings).rstrip("/").rpartition("/")[2]
    assert findings_for(now_opens) == findings


def test_consent_is_asked_for_once_per_version(findings, staff, officer, afterwards):
    write_findings(findings=findings, content=SAID, seen=0, author=staff, at=afterwards)
    for _time in range(2):
        ask_to_approve(findings=findings, number=1, by=officer, at=afterwards)
    subjects = Notification.objects.filter(kind="findings").values_list(
        "subject", flat=True
    )
    assert sorted(subjects) == [
        "「合同」のまとめの確認のお願い",
        "「合同」のまとめを一緒に書くお願い",
    ]


def test_versions_are_kept_as_they_were(agreed):
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingsVersion.objects.update(author="だれか")
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingsVersion.objects.all().delete()


def test_content_is_read_as_it_was_stored():
    assert content_from(MORE.stored()) == MORE
    assert lines_of("・一つ\n\n 二つ \n- 三つ") == ("一つ", "二つ", "三つ")
