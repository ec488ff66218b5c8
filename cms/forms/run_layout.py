"""How the form of a run is grouped: what a simple course needs, and the rest folded."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from accounts.forms.grouped import Group
from courses.enums import PoolKind

Groups = tuple[tuple[Any, tuple[str, ...]], ...]


class Folded(NamedTuple):
    group: Group
    is_open: bool


# The fields in which a new run is asked for its places.
NEW_PLACES = {
    "capacity": PoolKind.GENERAL,
    "staff_capacity": PoolKind.STAFF,
    "group_capacity": PoolKind.GROUPS,
    "online_capacity": PoolKind.ONLINE,
}
BASIC: Groups = (
    (_("開催の概要"), ("label", "audience", "is_planned")),
    (
        _("定員と決め方"),
        (
            *("selection_mode", "capacity", "staff_capacity", "capacity_unit"),
            *("capacity_note", "max_participants", "waiting_list"),
        ),
    ),
    (
        _("申込み"),
        ("applications_open_at", "applications_close_at", "how_to_apply"),
    ),
    (
        _("会場と費用"),
        ("delivery", "venue", "fee", "fee_note", "bring", "note"),
    ),
    (
        _("問い合わせと修了"),
        ("contact_name", "contact_phone", "contact_email", "completion_sessions"),
    ),
)
MORE: Groups = (
    (
        _("申込みのしかた"),
        (
            *("chooses_session", "group_capacity", "online_capacity"),
            *("paper_deadline", "paper_rule", "asks_address", "asks_terms"),
            *("withdraw_until", "minimum_to_hold", "decide_on"),
        ),
    ),
    (
        _("抽選・選考"),
        ("draw_tiers", "results_at", "tells_losers", "screening_criteria"),
    ),
    (_("キャンセル待ち"), ("waiting_policy", "offer_hours", "immediate_days")),
    (_("お知らせ"), ("reminder_days",)),
    (
        _("修了の条件と修了証"),
        ("completion_percent", "counts_partly", "gives_certificate"),
    ),
)
