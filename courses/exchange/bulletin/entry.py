"""One course as an entry of the city bulletin: its labels in the bulletin's order, its
words for how places are given. Always in Japanese, whoever asks.

Source of order and words: 市報むさしの, docs/glossary.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from courses.domain.reception import capacity_words
from courses.domain.requirement_words import requirement_words
from courses.domain.wording import yen_words
from courses.enums import CapacityUnit, Delivery, PoolKind, SelectionMode
from courses.exchange.bulletin.dates import (
    date_words,
    deadline_words,
    moment_words,
    when_words,
)
from courses.models import CourseRun, SeatPool, Session

LANGUAGE = "ja"
HOW = {
    SelectionMode.FIRST_COME: "申込順",
    SelectionMode.LOTTERY_IF_OVER: "超えた場合抽選",
    SelectionMode.LOTTERY: "抽選",
    SelectionMode.SCREENING: "超えた場合選考",
}
POOLS = {
    PoolKind.GENERAL: "一般",
    PoolKind.CITIZENS: "市民",
    PoolKind.STAFF: "職員",
    PoolKind.GROUPS: "団体",
    PoolKind.ONLINE: "オンライン",
}


@dataclass(frozen=True)
class Entry:
    """`lines` are label and words; lines without words are left out."""

    title: str
    lines: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """A label, a wide space, and what follows set in under the words."""
        return "\n".join([f"■{self.title}", *(_line(*line) for line in self.lines)])


def entry_of(run: CourseRun, *, site: str) -> Entry:
    """From a run of `courses.domain.bulletin.runs_of_month`; makes no query. `site` is
    the address of the whole site, without the last slash."""
    held = [session for session in run.sessions.all() if session.is_held]
    with translation.override(LANGUAGE):
        lines = (
            ("日時", when_words(held)),
            ("場所", _where(run, held)),
            ("対象", _for_whom(run)),
            ("定員", _places(run)),
            ("内容", run.course.summary),
            ("講師", _instructors(run)),
            ("費用", _fee(run)),
            ("持ち物", run.bring),
            ("そのほか", _rest(run)),
            ("申し込み・問い合わせ", _how_to_apply(run, site)),
        )
    title = f"{run.course.title} {run.label}".strip()
    return Entry(title, tuple((label, words) for label, words in lines if words))


def _line(label: str, words: str) -> str:
    first, *others = words.strip().splitlines()
    return "\n".join([f"{label}　{first}", *(f"　　{line}" for line in others)])


def _where(run: CourseRun, sessions: Sequence[Session]) -> str:
    """Each place once, with the sessions that are held there where there are several."""
    found: dict[str, list[int]] = {}
    for session in sessions:
        found.setdefault(session.place, []).append(session.number)
    found.pop("", None)
    if not found and run.venue:
        found[str(run.venue)] = []
    if run.delivery == Delivery.ONLINE:
        return "オンライン"
    words = "、".join(
        place if len(found) == 1 else f"{place}（{_numbers(numbers)}）"
        for place, numbers in found.items()
    )
    online = ["オンライン"] if run.delivery == Delivery.HYBRID else []
    return "、".join([words, *online] if words else online)


def _numbers(numbers: Sequence[int]) -> str:
    return "第" + "・".join(str(number) for number in numbers) + "回"


def _for_whom(run: CourseRun) -> str:
    said = run.audience or requirement_words(run.requirements.all(), unit=run.capacity_unit)
    return said or "、".join(one.name for one in run.course.audiences.all())


def _places(run: CourseRun) -> str:
    """20名（申込順）. What the officer wrote beside the number says it better, and may
    say the way of choosing as well."""
    how = HOW.get(SelectionMode(run.selection_mode), "")
    said = run.capacity_note or _numbers_of(run, list(run.pools.all()))
    if not said:
        return ""
    return said if not how or how in said else f"{said}（{how}）"


def _numbers_of(run: CourseRun, pools: Sequence[SeatPool]) -> str:
    unit = CapacityUnit(run.capacity_unit)
    if any(pool.capacity is None for pool in pools):
        return ""
    if run.chooses_session:
        each = sorted({pool.capacity or 0 for pool in pools})
        return "、".join(f"各回{capacity_words(number, unit)}" for number in each)
    if len(pools) == 1:
        return capacity_words(pools[0].capacity, unit)
    return "、".join(
        f"{POOLS[PoolKind(pool.kind)]}{capacity_words(pool.capacity, unit)}"
        for pool in pools
    )


def _instructors(run: CourseRun) -> str:
    """Only those who may be named in public were loaded."""
    return "、".join(
        f"{person.full_name}（{person.title}）" if person.title else person.full_name
        for person in run.course.instructors.all()
    )


def _fee(run: CourseRun) -> str:
    if not run.fee:
        return run.fee_note or "無料"
    note = f"（{run.fee_note}）" if run.fee_note else ""
    return f"{yen_words(run.fee)}{note}"


def _rest(run: CourseRun) -> str:
    note = f"（{run.childcare_note}）" if run.childcare_note else ""
    said = [
        f"保育あり{note}" if run.has_childcare else "",
        "手話通訳あり" if run.has_sign_language else "",
        "要約筆記あり" if run.has_captioning else "",
        *(
            f"{one.get_relation_display()}：{one.partner}"
            for one in run.course.partnerships.all()
        ),
    ]
    return "\n".join(filter(None, ["、".join(filter(None, said)), run.note.strip()]))


def _how_to_apply(run: CourseRun, site: str) -> str:
    department = run.course.department
    name = run.contact_name or department.name
    phone = run.contact_phone or department.phone
    ask = f"{name} 電話{phone}" if phone else name
    return "\n".join(filter(None, [_apply(run, site), run.how_to_apply.strip(), ask]))


def _apply(run: CourseRun, site: str) -> str:
    """Empty where applications are not taken here: then the officer's words say how."""
    if run.selection_mode == SelectionMode.OPEN:
        online = run.delivery == Delivery.ONLINE
        return "申し込み不要" if online else "当日直接会場へ"
    if run.applications_close_at is None:
        return ""
    opens = run.applications_open_at
    start = f"{moment_words(opens)}から" if opens else ""
    arrives = "" if run.selection_mode == SelectionMode.FIRST_COME else "（必着）"
    if run.paper_deadline is not None:
        arrives = (
            f"（はがきは{date_words(run.paper_deadline)}{run.get_paper_rule_display()}）"
        )
    until = f"{deadline_words(run.applications_close_at)}{arrives}までに"
    return f"{start}{until}、{site}/apply/{run.code}/"
