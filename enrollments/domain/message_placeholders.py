"""What a city's own wording may put in, by kind of message: `{氏名}` or, in English,
`{name}`. A closed list; nothing else between braces means anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.domain.wording import yen_words
from enrollments.enums import MessageKind as Kind

Context = Mapping[str, Any]

# After these nothing is left to withdraw.
OVER = frozenset(
    {
        Kind.LOST,
        Kind.DECLINED,
        Kind.EXPIRED,
        Kind.WITHDRAWN,
        Kind.CANCELLED,
        Kind.RUN_CANCELLED,
        Kind.CERTIFICATE,
    }
)
# Their link leads to the survey, not to the application.
LINKLESS = OVER | {Kind.SURVEY, Kind.SURVEY_REMINDER}
# Not about an application, or rare: their wording is the product's.
FIXED = frozenset(
    {
        Kind.SERIES,
        Kind.SERIES_WITHDRAWN,
        Kind.SERIES_CANCELLED,
        Kind.FINDINGS,
        Kind.HELD_AGAIN_ASKED,
        Kind.HELD_AGAIN,
        Kind.MONTHLY,
        Kind.GROUP_INVITATION,
        Kind.GROUP,
        Kind.REQUEST,
        Kind.OTHER,
    }
)
EDITABLE = tuple(kind for kind in Kind if kind not in FIXED)


@dataclass(frozen=True)
class Placeholder:
    """`part` names the product's own piece of text (`mail/_<part>.txt`) that it stands
    for, where it stands for one."""

    japanese: str
    english: str
    says: str | Promise
    value: Callable[[Context], str]
    part: str = ""

    def token(self, language: str) -> str:
        return f"{{{self.english if language == 'en' else self.japanese}}}"


def _piece(japanese: str, english: str, says: str | Promise, part: str) -> Placeholder:
    def render(context: Context) -> str:
        text = render_to_string(f"enrollments/mail/_{part}.txt", dict(context))
        return text.strip("\n")

    return Placeholder(japanese, english, says, render, part)


def _fee(context: Context) -> str:
    run = context["run"]
    english = context["application"].language == "en"
    amount = yen_words(run.fee, english=english) if run.fee else ""
    return f"{amount} {run.fee_note}".strip()


GENERAL = (
    Placeholder("氏名", "name", _("申込者の氏名"), lambda c: c["application"].full_name),
    Placeholder(
        "受付番号",
        "receipt_number",
        _("受付番号"),
        lambda c: c["application"].receipt_number,
    ),
    Placeholder("講座名", "course", _("講座の題名"), lambda c: c["title"]),
    Placeholder(
        "開催の呼び名", "run", _("開催の呼び名（A日程など）"), lambda c: c["run"].label
    ),
    _piece("回の一覧", "sessions", _("本人が来る回の日時と会場"), "sessions"),
    _piece(
        "申込みの内容",
        "details",
        _("受付番号、講座、回の一覧、人数、費用、持ち物"),
        "facts",
    ),
    Placeholder("費用", "fee", _("費用"), _fee),
    Placeholder("持ち物", "bring", _("持ち物"), lambda c: c["run"].bring),
    Placeholder("リンク", "link", _("申込みの専用ページのアドレス"), lambda c: c["link"]),
    _piece(
        "確認と取り消し",
        "check",
        _("専用ページの案内。メールのない方には電話の案内"),
        "check",
    ),
    _piece("問い合わせ", "contact", _("市、担当課、電話"), "contact"),
    Placeholder("担当課", "section", _("問い合わせ先"), lambda c: c["contact_name"]),
    Placeholder("電話", "phone", _("問い合わせ先の電話"), lambda c: c["contact_phone"]),
    Placeholder("市", "city", _("市の名前"), lambda c: c["city_name"]),
    Placeholder("サイト", "site", _("サイトの名前"), lambda c: c["site_name"]),
)
WHY = Placeholder("理由", "reason", _("理由。ないときは空"), lambda c: c.get("why", ""))
SESSION = _piece("回", "session", _("この知らせの回の日時と会場"), "session_line")
CHANGES = _piece("変更の一覧", "changes", _("変わった回の新しい日時と会場"), "changes")
ACCEPTED = _piece("結果", "outcome", _("申込み順、抽選、選考の結果"), "accepted")
CALENDAR = _piece(
    "カレンダー", "calendar", _("添付の日程の使い方と、購読のしかた"), "calendar"
)
DOOR = _piece(
    "当日の受付", "door", _("会場の受付で見せるもの。オンラインだけのときは空"), "door"
)
WAITING = _piece("結果", "outcome", _("キャンセル待ちになったわけと、これから"), "waiting")
LOST = _piece("結果", "outcome", _("抽選か選考の結果と、理由"), "lost")
ANSWER = _piece("回答のしかた", "answer", _("回答期限と、返事のしかた"), "answer")
OPEN_OFFER = _piece(
    "空いた席のご案内",
    "open_offer",
    _("返事を待っているときだけ、回答期限と返事のしかた"),
    "open_offer",
)
PEOPLE = _piece("参加する方", "people", _("参加する方と、変わった方"), "people")
HOW_DECIDED = _piece("決め方", "how_decided", _("抽選か選考か、結果の時期"), "how_decided")
SUPPORT = _piece("手配の結果", "result", _("手配できたか、かわりの案"), "support_result")
SUPPORT_KIND = Placeholder(
    "支援", "support", _("保育、手話通訳など"), lambda c: c["request"].get_kind_display()
)
CERTIFICATE = _piece(
    "修了証", "certificate", _("だれのどの証書か、番号、受け取り方"), "certificate"
)
ADDRESS = Placeholder(
    "会場の住所", "address", _("会場の住所"), lambda c: c.get("venue_address", "")
)
DAY = Placeholder("日", "day", _("この知らせの回の日"), lambda c: c.get("day", ""))
ONLINE = Placeholder(
    "オンラインの参加先",
    "online",
    _("オンラインの参加先のアドレス。ないときは空"),
    lambda c: c["session"].online_url,
)
DEADLINE = _piece("回答期限", "deadline", _("空いた席のご案内の回答期限"), "offer_deadline")
ANSWER_LINK = Placeholder(
    "回答のリンク",
    "answer_link",
    _("受講するか辞退するかを答えるページのアドレス"),
    lambda c: c["answer_link"],
)
STOP = Placeholder(
    "止めるリンク",
    "stop_link",
    _("開催前のお知らせを止めるページのアドレス"),
    lambda c: c.get("stop_url", ""),
)
SURVEY = Placeholder(
    "アンケートの題名", "survey", _("アンケートの題名"), lambda c: c["survey"].title
)
SURVEY_LINKS = _piece(
    "アンケートのリンク",
    "survey_links",
    _("答えるページのアドレス。何人かの申込みでは、お一人ずつ"),
    "survey_links",
)
SURVEY_DEADLINE = Placeholder(
    "アンケートの締切",
    "survey_deadline",
    _("アンケートの締切。ないときは空"),
    lambda c: c.get("deadline", ""),
)
SURVEY_STOP = Placeholder(
    "アンケートを止めるリンク",
    "survey_stop_link",
    _("アンケートのお願いを止めるページのアドレス"),
    lambda c: c.get("stop_url", ""),
)
OF_SURVEYS = (SURVEY, SURVEY_LINKS, SURVEY_DEADLINE, SURVEY_STOP)
OWN: dict[Kind, tuple[Placeholder, ...]] = {
    Kind.RECEIVED: (HOW_DECIDED,),
    Kind.ACCEPTED: (ACCEPTED, DOOR, CALENDAR),
    Kind.PROMOTED: (DOOR, CALENDAR),
    Kind.WAITING: (WAITING,),
    Kind.LOST: (LOST,),
    Kind.OFFERED: (ANSWER, DEADLINE, ANSWER_LINK),
    Kind.OFFER_REMINDER: (ANSWER, DEADLINE, ANSWER_LINK),
    Kind.CANCELLED: (WHY,),
    Kind.SESSION_CANCELLED: (SESSION, WHY),
    Kind.SESSION_MOVED: (CHANGES,),
    Kind.PEOPLE_CHANGED: (PEOPLE,),
    Kind.ADDRESS_CHANGED: (OPEN_OFFER,),
    Kind.RUN_CHANGED: (CHANGES,),
    Kind.RUN_CANCELLED: (WHY,),
    Kind.RUN_POSTPONED: (WHY,),
    Kind.REMINDER: (DAY, SESSION, ADDRESS, ONLINE, DOOR, STOP),
    Kind.SUPPORT: (SUPPORT, SUPPORT_KIND),
    Kind.CERTIFICATE: (CERTIFICATE,),
    Kind.SURVEY: OF_SURVEYS,
    Kind.SURVEY_REMINDER: OF_SURVEYS,
}
# Without one of each group the message would not say what it is for.
NEEDED: dict[Kind, tuple[tuple[Placeholder, ...], ...]] = {
    Kind.RECEIVED: ((HOW_DECIDED,),),
    Kind.WAITING: ((WAITING,),),
    Kind.LOST: ((LOST,),),
    Kind.OFFERED: ((ANSWER, DEADLINE), (ANSWER, ANSWER_LINK)),
    Kind.OFFER_REMINDER: ((ANSWER, DEADLINE), (ANSWER, ANSWER_LINK)),
    Kind.SESSION_CANCELLED: ((SESSION,),),
    Kind.SESSION_MOVED: ((CHANGES,),),
    Kind.RUN_CHANGED: ((CHANGES,),),
    Kind.PEOPLE_CHANGED: ((PEOPLE,),),
    Kind.REMINDER: ((SESSION,),),
    Kind.SUPPORT: ((SUPPORT,),),
    Kind.CERTIFICATE: ((CERTIFICATE,),),
    Kind.SURVEY: ((SURVEY_LINKS,),),
    Kind.SURVEY_REMINDER: ((SURVEY_LINKS,),),
}


@cache
def placeholders_of(kind: Kind) -> tuple[Placeholder, ...]:
    return (*OWN.get(kind, ()), *GENERAL)


@cache
def by_name(kind: Kind) -> dict[str, Placeholder]:
    """Both names serve in both languages."""
    found = placeholders_of(kind)
    return {name: one for one in found for name in (one.japanese, one.english)}


@cache
def wished(kind: Kind) -> tuple[tuple[Placeholder, ...], ...]:
    """Somebody who reads the message will miss these; of each group one is enough."""
    named = by_name(kind)
    groups = [
        ("氏名",),
        *([] if SURVEY in OWN.get(kind, ()) else [("受付番号", "申込みの内容")]),
        ("講座名", "申込みの内容"),
        ("電話", "問い合わせ"),
        *([] if kind in LINKLESS else [("確認と取り消し", "リンク")]),
        *([("理由",)] if WHY in OWN.get(kind, ()) else []),
        *([("止めるリンク",)] if kind == Kind.REMINDER else []),
        *([("アンケートを止めるリンク",)] if SURVEY in OWN.get(kind, ()) else []),
    ]
    return tuple(tuple(named[name] for name in group) for group in groups)
