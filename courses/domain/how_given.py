"""How the places of a run are given, and what a resident may do now, in words."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.domain.reception import RunFacts
from courses.domain.wording import moment_words
from courses.enums import (
    Delivery,
    DrawTier,
    ReceptionStatus,
    SelectionMode,
    WaitingPolicy,
)
from courses.models import CourseRun
from courses.models.localised import in_english

HOW_GIVEN: dict[str, str | Promise] = {
    SelectionMode.OPEN: gettext_lazy("申込みは不要です。当日、直接会場へお越しください。"),
    SelectionMode.FIRST_COME: gettext_lazy(
        "申込みの順に受け付け、定員になりしだい締め切ります。"
    ),
    SelectionMode.LOTTERY_IF_OVER: gettext_lazy("定員を超えた場合は抽選で決めます。"),
    SelectionMode.LOTTERY: gettext_lazy("締切のあと、抽選で決めます。"),
    SelectionMode.SCREENING: gettext_lazy("締切のあと、選考で決めます。"),
}

ACTIONS: dict[str, str | Promise] = {
    ReceptionStatus.OPEN: gettext_lazy("申し込む"),
    ReceptionStatus.WAITING_LIST: gettext_lazy("キャンセル待ちに申し込む"),
}


def how_given_words(run: CourseRun, facts: RunFacts) -> str:
    """One or two sentences; none where the rule is somebody else's."""
    if facts.applies_elsewhere:
        return ""
    if run.selection_mode == SelectionMode.OPEN and run.delivery == Delivery.ONLINE:
        return _("申込みは不要です。")
    sentences = [str(HOW_GIVEN[run.selection_mode])]
    if run.selection_mode != SelectionMode.FIRST_COME:
        sentences += [_first_words(run), *_result_words(run)]
    elif run.waiting_list:
        sentences.append(_("そのあとは、キャンセル待ちを受け付けます。"))
    sentences.append(_line_words(run))
    between = " " if in_english() else ""
    return between.join(said.strip() for said in sentences if said)


def _first_words(run: CourseRun) -> str:
    """Who is drawn before the others, the first to be drawn first."""
    if not run.draw_tiers:
        return ""
    tiers = _("、").join(str(DrawTier(tier).label) for tier in run.draw_tiers)
    return _("%(tiers)sの順に優先します。") % {"tiers": tiers}


def _result_words(run: CourseRun) -> list[str]:
    if run.selection_mode == SelectionMode.OPEN:
        return []
    told = [] if run.tells_losers else [_("落選した方にはお知らせしません。")]
    if run.results_at is None:
        return told
    today, english = timezone.localdate(), in_english()
    when = moment_words(run.results_at, today=today, english=english)
    return [_("結果は%(when)sにお知らせします。") % {"when": when}, *told]


def _line_words(run: CourseRun) -> str:
    """In which order those who wait are asked, where it is not that of applying."""
    drawn = run.waiting_list and run.waiting_policy == WaitingPolicy.REDRAW
    return _("席が空いたときは、待っている方の中で抽選します。") if drawn else ""


def action_words(status: ReceptionStatus) -> str:
    """What the button says; empty where there is nothing to do."""
    return str(ACTIONS.get(status, ""))
