"""What a run asks of those who apply and offers them, through the officer's form."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from cms.permissions import set_up_roles
from courses.domain.fiscal_year import TOKYO
from courses.enums import SupportKind
from courses.models import ChangeRecord, CourseRun, SeatPool
from enrollments.domain.support_moves import move_request
from enrollments.domain.support_requests import ChildWish, ask_for_support
from enrollments.enums import SupportState
from enrollments.models import Answer, Application
from tests.cms.manage_forms import asked_rows, course_data, rows
from tests.cms.sent_form import as_shown
from tests.factories import NOON, StaffProfileFactory

pytestmark = pytest.mark.django_db
NEW = "/manage/courses/new/"
EVERYTHING = {
    "run__selection_mode": "lottery",
    "run__capacity_unit": "parties",
    "run__max_participants": "4",
    "run__paper_deadline": "2026-12-01",
    "run__paper_rule": "postmark",
    "run__withdraw_until": "2026-12-04T17:00",
    "run__minimum_to_hold": "3",
    "run__decide_on": "2026-12-03",
    "run__results_at": "2026-12-02T10:00",
    "run__draw_tiers": ["residents", "first_time"],
    "run__waiting_policy": "redraw",
    "run__offer_hours": "24",
    "run__immediate_days": "2",
    "run__reminder_days": "3",
    "run__asks_address": "on",
    "run__asks_terms": "on",
}
CHILDREN = asked_rows(
    "requirements",
    {"kind": "residency", "residencies": ["resident"], "group": "1"},
    {"kind": "school_year", "min_school_year": "4", "max_school_year": "6", "group": "2"},
)
PHONE = {"label": "お使いの機種", "kind": "choice", "options": "iPhone\nAndroid"}
QUESTIONS = asked_rows("questions", PHONE, {"label": "苦手なもの", "kind": "text"})
CARE = {
    "kind": "childcare",
    "capacity": "6",
    "min_age_months": "12",
    "max_age_months": "83",
    "deadline": "2026-11-28T17:00",
    "fee": "300",
}
SUPPORT = asked_rows("support", CARE)


@pytest.fixture
def officer(site, client):
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory().user
    user.groups.add(officers)
    client.force_login(user)
    return user


@pytest.fixture
def department(officer):
    return officer.staff_profile.department


def _made(client, department, *sessions, **changes) -> CourseRun:
    data = course_data(department, *sessions, **changes)
    response = client.post(NEW, data | CHILDREN | QUESTIONS | SUPPORT)
    assert response.status_code == 302, response.context["run_form"].errors
    return CourseRun.objects.get()


def _again(client, run, **changes):
    """The form as it is shown, with a few fields changed."""
    address = reverse("manage_run_edit", args=[run.code])
    sent = as_shown(client.get(address)) | {"step": "save"}
    return client.post(
        address, sent | {name.replace("__", "-"): value for name, value in changes.items()}
    )


def test_everything_a_run_asks_is_kept(client, department):
    run = _made(client, department, **EVERYTHING)

    assert (run.paper_deadline, run.paper_rule) == (date(2026, 12, 1), "postmark")
    assert run.withdraw_until == datetime(2026, 12, 4, 17, tzinfo=TOKYO)
    assert (run.minimum_to_hold, run.decide_on) == (3, date(2026, 12, 3))
    assert run.results_at == datetime(2026, 12, 2, 10, tzinfo=TOKYO)
    assert run.draw_tiers == ["residents", "first_time"]
    assert (run.waiting_policy, run.offer_hours, run.immediate_days) == ("redraw", 24, 2)
    assert (run.reminder_days, run.asks_address, run.asks_terms) == (3, True, True)
    assert [row.kind for row in run.requirements.all()] == ["residency", "school_year"]
    assert [row.label for row in run.questions.all()] == ["お使いの機種", "苦手なもの"]
    offer = run.support_offers.get()
    assert (offer.capacity, offer.min_age_months, offer.fee) == (6, 12, 300)
    assert (run.has_childcare, run.childcare_note) == (
        True,
        "1歳から就学前まで、6人まで、1人300円",
    )


def test_form_sent_back_as_shown_changes_nothing(client, department):
    run = _made(client, department, **EVERYTHING)
    before = ChangeRecord.objects.count()

    assert _again(client, run).status_code == 302

    again = CourseRun.objects.get()
    assert ChangeRecord.objects.count() == before
    assert again.draw_tiers == run.draw_tiers
    assert again.questions.count() == 2


def test_changes_of_conditions_are_written_down_in_words(client, department):
    run = _made(client, department, **EVERYTHING)

    _again(client, run, **{"requirements-1-max_school_year": "5"})

    record = ChangeRecord.objects.latest("pk")
    assert record.fields == [
        [
            "対象の条件",
            "市内在住で小学4〜6年生とその保護者",
            "市内在住で小学4〜5年生とその保護者",
        ]
    ]


def test_answered_question_is_ended_and_keeps_its_options(client, department):
    run = _made(client, department)
    question = run.questions.first()
    application = _application(run)
    Answer.objects.create(application=application, question=question, value="iPhone")

    refused = _again(client, run, **{"questions-0-options": "Android\nその他"})
    assert refused.status_code == 422
    assert "すでに答えた方がいる質問" in refused.content.decode()

    assert _again(client, run, **{"questions-0-label": ""}).status_code == 302
    question.refresh_from_db()
    assert (question.is_asked, question.options) == (False, "iPhone\nAndroid")
    assert [row.label for row in run.questions.filter(is_asked=True)] == ["苦手なもの"]


def test_number_of_children_stays_above_those_promised(client, department):
    run = _made(client, department)
    wish = ask_for_support(
        application=_application(run),
        kind=SupportKind.CHILDCARE,
        by=None,
        at=NOON,
        children=(ChildWish("めい", 20), ChildWish("けん", 40)),
    )
    move_request(request=wish, to=SupportState.CONFIRMED, by=None, at=NOON)

    refused = _again(client, run, **{"support-0-capacity": "1"})
    assert refused.status_code == 422
    assert "すでに手配した人数より" in refused.content.decode()

    assert _again(client, run, **{"support-0-capacity": "2"}).status_code == 302
    assert run.support_offers.get().capacity == 2


def test_question_nobody_answered_is_deleted(client, department):
    run = _made(client, department)

    _again(client, run, **{"questions-1-label": ""})

    assert [row.label for row in run.questions.all()] == ["お使いの機種"]


WRONG = {
    "tiers without a draw": ({"run-selection_mode": "first_come"}, "draw_tiers"),
    "result before the deadline": (
        {"run-results_at": "2026-11-30T10:00"},
        "results_at",
    ),
    "result after the first session": (
        {"run-results_at": "2026-12-05T10:00"},
        "results_at",
    ),
    "minimum above the places": ({"run-minimum_to_hold": "21"}, "minimum_to_hold"),
    "decides without a minimum": ({"run-minimum_to_hold": ""}, "minimum_to_hold"),
    "decides on the day": ({"run-decide_on": "2026-12-05"}, "decide_on"),
    "withdraws after the end": (
        {"run-withdraw_until": "2026-12-05T12:01"},
        "withdraw_until",
    ),
    "paper before the opening": (
        {
            "run-applications_open_at": "2026-11-20T09:00",
            "run-paper_deadline": "2026-11-19",
        },
        "paper_deadline",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_implausible_facts_are_refused_at_their_field(client, department, name):
    wrong, field = WRONG[name]
    sent = course_data(department, **EVERYTHING) | CHILDREN | QUESTIONS | SUPPORT

    response = client.post(NEW, sent | wrong)

    assert response.status_code == 422
    assert list(response.context["run_form"].errors) == [field]
    html = response.content.decode()
    assert "お使いの機種" in html
    assert "2026-11-28T17:00" in html
    assert CourseRun.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (asked_rows("requirements", {"kind": "age"}), "何歳から、または何歳まで"),
        (asked_rows("requirements", {"kind": "residency"}), "どれかをえらんで"),
        (asked_rows("questions", PHONE | {"options": "iPhone"}), "選択肢を二つ以上"),
        (asked_rows("support", CARE, CARE), "二度は入れられません"),
        (
            asked_rows("support", CARE | {"deadline": "2026-12-06T10:00"}),
            "はじめの回より前",
        ),
    ],
)
def test_incomplete_rows_are_told_what_they_lack(client, department, row, sentence):
    response = client.post(NEW, course_data(department) | row)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_rows_are_added_without_script(client, department):
    sent = course_data(department, step="more_questions") | QUESTIONS

    response = client.post(NEW, sent)

    assert response.status_code == 200
    assert len(response.context["asked_rows"]["questions"].forms) == 4
    assert CourseRun.objects.count() == 0


def test_simple_course_shows_the_rest_folded(client, officer):
    form = client.get(NEW).context["run_form"]

    assert [part.is_open for part in form.folded()] == [False] * 5


def test_draft_is_saved_without_a_deadline(client, department):
    sent = course_data(department, run__applications_close_at="")

    assert client.post(NEW, sent).status_code == 302
    assert CourseRun.objects.get().applications_close_at is None


def test_sessions_to_choose_from_have_places_of_their_own(client, department):
    days = (("2026-12-05", "10:00", "12:00"), ("2026-12-12", "10:00", "12:00"))
    run = _made(client, department, *days, run__chooses_session="on")
    assert _places(run) == [(1, "general", 20), (2, "general", 20)]

    more = as_shown(client.get(reverse("manage_run_edit", args=[run.code])))
    more |= rows(*days, ("2026-12-19", "10:00", "12:00"), there=2)
    more |= {
        f"sessions-{number}-pk": str(session.pk)
        for number, session in enumerate(run.sessions.all())
    }
    more |= {"sessions-0-places_general": "12", "sessions-1-places_general": "20"}
    response = client.post(
        reverse("manage_run_edit", args=[run.code]), more | {"step": "save", "tell": "1"}
    )

    assert response.status_code == 302
    assert _places(run) == [(1, "general", 12), (2, "general", 20), (3, "general", 20)]


def test_new_session_to_choose_is_asked_for_its_places(client, department):
    day = ("2026-12-05", "10:00", "12:00")
    run = _made(client, department, day, run__chooses_session="on")
    address = reverse("manage_run_edit", args=[run.code])

    shown = as_shown(client.get(address))
    assert shown["sessions-1-places_general"] == "20"
    untouched = client.post(address, shown | {"step": "save"})
    assert untouched.status_code == 302
    assert _places(run) == [(1, "general", 20)]

    new = {"day": "2026-12-12", "begins": "10:00", "ends": "12:00"}
    sent = {f"sessions-1-{name}": value for name, value in new.items()}
    sent |= {"sessions-1-places_general": "8", "step": "save", "tell": "1"}
    assert client.post(address, shown | sent).status_code == 302
    assert _places(run) == [(1, "general", 20), (2, "general", 8)]


def test_one_session_each_can_be_changed_until_somebody_applies(client, department):
    run = _made(client, department)
    assert _again(client, run, run__chooses_session="on").status_code == 302
    assert _places(run) == [(1, "general", 20)]

    _application(CourseRun.objects.get())
    address = reverse("manage_run_edit", args=[run.code])
    sent = as_shown(client.get(address)) | {"step": "save"}
    sent.pop("run-chooses_session")
    response = client.post(address, sent)

    assert response.status_code == 422
    assert list(response.context["run_form"].errors) == ["chooses_session"]
    assert CourseRun.objects.get().chooses_session


def test_places_online_and_of_groups_are_pools(client, department):
    run = _made(
        client,
        department,
        run__online_capacity="40",
        run__delivery="hybrid",
        run__group_capacity="5",
    )

    found = run.pools.order_by("pk").values_list("kind", "capacity")
    assert list(found) == [("general", 20), ("groups", 5), ("online", 40)]


def test_run_for_groups_alone_has_no_other_places(client, department):
    run = _made(client, department, run__capacity="", run__group_capacity="8")

    assert list(run.pools.values_list("kind", "capacity")) == [("groups", 8)]


def test_copy_takes_conditions_along_and_moves_dates(client, department):
    run = _made(client, department, **EVERYTHING)
    address = reverse("manage_run_new", args=[run.course_id]) + f"?copy={run.code}"

    sent = as_shown(client.get(address)) | {"step": "save"}
    assert client.post(address, sent).status_code == 302

    copy = CourseRun.objects.exclude(pk=run.pk).get()
    gap = copy.applications_close_at - run.applications_close_at
    assert gap == timedelta(weeks=52)
    assert copy.paper_deadline - run.paper_deadline == gap
    assert copy.decide_on - run.decide_on == gap
    assert copy.withdraw_until - run.withdraw_until == gap
    assert copy.results_at - run.results_at == gap
    first, second = run.support_offers.get(), copy.support_offers.get()
    assert second.deadline - first.deadline == gap
    assert [row.kind for row in copy.requirements.all()] == ["residency", "school_year"]
    assert [row.label for row in copy.questions.all()] == ["お使いの機種", "苦手なもの"]
    assert copy.draw_tiers == run.draw_tiers


def _places(run):
    found = SeatPool.objects.filter(run=run).order_by("session__number")
    return list(found.values_list("session__number", "kind", "capacity"))


def _application(run) -> Application:
    return Application.objects.create(
        run=run,
        pool=run.pools.first(),
        state="received",
        received_at=NOON,
        tie=1,
        channel="phone",
        phone="0420-00-0000",
        family_name="山田",
        given_name="花子",
        family_name_kana="ヤマダ",
        given_name_kana="ハナコ",
    )
