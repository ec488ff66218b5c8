"""How draws are spoken of on public pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.templatetags.manabiba import status_tone
from courses.domain.reception import capacity_words
from courses.enums import CapacityUnit, WaitingPolicy
from courses.models import CourseRun, SeatPool
from enrollments.domain.drawing.rule import Drawn
from enrollments.domain.drawing.standing import PoolLine, pool_words, tier_words
from enrollments.enums import ApplicationState, DrawOutcome
from enrollments.models import Draw, DrawEntry

register = template.Library()

STATES = {
    DrawOutcome.WON: ApplicationState.ACCEPTED,
    DrawOutcome.WAITING: ApplicationState.WAITING,
    DrawOutcome.LOST: ApplicationState.LOST,
}


@register.simple_tag
def rule_sentence(sentence: str) -> str:
    """In the reader's language where the words of this version are known."""
    return _(sentence)


@register.simple_tag
def draw_name(draw: Draw) -> str:
    if draw.round:
        return _("再抽選（%(number)s回目）") % {"number": draw.round}
    return _("抽選")


@register.simple_tag
def pool_label(pool: SeatPool) -> str:
    return pool_words(pool)


@register.simple_tag
def places_of_pool(pool: PoolLine, run: CourseRun) -> str:
    return capacity_words(pool.seats, CapacityUnit(run.capacity_unit))


@register.simple_tag
def outcome_words(one: DrawEntry | Drawn, run: CourseRun) -> str:
    """当選, キャンセル待ち 3番, 落選; who withdrew before the draw has none of them. The
    place in line is left out where later places are drawn anew: it would say nothing."""
    if one.outcome not in DrawOutcome.values:
        return _("抽選の前に取り消し")
    if one.line and run.waiting_policy == WaitingPolicy.ORDER:
        return _("キャンセル待ち %(line)s番") % {"line": one.line}
    return str(DrawOutcome(one.outcome).label)


@register.simple_tag
def draw_outcome(entry: DrawEntry, run: CourseRun) -> SafeString | str:
    """The same as a label with its colour."""
    words = outcome_words(entry, run)
    if not entry.outcome:
        return words
    tone = status_tone(STATES[DrawOutcome(entry.outcome)])
    return format_html('<span class="status status--{}">{}</span>', tone, words)


@register.simple_tag
def tier_of(entry: DrawEntry) -> str:
    """The words of the entry's tier; empty where nobody is drawn before others."""
    tiers = tier_words(entry.draw)
    return str(tiers[entry.tier]) if tiers else ""
