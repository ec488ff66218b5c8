"""What each address is opened with in the demo city: where there is a choice, rows of
市民活動推進課 and of the group that leader@example.jp leads."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from accounts.models import Department
from courses.models import CourseRun, Series, Session, Venue
from enrollments.domain.links import application_token
from enrollments.domain.recommending.links import MONTHLY
from enrollments.models import (
    Application,
    Certificate,
    Draw,
    HeldAgainWish,
    Interests,
    Participant,
    SharedFindings,
    SupportRequest,
    Survey,
    TablePlan,
)
from learning_paths.domain.instructor_requests.links import ANSWER, own_token
from learning_paths.domain.links import invitation_token
from learning_paths.domain.outreach.links import outreach_token
from learning_paths.domain.wanted.confirming import voice_token
from learning_paths.models import (
    Group,
    InstructorRequest,
    LearningRequest,
    LearningVoice,
    Membership,
    OutreachEntry,
    OutreachRequest,
    PageChange,
    StageCheck,
)

NOBODYS = UUID(int=1)
# By namespace, of what it is a list.
LISTED = {
    "departments": "accounts.Department",
    "staff": "accounts.StaffProfile",
    "purpose_notices": "accounts.PurposeNotice",
    "venues": "courses.Venue",
    "rooms": "courses.Room",
    "closing_days": "courses.ClosingDay",
    "instructors": "courses.Instructor",
    "partners": "courses.Partner",
    "series": "courses.Series",
    "series_units": "courses.SeriesUnit",
    "themes": "courses.Theme",
    "audiences": "courses.Audience",
    "stages": "courses.Stage",
    "competencies": "courses.Competency",
    "milestones": "enrollments.Milestone",
    "civic_groups": "learning_paths.Group",
    "learning_paths": "learning_paths.Path",
    "wagtailusers_users": "accounts.User",
    "course_chooser": "courses.Course",
    "instructor_chooser": "courses.Instructor",
    "synonyms": "cms.SynonymGroup",
    "search_misses": "cms.SearchMiss",
}


class City:
    """The rows, each looked up once."""

    @cached_property
    def civic(self) -> Department:
        return Department.objects.get(code="civic")

    @cached_property
    def plan(self) -> TablePlan:
        plans = TablePlan.objects.filter(session__run__course__department=self.civic)
        return plans.select_related("session__run__course").order_by("pk")[:1].get()

    @cached_property
    def session(self) -> Session:
        return self.plan.session

    @cached_property
    def run(self) -> CourseRun:
        return self.session.run

    @cached_property
    def participant(self) -> Participant:
        return self.plan.seats.order_by("pk")[:1].get().participant

    @cached_property
    def application(self) -> Application:
        return self.participant.application

    @cached_property
    def group(self) -> Group:
        led = Group.objects.filter(memberships__user__email="leader@example.jp")
        return led.order_by("pk")[:1].get()

    @cached_property
    def colleague(self) -> Membership:
        return self.group.memberships.get(role="coordinator")

    @cached_property
    def followed(self) -> int:
        return self.group.paths.order_by("pk")[:1].get().path_id

    def civic_of(self, label: str, path: str) -> Any:
        """The first row of the section."""
        found = apps.get_model(label).objects.filter(**{path: self.civic})
        return found.order_by("pk")[:1].get()

    def first(self, label: str) -> int:
        return apps.get_model(label).objects.order_by("pk")[:1].get().pk

    def token(self, name: str) -> str:
        return TOKENS.get(name, lambda _city: f"{NOBODYS.hex}.x")(self)


def _invited(city: City) -> str:
    made, _new = Membership.objects.get_or_create(
        group=city.group,
        email="invited@example.jp",
        defaults={"invited_at": timezone.now()},
    )
    return invitation_token(made)


def _asked() -> InstructorRequest:
    return InstructorRequest.objects.order_by("pk")[0]


def _findings() -> SharedFindings:
    return SharedFindings.objects.exclude(citizen=None).order_by("pk")[0]


TOKENS: dict[str, Callable[[City], str]] = {
    "instructor_request_own": lambda _c: own_token(_asked()),
    "instructor_answer": lambda _c: ANSWER.sign(
        InstructorRequest.objects.all()[0].link_key
    ),
    "group_invitation": _invited,
    "group_invitation_decline": _invited,
    "learning_voice": lambda _c: voice_token(LearningVoice.objects.exclude(email="")[0]),
    "outreach_own": lambda _c: outreach_token(OutreachRequest.objects.all()[0]),
    "monthly_stop": lambda _c: MONTHLY.sign(Interests.objects.all()[0].public_id),
    **{
        name: lambda city: application_token(city.application)
        for name in (
            "application",
            "application_withdraw",
            "application_questions",
            "application_companion",
            "application_calendar",
            "application_qr",
            "application_record",
            "application_certificate",
            "application_reminders",
            "application_wish_end",
            "application_here",
            "application_absence",
        )
    },
}
# By the parameter, where all addresses that have it mean the same.
MEANT: dict[str, Callable[[City, str], Any]] = {
    "token": lambda city, name: city.token(name),
    "number": lambda city, _name: city.session.number,
    "form": lambda _city, name: "json" if name == "my_data_file" else "csv",
    "key": lambda _city, _name: NOBODYS,
    "public_id": lambda _city, _name: (
        SharedFindings.objects.exclude(citizen=None)[0].public_id
    ),
    "position": lambda _city, _name: 1,
    "person": lambda city, _name: city.participant.pk,
    "mark": lambda _city, _name: 1,
    "run": lambda city, _name: city.run.code,
    "language": lambda _city, _name: "ja",
    "path": lambda city, name: (
        "none" if name != "civic_groups:certificate" else city.followed
    ),
    "digest": lambda _city, _name: "0" * 16,
    "fingerprint": lambda _city, _name: "0" * 64,
    "slug": lambda city, name: _slug(city, name),
    "code": lambda city, name: _code(city, name),
    "kind": lambda _city, name: KINDS[name],
    "name": lambda _city, name: "applications" if name == "manage_export" else "groups",
    "pk": lambda city, name: _pk(city, name),
}
KINDS = {
    "manage_print_page": "roster",
    "manage_print_pdf": "roster",
    "manage_wording": "accepted",
    "civic_groups:decide": "change",
}


def _slug(city: City, name: str) -> str:
    if name in ("series_feed", "series_apply"):
        return Series.objects.order_by("pk")[0].slug
    if name == "path":
        return "none"
    return city.run.course.slug


def _code(city: City, name: str) -> str:
    if name.startswith("group"):
        return city.group.code
    if name.startswith("draw"):
        return Draw.objects.order_by("pk")[0].run.code
    if "venue" in name:
        return Venue.objects.order_by("pk")[0].code
    if name in ("certificate", "application_certificate"):
        return Certificate.objects.order_by("pk")[0].code
    return city.run.code


def _pk(city: City, name: str) -> int:
    space, _colon, what = name.partition(":")
    if what:
        return _of_list(city, space, what)
    return PKS[name](city) if name in PKS else _by_prefix(city, name)


def _of_list(city: City, space: str, what: str) -> int:
    if what == "decide":
        return PageChange.objects.order_by("pk")[0].pk
    if space == "civic_groups":
        return city.group.pk
    if space == "stage_checks":
        return StageCheck.objects.order_by("pk")[0].pk
    if space == "series":
        return city.first("courses.Series")
    return city.first(LISTED[space])


def _by_prefix(city: City, name: str) -> int:
    for prefix, found in PREFIXES.items():
        if name.startswith(prefix):
            return found(city)
    raise LookupError(name)


PREFIXES: dict[str, Callable[[City], int]] = {
    "manage_course": lambda city: city.run.course_id,
    "manage_run_new": lambda city: city.run.course_id,
    "manage_survey": lambda _c: (
        Survey.objects.filter(run__course__department=_c.civic)[0].pk
    ),
    "manage_series": lambda city: city.first("courses.Series"),
    "manage_units": lambda city: city.first("courses.Series"),
    "manage_person_data": lambda city: city.application.pk,
    "manage_certificate": lambda city: (
        city.civic_of(
            "enrollments.Certificate", "participant__application__run__course__department"
        ).pk
    ),
    "manage_offer": lambda city: (
        city.civic_of("enrollments.Offer", "application__run__course__department").pk
    ),
    "manage_application": lambda city: city.application.pk,
    "manage_line": lambda city: city.application.pk,
    "manage_message_history": lambda city: city.application.pk,
    "manage_message_settle": lambda city: (
        city.civic_of("enrollments.Notification", "application__run__course__department").pk
    ),
    "manage_session": lambda city: city.session.pk,
    "manage_attendance": lambda city: city.session.pk,
    "door": lambda city: city.session.pk,
    "application_": lambda city: city.session.pk,
    "group_member": lambda city: city.colleague.pk,
    "group_hand": lambda city: city.colleague.pk,
    "group_remove": lambda city: city.colleague.pk,
    "group_path": lambda city: city.followed,
    "group_certificate": lambda city: city.followed,
    "group_activity": lambda city: city.group.activities.all()[0].pk,
    "group_check": lambda city: city.group.check_results.all()[0].pk,
    "calendar_token": lambda _c: 1,
}
PKS: dict[str, Callable[[City], int]] = {
    "manage_support_act": lambda _c: SupportRequest.objects.order_by("pk")[0].pk,
    "manage_completion_person": lambda city: city.participant.pk,
    "manage_certificate_of_attendance": lambda city: city.participant.pk,
    "manage_table_person": lambda city: city.participant.pk,
    "manage_participant": lambda city: city.participant.pk,
    "manage_survey_template_remove": lambda city: city.first("enrollments.SurveyTemplate"),
    "manage_course_template_delete": lambda city: (
        city.civic_of("courses.CourseTemplate", "department").pk
    ),
    "manage_refund_settle": lambda _c: 1,
    "manage_request": lambda _c: LearningRequest.objects.public()[0].pk,
    "manage_outreach_one": lambda city: (
        city.civic_of("learning_paths.OutreachRequest", "entry__course__department").pk
    ),
    "manage_outreach_entry": lambda city: (
        city.civic_of("learning_paths.OutreachEntry", "course__department").course_id
    ),
    "manage_outreach_new": lambda city: (
        city.civic_of("learning_paths.OutreachEntry", "course__department").pk
    ),
    "manage_instructor_request": lambda city: (
        InstructorRequest.objects.order_by("pk")[0].pk
    ),
    "held_again_stop_own": lambda _c: HeldAgainWish.objects.all()[0].pk,
    "instructor_request": lambda _c: _asked().instructor_id,
    "instructor_page": lambda _c: _asked().instructor_id,
    "take_back_voice": lambda _c: LearningVoice.objects.exclude(user=None)[0].pk,
    "learning_request": lambda _c: LearningRequest.objects.public()[0].pk,
    "join_request": lambda _c: LearningRequest.objects.public()[0].pk,
    "outreach_entry": lambda _c: OutreachEntry.objects.offered()[0].pk,
    "outreach_ask": lambda _c: OutreachEntry.objects.offered()[0].pk,
    "partner_page": lambda city: city.first("courses.Partner"),
}


def arguments(city: City, name: str, parameters: tuple[str, ...]) -> dict[str, Any]:
    return {one: MEANT[one](city, name) for one in parameters}
