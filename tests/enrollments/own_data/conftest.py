"""花子 has an account and a place, brought 次郎 along, and asked for childcare."""

import pytest

from accounts.models import User
from courses.enums import SupportKind
from courses.models import SupportOffer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import SupportWish
from enrollments.domain.support_requests import ChildWish
from enrollments.models import Application
from tests.enrollments.requests import HANAKO, JIRO, request_by
from tests.factories import UserFactory

MEI = SupportWish(SupportKind.CHILDCARE, children=(ChildWish("めい", 20, "卵"),))


@pytest.fixture
def hanako(db: None) -> User:
    return UserFactory(
        email="hanako@example.jp",
        last_name="山田",
        first_name="花子",
        last_name_kana="ヤマダ",
        first_name_kana="ハナコ",
    )


@pytest.fixture
def hers(run, hanako, now) -> Application:
    SupportOffer.objects.create(run=run, kind=SupportKind.CHILDCARE, capacity=5)
    run.max_participants = 2
    run.save()
    asked = request_by(
        HANAKO,
        email="hanako@example.jp",
        phone="0420-12-3456",
        companions=(JIRO,),
        support=(MEI,),
        message="=1+1",
    )
    return apply_for_seat(run=run, request=asked, by=hanako, at=now)
