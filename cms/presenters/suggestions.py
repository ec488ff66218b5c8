"""Suggestions as links, grouped by kind."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.search.suggesting import Name, suggestions
from cms.templatetags.manabiba import home_url
from courses.models.localised import in_english


@dataclass(frozen=True)
class Suggestion:
    url: str
    label: str


@dataclass(frozen=True)
class Suggestions:
    """Of one kind."""

    heading: str
    links: list[Suggestion]


def suggestion_groups(text: str, *, at: datetime) -> list[Suggestions]:
    headings = {
        "course": _("講座"),
        "theme": _("テーマ"),
        "stage": _("ステージ"),
        "series": _("シリーズ"),
        "instructor": _("講師"),
        "venue": _("会場"),
    }
    return [
        Suggestions(
            headings[kind], [Suggestion(_url(name), _label(name)) for name in names]
        )
        for kind, names in groupby(suggestions(text, at=at), key=lambda name: name.kind)
    ]


def _label(name: Name) -> str:
    return (in_english() and name.name_en) or name.name


def _url(name: Name) -> str:
    match name.kind:
        case "course":
            return f"{home_url()}{name.key}"
        case "theme":
            return f"{reverse('catalogue')}?{urlencode({'theme': name.key})}"
        case "instructor":
            return reverse("instructor_page", args=[name.key])
        case "venue":
            return reverse("venue_page", args=[name.key])
        case "stage":
            return f"{home_url()}stages/{name.key}/"
    return f"{home_url()}series/{name.key}/"
