"""Whoever applies for several units with one form gets one mail, which says of each how it
stands, and brings the dates of those that are certain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation

from courses.domain.wording import title_words
from courses.models import Session
from enrollments.domain.links import application_path, bundle_path
from enrollments.domain.message_context import sessions_of
from enrollments.domain.messages import tell
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application, Bundle


@dataclass(frozen=True)
class UnitTold:
    """One unit as the mail says it."""

    title: str
    state: str
    application: Application
    sessions: Sequence[Session]
    link: str

    @property
    def waits(self) -> bool:
        return self.application.state == State.WAITING


def tell_of_bundle(
    bundle: Bundle, applications: Sequence[Application], *, at: datetime
) -> None:
    """Once for these applications, to the address that they have in common."""
    loaded = (
        Application.objects.filter(pk__in=[one.pk for one in applications])
        .select_related("run__course__department", "run__venue", "pool", "bundle__series")
        .prefetch_related("run__sessions__venue", "run__sessions__room__venue")
        .order_by("pk")
    )
    found = sorted(loaded, key=_first_date)
    newest = max(one.pk for one in found)
    first = found[0]
    english = first.language == "en"
    with translation.override(first.language):
        told = [
            UnitTold(
                title=title_words(one.run.course, english=english),
                state=str(State(one.state).label),
                application=one,
                sessions=[held for held in sessions_of(one) if held.is_held],
                link=settings.PUBLIC_URL + application_path(one),
            )
            for one in found
        ]
    tell(
        kind=MessageKind.SERIES,
        occasion=f"series:{bundle.pk}:{newest}",
        application=first,
        at=at,
        units=told,
        series=(english and bundle.series.title_en) or bundle.series.title,
        bundle_link=settings.PUBLIC_URL + bundle_path(bundle, language=first.language),
    )


def _first_date(application: Application) -> tuple[float, int]:
    times = [one.starts_at.timestamp() for one in sessions_of(application)]
    return min(times, default=float("inf")), application.pk
