"""A day of birth as people write it: by the western year or by an era, in parts, with
signs between them, or as one number (1954-3-2, 昭和29.3.2, S290302, 19540302)."""

import re
import unicodedata
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.refusal import Refusal
from courses.domain.fiscal_year import ERAS

ERA_OF = {name: (first, name) for first, name, _latin in ERAS} | {
    latin[0]: (first, name) for first, name, latin in ERAS
}
MEIJI_BEGAN = 1868
_ERA = "|".join(ERA_OF)
_PARTED = re.compile(
    rf"^(?P<era>{_ERA})?[.\-/]?(?P<year>\d{{1,4}}|元)[年./\-]"
    r"(?P<month>\d{1,2})[月./\-](?P<day>\d{1,2})日?$"
)
_TOGETHER = re.compile(
    rf"^(?P<era>{_ERA})?(?P<year>\d{{4}}|(?<=\D)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}})$"
)
_YEAR = re.compile(rf"^(?P<era>{_ERA})?(?P<year>\d{{1,4}}|元)年?$")
_NUMBER = re.compile(r"^(?P<number>\d{1,2})[月日]?$")
DASHES = str.maketrans("‐‑–—−ーｰ年月", "-" * 9)


class DayUnclear(Refusal):
    sentence = gettext_lazy("1954-3-2、昭和29.3.2、S290302 のように入力してください。")


def day_in(text: str) -> date:
    """Raises: DayUnclear."""
    plain = _plain(text)
    found = _PARTED.match(plain.translate(DASHES)) or _TOGETHER.match(plain)
    if found is None:
        raise DayUnclear
    return _day(found["era"] or "", *(found[part] for part in ("year", "month", "day")))


def day_of(*, era: str, year: str, month: str, day: str) -> date:
    """From four controls; an era that was typed before the year counts.

    Raises: DayUnclear, with what is missing or wrong.
    """
    found = _YEAR.match(_plain(year))
    parts = [_NUMBER.match(_plain(text)) for text in (month, day)]
    named = ((_("年"), found), (_("月"), parts[0]), (_("日"), parts[1]))
    wrong = [name for name, there in named if there is None]
    if wrong or found is None or parts[0] is None or parts[1] is None:
        raise _unclear(
            _("生年月日の「%(parts)s」を数字で入力してください。"), parts="・".join(wrong)
        )
    return _day(found["era"] or era, found["year"], parts[0]["number"], parts[1]["number"])


def _day(era: str, year: str, month: str, day: str) -> date:
    number = 1 if year == "元" else int(year)
    if not era and number < 1000:
        raise _unclear(_("年は、元号をえらぶか、西暦4けた（例: 1954）で入力してください。"))
    if era and era not in ERA_OF:
        raise DayUnclear
    western = _western(era, number) if era else number
    try:
        found = date(western, int(month), int(day))
    except ValueError as error:
        raise _unclear(
            _("%(month)s月%(day)s日という日はありません。生年月日を確認してください。"),
            month=int(month),
            day=int(day),
        ) from error
    if era and not _first(era) <= found.replace(day=28) <= _last(era):
        raise _unclear(
            _("%(era)s%(year)s年%(month)s月はありません。元号と年を確認してください。"),
            era=ERA_OF[era][1],
            year=year,
            month=int(month),
        )
    return found


def _western(era: str, number: int) -> int:
    first, name = ERA_OF[era]
    return number - 1 + (MEIJI_BEGAN if name == "明治" else first.year)


def _first(era: str) -> date:
    """Months are taken whole: in the month of a change people say either era."""
    return ERA_OF[era][0].replace(day=1)


def _last(era: str) -> date:
    firsts = [first for first, _name, _latin in ERAS]
    place = firsts.index(ERA_OF[era][0])
    return firsts[place - 1].replace(day=28) if place else date.max


def _plain(text: str) -> str:
    """昭和29（1954）年 and spaces are how people write it, too."""
    folded = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"\(.*?\)|\s", "", folded)
    return plain[:1].upper() + plain[1:] if plain[:1].isascii() else plain


def _unclear(sentence: str | Promise, **words: object) -> DayUnclear:
    return DayUnclear(str(sentence) % words if words else str(sentence))
