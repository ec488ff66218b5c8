"""Every address of a calendar in a city, found from the addresses themselves: one that
is added to the site and not told of here makes a test fail.

`ADDRESSES` tells by the name of an address all the whole ones that the city has of it.
"""

from collections.abc import Callable, Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from courses.models import Course, CourseRun, Series, Session, Stage, Theme, Venue
from enrollments.domain.calendar_tokens import CalendarChoices, issue_calendar_token
from enrollments.domain.links import application_calendar_path, application_token
from enrollments.enums import CalendarScope
from enrollments.models import Application
from learning_paths.domain.queries import public_groups

FILTERS = (
    "",
    "q=防災",
    "stage=practice&stage=growth",
    "theme=disaster",
    "kind=lecture&kind=workshop",
    "weekday=6&time=morning",
    "from=2026-12-01&to=2026-12-31",
    "area=中央&fee=free",
    "delivery=online&delivery=hybrid",
    "childcare=1",
    "sign=1",
    "open=1",
    "venue=&stage=&theme=",
    "q=どこにもないことば",
)


def calendar_patterns() -> dict[str, str]:
    """By full name, how the address is written, of every address that is a calendar."""
    found = _walk(get_resolver(), "", "")
    return {name: route for name, route in found if route.endswith(".ics")}


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern).removesuffix("$").replace("\\.", ".")
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", whole
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, whole, inner)


def _each(name: str, field: str, rows: Iterable[object]) -> list[str]:
    return [reverse(name, args=[getattr(row, field)]) for row in rows]


def of_filters() -> list[str]:
    address = reverse("catalogue_feed")
    return [f"{address}?{query}" if query else address for query in FILTERS]


PLAIN = CalendarChoices()
BARE = CalendarChoices(with_waiting=False, with_link=False)
WIDE = CalendarChoices(with_groups=True)


def of_people() -> list[str]:
    """Of everybody with an account who ever applied; of the leaders of groups once with
    each choice; and of all sections that have staff."""
    people = User.objects.filter(applications__isnull=False).distinct().order_by("pk")
    leaders = User.objects.filter(memberships__role="leader").distinct().order_by("pk")
    staff = {user.staff_profile.department_id: user for user in _staff()}
    choices = [(person, PLAIN) for person in people]
    choices += [(person, chosen) for person in leaders[:8] for chosen in (BARE, WIDE)]
    return [
        *(_key(person, CalendarScope.OWN, chosen) for person, chosen in choices),
        *(_key(person, CalendarScope.SECTION, PLAIN) for person in staff.values()),
    ]


def _staff() -> Iterable[User]:
    found = User.objects.filter(staff_profile__isnull=False, is_active=True)
    return found.select_related("staff_profile").order_by("pk")


def _key(person: User, scope: str, choices: CalendarChoices) -> str:
    named = (choices.with_waiting, choices.with_link, choices.with_groups)
    token = "-".join(("key", str(person.pk), scope, *(str(int(one)) for one in named)))
    issue_calendar_token(
        user=person,
        name="時計",
        token=token,
        at=person.date_joined,
        scope=scope,
        choices=choices,
    )
    return reverse("personal_feed", args=[token])


def _without_account() -> Iterable[Application]:
    """Two with a place to come, and one in each other state."""
    found = Application.objects.filter(user=None).select_related("run__course")
    coming = found.filter(state="accepted", run__sessions__starts_at__gt=timezone.now())
    each = {application.state: application for application in found.order_by("pk")}
    return [*coming.order_by("pk")[:2], *each.values()]


def of_applications() -> list[str]:
    tokens = map(application_token, _without_account())
    return [reverse("application_calendar", args=[token]) for token in tokens]


def of_sessions() -> list[str]:
    found = Session.objects.filter(run__in=CourseRun.objects.announced())
    public = found.filter(run__course__published_at__isnull=False)
    return _each("courses:session_file", "key", public)


ADDRESSES: dict[str, Callable[[], list[str]]] = {
    "catalogue_feed": of_filters,
    "courses:course_feed": lambda: _each(
        "courses:course_feed", "slug", Course.objects.once_public()
    ),
    "courses:run_feed": lambda: _each(
        "courses:run_feed",
        "code",
        CourseRun.objects.announced().filter(course__published_at__isnull=False),
    ),
    "courses:session_file": of_sessions,
    "courses:stage_feed": lambda: _each("courses:stage_feed", "key", Stage.objects.all()),
    "courses:theme_feed": lambda: _each("courses:theme_feed", "key", Theme.objects.all()),
    "series_feed": lambda: _each("series_feed", "slug", Series.objects.all()),
    "courses:venue_feed": lambda: _each("courses:venue_feed", "code", Venue.objects.all()),
    "group_feed": lambda: _each("group_feed", "code", public_groups()),
    "personal_feed": of_people,
    "application_calendar": of_applications,
    "application_feed": lambda: [*map(application_calendar_path, _without_account())],
}
