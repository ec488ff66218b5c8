"""Findings as both sides work on them, and as the public reads them: only what both have
agreed on, with the steps as they stand now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from courses.models import Course
from enrollments.domain.shared_findings.agreeing import is_approved_by_both
from enrollments.domain.shared_findings.content import (
    Content,
    Difference,
    content_from,
    differences,
)
from enrollments.enums import FindingsAct
from enrollments.models import (
    FindingsApproval,
    FindingsVersion,
    NextStep,
    SharedFindings,
)


@dataclass(frozen=True)
class Told:
    """What the public reads."""

    findings: SharedFindings
    content: Content
    steps: Sequence[NextStep]

    @property
    def open_steps(self) -> int:
        return sum(step.done_on is None for step in self.steps)


@dataclass(frozen=True)
class Line:
    """One line of the history. `changes` are those of a version to the one before."""

    at: datetime
    side: str
    author: str
    act: str
    words: str = ""
    changes: Sequence[Difference] = ()


@dataclass(frozen=True)
class Draft:
    """As both sides see it; `version` none where nothing was written."""

    findings: SharedFindings
    version: FindingsVersion | None
    content: Content
    approvals: dict[str, FindingsApproval]
    history: Sequence[Line]

    @property
    def number(self) -> int:
        return self.version.number if self.version else 0

    @property
    def may_be_published(self) -> bool:
        public = self.findings.published_id
        both = is_approved_by_both(self.version)
        return both and self.version is not None and public != self.version.pk


def published() -> QuerySet[SharedFindings]:
    """With what is needed to show them; the latest first."""
    return (
        SharedFindings.objects.filter(published__isnull=False)
        .select_related("published", "course", "session__venue", "session__run__venue")
        .prefetch_related("steps", "course__themes")
    )


def told_of(courses: Iterable[Course], *, most: int | None = None) -> list[Told]:
    """In three queries."""
    keys = [course.pk for course in courses]
    return told(published().filter(course__in=keys), most=most)


def told(findings: QuerySet[SharedFindings], *, most: int | None = None) -> list[Told]:
    return [
        Told(one, content_from(one.published.content), list(one.steps.all()))
        for one in findings[:most]
        if one.published
    ]


def words_of(every: Iterable[Told]) -> str:
    """All that was found, for the search."""
    lines: list[str] = []
    for one in every:
        said = one.content
        lines += [one.findings.topic, *said.learned, *said.agreed, *said.remains]
        lines += [step.what for step in one.steps]
    return "\n".join(filter(None, lines))


def draft_of(findings: SharedFindings) -> Draft:
    """In four queries."""
    versions = list(findings.versions.prefetch_related("approvals"))
    last = versions[-1] if versions else None
    return Draft(
        findings=findings,
        version=last,
        content=content_from(last.content) if last else Content(),
        approvals={one.side: one for one in last.approvals.all()} if last else {},
        history=_history(findings, versions),
    )


def _history(findings: SharedFindings, versions: list[FindingsVersion]) -> list[Line]:
    """The latest first."""
    lines: list[Line] = []
    before = Content()
    for version in versions:
        now = content_from(version.content)
        changes = differences(before, now)
        said = (version.at, version.side, version.author)
        lines.append(Line(*said, "written", str(version.number), changes))
        lines += [
            Line(one.at, one.side, one.author, "approved", str(version.number))
            for one in version.approvals.all()
        ]
        before = now
    for trace in findings.traces.all():
        act = FindingsAct(trace.act)
        lines.append(Line(trace.at, trace.side, trace.author, act.value, trace.words))
    return sorted(lines, key=lambda line: line.at, reverse=True)
