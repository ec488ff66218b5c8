"""The demo city as rows: true to every rule, and with something of everything."""

from collections import Counter
from datetime import datetime
from itertools import pairwise

import pytest
from django.utils import timezone

from accounts import guarding
from accounts.domain.addresses import verified_addresses
from accounts.models import Department, StaffProfile, User
from cms.demo import erasing
from cms.demo.accounts import ACCOUNTS, PASSWORD
from cms.demo.city import build_city
from cms.event_list_uploads import look
from cms.forms.course_template import beginning_from
from cms.models import CoursePage, EventListUpload
from courses.domain.closing_days import read_days_off
from courses.domain.fiscal_year import TOKYO
from courses.domain.queries import with_facts
from courses.domain.reception import facts_of, reception_status
from courses.enums import ReceptionStatus
from courses.models import (
    ClosingDay,
    Course,
    CourseRun,
    CourseTemplate,
    Instructor,
    Series,
    Session,
    Venue,
)
from enrollments.domain.audit import differences
from enrollments.domain.drawing import verify_draw
from enrollments.domain.finishing.audit import register_differences
from enrollments.domain.finishing.reckoning import reckoning_of
from enrollments.domain.held_again_news import tell_of_new_runs
from enrollments.domain.queries import applications_of, own_completions, with_waiting
from enrollments.enums import (
    ApplicationState,
    CertificateKind,
    DrawState,
    NotificationState,
    SupportState,
)
from enrollments.models import (
    Application,
    Attendance,
    Certificate,
    Completion,
    Draw,
    HeldAgainWish,
    MessageTemplate,
    Notification,
    SupportRequest,
)
from learning_paths.domain.queries import members_of
from learning_paths.domain.standings import standings_on_paths
from learning_paths.models import Group, Path
from tests.demo_city import TODAY

ELSEWHERE = datetime(2027, 2, 9, tzinfo=TOKYO)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_audit_finds_nothing():
    assert differences() == []


def test_past_draws_can_be_verified_by_anybody(client, tmp_path):
    past = Draw.objects.filter(
        state=DrawState.ANNOUNCED, run__sessions__starts_at__lt=TODAY
    ).distinct()
    assert past.count() >= 4
    for draw in past:
        address = f"/draws/{draw.run.code}.json"
        record = tmp_path / f"{draw.run.code}.json"
        record.write_bytes(client.get(address).content)
        assert verify_draw.main([str(record)], say=lambda _line: None) == 0
        drawn = draw.entries.filter(outcome="won")
        assert drawn.filter(application__participants__attendances__isnull=False).exists()


def test_no_session_is_on_a_day_off():
    days_off = read_days_off(Venue.objects.all())
    held = Session.objects.values_list("starts_at", "venue")
    on = {(timezone.localdate(start), venue) for start, venue in held}
    assert [days_off.on(*one) for one in sorted(on, key=str) if days_off.on(*one)] == []


def test_sections_have_templates_that_can_be_used():
    templates = CourseTemplate.objects.filter(department__isnull=False)
    officer = User.objects.get(email="officer@example.jp")

    assert templates.count() == 3
    for template in templates:
        began = beginning_from(template, user=officer)
        assert (template.name, list(began.notes)) == (template.name, [])
        assert {f"run-{name}" for name in began.run} <= set(template.values)


def test_city_has_co_hosts_and_venues_that_close():
    assert Course.objects.filter(co_hosts__isnull=False).count() == 2
    assert ClosingDay.objects.filter(venue__isnull=False).count() == 2


def test_city_has_the_size_of_a_city():
    assert Course.objects.count() == 74
    assert 315 <= CourseRun.objects.count() <= 350
    assert (Department.objects.count(), Venue.objects.count()) == (11, 13)
    assert (Instructor.objects.count(), Series.objects.count()) == (27, 4)
    assert (Group.objects.count(), Path.objects.count()) == (9, 6)
    assert Application.objects.count() > 2000


def test_every_reception_status_can_be_seen():
    runs = with_facts(with_waiting(CourseRun.objects.announced()))
    found = {reception_status(facts_of(run), at=TODAY) for run in runs}
    assert found == set(ReceptionStatus)


def test_every_state_of_an_application_can_be_seen():
    found = set(Application.objects.values_list("state", flat=True))
    assert found == set(ApplicationState.values)


def test_people_wait_for_courses_to_be_held_again():
    resident = HeldAgainWish.objects.filter(email="resident@example.jp")
    assert sorted(wish.told_at is not None for wish in resident) == [False, True]
    assert HeldAgainWish.objects.filter(confirmed_at=None).count() == 1
    assert tell_of_new_runs(at=TODAY, limit=20) == 0


def test_nothing_lies_in_the_future():
    assert not Application.objects.filter(created_at__gte=TODAY).exists()
    assert not Application.objects.filter(transitions__at__gte=TODAY).exists()
    assert not Attendance.objects.filter(recorded_at__gte=TODAY).exists()
    assert not Notification.objects.filter(created_at__gte=TODAY).exists()
    assert not Session.objects.filter(revised_at__gte=TODAY).exists()


def test_nobody_was_offered_a_place_ahead_of_others():
    """In order of receipt, those accepted without waiting come before those waiting."""
    overtaken = []
    for run in CourseRun.objects.filter(selection_mode="first_come", state="announced"):
        rows = run.applications.filter(state="waiting").order_by("received_at")
        first = rows.first()
        if first is None:
            continue
        later = run.applications.filter(
            pool=first.pool, state="accepted", created_at__gt=first.created_at
        )
        overtaken += [row.receipt_number for row in later]
    assert overtaken == []


def test_rooms_are_never_shared():
    held = Session.objects.held().exclude(room=None).order_by("room", "starts_at")
    clashes = [
        (before.pk, after.pk)
        for before, after in pairwise(held)
        if before.room_id == after.room_id and after.starts_at < before.ends_at
    ]
    assert clashes == []


@pytest.mark.parametrize("model", [Course, CourseRun, Session, Venue, Instructor, Group])
def test_every_row_would_pass_its_own_form(model):
    for row in model.objects.all():
        row.full_clean(validate_unique=False, validate_constraints=False)


def test_applications_would_pass_their_own_form():
    for row in Application.objects.order_by("-received_at")[:200]:
        row.full_clean(validate_unique=False, validate_constraints=False)


def test_pages_are_public_where_their_course_is():
    drafts = CoursePage.objects.filter(live=False).values_list("slug", flat=True)
    assert list(drafts) == ["machi-no-dokushokai"]
    assert Course.objects.public().count() == CoursePage.objects.live().count()


def test_accounts_open_the_site(client):
    for account in ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert user.check_password(PASSWORD)
        assert verified_addresses(user) == [account.email]


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("officer@example.jp", 200),
        ("admin@example.jp", 200),
        ("resident@example.jp", 403),
        ("leader@example.jp", 403),
    ],
)
def test_back_office_opens_for_staff_only(client, email, status):
    client.force_login(User.objects.get(email=email))
    assert client.get("/manage/").status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/courses/",
        "/courses/hajimete-no-shimin-katsudo/",
        "/joint/",
        "/joint/godo-hinanjo/",
        "/courses/demae-gomi/",
        "/courses/crowdfunding-nyumon/",
        "/stages/practice/",
        "/series/chiiki-no-bosai/",
        "/paths/seicho-no-michi/",
        "/news/",
        "/about/",
        "/privacy/",
        "/accessibility/",
        "/contact/",
        "/calendar.ics",
    ],
)
def test_pages_can_be_read(client, address):
    assert client.get(address).status_code == 200


def test_resident_finds_every_kind_of_application():
    resident = User.objects.get(email="resident@example.jp")
    states = set(applications_of(resident).values_list("state", flat=True))
    assert states >= {"accepted", "waiting"}
    assert own_completions(resident) != []


def test_groups_have_gone_some_way_on_their_paths():
    done = {
        (group.code, standing.path.slug): standing.progress.steps_done
        for group in Group.objects.all()
        for standing in standings_on_paths(group, members_of(group))
    }
    assert len(done) == 13
    assert sum(done.values()) >= 10
    assert not all(
        standing.progress.is_done
        for group in Group.objects.all()
        for standing in standings_on_paths(group, members_of(group))
    )


def test_completion_follows_attendance():
    """By number, by share and by required sessions, some made up in another run."""
    completions = list(
        Completion.objects.select_related("participant__application__run__course")
    )
    reckoned = [(one, reckoning_of(one.reckoning)) for one in completions]
    assert [one.pk for one, found in reckoned if not found or not found.is_met] == []
    assert len(reckoned) > 500
    assert [found for _one, found in reckoned if found.percent]
    assert [found for _one, found in reckoned if found.made_up]
    assert Session.objects.filter(is_required=True, attendances__status="present").exists()


def test_who_came_too_seldom_may_have_a_proof_of_attendance():
    proofs = Certificate.objects.filter(kind=CertificateKind.ATTENDANCE)
    assert len({one.run_id for one in proofs}) == 2
    assert all(one.sessions_attended and one.completion is None for one in proofs)
    assert register_differences() == []


def test_messages_are_settled_but_for_some_to_try():
    """Of the officer's section and of others; by hand some more, for those who have no
    mail and were told about support."""
    states = Counter(Notification.objects.values_list("state", flat=True))
    assert states[NotificationState.DEAD] == 1
    assert states[NotificationState.IN_DOUBT] == 1
    assert 4 < states[NotificationState.BY_HAND] < 12
    assert states[NotificationState.PENDING] == 0
    assert states[NotificationState.SENT] > 30


def test_promises_are_in_every_state():
    found = SupportRequest.objects.values_list("state", flat=True)
    assert set(found) == set(SupportState.values)
    assert MessageTemplate.objects.count() == 1


def test_addresses_reach_nobody():
    mails = {*User.objects.values_list("email", flat=True)}
    mails |= {*Application.objects.exclude(email="").values_list("email", flat=True)}
    assert [mail for mail in mails if not mail.endswith("example.jp")] == []
    phones = Application.objects.exclude(phone="").values_list("phone", flat=True)
    real = [p for p in set(phones) if not p.startswith(("0420-", "090-0000-"))]
    assert real == []


def test_every_section_has_staff():
    assert StaffProfile.objects.values("department").distinct().count() == 11


def _identities():
    return (
        dict(Session.objects.values_list("uid", "sequence")),
        dict(Session.objects.values_list("uid", "starts_at")),
        set(Application.objects.values_list("public_id", "state")),
    )


@pytest.fixture
def without_pages(monkeypatch):
    """Half the time of a build goes into pages, which these tests do not look at."""
    monkeypatch.setattr("cms.demo.city._present", lambda *args, **kwargs: None)


@pytest.mark.usefixtures("without_pages")
def test_building_again_changes_nothing_that_others_hold():
    before = _identities()
    build_city(at=TODAY)
    assert _identities() == before


@pytest.mark.usefixtures("without_pages")
def test_building_again_on_another_day_keeps_the_rules():
    build_city(at=ELSEWHERE)
    assert differences() == []
    runs = with_facts(with_waiting(CourseRun.objects.announced()))
    found = {reception_status(facts_of(run), at=ELSEWHERE) for run in runs}
    assert found == set(ReceptionStatus)


def test_building_keeps_the_operator_and_nobody_else():
    own = User.objects.create_superuser("operator@city.example.jp", "secret")
    visitor = User.objects.create_user("visitor@example.jp", "secret")
    with guarding.lifted():
        erasing.erase()
    assert list(User.objects.values_list("pk", flat=True)) == [own.pk]
    assert not User.objects.filter(pk=visitor.pk).exists()
    assert erasing.is_empty()


def test_a_list_waits_to_be_looked_at():
    upload = EventListUpload.objects.get()
    plan = look(upload, at=TODAY).computed.plan

    titles = [step.facts.title for step in plan.new_courses]
    assert titles == ["ご近所ラジオ体操 指導者講習", "歩いてさがす まちの井戸"]
    assert [problem.row for problem in plan.rejected] == [5]
