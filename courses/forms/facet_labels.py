"""What each condition of the catalogue is called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "q": _("さがす言葉"),
    "stage": _("ステージ"),
    "theme": _("テーマ"),
    "kind": _("種別"),
    "audience": _("対象"),
    "days": _("期間"),
    "weekday": _("曜日"),
    "time": _("時間帯"),
    "area": _("地区"),
    "venue": _("会場"),
    "fee": _("費用"),
    "delivery": _("開催方法"),
    "childcare": _("保育あり"),
    "sign": _("手話通訳・要約筆記あり"),
    "open": _("いま申し込める"),
    "sort": _("並び順"),
    "near": _("お住まいの地区"),
    "view": _("表示のしかた"),
    "month": _("表示する月"),
    "week": _("表示する週"),
    "page": _("ページ"),
}


def facet_label(name: str) -> str:
    return str(LABELS[name])
