"""A form sent again with another name, and exceptions that nobody may make."""

from dataclasses import replace

import pytest

from accounts.domain.refusal import NotAllowed
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import StaffProfileFactory


def test_form_sent_again_with_another_name_is_another_application(run, now):
    """A mother goes back after sending and puts the second child's name in."""
    form = request_by(HANAKO)
    first = apply_for_seat(run=run, request=form, by=None, at=now)
    changed = replace(form, applicant=TARO)

    second = apply_for_seat(run=run, request=changed, by=None, at=now)
    again = apply_for_seat(run=run, request=changed, by=None, at=now)

    assert second.full_name == "佐藤 太郎"
    assert again == second
    assert apply_for_seat(run=run, request=form, by=None, at=now) == first
    assert Application.objects.count() == 2
    assert differences() == []


@pytest.mark.parametrize("reason", ["override_reason", "namesake_reason"])
def test_only_the_section_makes_exceptions(run, now, hanako, officer, reason):
    why = {reason: "特別"}
    for by in (None, hanako, StaffProfileFactory().user):
        with pytest.raises(NotAllowed):
            apply_for_seat(run=run, request=request_by(TARO), by=by, at=now, **why)
    assert not Application.objects.exists()

    apply_for_seat(run=run, request=request_by(TARO), by=officer, at=now, **why)
    assert Application.objects.count() == 1
