"""The units of a series as the form shows them, and what was chosen as it is looked over
before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.domain.ways_in import facts_for
from courses.domain.wording import range_words, title_words
from courses.enums import CapacityUnit
from courses.models import Session
from courses.models.localised import in_english
from enrollments.domain.links import application_token
from enrollments.domain.series.offering import RunOffer, UnitOffer
from enrollments.domain.series.overlaps import in_the_way, spans_of
from enrollments.forms.places import place_words
from enrollments.forms.series import SeriesForm
from enrollments.views.applying_page import care_offered, full_offers
from enrollments.views.conditions_shown import Line, condition_lines
from enrollments.views.summary import (
    SummaryLine,
    answer_lines,
    sender_lines,
    shown,
    wish_lines,
)

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
    conditions: Sequence[Line]
    is_ticked: bool
    fields: Sequence[forms.BoundField] = ()
    wishes: Sequence[forms.BoundField] = ()
    children: Sequence[forms.Form] = ()

    @property
    def care(self) -> dict[str, Any] | None:
        return care_offered(self.offer.asked)

    @property
    def full_offers(self) -> list[str]:
        return full_offers(self.offer.asked)

    @property
    def wishes_typed(self) -> bool:
        """So that what was typed, or is wrong, is seen."""
        rows = any(row.has_changed() for row in self.children)
        return rows or any(field.value() for field in self.wishes)


@dataclass(frozen=True)
class UnitLine:
    """`others` cannot be chosen: of a unit without a choice the first is said, the rest
    are folded."""

    offer: UnitOffer
    runs: Sequence[RunLine]

    @property
    def told(self) -> list[RunLine]:
        return [one for one in self.runs if not one.why_not or one.own] or [*self.runs[:1]]

    @property
    def others(self) -> list[RunLine]:
        return [one for one in self.runs if one not in self.told]


def unit_lines(
    request: HttpRequest, offers: Sequence[UnitOffer], form: SeriesForm, *, at: datetime
) -> list[UnitLine]:
    ticked = set(form["runs"].value() or ())

    def line_of(offer: RunOffer) -> RunLine:
        line = _run_line(offer, ticked, condition_lines(request, offer.asked), at)
        unit = form.units.get(offer.run.pk)
        if unit is None:
            return line
        return replace(
            line,
            fields=[form[name] for name in unit.own if name not in unit.wish_names],
            wishes=[form[name] for name in unit.wish_names],
            children=unit.children,
        )

    return [UnitLine(unit, [line_of(one) for one in unit.runs]) for unit in offers]


def _run_line(
    offer: RunOffer, ticked: set[str], conditions: Sequence[Line], at: datetime
) -> RunLine:
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
        conditions=conditions,
        is_ticked=run.code in ticked,
    )


def _why_not(offer: RunOffer) -> str:
    if offer.own is not None:
        return _("申込み済みです。")
    if offer.refusal is not None:
        return str(offer.refusal.sentence)
    if not offer.may_choose:
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
        lines.append(
            (_("単元 %(number)s") % {"number": number}, _unit_words(form, offer, at))
        )
    lines.append((_("時間の重なり"), "\n".join(_between(form.chosen))))
    way = dict(form.fields["way"].choices)[form.cleaned_data["way"]]  # type: ignore[attr-defined]
    lines.append((_("席のとり方"), str(way) if len(wishes) > 1 else ""))
    request = wishes[0].request
    shared = dict(enumerate(form.shared_names))
    return shown(
        [
            *lines,
            (_("団体"), _group_name(form)),
            *sender_lines(request),
            *(answer_lines(form, shared) if _asks_shared(form) else []),
            (str(form.fields["other_wish"].label), form.cleaned_data["other_wish"]),
            (_("連絡事項"), request.message),
        ]
    )


def _unit_words(form: SeriesForm, offer: RunOffer, at: datetime) -> str:
    """One unit with its dates or places, and with what it alone was told."""
    unit, place = form.units[offer.run.pk], form.place_in(offer)
    held = [one for one in offer.run.sessions.all() if one.is_held]
    words = [title_words(offer.run.course, english=in_english())]
    if len(offer.places) > 1 and place is not None:
        today = timezone.localdate(at)
        words.append(place_words(offer.run, place, list(offer.places), today=today))
    else:
        words += map(_when, held[:DATES_SHOWN])
        if (more := len(held) - DATES_SHOWN) > 0:
            words.append(ngettext("ほか%(n)s回", "ほか%(n)s回", more) % {"n": more})
        if place is not None and place.is_full:
            words.append(_("いまは満員です。キャンセル待ちになります。"))
    alone = {key: name for key, name in unit.questions.items() if name in unit.own}
    wishes = unit.support(form.cleaned_data | {"other_wish": ""})
    told = shown([*answer_lines(form, alone), *wish_lines(wishes)])
    words += [
        _("%(label)s：%(words)s") % {"label": one.label, "words": one.words} for one in told
    ]
    return "\n".join(words)


def _asks_shared(form: SeriesForm) -> bool:
    """Whether a unit chosen asks any of what several ask."""
    named = {name for unit in form.chosen_units for name in unit.questions.values()}
    return not named.isdisjoint(form.shared_names)


def _group_name(form: SeriesForm) -> str:
    if not form.cleaned_data.get("group"):
        return ""
    names = dict(form.fields["group"].choices)  # type: ignore[attr-defined]
    return str(names[form.cleaned_data["group"]])


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
