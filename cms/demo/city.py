"""Building the whole city, in the order in which its parts need each other."""

from datetime import datetime

from django.db import connection, transaction

from accounts.guarding import lifted
from accounts.models import Department, User
from cms.demo import erasing
from cms.demo.accounts import Accounts, build_accounts, grant_back_office
from cms.demo.advance_questions import build_questions
from cms.demo.afterwards import record_what_followed
from cms.demo.answering import write_what_was_told
from cms.demo.approving import build_approval, record_incidents
from cms.demo.beforehand import build_beforehand
from cms.demo.bookkeeping import write_applications
from cms.demo.calendar_keys import build_calendar_keys
from cms.demo.certificates import build_certificates
from cms.demo.civic_groups import PlannedGroup, build_groups, keen_on, plan_groups
from cms.demo.covers import build_covers
from cms.demo.curricula import build_paths, build_series
from cms.demo.draws import hold_draws, note_screening
from cms.demo.earned import build_earned
from cms.demo.enrolling import enrol
from cms.demo.event_list import build_upload
from cms.demo.instructor_requests import build_instructor_requests
from cms.demo.interests import build_interests
from cms.demo.lists import build_lists
from cms.demo.messages import write_messages
from cms.demo.minimum import set_a_minimum
from cms.demo.offerings import Offerings, build_offerings
from cms.demo.offers import write_offers
from cms.demo.organisation import build_organisation
from cms.demo.past_draws import hold_past_draws
from cms.demo.people import People, build_people
from cms.demo.promises import build_promises
from cms.demo.register import build_register
from cms.demo.reports import write_reports
from cms.demo.requests import build_requests
from cms.demo.searches import write_misses
from cms.demo.self_checks import build_self_check, record_activities
from cms.demo.shared_findings import build_findings
from cms.demo.surveys import build_surveys
from cms.demo.table_plans import build_table_plans
from cms.demo.today import build_today
from cms.demo.tree import build_home, build_pages
from cms.demo.two_audiences import build_two_audiences
from cms.demo.wishes import build_wishes
from courses.models import CourseRun


def build_city(*, at: datetime, now: datetime | None = None) -> None:
    """Replace what is in the database by the city as it stands at `at`. The session that
    begins within the hour is that of `now`."""
    with transaction.atomic(), lifted():
        erasing.erase()
        organisation = build_organisation(at=at)
        build_beforehand(organisation, at=at)
        accounts = build_accounts(organisation.departments)
        offerings = build_offerings(organisation, at=at)
        build_series(offerings.courses, organisation.departments, organisation.partners)
        paths = build_paths(offerings.courses, at=at)
        people = build_people(accounts, organisation.departments)
        groups = plan_groups(people)
        build_groups(groups, paths, accounts, at=at)
        _enrol(offerings, people, groups, officers_of(accounts, people), at=at)
        build_today(people, officer=accounts.officer, at=now or at)
        build_two_audiences(accounts, at=at)
        build_questions(officers_of(accounts, people), accounts.admin, at=at)
        write_reports(officers_of(accounts, people), at=at)
        _present(offerings, accounts, at=at)
        build_register(people, keeper=accounts.admin, at=at)
        build_requests(
            people,
            officers_of(accounts, people),
            keeper=accounts.admin,
            resident=accounts.resident,
            at=at,
        )
        build_instructor_requests(accounts.admin, at=at)
        build_earned(keeper=accounts.admin, resident=accounts.resident, at=at)
        write_misses(at=at)
        record_incidents(officers_of(accounts, people))


def officers_of(accounts: Accounts, people: People) -> dict[str, User]:
    """Who handles applications in each department."""
    found = {person.department: person.user for person in people.staff if person.user}
    return found | {"civic": accounts.officer, "disaster": accounts.officer2}


def _enrol(
    offerings: Offerings,
    people: People,
    groups: list[PlannedGroup],
    officers: dict[str, User],
    *,
    at: datetime,
) -> None:
    enrolments = enrol(offerings.facts.values(), people, keen_on(groups), at=at)
    booked = write_applications(enrolments, offerings, officers)
    write_what_was_told(booked)
    _count_rows()
    closed = {one.facts.plan.code for one in enrolments if not one.waiting_list}
    CourseRun.objects.filter(code__in=closed).update(waiting_list=False)
    hold_past_draws(booked, offerings.runs, officers)
    completions = record_what_followed(booked, offerings, officers, at=at)
    build_certificates(completions, at=at)
    _count_rows()
    offers = write_offers([one.story() for one in booked], at=at)
    hold_draws(offerings.facts.values(), offerings.runs, officers, at=at)
    note_screening(officers, at=at)
    write_messages(booked, officers, offers, at=at)
    build_surveys(officers, at=at)
    build_table_plans(officers, at=at)
    build_findings(officers, at=at)
    set_a_minimum(at=at)


def _count_rows() -> None:
    """PostgreSQL plans by what it counted last, and that was an empty city."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _present(offerings: Offerings, accounts: Accounts, *, at: datetime) -> None:
    covers = build_covers(author=accounts.officer)
    home = build_home(author=accounts.admin)
    build_pages(home, offerings, covers=covers, author=accounts.officer, at=at)
    grant_back_office(accounts)
    build_promises(accounts, at=at)
    build_approval(offerings.courses, accounts, at=at)
    civic = Department.objects.get(code="civic")
    build_upload(department=civic, officer=accounts.officer, at=at)
    build_lists(department=civic, officer=accounts.officer, at=at)
    build_wishes(resident=accounts.resident, at=at)
    build_self_check(accounts.admin, at=at)
    record_activities(accounts.leader, at=at)
    build_calendar_keys(resident=accounts.resident, officer=accounts.officer, at=at)
    build_interests(at=at)
