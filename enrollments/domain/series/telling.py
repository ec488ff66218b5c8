"""Whoever applies for several units with one form, or withdraws from them, and whoever is
in several that are called off, gets one message, which says of each how it stands and
brings their dates up to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from courses.domain.wording import title_words
from courses.models import Session
from enrollments.domain.links import application_path, bundle_path
from enrollments.domain.message_context import sessions_of
from enrollments.domain.messages import worded
from enrollments.domain.outbox import write_message_of_several
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
    newest = max(one.pk for one in applications)
    _tell(MessageKind.SERIES, f"series:{bundle.pk}:{newest}", applications, at=at)


def tell_of_withdrawal(applications: Sequence[Application], *, at: datetime) -> None:
    """Of those that one act gave back; each is given back once."""
    first = min(one.pk for one in applications)
    occasion = f"series_withdrawn:{first}"
    _tell(MessageKind.SERIES_WITHDRAWN, occasion, applications, at=at)


def tell_of_units_called_off(
    applications: Sequence[Application], *, why: str, at: datetime
) -> None:
    """One person's, who had or could still get a place in each of them."""
    first = min(one.pk for one in applications)
    occasion = f"series_cancelled:{first}:{at.isoformat()}"
    _tell(MessageKind.SERIES_CANCELLED, occasion, applications, at=at, why=why)


def _tell(
    kind: MessageKind,
    occasion: str,
    applications: Sequence[Application],
    *,
    at: datetime,
    **words: Any,
) -> None:
    found = sorted(_loaded(applications), key=_first_date)
    first, others = found[0], found[1:]
    english = first.language == "en"
    with translation.override(first.language):
        units = [_told(one, english=english) for one in found]
    message = worded(
        kind=kind,
        occasion=occasion,
        application=first,
        at=at,
        units=units,
        has_fee=any(one.run.fee for one in found),
        **_of_bundle(first, english=english),
        **words,
    )
    write_message_of_several(message, others)


def _loaded(applications: Sequence[Application]) -> list[Application]:
    found = Application.objects.filter(pk__in=[one.pk for one in applications])
    return list(
        found.select_related("run__course__department", "run__venue", "pool")
        .select_related("bundle__series")
        .prefetch_related("run__sessions__venue", "run__sessions__room__venue")
    )


def _told(one: Application, *, english: bool) -> UnitTold:
    return UnitTold(
        title=title_words(one.run.course, english=english),
        state=str(State(one.state).label),
        application=one,
        sessions=[held for held in sessions_of(one) if held.is_held],
        link=settings.PUBLIC_URL + application_path(one),
    )


def _of_bundle(application: Application, *, english: bool) -> dict[str, Any]:
    """Of what came with one form: what the series is called, and the page of all."""
    bundle = application.bundle
    if bundle is None:
        return {}
    path = bundle_path(bundle, language=application.language)
    return {
        "series": (english and bundle.series.title_en) or bundle.series.title,
        "bundle_link": settings.PUBLIC_URL + path,
    }


def _first_date(application: Application) -> tuple[float, int]:
    times = [one.starts_at.timestamp() for one in sessions_of(application)]
    return min(times, default=float("inf")), application.pk
