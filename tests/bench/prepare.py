"""A database with the demo city, a feed of three hundred sessions, and an open run."""

import os
from datetime import timedelta

import django

RUN_CODE, CROWD_CODE, FEED_SLUG = "bench-apply", "bench-crowd", "bench-feed"
PLACES = 30
CALENDAR = "bench-0123456789abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("demo", "--force", verbosity=0)
    _bench_rows()


def _bench_rows() -> None:
    from django.utils import timezone

    from accounts.models import User
    from cms.models import HomePage, StandardPage
    from enrollments.domain.calendar_tokens import issue_calendar_token
    from tests.factories import (
        CourseFactory,
        CourseRunFactory,
        SeatPoolFactory,
        SessionFactory,
    )

    now = timezone.now()
    resident = User.objects.get(email="resident@example.jp")
    issue_calendar_token(user=resident, name="測定", token=CALENDAR, at=now)
    home = HomePage.objects.get()
    if not StandardPage.objects.filter(slug="about").exists():
        home.add_child(instance=StandardPage(title="このサイトについて", slug="about"))
    feed = CourseFactory(slug=FEED_SLUG, title="購読の測定")
    run = CourseRunFactory(course=feed, code=FEED_SLUG)
    for number in range(1, 301):
        SessionFactory(run=run, number=number, starts_at=now + timedelta(days=number))
    for code, capacity in ((RUN_CODE, 100_000), (CROWD_CODE, PLACES)):
        run = CourseRunFactory(
            course=CourseFactory(slug=code),
            code=code,
            applications_open_at=now - timedelta(days=1),
            applications_close_at=now + timedelta(days=1),
        )
        SeatPoolFactory(run=run, capacity=capacity)
        SessionFactory(run=run, number=1, starts_at=now + timedelta(days=7))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    main()
