"""One run in the words of the course's page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.presenters.cards import deadline_words, fee_words, place_words
from courses.domain.applying_rules import (
    deadline_lines,
    minimum_words,
    session_offers,
    withdrawal_words,
)
from courses.domain.applying_words import offer_details, offer_words
from courses.domain.how_given import action_words, how_given_words
from courses.domain.queries import is_over, next_session, sessions_ahead
from courses.domain.reception import (
    RunFacts,
    capacity_words,
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.domain.requirement_words import audience_words
from courses.domain.wording import moment_words, until_words
from courses.enums import (
    CapacityUnit,
    Delivery,
    ReceptionStatus,
    SessionState,
    SupportKind,
)
from courses.models import CourseRun, Session, Venue
from courses.models.localised import in_english

# Why there is no button, and what the reader may do instead.
NO_ACTION: dict[str, str | Promise] = {
    ReceptionStatus.NOT_YET: gettext_lazy("受付が始まるまで、もうしばらくお待ちください。"),
    ReceptionStatus.FULL: gettext_lazy("定員に達したため、受付を終わりました。"),
    ReceptionStatus.CLOSED: gettext_lazy("申込みの受付は終わりました。"),
    ReceptionStatus.ENDED: gettext_lazy(
        "次の開催が決まりしだい、このページでお知らせします。"
    ),
    ReceptionStatus.CANCELLED: gettext_lazy("この開催は中止になりました。"),
    ReceptionStatus.POSTPONED: gettext_lazy(
        "この開催は延期になりました。新しい日程は、決まりしだいお知らせします。"
    ),
}


@dataclass(frozen=True)
class RunView:
    """One run in the words of the page. `action` is the one thing to do, empty where
    there is nothing; then `no_action` says why."""

    run: CourseRun
    status: ReceptionStatus
    status_label: str
    next_session: Session | None
    sessions: list[Session]
    coming_sessions: list[Session]
    place: str
    venues: list[Venue]
    places: str
    capacity: str
    deadline: str
    period: str
    fee: str
    how_given: str
    audience: str
    deadlines: list[str]
    minimum: str
    withdrawal: str
    childcare: str
    support: list[str]
    action: str
    no_action: str
    is_over: bool
    dates_changed: bool


def run_view(run: CourseRun, *, at: datetime) -> RunView:
    """From a run loaded with its facts."""
    facts = facts_of(run, at=at)
    status = reception_status(facts, at=at)
    session = next_session(run, at=at)
    action = action_words(status)
    told = {"today": timezone.localdate(at), "english": in_english()}
    childcare, support = _offers(run, **told)
    for pk, offer in session_offers(run, facts, status, at=at).items():
        for each in run.sessions.all():
            if each.pk == pk:
                each.offer = offer  # type: ignore[attr-defined]
    return RunView(
        run=run,
        status=status,
        status_label=public_words(facts, status),
        next_session=session,
        sessions=list(run.sessions.all()),
        coming_sessions=sessions_ahead(run, at=at),
        place=place_words(run, session),
        venues=_venues(run),
        places=places_words(facts, status, CapacityUnit(run.capacity_unit)),
        capacity=_capacity(run),
        deadline=deadline_words(run, status),
        period=_period(run),
        fee=fee_words(run),
        how_given=how_given_words(run, facts),
        audience=audience_words(run),
        deadlines=deadline_lines(run, **told),
        minimum=minimum_words(run, **told),
        withdrawal=withdrawal_words(run, **told),
        childcare=childcare,
        support=support,
        action=action,
        no_action="" if action else _no_action(run, facts, status),
        is_over=is_over(run, at=at),
        dates_changed=any(s.state != SessionState.SCHEDULED for s in run.sessions.all()),
    )


def _offers(run: CourseRun, *, today: date, english: bool) -> tuple[str, list[str]]:
    """保育, and the other support, each with what is known of it. A run that was imported
    has no offers, only its facets."""
    childcare, support = "", []
    there = set()
    for offer in run.support_offers.all():
        there.add(offer.kind)
        if offer.kind == SupportKind.CHILDCARE:
            childcare = offer_details(offer, today=today, english=english)
        else:
            support.append(offer_words(offer, today=today, english=english))
    if run.has_childcare and SupportKind.CHILDCARE not in there:
        childcare = run.childcare_note
    for kind, has in (
        (SupportKind.SIGN_LANGUAGE, run.has_sign_language),
        (SupportKind.CAPTIONING, run.has_captioning),
    ):
        if has and kind not in there:
            support.append(str(kind.label))
    return childcare, support


def _venues(run: CourseRun) -> list[Venue]:
    """Where its sessions are held, each once, in their order."""
    if run.delivery == Delivery.ONLINE:
        return []
    found = [
        session.room.venue if session.room else session.venue or run.venue
        for session in run.sessions.all()
    ]
    return list(dict.fromkeys(venue for venue in found or [run.venue] if venue))


def _capacity(run: CourseRun) -> str:
    """The number, for each kind of place where there are several."""
    unit, pools = CapacityUnit(run.capacity_unit), list(run.pools.all())
    if run.capacity_note or not pools:
        return run.capacity_note
    if run.chooses_session:
        each = sorted({pool.capacity for pool in pools if pool.capacity is not None})
        numbers = (capacity_words(number, unit) for number in each)
        return _("、").join(_("各回%(places)s") % {"places": one} for one in numbers)
    if len(pools) == 1:
        return capacity_words(pools[0].capacity, unit)
    return (", " if in_english() else "、").join(
        f"{pool.get_kind_display()} {capacity_words(pool.capacity, unit)}" for pool in pools
    )


def _period(run: CourseRun) -> str:
    """From when until when applications are taken."""
    today, english = timezone.localdate(), in_english()
    opens, closes = run.applications_open_at, run.applications_close_at
    begin = moment_words(opens, today=today, english=english) if opens else ""
    end = until_words(closes, today=today, english=english) if closes else ""
    return f"{begin}{' – ' if english else '〜'}{end}" if begin or end else ""


def _no_action(run: CourseRun, facts: RunFacts, status: ReceptionStatus) -> str:
    opens = run.applications_open_at
    if status == ReceptionStatus.NOT_YET and opens and not facts.applies_elsewhere:
        today, english = timezone.localdate(), in_english()
        when = moment_words(opens, today=today, english=english)
        return _("%(when)sから、このページで申し込めます。") % {"when": when}
    if status == ReceptionStatus.CLOSED and facts.applies_elsewhere:
        return _("申込方法は、下の「申込み・問い合わせ」をご覧ください。")
    if status == ReceptionStatus.NOT_NEEDED:
        return how_given_words(run, facts)
    return str(NO_ACTION[status])
