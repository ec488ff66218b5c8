"""実施報告書 as facts: what was held, its numbers, and the officer's words."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.exchange.paper.printable import Fact
from courses.domain.fiscal_year import fiscal_year_words
from courses.models import CourseRun
from courses.models.localised import in_english
from enrollments.domain.printing.heading import session_words
from enrollments.domain.reporting.age_bands import AgeBand
from enrollments.domain.reporting.numbers import RunNumbers, SessionNumbers
from enrollments.domain.reporting.sections import SectionCount, all_sections
from enrollments.exchange.prints.printout import Printout
from enrollments.exchange.prints.survey_figures import survey_figures
from enrollments.models import RunReport

UNKNOWN = "—"


def report_sheet(
    run: CourseRun,
    report: RunReport,
    numbers: RunNumbers,
    *,
    at: datetime,
    inside: bool = False,
    sections: Sequence[SectionCount] = (),
) -> Printout:
    """Names nobody who took part. `inside`: with small numbers, and it says so."""
    facts: dict[str, Fact] = {
        "heading": str(run),
        "inside": _("課内用。5人未満の数があります。課の外へ出さないでください。")
        if inside
        else "",
        "overview": _overview(run),
        "numbers": _numbers(numbers),
        "sessions": [_session(one, at=at) for one in numbers.sessions],
        "channels": [[str(one.label), _cases(number)] for one, number in numbers.channels],
        "ages": [[age_words(band), _people(band.number)] for band in numbers.ages],
        "staff": _staff(sections),
        "surveys": [survey_figures(one, inside=inside) for one in numbers.surveys],
        "words": [
            [_("成果とふりかえり"), report.reflections],
            [_("次回に向けて"), report.next_time],
        ],
        "titles": {
            "numbers": _("申込みと参加"),
            "sessions": _("回ごとの出席"),
            "channels": _("申込みの方法"),
            "ages": _("年代（5人以上の区分）"),
            "staff": _("職員の参加（課ごと）"),
            "surveys": _("アンケート"),
        },
    }
    return Printout("report", _("実施報告書"), facts, people=0)


def age_words(band: AgeBand) -> str:
    """10歳未満, 20〜39歳, 80歳以上."""
    if band.first is None and band.end is None:
        return _("すべての年代")
    if band.first is None:
        return _("%(age)s歳未満") % {"age": band.end}
    if band.end is None:
        return _("%(age)s歳以上") % {"age": band.first}
    return _("%(first)s〜%(last)s歳") % {"first": band.first, "last": band.end - 1}


def _overview(run: CourseRun) -> list[Fact]:
    year = f"FY{run.fiscal_year}" if in_english() else fiscal_year_words(run.fiscal_year)
    instructors = "、".join(one.full_name for one in run.course.instructors.all())
    told = (
        (_("年度"), year),
        (_("種別"), run.course.get_kind_display()),
        (_("担当課"), run.course.department.name),
        (_("会場"), str(run.venue or "")),
        (_("講師"), instructors),
        (_("決め方"), run.get_selection_mode_display()),
    )
    return [[label, words] for label, words in told if words]


def _numbers(numbers: RunNumbers) -> list[Fact]:
    """Lines without anybody are left out, but for the first two and the last."""
    lines: Sequence[tuple[str, int, str]] = (
        (_("申込み"), -1, _both(numbers.applied, numbers.applied_people)),
        (_("受講決定"), -1, _both(numbers.accepted, numbers.accepted_people)),
        (_("キャンセル待ちになった申込み"), numbers.waited, _cases(numbers.waited)),
        (_("落選"), numbers.lost, _cases(numbers.lost)),
        (_("取り消し・辞退"), numbers.gave_up, _cases(numbers.gave_up)),
        (_("主催者による取り消し"), numbers.cancelled, _cases(numbers.cancelled)),
        (_("修了"), -1, _people(numbers.completed)),
    )
    return [[label, words] for label, number, words in lines if number]


def _session(one: SessionNumbers, *, at: datetime) -> list[Fact]:
    came = UNKNOWN if one.came is None else _people(one.came)
    if one.online:
        came += _("（オンライン %(number)s）") % {"number": one.online}
    share = f"{one.came * 100 // one.expected}%" if one.came and one.expected else UNKNOWN
    title = "　".join(filter(None, [session_words(one.session, at=at), one.session.title]))
    return [
        [_("回"), title],
        [_("場所"), one.session.place],
        [_("予定"), _people(one.expected)],
        [_("出席"), came],
        [_("出席率"), share],
    ]


def _staff(sections: Sequence[SectionCount]) -> list[Fact]:
    lines = [(one.section or UNKNOWN, one) for one in sections]
    if len(sections) > 1:
        lines.append((_("合計"), all_sections(sections)))
    return [
        [
            [_("課"), label],
            [_("課の推薦"), str(one.nominated)],
            [_("本人の申込み"), str(one.applied)],
            [_("課長の承認"), str(one.approved)],
            [_("受講決定"), str(one.accepted)],
            [_("出席"), str(one.attended)],
        ]
        for label, one in lines
    ]


def _both(cases: int, people: int) -> str:
    return _("%(cases)s（%(people)s）") % {
        "cases": _cases(cases),
        "people": _people(people),
    }


def _cases(number: int) -> str:
    return ngettext("%(number)s件", "%(number)s件", number) % {"number": number}


def _people(number: int) -> str:
    return ngettext("%(number)s人", "%(number)s人", number) % {"number": number}
