"""The units of a series as the form shows them, and what was chosen as it is looked over
before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.domain.ways_in import facts_for
from courses.domain.wording import range_words
from courses.enums import CapacityUnit
from courses.models import Session
from courses.models.localised import in_english
from enrollments.domain.links import application_token
from enrollments.domain.series.offering import RunOffer, UnitOffer
from enrollments.domain.series.overlaps import in_the_way, spans_of
from enrollments.forms.places import place_words
from enrollments.forms.series import SeriesForm
from enrollments.views.summary import SummaryLine, person_words

DATES_SHOWN = 3


@dataclass(frozen=True)
class RunLine:
    """`why_not` is empty where it can be chosen; `own` opens what was applied for."""

    offer: RunOffer
    dates: Sequence[str]
    more_dates: int
    status: Any
    label: str
    places: str
    why_not: str
    own: str
    overlaps: Sequence[str]
    is_ticked: bool
    fields: Sequence[forms.BoundField]


@dataclass(frozen=True)
class UnitLine:
    offer: UnitOffer
    runs: Sequence[RunLine]


def unit_lines(
    offers: Sequence[UnitOffer], form: SeriesForm, *, at: datetime
) -> list[UnitLine]:
    ticked = set(form["runs"].value() or ())
    return [
        UnitLine(unit, [_run_line(one, form, ticked, at) for one in unit.runs])
        for unit in offers
    ]


def _run_line(offer: RunOffer, form: SeriesForm, ticked: set[str], at: datetime) -> RunLine:
    run = offer.run
    held = [one for one in run.sessions.all() if one.is_held]
    kinds = {place.kind for place in offer.places}
    facts = facts_for(run, facts_of(run, at=at), kinds.pop() if len(kinds) == 1 else None)
    status = reception_status(facts, at=at)
    return RunLine(
        offer=offer,
        dates=[_when(one) for one in held[:DATES_SHOWN]],
        more_dates=max(0, len(held) - DATES_SHOWN),
        status=status,
        label=public_words(facts, status),
        places=places_words(facts, status, CapacityUnit(run.capacity_unit)),
        why_not=_why_not(offer),
        own=application_token(offer.own) if offer.own else "",
        overlaps=_overlap_words(offer.overlaps),
        is_ticked=run.code in ticked,
        fields=form.fields_of(run),
    )


def _why_not(offer: RunOffer) -> str:
    if offer.own is not None:
        return _("申込み済みです。")
    if offer.refusal is not None:
        return str(offer.refusal.sentence)
    if offer.not_met:
        return _("申し込めるのは次の方です：%(who)s") % {"who": "、".join(offer.not_met)}
    return ""


def _overlap_words(pairs: Sequence[tuple[Any, Any]]) -> list[str]:
    words = _("%(when)sは、「%(other)s」と時間が重なります。")
    return [
        words % {"when": _range(wanted.begins, wanted.ends), "other": other.title}
        for wanted, other in pairs
    ]


def _when(session: Session) -> str:
    return _range(session.starts_at, session.ends_at)


def _range(begins: datetime, ends: datetime) -> str:
    return range_words(begins, ends, today=timezone.localdate(), english=in_english())


def summary_of(form: SeriesForm, *, at: datetime) -> list[SummaryLine]:
    """Of a valid form."""
    wishes, lines = form.wishes(), []
    for number, offer in enumerate(form.chosen, start=1):
        place = form.place_in(offer)
        held = [one for one in offer.run.sessions.all() if one.is_held]
        words = [offer.run.course.title, *map(_when, held[:DATES_SHOWN])]
        if len(offer.places) > 1 and place is not None:
            among = list(offer.places)
            today = timezone.localdate(at)
            words = [
                offer.run.course.title,
                place_words(offer.run, place, among, today=today),
            ]
        elif place is not None and place.is_full:
            words.append(_("いまは満員です。キャンセル待ちになります。"))
        label = _("単元 %(number)s") % {"number": number}
        lines.append(SummaryLine(label, "\n".join(words)))
    between = _between(form.chosen)
    if between:
        lines.append(SummaryLine(_("時間の重なり"), "\n".join(between)))
    request = wishes[0].request
    way = dict(form.fields["way"].choices)[form.cleaned_data["way"]]  # type: ignore[attr-defined]
    told = [
        (_("席のとり方"), str(way) if len(wishes) > 1 else ""),
        (_("お名前"), person_words(request.applicant)),
        (_("メールアドレス"), request.email),
        (_("電話番号"), request.phone),
        (_("住所"), request.address),
    ]
    return lines + [SummaryLine(label, words) for label, words in told if words]


def _between(chosen: Sequence[RunOffer]) -> list[str]:
    """Units chosen that are in each other's way."""
    found: list[str] = []
    for place, offer in enumerate(chosen):
        if offer.run.chooses_session:
            continue
        others = [
            span
            for other in chosen[place + 1 :]
            if not other.run.chooses_session
            for span in spans_of(other.run.sessions.all())
        ]
        found += _overlap_words(in_the_way(spans_of(offer.run.sessions.all()), others))
    return found
