"""Who may apply, as it is said before anything is typed: how this person stands with each
condition, and what would help."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from enrollments.domain.asking import Asked
from enrollments.domain.conditions import Remedy, remedies_for, words_for
from enrollments.enums import Verdict


@dataclass(frozen=True)
class Line:
    """A condition as it is shown: for whom, how this person stands, what would help."""

    words: str
    verdict: Verdict
    remedies: tuple[tuple[str, str], ...]


def condition_lines(request: HttpRequest, asked: Asked) -> list[Line]:
    return [
        Line(
            words=words_for(finding),
            verdict=finding.verdict,
            remedies=tuple(
                (remedy.words, _address(request, remedy))
                for remedy in remedies_for(finding, asked.facts)
            ),
        )
        for finding in asked.findings
    ]


def _address(request: HttpRequest, remedy: Remedy) -> str:
    """Signing in comes back to the form."""
    if not remedy.page:
        return ""
    try:
        address = reverse(remedy.page, args=remedy.at)
    except NoReverseMatch:
        return ""
    if remedy.page == "account_login":
        return f"{address}?{urlencode({'next': request.path})}"
    return address
