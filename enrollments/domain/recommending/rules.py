"""The one table by which courses are recommended: what speaks for a course, how much, and
in which words; and what is never recommended. The public page is made from it."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class By(StrEnum):
    """In what a course and a fact about somebody agree."""

    COURSE = "course"
    STAGE = "stage"
    THEME = "theme"
    AREA = "area"
    NOW = "now"


class Rule(StrEnum):
    NEXT_STEP = "next_step"
    NEXT_UNIT = "next_unit"
    OPEN_STEP = "open_step"
    THEME = "theme"
    STAGE = "stage"
    FIELD = "field"
    AREA = "area"
    GROUP_AREA = "group_area"
    LEARNED = "learned"
    OPEN = "open"
    CLOSING = "closing"


class RuleRow(NamedTuple):
    """`sentence` is what is said of a recommendation, `means` what the public page says.
    What agrees by NOW only adds weight: it is never the only reason."""

    rule: Rule
    weight: int
    by: By
    sentence: Words
    means: Words

    @property
    def is_ground(self) -> bool:
        return self.by != By.NOW


RULES: tuple[RuleRow, ...] = (
    RuleRow(
        Rule.NEXT_STEP,
        40,
        By.COURSE,
        _("団体の道すじ「%(name)s」の次のステップです"),
        _("団体が進んでいる学びの道すじの、次のステップの講座"),
    ),
    RuleRow(
        Rule.NEXT_UNIT,
        40,
        By.COURSE,
        _("前に受けた「%(name)s」の次の単元です"),
        _("修了した単元の、同じシリーズの次の単元"),
    ),
    RuleRow(
        Rule.OPEN_STEP,
        25,
        By.COURSE,
        _("団体の道すじ「%(name)s」で、いま進められるステップです"),
        _(
            "団体が進んでいる学びの道すじの、次のステップのほかに、いま進められるステップの講座"
        ),
    ),
    RuleRow(
        Rule.THEME,
        20,
        By.THEME,
        _("関心のあるテーマ「%(name)s」です"),
        _("関心のあるテーマに選んだテーマの講座"),
    ),
    RuleRow(
        Rule.STAGE,
        15,
        By.STAGE,
        _("団体のいまのステージ「%(name)s」の講座です"),
        _("団体（または団体の活動）のいまのステージの講座"),
    ),
    RuleRow(
        Rule.FIELD,
        10,
        By.THEME,
        _("団体の活動の分野「%(name)s」の講座です"),
        _("団体の活動の分野にあたるテーマの講座"),
    ),
    RuleRow(
        Rule.AREA,
        8,
        By.AREA,
        _("お住まいの地区「%(name)s」で開かれます"),
        _("マイページで選んだ、お住まいの地区で開かれる講座"),
    ),
    RuleRow(
        Rule.GROUP_AREA,
        8,
        By.AREA,
        _("団体の活動の地区「%(name)s」で開かれます"),
        _("団体の主な活動の地区で開かれる講座"),
    ),
    RuleRow(
        Rule.LEARNED,
        5,
        By.THEME,
        _("前に修了した講座と同じテーマ「%(name)s」です"),
        _("これまでに修了した講座と同じテーマの講座"),
    ),
    RuleRow(
        Rule.OPEN,
        6,
        By.NOW,
        _("いま募集中です"),
        _("いま申し込める、または申込みなしで参加できる"),
    ),
    RuleRow(
        Rule.CLOSING,
        3,
        By.NOW,
        _("申込みの締切まで2週間以内です"),
        _("申込みの締切まで2週間以内"),
    ),
)
ROW_OF = {row.rule: row for row in RULES}


class LeftOut(StrEnum):
    """Why something is never recommended, whatever speaks for it."""

    NOT_PUBLIC = "not_public"
    OVER = "over"
    CLOSED = "closed"
    COMPLETED = "completed"
    APPLIED = "applied"
    NOT_ELIGIBLE = "not_eligible"
    OVERLAPS = "overlaps"


LEFT_OUT_WORDS: dict[LeftOut, Words] = {
    LeftOut.NOT_PUBLIC: _("公開していない講座"),
    LeftOut.OVER: _("終わった講座、日程の決まっていない講座、中止や延期の講座"),
    LeftOut.CLOSED: _("申込みの受付が終わった講座、満員の講座"),
    LeftOut.COMPLETED: _("すでに修了した講座"),
    LeftOut.APPLIED: _("すでに申し込んだ講座"),
    LeftOut.NOT_ELIGIBLE: _("対象にあてはまらないことが分かっている講座"),
    LeftOut.OVERLAPS: _("自分の予定と時間が重なる講座"),
}
