"""The conditions of a run as one sentence, as the bulletin writes 対象:
「市内在住・在勤・在学で18歳以上の方」「小学4〜6年生とその保護者」."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from accounts.enums import Residency
from courses.enums import CapacityUnit, RequirementKind, SchoolYear
from courses.models import CourseRun
from courses.models.localised import in_english

Kind = RequirementKind
Year = SchoolYear
# 在住 in the order of the bulletin, with what it means in English.
LINKS = {
    Residency.RESIDENT: ("在住", "live"),
    Residency.WORKER: ("在勤", "work"),
    Residency.STUDENT: ("在学", "study"),
}
SCHOOLS = (
    (Year.ELEMENTARY_1, Year.ELEMENTARY_6, "小学生", "小学", "elementary school"),
    (Year.JUNIOR_HIGH_1, Year.JUNIOR_HIGH_3, "中学生", "中学", "junior high school"),
    (Year.HIGH_1, Year.HIGH_3, "高校生", "高校", "high school"),
)


@dataclass(frozen=True)
class Phrase:
    """`noun` goes before の方; otherwise `stem` ends in a verb and goes before 方."""

    stem: str
    noun: bool = True
    with_parent: bool = False

    @property
    def whole(self) -> str:
        if self.with_parent:
            return f"{self.stem}とその保護者"
        return f"{self.stem}の方" if self.noun else f"{self.stem}方"

    @property
    def before_another(self) -> str:
        return f"{self.stem}で" if self.noun else f"{self.stem}方で、"


def audience_words(run: CourseRun) -> str:
    """対象: as the officer wrote it, else what the conditions say. From a run with its
    requirements loaded."""
    if run.audience:
        return run.audience
    rows = list(run.requirements.all())
    return requirement_words(rows, unit=run.capacity_unit, english=in_english())


def requirement_words(
    rows: Iterable[Any], *, unit: str = CapacityUnit.PERSONS, english: bool = False
) -> str:
    """Of rows or plans of conditions; empty where there are none. In parties a school
    year is the child's, who comes with a parent."""
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    if english:
        every = [
            " or ".join(map(_in_english, group)) for _, group in sorted(groups.items())
        ]
        return f"People who {' and '.join(every)}" if every else ""
    alternatives = [_alternatives(group, unit) for _, group in sorted(groups.items())]
    said = sorted(alternatives, key=lambda each: (each.with_parent, not each.noun))
    before = "".join(each.before_another for each in said[:-1])
    return f"{before}{said[-1].whole}" if said else ""


def condition_words(row: Any, *, english: bool = False) -> str:
    """One condition by itself, of each person; to be capitalised in English."""
    if row.words:
        return str(row.words)
    if english:
        return f"people who {_in_english(row)}"
    return _phrase(row, CapacityUnit.PERSONS).whole


def _alternatives(rows: Sequence[Any], unit: str) -> Phrase:
    phrases = [_phrase(row, unit) for row in rows]
    if len(phrases) == 1:
        return phrases[0]
    if all(phrase.noun and not phrase.with_parent for phrase in phrases):
        return Phrase("または".join(phrase.stem for phrase in phrases))
    said = "または".join(phrase.whole for phrase in phrases)
    return Phrase(said.removesuffix("方"), noun=False)


def _phrase(row: Any, unit: str) -> Phrase:
    if row.words:
        return _own_words(row.words)
    if row.kind == Kind.RESIDENCY:
        links = [words for link, (words, _) in LINKS.items() if link in row.residencies]
        return Phrase(f"市内{'・'.join(links)}")
    if row.kind == Kind.AGE:
        return Phrase(_between(row.min_age, row.max_age, "歳"))
    if row.kind == Kind.SCHOOL_YEAR:
        child = unit == CapacityUnit.PARTIES and not row.everybody
        return Phrase(_school(row.min_school_year, row.max_school_year), with_parent=child)
    if row.kind == Kind.GROUP:
        return Phrase("登録団体の会員")
    if row.kind == Kind.STAFF:
        return Phrase("市の職員")
    return Phrase(f"「{row.completed_course}」を修了した", noun=False)


def _own_words(words: str) -> Phrase:
    if words.endswith("の方"):
        return Phrase(words.removesuffix("の方"))
    return Phrase(words.removesuffix("方"), noun=not words.endswith("方"))


def _between(least: int | None, most: int | None, unit: str) -> str:
    if least is not None and most is not None:
        return f"{least}{unit}" if least == most else f"{least}〜{most}{unit}"
    return f"{least}{unit}以上" if least is not None else f"{most}{unit}以下"


def _school(least: int | None, most: int | None) -> str:
    for first, last, all_of_it, school, _english in SCHOOLS:
        if (least, most) == (first, last):
            return all_of_it
        if least == first and most is None:
            return f"{all_of_it}以上"
        if least is not None and most is not None and first <= least <= most <= last:
            years = _between(least - first + 1, most - first + 1, "年生")
            return f"{school}{years}"
    names = [_pupil(year) for year in (least, most) if year is not None]
    if len(names) == 2:
        return names[0] if least == most else "〜".join(names)
    return f"{names[0]}{'以上' if least is not None else '以下'}"


def _pupil(year: int) -> str:
    """小学4年 is the year, 小学4年生 who is in it."""
    with translation.override("ja"):
        label = str(SchoolYear(year).label)
    return f"{label}生" if label.endswith("年") else label


def _in_english(row: Any) -> str:
    if row.words:
        return f"meet this: {row.words}"
    if row.kind == Kind.RESIDENCY:
        return f"{_listed(row.residencies)} in the city"
    if row.kind == Kind.AGE:
        return f"are {_ages_in_english(row.min_age, row.max_age)}"
    if row.kind == Kind.SCHOOL_YEAR:
        return f"are in {_years_in_english(row.min_school_year, row.max_school_year)}"
    if row.kind == Kind.GROUP:
        return "belong to a registered group"
    if row.kind == Kind.STAFF:
        return "work for the city"
    title = row.completed_course.title_en or row.completed_course.title
    return f"have completed “{title}”"


def _listed(residencies: Sequence[str]) -> str:
    verbs = [verb for link, (_, verb) in LINKS.items() if link in residencies]
    return " or ".join([", ".join(verbs[:-1]), verbs[-1]]) if len(verbs) > 1 else verbs[0]


def _ages_in_english(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"{least}" if least == most else f"{least} to {most} years old"
    return f"{least} or over" if least is not None else f"{most} or under"


def _years_in_english(least: int | None, most: int | None) -> str:
    if least is not None and most is not None and least < most:
        for first, last, _pupils, _school, english in SCHOOLS:
            if first <= least and most <= last:
                return f"years {least - first + 1} to {most - first + 1} of {english}"
    names = [_year_in_english(year) for year in (least, most) if year is not None]
    if len(names) == 2:
        return names[0] if least == most else " to ".join(names)
    return f"{names[0]} or {'above' if least is not None else 'below'}"


def _year_in_english(year: int) -> str:
    for first, last, _pupils, _school, english in SCHOOLS:
        if first <= year <= last:
            return f"year {year - first + 1} of {english}"
    return {Year.BEFORE_SCHOOL: "nursery", Year.UNIVERSITY: "university or college"}.get(
        Year(year), "no school"
    )
