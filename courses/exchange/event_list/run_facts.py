"""The terms of taking part in one row's event, and whom to ask."""

import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from courses.domain.event_facts import RunFacts, SessionFacts
from courses.domain.fiscal_year import fiscal_year_of
from courses.domain.wording import WEEKDAYS
from courses.enums import RunState, SelectionMode
from courses.exchange.event_list import cleaning, terms
from courses.exchange.event_list.cleaning import line, prose, width
from courses.exchange.event_list.doubts import Doubts
from courses.exchange.event_list.limits import limit_of
from courses.exchange.event_list.places import Whereabouts
from courses.exchange.event_list.reading import Row

FEE_UNKNOWN = "費用の記載がありません。お問い合わせください。"
HOW_UNKNOWN = "申込みについての記載がありません。お問い合わせください。"
LABEL = "開催の呼び名"
CAPACITY_UNKNOWN = "記載なし"
_LABELLED = re.compile(
    rf"^[【\[<＜]?(対象|持ち物|{LABEL})者?[】\]>＞]?\s*[:：*＊]\s*\n?(.+)\n?", re.M
)
_STATES = {"中止": RunState.CANCELLED, "延期": RunState.POSTPONED}
_BEHIND_REMARKS = (
    ("organiser", "主催"),
    ("co_organiser", "共催"),
    ("other_partners", "関係団体"),
    ("languages", "外国語対応"),
    ("bicycles", "駐輪場"),
)


def run_facts(
    row: Row,
    cells: Mapping[str, str],
    session: SessionFacts,
    where: Whereabouts,
    deadline: date | None,
    doubts: Doubts,
) -> RunFacts:
    places, fee = terms.capacity(row["capacity"]), terms.fee(row["fee"], row["fee_note"])
    mode = mode_of(row)
    labelled = labelled_lines(row)
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


def labelled_lines(row: Row) -> dict[str, str]:
    """Of 備考, what it says behind a word that stands for a field: 対象：市内在住の方."""
    return {label: line(words) for label, words in _LABELLED.findall(row["remarks"])}


def _state(row: Row) -> RunState:
    """Of its own column, or in brackets in front of the name or the remark on time."""
    in_front = (width(row[name])[:4].strip("【】[]()") for name in ("name", "time_note"))
    said = (width(row["status"]), *in_front)
    return next((_STATES[word] for word in said if word in _STATES), RunState.ANNOUNCED)


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


def mode_of(row: Row) -> SelectionMode | None:
    return terms.selection_mode(
        row["how_to_apply"], row["capacity"], row["remarks"], row["description"]
    )
