"""How somebody's completion was reckoned, in sentences that the person understands."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models.localised import in_english
from enrollments.domain.finishing.reckoning import Reckoning, Rule


def explanation(reckoning: Reckoning) -> list[str]:
    """8回のうち5回出席（うち振替1回）。必要は5回です。 必須の第1回を欠席しています。"""
    lines = [attended_words(reckoning)]
    if reckoning.needed is not None:
        lines[0] = _joined(lines[0], needed_words(reckoning))
    if reckoning.missed:
        words = ngettext(
            "必須の%(sessions)sを欠席しています。",
            "必須の%(sessions)sを欠席しています。",
            len(reckoning.missed),
        )
        lines.append(words % {"sessions": session_numbers(reckoning.missed)})
    if reckoning.ahead:
        words = ngettext(
            "必須の%(sessions)sはこれからです。",
            "必須の%(sessions)sはこれからです。",
            len(reckoning.ahead),
        )
        lines.append(words % {"sessions": session_numbers(reckoning.ahead)})
    return lines


def attended_words(reckoning: Reckoning) -> str:
    numbers = {
        "held": reckoning.held,
        "attended": reckoning.attended,
        "made_up": reckoning.made_up,
    }
    if reckoning.made_up:
        return _("%(held)d回のうち%(attended)d回出席（うち振替%(made_up)d回）。") % numbers
    return _("%(held)d回のうち%(attended)d回出席。") % numbers


def needed_words(reckoning: Reckoning) -> str:
    numbers = {"needed": reckoning.needed, "percent": reckoning.percent}
    if reckoning.percent is not None:
        return _("必要は%(needed)d回（%(percent)d%%、端数は切り上げ）です。") % numbers
    return _("必要は%(needed)d回です。") % numbers


def session_numbers(numbers: Sequence[int]) -> str:
    """第1回・第3回"""
    if in_english():
        return ", ".join(str(number) for number in numbers)
    return "・".join(f"第{number}回" for number in numbers)


def _joined(first: str, second: str) -> str:
    return f"{first} {second}" if in_english() else first + second


def rule_words(rule: Rule) -> list[str]:
    """What a run asks for, beside its required sessions."""
    lines = []
    if rule.percent is not None:
        words = _("開いた回の%(percent)d%%以上（端数は切り上げ）の出席で修了です。")
        lines.append(words % {"percent": rule.percent})
    elif rule.sessions is not None:
        words = ngettext(
            "%(number)d回以上の出席で修了です。",
            "%(number)d回以上の出席で修了です。",
            rule.sessions,
        )
        lines.append(words % {"number": rule.sessions})
    if lines and not rule.counts_partly:
        lines.append(_("遅刻・早退は出席に数えません。"))
    return lines
