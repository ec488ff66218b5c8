"""What an officer says of the lasting course: its facts are replaced as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import Department
from courses.enums import CourseKind, PartnerRelation
from courses.models import (
    Audience,
    Competency,
    Course,
    CoursePartner,
    Instructor,
    Partner,
    Stage,
    Theme,
)


@dataclass(frozen=True)
class Partnership:
    """In which relation an organisation stands behind a course."""

    partner: Partner
    relation: PartnerRelation


@dataclass(frozen=True)
class CourseFacts:
    """Without `slug` it is made from the title. Co-hosts are the sections beside
    `department`: they may see but not edit."""

    title: str
    department: Department
    kind: CourseKind = CourseKind.COURSE
    title_kana: str = ""
    title_en: str = ""
    slug: str = ""
    summary: str = ""
    stages: Sequence[Stage] = ()
    themes: Sequence[Theme] = ()
    competencies: Sequence[Competency] = ()
    instructors: Sequence[Instructor] = ()
    audiences: Sequence[Audience] = ()
    co_hosts: Sequence[Department] = ()
    partners: Sequence[Partnership] = ()

    def columns(self) -> dict[str, object]:
        """What is changed at once; address and title wait for the page."""
        return {
            "title_kana": self.title_kana,
            "title_en": self.title_en,
            "kind": self.kind,
            "summary": self.summary,
            "department": self.department,
        }


def relate(course: Course, facts: CourseFacts) -> None:
    """Stages, people, sections and organisations; a section is not its own co-host."""
    course.stages.set(facts.stages)
    course.themes.set(facts.themes)
    course.competencies.set(facts.competencies)
    course.instructors.set(facts.instructors)
    course.audiences.set(facts.audiences)
    own = facts.department.pk
    course.co_hosts.set([each for each in facts.co_hosts if each.pk != own])
    _set_partners(course, facts.partners)


def _set_partners(course: Course, partnerships: Iterable[Partnership]) -> None:
    wanted = {(each.partner.pk, str(each.relation)) for each in partnerships}
    for row in course.partnerships.all():
        if (row.partner_id, row.relation) in wanted:
            wanted.discard((row.partner_id, row.relation))
        else:
            row.delete()
    CoursePartner.objects.bulk_create(
        CoursePartner(course=course, partner_id=partner, relation=relation)
        for partner, relation in sorted(wanted)
    )
