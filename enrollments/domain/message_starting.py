"""The product's own wording with placeholders in it: where a city begins that wants other
words. The shared pieces of the texts are replaced by the placeholders for them."""

import re
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from django.template import Context, Engine, engines
from django.utils import translation

from enrollments.domain.message_placeholders import OVER, placeholders_of
from enrollments.enums import MessageKind


def starting_wording(*, kind: MessageKind, language: str) -> tuple[str, str]:
    """Subject and body, to be changed and saved."""
    with translation.override(language):
        template = _engine(kind, language).get_template(f"enrollments/mail/{kind}.txt")
        text = template.render(Context(_words(kind, language), autoescape=False))
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip(), re.sub(r" +", " ", body).strip() + "\n"


def _engine(kind: MessageKind, language: str) -> Engine:
    """As the site's, but a piece of text that is a placeholder is found as that. A piece
    that ends its line where it is included keeps doing so."""
    own: Any = engines["django"]
    pieces = {
        f"enrollments/mail/_{one.part}.txt": one.token(language)
        + ("\n" if one.part in {"facts", "changes", "people"} else "")
        for one in placeholders_of(kind)
        if one.part
    }
    site = own.engine
    return Engine(
        libraries=site.libraries,
        builtins=site.builtins,
        loaders=[
            ("django.template.loaders.locmem.Loader", pieces),
            ("django.template.loaders.filesystem.Loader", site.dirs),
            "django.template.loaders.app_directories.Loader",
        ],
    )


def _words(kind: MessageKind, language: str) -> dict[str, Any]:
    token: dict[str, str] = defaultdict(str)
    token |= {one.japanese: one.token(language) for one in placeholders_of(kind)}
    run = SimpleNamespace(
        bring=token["持ち物"], fee=0, fee_note=token["費用"], delivery="venue", label=""
    )
    request = SimpleNamespace(state="declined", get_kind_display=token["支援"])
    return {
        "application": SimpleNamespace(
            full_name=token["氏名"],
            receipt_number=token["受付番号"],
            email="@",
            state="",
        ),
        "run": run,
        "title": token["講座名"],
        "why": token["理由"],
        "venue_address": token["会場の住所"],
        "stop_url": token["止めるリンク"] or token["アンケートを止めるリンク"],
        "survey": SimpleNamespace(title=token["アンケートの題名"], named=False),
        "deadline": token["アンケートの締切"],
        "answer_link": token["回答のリンク"],
        "over": kind in OVER,
        "came_from": "awaiting_draw" if kind == MessageKind.WAITING else "",
        "day": token["日"],
        "request": request,
        "session": SimpleNamespace(online_url=token["オンラインの参加先"]),
    }
