"""Both sides of the findings at one moment; the lock is also shown to be needed."""

from functools import partial

import pytest
from django.db import DatabaseError

from enrollments.domain.shared_findings.agreeing import approve, is_approved_by_both
from enrollments.domain.shared_findings.refusals import NotThisVersion, WrittenMeanwhile
from enrollments.domain.shared_findings.writing import latest_version, write_findings
from enrollments.models import FindingsApproval, FindingsVersion
from tests.concurrency.together import together
from tests.concurrency.unguarded import unguarded
from tests.enrollments.shared_findings.conftest import MORE, SAID

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def written(findings, staff, afterwards):
    return write_findings(
        findings=findings, content=SAID, seen=0, author=staff, at=afterwards
    )


def test_both_sides_approve_at_once_and_twice(
    findings, written, staff, resident, afterwards
):
    approving = partial(approve, findings=findings, number=1, at=afterwards)
    calls = [partial(approving, author=one) for one in (staff, resident)] * 2
    answers = together(calls)

    assert {type(one) for one in answers} == {FindingsApproval}
    assert FindingsApproval.objects.count() == 2
    assert is_approved_by_both(latest_version(findings))


def test_approval_at_the_moment_of_a_change_is_of_what_was_read(
    findings, written, staff, resident, afterwards
):
    approval, version = together(
        [
            partial(approve, findings=findings, number=1, author=staff, at=afterwards),
            partial(
                write_findings,
                findings=findings,
                content=MORE,
                seen=1,
                author=resident,
                at=afterwards,
            ),
        ]
    )

    assert isinstance(approval, FindingsApproval | NotThisVersion)
    assert version.number == 2
    assert version.approvals.count() == 0


def _both_write(findings, staff, resident, at):
    return [
        partial(
            write_findings, findings=findings, content=said, seen=0, author=author, at=at
        )
        for said, author in ((SAID, staff), (MORE, resident))
    ]


def test_of_two_who_write_at_once_one_is_told(findings, staff, resident, afterwards):
    answers = together(_both_write(findings, staff, resident, afterwards))

    assert {type(one) for one in answers} == {FindingsVersion, WrittenMeanwhile}


def test_control_without_the_lock_nobody_is_told(findings, staff, resident, afterwards):
    calls = _both_write(findings, staff, resident, afterwards)
    with unguarded(look="enrollments.domain.shared_findings.writing.latest_version"):
        answers = together(calls)

    assert any(isinstance(one, DatabaseError) for one in answers)
    assert not any(isinstance(one, WrittenMeanwhile) for one in answers)
