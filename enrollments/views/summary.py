"""What is about to be sent, line by line, for the person to look over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Residency
from courses.domain.applying_words import age_words
from courses.enums import PoolKind, SchoolYear
from enrollments.domain.requests import PersonName, SeatRequest, SupportWish
from enrollments.enums import ContactBy
from enrollments.forms.applying import ApplicationForm
from enrollments.forms.asked import answer_text, questions_named
from enrollments.forms.person import PersonForm
from enrollments.forms.places import place_label, place_words


@dataclass(frozen=True)
class SummaryLine:
    label: str
    words: str


def summary_of(form: ApplicationForm) -> list[SummaryLine]:
    """Of a form whose first steps are valid."""
    request = form.seat_request()
    asked = questions_named(form.asked.questions)
    return shown(
        [
            *_places(form),
            *people_lines(request),
            *_contact(request),
            *answer_lines(form, asked),
            *wish_lines(request.support),
            (_("連絡事項"), request.message),
        ]
    )


def shown(lines: Iterable[tuple[str, str]]) -> list[SummaryLine]:
    """Whatever was said."""
    return [SummaryLine(label, words) for label, words in lines if words]


def sender_lines(request: SeatRequest) -> list[tuple[str, str]]:
    """Who comes and how to reach them: the same for all units of a series."""
    return [*people_lines(request), *_contact(request)]


def people_lines(request: SeatRequest) -> list[tuple[str, str]]:
    residency = str(Residency(request.residency).label) if request.residency else ""
    along = _("いっしょに参加する方 %(number)s")
    return [
        (_("お名前"), person_words(request.applicant)),
        *(
            (along % {"number": number}, person_words(one))
            for number, one in enumerate(request.companions, start=1)
        ),
        (_("市内在住・在勤・在学"), residency),
    ]


def person_words(person: PersonName) -> str:
    words = f"{person.family} {person.given}（{person.family_kana} {person.given_kana}）"
    if person.birth_date:
        words += "\n" + _("%(day)s生まれ") % {"day": _full_date(person.birth_date)}
    if person.school_year is not None:
        words += f"\n{SchoolYear(person.school_year).label}"
    return words


def _full_date(day: date) -> str:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return _("%(year)s年%(month)s月%(day)s日") % parts


def _places(form: ApplicationForm) -> list[tuple[str, str]]:
    place, lines = form.place, []
    if place and "place" in form.fields:
        label = place_label(form.run, form.asked.places)
        words = place_words(
            form.run, place, list(form.asked.places), today=timezone.localdate()
        )
        lines.append((label, words))
    chosen = form.cleaned_data.get("group")
    name = next((one.name for one in form.asked.groups if one.code == chosen), "")
    if name:
        lines.append((_("団体"), name))
    if place and place.kind == PoolKind.STAFF:
        lines.append((_("枠"), _("職員の枠に申し込みます。")))
    return lines


def _contact(request: SeatRequest) -> list[tuple[str, str]]:
    address = request.address
    if request.postal_code:
        address = f"〒{request.postal_code[:3]}-{request.postal_code[3:]} {address}"
    by = {
        ContactBy.MAIL: _("メールでお知らせします"),
        ContactBy.PHONE: _("電話でお知らせします"),
        ContactBy.POST: _("郵便でお知らせします"),
    }
    return [
        (_("メールアドレス"), request.email),
        (_("電話番号"), request.phone),
        (_("住所"), address),
        (_("お知らせの方法"), by[request.contact_by]),
    ]


def answer_lines(form: PersonForm, questions: dict[int, str]) -> list[tuple[str, str]]:
    """`questions` names the field that answers each."""
    lines = []
    for name in dict.fromkeys(questions.values()):
        given = form.cleaned_data.get(name)
        words = _full_date(given) if isinstance(given, date) else answer_text(given)
        lines.append((str(form.fields[name].label), words))
    return lines


def wish_lines(wishes: Iterable[SupportWish]) -> list[tuple[str, str]]:
    return [(str(wish.kind.label), wish_words(wish)) for wish in wishes]


def wish_words(wish: SupportWish) -> str:
    children = (
        f"{child.called}（{age_words(child.age_months)}）" for child in wish.children
    )
    return "\n".join([*children, wish.needs]).strip() or _("希望します")
