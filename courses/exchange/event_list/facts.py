"""One row as facts in the product's own words, with a sentence for every doubt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from courses.domain.event_facts import Place, Problem, RowMark, RunFacts, SessionFacts
from courses.enums import Delivery
from courses.exchange.event_list import cleaning, terms
from courses.exchange.event_list.cleaning import Unreadable, fit, line, prose, width
from courses.exchange.event_list.doubts import Doubts
from courses.exchange.event_list.limits import limit_of
from courses.exchange.event_list.places import Whereabouts, whereabouts
from courses.exchange.event_list.reading import Row
from courses.exchange.event_list.run_facts import LABEL, labelled_lines, mode_of, run_facts
from courses.exchange.event_list.times import when
from courses.exchange.event_list.titles import Name, is_broken, name_of

_PROSE = ("description", "time_note", "how_to_apply", "capacity", "remarks", "fee_note")
_ECHOED = {
    "start_date": "開始日",
    "end_date": "終了日",
    "start_time": "開始時刻",
    "end_time": "終了時刻",
    "deadline_date": "申込期限日",
    "deadline_time": "申込期限時刻",
}


@dataclass(frozen=True)
class Occurrence:
    """What one row says: one date of something, and the terms of taking part.

    `said` is all its prose in half width, for looking up turns of phrase; `unsaid`
    names what residents will ask and the row does not tell.
    """

    mark: RowMark
    municipality: str
    name: Name
    title_kana: str
    title_en: str
    contact: str
    abstract: str
    description: str
    session: SessionFacts
    place: Place | None
    run: RunFacts
    deadline: date | None
    said: str
    unsaid: tuple[str, ...] = ()


def occurrence(row: Row) -> tuple[Occurrence | None, list[Problem]]:
    """None with a rejecting problem where the row cannot be an event."""
    doubts = Doubts(row)
    cells = _with_echoes(row)
    try:
        _require_name(row)
        session = when(cells, doubts.note)
    except Unreadable as refusal:
        return None, [Problem(row.file, row.number, str(refusal), rejected=True)]
    where = _fitted_place(whereabouts(row), doubts)
    if where.place:
        session = replace(session, venue=where.place.venue, room=where.place.room)
    deadline = _deadline(cells, doubts)
    made = Occurrence(
        mark=RowMark(row.file, row.number),
        municipality=re.sub(r"\D", "", width(row["municipality"])),
        name=_name(row, session.starts_at.date(), doubts),
        title_kana=fit(line(row["name_kana"]), limit_of("title_kana"))[0],
        title_en=fit(line(row["name_en"]), limit_of("title_en"))[0],
        contact=line(row["contact_name"]) or line(row["organiser"]),
        abstract=line(row["abstract"] or row["subtitle"]),
        description=prose(row["description"]),
        session=session,
        place=where.place,
        run=run_facts(row, cells, session, where, deadline, doubts),
        deadline=deadline,
        said="\n".join(width(row[name]) for name in ("name", *_PROSE)),
        unsaid=_unsaid(row, where),
    )
    return made, doubts.found


def _unsaid(row: Row, where: Whereabouts) -> tuple[str, ...]:
    missing = []
    if mode_of(row) is None:
        missing.append(_("決め方（申込順としました）"))
    if not terms.fee(row["fee"], row["fee_note"]).is_known:
        missing.append(_("費用"))
    if where.delivery == Delivery.VENUE and where.place is None:
        missing.append(_("会場"))
    return tuple(missing)


def _require_name(row: Row) -> None:
    """Raises: Unreadable, with a sentence."""
    name = line(row["name"])
    if not name:
        raise Unreadable(_("名称がありません。"))
    if is_broken(name):
        words = _("名称が「%(name)s」になっています。元の表の数式を直してください。")
        raise Unreadable(words % {"name": name})


def _with_echoes(row: Row) -> Mapping[str, str]:
    """The cells, an empty one filled with what a converter wrote into the prose."""
    echoed = cleaning.echoes(f"{row['time_note']}\n{row['how_to_apply']}")
    filled = {
        name: row[name].strip() or echoed.get(heading, "")
        for name, heading in _ECHOED.items()
    }
    return {**row.values, **filled}


def _name(row: Row, day: date, doubts: Doubts) -> Name:
    name = name_of(row["name"], day)
    label = name.label or labelled_lines(row).get(LABEL, "")
    return replace(
        name,
        title=doubts.fit(name.title, "title", "名称"),
        label=fit(label, limit_of("label"))[0],
    )


def _fitted_place(where: Whereabouts, doubts: Doubts) -> Whereabouts:
    place = where.place
    if place is None:
        return where
    shorter = replace(
        place,
        venue=doubts.fit(place.venue, "venue", "場所"),
        room=doubts.fit(place.room, "room", "場所"),
        address=doubts.fit(place.address, "address", "住所"),
    )
    return replace(where, place=shorter)


def _deadline(cells: Mapping[str, str], doubts: Doubts) -> date | None:
    try:
        return cleaning.read_date(cells["deadline_date"])
    except Unreadable:
        words = _("申込期限日「%(cell)s」を日付として読めません。")
        doubts.note(words % {"cell": line(cells["deadline_date"])})
        return None
