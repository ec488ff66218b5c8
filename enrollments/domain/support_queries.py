"""Questions about wishes and promises, for those who have the permission."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import Visitor, section_of
from courses.enums import SupportKind
from courses.models import CourseRun, Session, SupportOffer
from enrollments.domain.support_moves import places_promised, places_wanted
from enrollments.domain.support_rights import may_see_any_support
from enrollments.domain.support_states import PROMISED
from enrollments.enums import SupportState
from enrollments.models import SupportRequest

BY_NAME = ("application__family_name_kana", "application__given_name_kana", "pk")


@dataclass(frozen=True)
class OfferLine:
    """An offer with how many of its places are promised, and wanted altogether."""

    offer: SupportOffer
    promised: int
    wanted: int


def requests_seen_by(user: Visitor) -> QuerySet[SupportRequest]:
    """Of the own section; administrators see all. Raises: NotAllowed."""
    if not may_see_any_support(user):
        raise NotAllowed
    found = SupportRequest.objects.all()
    if not user.is_superuser:
        section = section_of(user)
        if section is None:
            raise NotAllowed
        found = found.filter(application__run__course__department=section)
    return found


def with_details(requests: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
    """With all that a line of the list shows."""
    return (
        requests.select_related("application__run__course", "offer")
        .prefetch_related("children", "steps__by", "application__run__sessions")
        .order_by("application__run", "asked_at", "pk")
    )


def still_to_come(at: datetime) -> Q:
    """Of runs with a session that has not ended."""
    return Q(application__run__sessions__ends_at__gt=at)


def not_yet_arranged(user: Visitor, *, at: datetime) -> QuerySet[SupportRequest]:
    """まだ手配していない希望, of those who have a place or may get one."""
    waiting = requests_seen_by(user).filter(state=SupportState.ASKED)
    return waiting.filter(still_to_come(at)).distinct()


def children_expected(
    run: CourseRun, *, session: Session | None = None
) -> QuerySet[SupportRequest]:
    """For the childcare room: promised, with their children."""
    found = _promised(run, session).filter(kind=SupportKind.CHILDCARE)
    return found.prefetch_related("children").order_by(*BY_NAME)


def support_expected(
    run: CourseRun, *, session: Session | None = None
) -> QuerySet[SupportRequest]:
    """For interpreters and the door: promised besides childcare, by kind."""
    found = _promised(run, session).exclude(kind=SupportKind.CHILDCARE)
    return found.order_by("kind", *BY_NAME)


def _promised(run: CourseRun, session: Session | None) -> QuerySet[SupportRequest]:
    """Of the whole run, or of those who come to the session."""
    found = SupportRequest.objects.filter(application__run=run, state__in=PROMISED)
    if session is not None:
        chosen = Q(application__pool__session=session)
        found = found.filter(chosen | Q(application__pool__session=None))
    return found.select_related("application")


def offer_lines(run: CourseRun) -> list[OfferLine]:
    return [
        OfferLine(offer, places_promised(offer), places_wanted(offer))
        for offer in run.support_offers.all()
    ]
