"""Questions over HTTP: by the secret link, in the back office, in the reminder."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.enums import CourseKind
from enrollments.domain.advance_questions.publishing import propose_question
from enrollments.domain.advance_questions.sorting import sort_question
from enrollments.domain.links import application_token
from enrollments.domain.reminders import remind
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion, Notification
from tests.enrollments.back_office import officer_of
from tests.factories import DepartmentFactory, UserFactory


@pytest.fixture
def address(citizen):
    return reverse("application_questions", args=[application_token(citizen)])


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


def test_a_participant_sends_and_takes_back(client, address):
    text = "ごみの分け方は\n変わりますか"
    assert client.post(address, {"act": "ask", "text": text}).status_code == 302
    assert "変わりますか" in client.get(address).content.decode()

    question = AdvanceQuestion.objects.get()
    client.post(address, {"act": "take-back", "question": question.pk})
    assert "変わりますか" not in client.get(address).content.decode()


def test_nothing_typed_is_said_and_another_ones_question_is_not_there(
    client, address, waste_too
):
    assert client.post(address, {"act": "ask", "text": ""}).status_code == 422
    answer = client.post(address, {"act": "take-back", "question": waste_too.pk})
    assert answer.status_code == 404


def test_what_was_typed_is_not_lost_when_it_is_too_late(
    client, address, call, time_machine
):
    time_machine.move_to(call.closes_at)
    answer = client.post(address, {"act": "ask", "text": "間に合わなかった質問"})

    assert answer.status_code == 409
    assert "受付は終わりました" in answer.content.decode()


def test_forged_links_and_runs_that_collect_nothing_get_404(client, address, call):
    forged = reverse("application_questions", args=["forged"])
    assert client.get(forged).status_code == 404
    call.delete()
    assert client.get(address).status_code == 404


def test_the_receipt_and_the_own_page_lead_there(client, citizen, address):
    receipt = client.get(reverse("application", args=[application_token(citizen)]))
    assert address in receipt.content.decode()

    user = UserFactory()
    citizen.user = user
    citizen.save(update_fields=["user"])
    client.force_login(user)
    assert address in client.get(reverse("my_page")).content.decode()


def test_the_reminder_leads_there(run, citizen, employee, address, call, now):
    run.reminder_days = 7
    run.save(update_fields=["reminder_days"])
    remind(at=now + timedelta(days=7, hours=-2))

    mails = Notification.objects.filter(occasion__startswith="reminder:")
    bodies = dict(mails.values_list("application", "body"))
    assert set(bodies) == {citizen.pk, employee.pk}
    assert address in bodies[citizen.pk]
    assert address not in bodies[employee.pk]


def test_the_officer_sees_sides_and_nobodys_name(client, run, waste, waste_too, department):
    client.force_login(officer_of(department))
    page = reverse("manage_questions", args=[run.code])

    html = client.get(page).content.decode()
    assert "ごみの分け方は変わりますか" in html
    assert "高橋" not in html
    only = client.get(page, {"side": "staff"}).content.decode()
    assert f'id="q-{waste_too.pk}"' in only
    assert f'id="q-{waste.pk}"' not in only


def test_the_officer_sorts_merges_and_publishes(client, run, waste, waste_too, department):
    client.force_login(officer_of(department))
    page = reverse("manage_questions", args=[run.code])

    def act(name, question, **said):
        said |= {"act": name, "question": question.pk}
        assert client.post(page, said).status_code == 302
        question.refresh_from_db()
        return question.state

    assert act("merge", waste_too, into=waste.pk) == State.MERGED
    assert act("take-up", waste) == State.TAKEN_UP
    act("topic", waste, topic="ごみ")
    assert act("propose", waste, words="ごみの分け方") == State.PUBLISHED
    assert act("keep-back", waste) == State.TAKEN_UP
    assert act("set-aside", waste) == State.SET_ASIDE
    assert act("back", waste) == State.RECEIVED
    assert waste.topic == "ごみ"
    again = client.post(page, {"act": "approve", "question": waste.pk})
    assert again.status_code == 409


def test_the_officer_collects_and_writes_down(client, run, department, now):
    client.force_login(officer_of(department))
    page = reverse("manage_questions", args=[run.code])
    closes = (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    assert client.post(page, {"act": "collect", "closes_at": ""}).status_code == 422
    said = {"act": "collect", "closes_at": closes, "prompt": "話したいこと"}
    assert client.post(page, said).status_code == 302
    paper = {"act": "write-down", "paper-side": "citizens", "paper-text": "電話の質問"}
    assert client.post(page, paper).status_code == 302
    assert client.post(page, {"act": "stop"}).status_code == 302
    assert AdvanceQuestion.objects.get().text == "電話の質問"


@pytest.mark.parametrize("who", ["anonymous", "resident", "other"])
def test_nobody_else_opens_the_page(client, run, call, who):
    if who == "resident":
        client.force_login(UserFactory())
    if who == "other":
        client.force_login(officer_of(DepartmentFactory()))
    answer = client.get(reverse("manage_questions", args=[run.code]))

    assert answer.status_code == (302 if who == "anonymous" else 403)


def test_the_paper_names_nobody(client, run, waste, officer, department, now):
    sort_question(question=waste, to=State.TAKEN_UP, by=officer, at=now)
    client.force_login(officer_of(department))
    html = client.get(reverse("manage_print_page", args=[run.code, "questions"]))

    assert "ごみの分け方は変わりますか" in html.content.decode()
    assert "高橋" not in html.content.decode()


def test_unsorted_ones_stand_on_the_start_page(client, run, waste, department):
    client.force_login(officer_of(department))
    html = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "まだ見ていない質問 1件" in html


def test_joint_sessions_have_the_tab_and_lectures_once_they_collect(
    client, run, department
):
    client.force_login(officer_of(department))
    page = reverse("manage_questions", args=[run.code])
    overview = reverse("manage_run", args=[run.code])

    def links():
        return client.get(overview).content.decode().count(f'href="{page}"')

    assert links() == 1  # the button
    run.course.kind = CourseKind.JOINT_SESSION
    run.course.save(update_fields=["kind"])
    assert links() == 2


def test_published_ones_go_with_their_words(waste, officer, now):
    sort_question(question=waste, to=State.TAKEN_UP, by=officer, at=now)
    found = propose_question(question=waste, words="ごみ", by=officer, at=now)

    assert (found.state, found.public_words) == (State.PUBLISHED, "ごみ")
