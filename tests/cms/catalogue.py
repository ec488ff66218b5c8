"""How the catalogue's tests ask and read."""

import re
from urllib.parse import urlencode

BY_SCRIPT = {"HTTP_HX_REQUEST": "true"}


def look(client, query: str = "", headers=None, **facets):
    asked = query or urlencode(facets, doseq=True)
    return client.get(f"/courses/?{asked}", **(headers or {}))


def titles(response) -> list[str]:
    return [card.title for card in response.context["cards"]]


def counts(response, facet: str) -> dict[str, int]:
    choices = response.context["facets"][facet].choices
    return {choice.value: choice.count for choice in choices if choice.count}


def text(response) -> str:
    """What is read, without marks and with single spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.split())
