"""What everybody, and planners, see of what people want to learn; counts, never names."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from accounts.domain.sections import section_of
from accounts.models import User
from courses.models import Theme
from learning_paths.domain.wanted.moderating import may_moderate
from learning_paths.domain.wanted.similar import Words, most_alike
from learning_paths.domain.wanted.states import TAKES_VOICES
from learning_paths.enums import RequestState as State
from learning_paths.models import LearningRequest, LearningVoice
from learning_paths.models.request import PUBLIC_STATES, LearningRequestQuerySet

# The newest; older ones that nobody joined are hardly meant.
LOOKED_AT = 400
# In these the city owes an answer.
UNANSWERED = (State.OPEN, State.CONSIDERING)


@dataclass(frozen=True)
class ThemeDemand:
    """`theme` is none for wishes without one."""

    theme: Theme | None
    requests: int
    voices: int


def find_requests(
    *, theme: str = "", state: str = "", words: str = ""
) -> LearningRequestQuerySet:
    """Public ones, the most wanted first among those without a last word."""
    found = LearningRequest.objects.public().with_voices().select_related("theme")
    if theme:
        found = found.filter(theme__key=theme)
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(detail__icontains=word))
    return _most_wanted(found)


def similar_to(words: Words) -> list[LearningRequest]:
    """Those to join instead."""
    open_ones = LearningRequest.objects.filter(state__in=TAKES_VOICES)
    rows = open_ones.order_by("-pk").values_list("pk", "title", "detail", "theme")
    candidates = [
        (pk, Words(title, detail, theme or 0))
        for pk, title, detail, theme in rows[:LOOKED_AT]
    ]
    keys = most_alike(words, candidates)
    found = open_ones.with_voices().select_related("theme").in_bulk(keys)
    return [found[key] for key in keys]


def themes_asked_for() -> list[tuple[Theme, int]]:
    """For the filter, with how many public requests there are."""
    counts = dict(
        LearningRequest.objects.public()
        .filter(theme__isnull=False)
        .order_by()
        .values_list("theme")
        .annotate(Count("pk"))
    )
    return [(theme, counts[theme.pk]) for theme in Theme.objects.filter(pk__in=counts)]


def demand_by_theme() -> list[ThemeDemand]:
    """What planners look at: most voices first, only what still waits for an answer."""
    rows = (
        LearningRequest.objects.filter(state__in=UNANSWERED)
        .order_by()
        .values_list("theme")
        .annotate(
            requests=Count("pk", distinct=True),
            wanted_by=Count("voices", filter=Q(voices__confirmed_at__isnull=False)),
        )
    )
    themes = Theme.objects.in_bulk()
    found = [
        ThemeDemand(themes.get(theme), requests, voices) for theme, requests, voices in rows
    ]
    return sorted(found, key=lambda one: (-one.voices, -one.requests))


def requests_for_staff(*, state: str = "", theme: str = "") -> LearningRequestQuerySet:
    """All that were confirmed; the words are no personal data, contacts are not here."""
    found = LearningRequest.objects.exclude(state=State.UNCONFIRMED).with_voices()
    if state:
        found = found.filter(state=state)
    if theme:
        found = found.filter(theme__key=theme)
    return _most_wanted(found.select_related("theme", "department"))


def waiting_for(user: User) -> LearningRequestQuerySet:
    """What this person has to do: look at new ones, and answer what the section took."""
    mine = Q(pk__in=[])
    if may_moderate(user):
        mine |= Q(state=State.RECEIVED)
    section = section_of(user)
    if section is not None:
        mine |= Q(state__in=UNANSWERED, department=section)
    return LearningRequest.objects.filter(mine)


def voices_of(user: User) -> list[LearningVoice]:
    """One's own, newest first."""
    found = LearningVoice.objects.filter(user=user, confirmed_at__isnull=False)
    return list(found.select_related("request").order_by("-asked_at", "-pk"))


def is_public(request: LearningRequest) -> bool:
    return request.state in PUBLIC_STATES


def _most_wanted(found: LearningRequestQuerySet) -> LearningRequestQuerySet:
    return found.order_by(F("wanted_by").desc(), "-asked_at", "-pk")
