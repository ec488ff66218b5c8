"""How the places of a run are given, and what a resident may do now, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.domain.reception import RunFacts
from courses.enums import Delivery, ReceptionStatus, SelectionMode
from courses.models import CourseRun

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
    words = str(HOW_GIVEN[run.selection_mode])
    if run.selection_mode == SelectionMode.FIRST_COME and run.waiting_list:
        words += _("そのあとは、キャンセル待ちを受け付けます。")
    return words


def action_words(status: ReceptionStatus) -> str:
    """What the button says; empty where there is nothing to do."""
    return str(ACTIONS.get(status, ""))
