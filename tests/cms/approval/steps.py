"""What the tests of approval do and ask again and again."""

from django.utils import timezone

from accounts.models import User
from cms import approval
from cms.models import CoursePage

PROSE = {"intro": "はじめに", "outcomes": "", "cover": None, "text": "<p>本文</p>"}


def ask(page: CoursePage, people: dict[str, User]) -> CoursePage:
    approval.request_approval(page=page, by=people["officer"], at=timezone.now())
    return CoursePage.objects.get(pk=page.pk)


def is_public(page: CoursePage) -> bool:
    found = CoursePage.objects.select_related("course").get(pk=page.pk)
    assert found.live == found.course.is_public
    return found.live
