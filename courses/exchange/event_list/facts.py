"""One row as facts in the product's own words, with a sentence for every doubt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from courses.domain.event_plan import Place, Problem, RowMark, RunFacts, SessionFacts
from courses.domain.fiscal_year import fiscal_year_of
from courses.domain.wording import WEEKDAYS
from courses.enums import Delivery, RunState, SelectionMode
from courses.exchange.event_list import cleaning, terms
from courses.exchange.event_list.cleaning import Unreadable, fit, line, prose, width
from courses.exchange.event_list.limits import limit_of
from courses.exchange.event_list.places import Whereabouts, whereabouts
from courses.exchange.event_list.reading import Row
from courses.exchange.event_list.times import when
from courses.exchange.event_list.titles import Name, is_broken, name_of

FEE_UNKNOWN = "費用の記載がありません。お問い合わせください。"
HOW_UNKNOWN = "申込みについての記載がありません。お問い合わせください。"
CAPACITY_UNKNOWN = "記載なし"
_PROSE = ("description", "time_note", "how_to_apply", "capacity", "remarks", "fee_note")
_ECHOED = {
    "start_date": "開始日",
    "end_date": "終了日",
    "start_time": "開始時刻",
    "end_time": "終了時刻",
    "deadline_date": "申込期限日",
    "deadline_time": "申込期限時刻",
}
_LABELLED = re.compile(
    r"^[【\[<＜]?(対象|持ち物)者?[】\]>＞]?\s*[:：*＊]\s*\n?(.+)\n?", re.M
)
_STATES = {"中止": RunState.CANCELLED, "延期": RunState.POSTPONED}
_BEHIND_REMARKS = (
    ("organiser", "主催"),
    ("co_organiser", "共催"),
    ("other_partners", "関係団体"),
    ("languages", "外国語対応"),
    ("bicycles", "駐輪場"),
)


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


@dataclass
class Doubts:
    """Collects the sentences about one row."""

    row: Row
    found: list[Problem] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.found.append(Problem(self.row.file, self.row.number, text))

    def fit(self, text: str, limit: str, heading: str) -> str:
        shorter, was_cut = fit(text, limit_of(limit))
        if was_cut:
            words = _("「%(heading)s」が長いため、%(limit)d文字で切りました。")
            self.note(words % {"heading": heading, "limit": limit_of(limit)})
        return shorter


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
        name=_fitted_name(name_of(row["name"], session.starts_at.date()), doubts),
        title_kana=fit(line(row["name_kana"]), limit_of("title_kana"))[0],
        title_en=fit(line(row["name_en"]), limit_of("title_en"))[0],
        contact=line(row["contact_name"]) or line(row["organiser"]),
        abstract=line(row["abstract"] or row["subtitle"]),
        description=prose(row["description"]),
        session=session,
        place=where.place,
        run=_run(row, cells, session, where, deadline, doubts),
        deadline=deadline,
        said="\n".join(width(row[name]) for name in ("name", *_PROSE)),
        unsaid=_unsaid(row, where),
    )
    return made, doubts.found


def _unsaid(row: Row, where: Whereabouts) -> tuple[str, ...]:
    missing = []
    if _mode(row) is None:
        missing.append(_("決め方（申込順としました）"))
    if not terms.fee(row["fee"], row["fee_note"]).is_known:
        missing.append(_("費用"))
    if where.delivery == Delivery.VENUE and where.place is None:
        missing.append(_("会場"))
    return tuple(missing)


def _mode(row: Row) -> SelectionMode | None:
    return terms.selection_mode(
        row["how_to_apply"], row["capacity"], row["remarks"], row["description"]
    )


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


def _fitted_name(name: Name, doubts: Doubts) -> Name:
    return replace(
        name,
        title=doubts.fit(name.title, "title", "名称"),
        label=fit(name.label, limit_of("label"))[0],
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


def _run(
    row: Row,
    cells: Mapping[str, str],
    session: SessionFacts,
    where: Whereabouts,
    deadline: date | None,
    doubts: Doubts,
) -> RunFacts:
    places, fee = terms.capacity(row["capacity"]), terms.fee(row["fee"], row["fee_note"])
    mode = _mode(row)
    labelled = {label: line(words) for label, words in _LABELLED.findall(row["remarks"])}
    audience = line(row["audience"]) or labelled.get("対象", "")
    capacity = places.note if places.number or places.note else CAPACITY_UNKNOWN
    phone = cleaning.phone(row["contact_phone"], row["contact_extension"])
    return RunFacts(
        label="",
        fiscal_year=fiscal_year_of(session.starts_at),
        state=_state(row),
        selection_mode=mode or SelectionMode.FIRST_COME,
        capacity=places.number,
        capacity_unit=places.unit,
        capacity_note=doubts.fit(capacity, "capacity_note", "定員"),
        audience=doubts.fit(audience, "audience", "対象者"),
        delivery=where.delivery,
        venue=session.venue,
        fee=fee.yen,
        fee_note=doubts.fit(fee.note if fee.is_known else FEE_UNKNOWN, "fee_note", "料金"),
        bring=doubts.fit(labelled.get("持ち物", ""), "bring", "持ち物"),
        how_to_apply=_how_to_apply(row, cells, mode, deadline),
        note=_remarks(row),
        contact_name=doubts.fit(line(row["contact_name"]), "contact_name", "連絡先名称"),
        contact_phone=doubts.fit(phone, "contact_phone", "連絡先電話番号"),
        contact_email=_email(row, doubts),
        source_url=_url(row, doubts),
    )


def _state(row: Row) -> RunState:
    said = width(row["status"]) or width(row["name"])[:4].strip("【】[]()")
    return _STATES.get(said, RunState.ANNOUNCED)


def _how_to_apply(
    row: Row, cells: Mapping[str, str], mode: SelectionMode | None, deadline: date | None
) -> str:
    """Whole, as written; the deadline of its own column follows where it is not said."""
    text = re.sub(r"\n{2,}", "\n", prose(row["how_to_apply"]))
    if not text and mode != SelectionMode.OPEN:
        text = HOW_UNKNOWN
    if deadline is None or mode == SelectionMode.OPEN or _says(text, deadline):
        return text
    day = f"{deadline.year}年{deadline.month}月{deadline.day}日"
    words = f"申込期限　{day}（{WEEKDAYS[deadline.weekday()]}）"
    return f"{text}\n{words}{line(width(cells['deadline_time']))}".strip()


def _says(text: str, deadline: date) -> bool:
    return bool(re.search(rf"(?<!\d){deadline.month}月{deadline.day}日", width(text)))


def _remarks(row: Row) -> str:
    """備考 without what has a field of its own, then those who stand behind it."""
    text = _LABELLED.sub("", prose(row["remarks"])).strip()
    behind = [
        f"{heading}　{line(row[name])}"
        for name, heading in _BEHIND_REMARKS
        if line(row[name])
    ]
    return "\n".join(part for part in (text, *behind) if part)


def _email(row: Row, doubts: Doubts) -> str:
    address = width(row["contact_email"])
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        doubts.note(
            _("メールアドレス「%(cell)s」が正しくありません。") % {"cell": address[:80]}
        )
        return ""
    return address if len(address) <= limit_of("contact_email") else ""


def _url(row: Row, doubts: Doubts) -> str:
    address = row["url"].strip()
    if not address:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        doubts.note(_("URL「%(cell)s」が正しくありません。") % {"cell": address[:80]})
        return ""
    if len(address) > limit_of("source_url"):
        doubts.note(_("URLが長すぎるため、取り込みませんでした。"))
        return ""
    return address
