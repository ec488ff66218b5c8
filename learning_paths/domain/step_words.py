"""What a step asks for, and why a completion does not speak for it, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.domain.wording import day_words
from courses.models.localised import in_english
from learning_paths.domain.progress import StepPlan, StepProgress
from learning_paths.enums import MemberRole, PassedOver, StepKind
from learning_paths.models import Step


def rule_sentences(step: Step, *, offered: int) -> list[str]:
    """Everything that the step asks for; `offered` is the number of its courses. What
    comes before it is loaded."""
    return [
        _asks_for(step, offered),
        *_of_whom(step),
        *_of_which_days(step),
        *_after(step),
    ]


def _asks_for(step: Step, offered: int) -> str:
    counts = {"courses": step.needed_courses, "members": step.needed_members}
    members = step.needed_members
    if step.kind == StepKind.THEME and step.theme is not None:
        if step.needed_courses > 1:
            words = _(
                "テーマ「%(theme)s」の講座を合わせて%(courses)dつ以上、%(members)d人以上で修了すると達成です。"
            )
        else:
            words = ngettext(
                "テーマ「%(theme)s」の講座のどれかを、%(members)d人以上が修了すると達成です。",
                "テーマ「%(theme)s」の講座のどれかを、%(members)d人以上が修了すると達成です。",
                members,
            )
        return words % {**counts, "theme": step.theme.label}
    if step.kind == StepKind.JOINT:
        return ngettext(
            "合同学習会のどれかを、%(members)d人以上が修了すると達成です。",
            "合同学習会のどれかを、%(members)d人以上が修了すると達成です。",
            members,
        ) % {"members": members}
    if step.kind == StepKind.SERIES and step.series is not None:
        return _of_series(step, offered)
    return _of_courses(step, offered)


def _of_series(step: Step, offered: int) -> str:
    series = step.series
    name = (series and in_english() and series.title_en) or (series and series.title) or ""
    if step.needed_courses == offered:
        words = _(
            "シリーズ「%(series)s」のすべての単元を、それぞれ%(members)d人以上が修了すると達成です。"
        )
    else:
        words = _(
            "シリーズ「%(series)s」の%(courses)d単元を、それぞれ%(members)d人以上が修了すると達成です。"
        )
    return words % {
        "series": name,
        "courses": step.needed_courses,
        "members": step.needed_members,
    }


def _of_courses(step: Step, offered: int) -> str:
    members = step.needed_members
    if offered == 1:
        return ngettext(
            "%(n)d人以上が修了すると達成です。",
            "%(n)d人以上が修了すると達成です。",
            members,
        ) % {"n": members}
    if step.needed_courses == offered:
        words = _("すべての講座を、それぞれ%(members)d人以上が修了すると達成です。")
    else:
        words = ngettext(
            "%(courses)dつの講座を、それぞれ%(members)d人以上が修了すると達成です。",
            "%(courses)dつの講座を、それぞれ%(members)d人以上が修了すると達成です。",
            step.needed_courses,
        )
    return words % {"courses": step.needed_courses, "members": members}


def _of_whom(step: Step) -> list[str]:
    if not step.needed_role:
        return []
    words = _("%(role)sの方の修了を数えます。")
    return [words % {"role": MemberRole(step.needed_role).label}]


def _of_which_days(step: Step) -> list[str]:
    found = []
    if step.fresh_months is not None:
        words = ngettext(
            "道すじを始める%(n)dか月前からの修了を数えます。",
            "道すじを始める%(n)dか月前からの修了を数えます。",
            step.fresh_months,
        )
        found.append(words % {"n": step.fresh_months})
    if step.within_months is not None:
        words = ngettext(
            "道すじを始めてから%(n)dか月以内の修了を数えます。",
            "道すじを始めてから%(n)dか月以内の修了を数えます。",
            step.within_months,
        )
        found.append(words % {"n": step.within_months})
    return found


def _after(step: Step) -> list[str]:
    before = [one.label for one in sorted(step.after.all(), key=lambda one: one.position)]
    if not before:
        return []
    words = _("「%(steps)s」の次に進むステップです。先に受けた講座も数えます。")
    return [words % {"steps": "」「".join(before)}]


def missing_words(progress: StepProgress) -> str:
    """How much is left, none when done."""
    left = progress.completions_missing
    if left is None:
        return _("このステップの講座は準備中です。")
    if left == 0:
        return ""
    return ngettext("あと%(n)d人の修了で達成", "あと%(n)d人の修了で達成", left) % {
        "n": left
    }


def why_not_words(why: PassedOver, plan: StepPlan, name: str, on: date) -> str:
    """One completion that does not count, and the reason."""
    if why == PassedOver.OTHER_ROLE and plan.role is not None:
        words = _(
            "%(name)sさんの修了（%(day)s）は、%(role)sの方ではないため数えていません。"
        )
        return words % {"name": name, "day": day(on), "role": plan.role.label}
    if why == PassedOver.TOO_OLD and plan.since is not None:
        words = _("%(name)sさんの修了（%(day)s）は、%(since)sより前のため数えていません。")
        return words % {"name": name, "day": day(on), "since": day(plan.since)}
    words = _("%(name)sさんの修了（%(day)s）は、%(until)sを過ぎていたため数えていません。")
    return words % {"name": name, "day": day(on), "until": day(plan.until or on)}


def day(on: date) -> str:
    """The year is always written: what was learned may be years ago."""
    if in_english():
        return day_words(on, today=on, english=True)
    words = day_words(on, today=on)
    return words if words.startswith(str(on.year)) else f"{on.year}年{words}"
