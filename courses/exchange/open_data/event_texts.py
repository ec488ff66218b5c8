"""What the event list says in words about a session. Always in Japanese: the data set
is one, whatever language its reader's browser asks for. Our own import reads the same
words back (`courses.exchange.event_list`)."""

from collections.abc import Iterable

from courses.domain.fiscal_year import TOKYO
from courses.domain.open_data import ListedRun, ListedSession
from courses.domain.reception import facts_of
from courses.domain.requirement_words import requirement_words
from courses.domain.wording import day_words, moment_words, number_words
from courses.enums import (
    CapacityUnit,
    Delivery,
    PartnerRelation,
    Presence,
    ReceptionStatus,
    SelectionMode,
)
from courses.exchange.event_list.run_facts import FEE_UNKNOWN, LABEL
from courses.models import Instructor, Venue

ONLINE = "オンライン"
CALLED_OFF = {ReceptionStatus.CANCELLED: "中止", ReceptionStatus.POSTPONED: "延期"}
UNITS = {CapacityUnit.PERSONS: "名", CapacityUnit.PARTIES: "組"}
HOW_GIVEN = {
    SelectionMode.OPEN: "申込不要",
    SelectionMode.FIRST_COME: "申込順",
    SelectionMode.LOTTERY_IF_OVER: "超えた場合抽選",
    SelectionMode.LOTTERY: "抽選",
    SelectionMode.SCREENING: "選考",
}
RELATIONS = {
    PartnerRelation.ORGANISER: "主催",
    PartnerRelation.CO_ORGANISER: "共催",
    PartnerRelation.SUPPORTER: "後援",
    PartnerRelation.COOPERATION: "協力",
    PartnerRelation.COMMISSIONED: "委託",
    PartnerRelation.COMMITTEE: "実行委員会",
}
HAVING = {Presence.YES: "あり", Presence.NO: "なし"}


def session_name(listed: ListedSession) -> str:
    """はじめての市民活動講座 第2回（全3回）: one event of the list is one session."""
    number = number_words(listed.session.number, len(listed.of.sessions))
    return f"{listed.of.course.title} {number}".strip()


def description(of: ListedRun, session: ListedSession | None = None) -> str:
    """The opening sentence, the programme, and who teaches, as far as they agreed."""
    titled = [one for one in of.sessions if one.title]
    several = len(of.sessions) > 1
    programme = [
        f"第{one.number}回：{one.title}" if several else f"題名：{one.title}"
        for one in titled
    ]
    teaching = list(of.course.instructors.all())
    if session is not None:
        teaching = list(session.session.instructors.all()) or teaching
    opening = of.course.summary or kind_words(of)
    return _lines([opening, *programme, _taught_by(teaching)])


def kind_words(of: ListedRun) -> str:
    """Where a course has no opening sentence: what it is, which is known."""
    times = f"（全{len(of.sessions)}回）" if len(of.sessions) > 1 else ""
    return f"{of.course.title}{times}"


def _taught_by(instructors: Iterable[Instructor]) -> str:
    named = [
        f"{one.full_name}（{one.title}）" if one.title else one.full_name
        for one in instructors
    ]
    return f"講師：{'、'.join(named)}" if named else ""


def time_note(listed: ListedSession) -> str:
    """What changed comes first: somebody reads only the first word."""
    session = listed.session
    off = CALLED_OFF.get(listed.status, "")
    reason = session.state_note or listed.of.run.state_note
    former = session.former_place
    elsewhere = f"【会場変更】変更前は{former}" if former and not off else ""
    news = f"【{off}】{reason}" if off else _former_time(listed)
    return " ".join(part for part in (news, elsewhere, session.time_note) if part)


def _former_time(listed: ListedSession) -> str:
    session = listed.session
    if session.former_starts_at is None:
        return ""
    words = day_words if session.is_all_day else moment_words
    today = session.starts_at.astimezone(TOKYO).date()
    return f"【日時変更】変更前は{words(session.former_starts_at, today=today)}"


def place_name(listed: ListedSession) -> str:
    venue = listed.venue
    if listed.is_online:
        return ONLINE
    hybrid = listed.of.run.delivery == Delivery.HYBRID
    return f"{venue.name}{f'、{ONLINE}' if hybrid else ''}" if venue else ""


def parking(venue: Venue) -> str:
    having = HAVING.get(Presence(venue.parking), "")
    return " ".join(part for part in (having, venue.parking_note) if part)


def audience(of: ListedRun) -> str:
    """As the officer wrote it, else what the conditions say."""
    rows = of.run.requirements.all()
    return of.run.audience or requirement_words(rows, unit=of.run.capacity_unit)


def fee_is_known(of: ListedRun) -> bool:
    """An imported list may not have told it."""
    return bool(of.run.fee) or of.run.fee_note != FEE_UNKNOWN


def fee(of: ListedRun) -> int | None:
    return of.run.fee if fee_is_known(of) else None


def capacity(of: ListedRun) -> int | None:
    """Of all places that residents are offered, at the venue and online."""
    return facts_of(of.run).capacity


def capacity_note(of: ListedRun) -> str:
    """Only where the number does not say it all."""
    number, unit = capacity(of), CapacityUnit(of.run.capacity_unit)
    counted = number is not None and unit != CapacityUnit.PERSONS
    return of.run.capacity_note or (f"{number}{UNITS[unit]}" if counted else "")


def how_to_apply(of: ListedRun) -> str:
    run = of.run
    first = HOW_GIVEN[SelectionMode(run.selection_mode)]
    opens = run.applications_open_at
    window = ""
    if opens is not None:
        window = f"受付開始：{opens.astimezone(TOKYO):%Y-%m-%d %H:%M}"
    return _lines([first, window, run.how_to_apply])


def organisers(of: ListedRun) -> str:
    """The city, and whoever stands beside it as 主催."""
    names = partners(of, (PartnerRelation.ORGANISER,))
    return "、".join([of.publisher.city, *names])


def partners(of: ListedRun, relations: Iterable[PartnerRelation]) -> list[str]:
    wanted = set(relations)
    return [
        one.partner.name
        for one in of.course.partnerships.all()
        if PartnerRelation(one.relation) in wanted
    ]


def support(of: ListedRun) -> list[str]:
    """Childcare and interpreting: no column of their own in either list."""
    run = of.run
    offered = (
        (run.has_childcare, " ".join(("保育あり", run.childcare_note)).strip()),
        (run.has_sign_language, "手話通訳あり"),
        (run.has_captioning, "要約筆記あり"),
    )
    return [words for is_offered, words in offered if is_offered]


def remarks(listed: ListedSession) -> str:
    """What the 32 columns have no place for, each with its own word in front."""
    of, run = listed.of, listed.of.run
    off = CALLED_OFF.get(listed.status, "")
    reason = listed.session.state_note or run.state_note
    labelled = [
        (off, reason or f"この回は{off}になりました。"),
        ("対象", audience(of)),
        ("持ち物", run.bring),
        (LABEL, run.label),
        ("定員", capacity_note(of)),
        *(
            (word, "、".join(partners(of, [relation])))
            for relation, word in RELATIONS.items()
            if relation != PartnerRelation.ORGANISER
        ),
    ]
    told = [f"{word}：{text}" for word, text in labelled if word and text]
    return _lines([*told, "、".join(support(of)), run.note])


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
