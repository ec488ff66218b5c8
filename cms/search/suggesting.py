"""What somebody who is typing may mean: at most eight names of courses, themes, stages,
series, instructors and venues, the nearest first.

The names of everything but courses are few, and all are looked at. Of courses a bounded
number is fetched: by the index, and by the beginnings of their names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

import jaconv
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from wagtail.search.backends import get_search_backend

from cms.models import CoursePage
from cms.search.asking import asked_words
from cms.search.expression import WellAskedText
from cms.search.folding import fold, normalise
from cms.search.likeness import Likeness, likeness, ways_of
from cms.search.synonyms import NONE
from courses.domain.queries import to_come
from courses.models import (
    Course,
    CourseRun,
    Instructor,
    Series,
    Session,
    Stage,
    Theme,
    Venue,
)

LONGEST = 40  # characters
MOST, MOST_OF_A_KIND = 8, 4
LOOKED_AT = 60  # courses
SHORT = 2  # letters, up to which the index helps little
KINDS = ("course", "theme", "stage", "series", "instructor", "venue")
# わーくs, while the next sound is being typed.
UNFINISHED_SOUND = re.compile(r"(?<=[ぁ-ゖァ-ヺー])[a-zA-Z]{1,2}$")


@dataclass(frozen=True)
class Name:
    """`key` is what its address is made of."""

    kind: str
    key: str
    name: str
    name_en: str
    kana: str
    is_over: bool = False


def suggestions(text: str, *, at: datetime) -> list[Name]:
    """Kind by kind, in each the nearest first."""
    typed = tidy(text)
    if not asked_words(typed):
        return []
    asked = [fold(word) for word in typed.split()]
    names = [*_courses(typed, at), *_other_names()]
    best: list[Name] = []
    placed = sorted(((_place(asked, name), name) for name in names), key=itemgetter(0))
    for place, name in placed:
        if place[0] == Likeness.NONE or len(best) == MOST:
            break
        if sum(chosen.kind == name.kind for chosen in best) < MOST_OF_A_KIND:
            best.append(name)
    return sorted(best, key=lambda name: KINDS.index(name.kind))


def tidy(text: str) -> str:
    wide = " ".join(normalise(text[:LONGEST]).split())
    return UNFINISHED_SOUND.sub("", wide)


def _place(asked: list[str], name: Name) -> tuple[Likeness, bool, int, int, str]:
    fits = likeness(asked, ways_of(name.name, name.kana, name.name_en))
    return fits, name.is_over, KINDS.index(name.kind), len(name.name), name.name


def _courses(typed: str, at: datetime) -> Iterator[Name]:
    coming = Exists(to_come(at).filter(course=OuterRef("pk")))
    public = Course.objects.public().annotate(is_coming=coming)
    found = public.filter(_may_be_meant(typed)).order_by("-is_coming", "-pk")
    columns = ("slug", "kind", "title", "title_en", "title_kana", "is_coming")
    for slug, kind, *names, is_coming in found.values_list(*columns)[:LOOKED_AT]:
        address = Course(slug=slug, kind=kind).address
        yield Name("course", address, *names, is_over=not is_coming)


def _may_be_meant(typed: str) -> Q:
    """In any script: へるぱー and ﾍﾙﾊﾟｰ are ヘルパー."""
    katakana = jaconv.hira2kata(typed)
    look = "contains" if len(typed) <= SHORT else "startswith"
    scripts = {typed, katakana, jaconv.kata2hira(typed)}
    rule = Q(**{f"title_kana__{look}": katakana}) | Q(**{f"title_en__i{look}": typed})
    for script in scripts:
        rule |= Q(**{f"title__i{look}": script})
    return rule if len(typed) <= SHORT else rule | Q(pk__in=_by_index(typed))


def _by_index(typed: str) -> list[int]:
    """Titles that hold it, or words that sound like it."""
    found = get_search_backend().autocomplete(
        WellAskedText(typed, NONE), CoursePage.objects.live(), order_by_relevance=False
    )
    keys: list[int] = found[:LOOKED_AT].column("course_id")
    return keys


def _other_names() -> Iterator[Name]:
    """In one query."""
    public = Course.objects.public()
    taught = Exists(public.filter(instructors=OuterRef("pk")))
    used = Exists(CourseRun.objects.public().filter(venue=OuterRef("pk"))) | Exists(
        Session.objects.public().filter(venue=OuterRef("pk"))
    )
    full_name = Concat("family_name", Value(" "), "given_name")
    kana = Concat("family_name_kana", Value(" "), "given_name_kana")
    empty = Value("")
    rows = _names(Theme.objects.all(), "theme", "key", "name", "name_en", empty).union(
        _names(Stage.objects.all(), "stage", "key", "name", "name_en", "furigana"),
        _names(
            Series.objects.filter(page__live=True),
            "series",
            "slug",
            "title",
            "title_en",
            empty,
        ),
        _names(
            Instructor.objects.public().filter(taught),
            "instructor",
            "pk",
            full_name,
            empty,
            kana,
        ),
        _names(Venue.objects.filter(used), "venue", "code", "name", empty, "name_kana"),
        all=True,
    )
    return (Name(*row) for row in rows)


def _names(
    rows: QuerySet, kind: str, key: str, name: object, name_en: object, kana: object
) -> QuerySet:
    columns = {"said": name, "said_en": name_en, "heard": kana}
    named = rows.order_by().annotate(
        kind_of=Value(kind),
        code_of=Cast(key, CharField()),
        **{
            column: F(value) if isinstance(value, str) else value
            for column, value in columns.items()
        },
    )
    return named.values_list("kind_of", "code_of", *columns)
