"""Which places somebody asks for: a session, 会場 or オンライン, 団体枠, 職員枠. Asked only
where there is a choice."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.domain.wording import range_words
from courses.enums import CapacityUnit, Delivery, PoolKind
from courses.models import CourseRun
from courses.models.localised import in_english
from enrollments.domain.known_groups import KnownGroup
from enrollments.domain.places import Place

FOR_WHOM = {
    PoolKind.GENERAL: gettext_lazy("どなたでも"),
    PoolKind.CITIZENS: gettext_lazy("市民の方の枠"),
    PoolKind.GROUPS: gettext_lazy("団体の枠（登録団体の会員の方）"),
    PoolKind.STAFF: gettext_lazy("職員の枠（市の職員の方）"),
    PoolKind.ONLINE: gettext_lazy("オンラインで参加"),
}


def place_field(run: CourseRun, places: Iterable[Place]) -> forms.ChoiceField:
    """Full places without a waiting list are shown and cannot be chosen."""
    shown = list(places)
    today = timezone.localdate()
    open_ones = [place for place in shown if place.takes_more]
    field = forms.ChoiceField(
        label=place_label(run, shown),
        choices=[
            (str(place.pool.pk), place_words(run, place, shown, today=today))
            for place in open_ones
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("お一人1回のみ参加できます。")
        if run.chooses_session
        else "",
        error_messages={"required": gettext_lazy("一つえらんでください。")},
    )
    return field


def place_label(run: CourseRun, places: Iterable[Place]) -> str:
    """What has to be chosen, in a word: a session, how to take part, or whose places."""
    if run.chooses_session:
        return _("参加する回")
    if any(place.kind == PoolKind.ONLINE for place in places):
        return _("参加のしかた")
    return _("申し込む枠")


def place_words(run: CourseRun, place: Place, among: list[Place], *, today: date) -> str:
    """`12月5日（土）10:00〜12:00　残り3名`."""
    words = []
    if place.session:
        session = place.session
        english = in_english()
        words.append(
            range_words(session.starts_at, session.ends_at, today=today, english=english)
        )
        if session.title:
            words.append(session.title)
    if len({one.kind for one in among}) > 1:
        words.append(_kind_words(run, place, among))
    left = left_words(place, CapacityUnit(run.capacity_unit))
    return "　".join([*words, left] if left else words)


def _kind_words(run: CourseRun, place: Place, among: list[Place]) -> str:
    hybrid = run.delivery == Delivery.HYBRID or any(
        one.kind == PoolKind.ONLINE for one in among
    )
    if hybrid and place.kind == PoolKind.GENERAL:
        return _("会場で参加")
    return str(FOR_WHOM[place.kind])


def left_words(place: Place, unit: CapacityUnit) -> str:
    if place.is_full:
        words = ngettext("キャンセル待ち%(n)d件", "キャンセル待ち%(n)d件", place.waiting)
        return _("満員（%(waiting)s）") % {"waiting": words % {"n": place.waiting}}
    if place.left is None:
        return ""
    if unit == CapacityUnit.PARTIES:
        return ngettext("残り%(n)d組", "残り%(n)d組", place.left) % {"n": place.left}
    return ngettext("残り%(n)d名", "残り%(n)d名", place.left) % {"n": place.left}


def group_field(groups: Iterable[KnownGroup], *, required: bool) -> forms.ChoiceField:
    nobody = [] if required else [("", _("団体としてではなく、個人で申し込む"))]
    return forms.ChoiceField(
        label=gettext_lazy("どの団体として申し込みますか"),
        required=required,
        choices=[*nobody, *((group.code, group.name) for group in groups)],
        help_text=gettext_lazy(
            "団体の枠に申し込むときは、団体をえらんでください。"
            "会員何人かの分をまとめて申し込めます（全員で一つの申込みになります）。"
        ),
    )
