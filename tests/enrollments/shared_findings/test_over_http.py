"""The pages of the findings, for the officer and for the citizen, and who may open them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from enrollments.domain.shared_findings.agreeing import approve, publish_findings
from enrollments.domain.shared_findings.citizens import findings_path
from enrollments.domain.shared_findings.reading import draft_of
from enrollments.domain.shared_findings.writing import write_findings
from enrollments.models import Application, NextStep, SharedFindings
from tests.enrollments.back_office import officer_of
from tests.enrollments.shared_findings.conftest import SAID
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def over(time_machine, afterwards):
    time_machine.move_to(afterwards, tick=False)


def typed(seen=0, **changes):
    rows = {"steps-TOTAL_FORMS": "2", "steps-INITIAL_FORMS": "0"}
    step = {
        "steps-0-what": "担当を決める",
        "steps-0-who": "防災課",
        "steps-0-due_on": "2027-03-31",
    }
    said = {"act": "write", "seen": str(seen), "learned": "鍵は二本\n・表がない"}
    return {**rows, **step, **said, **changes}


def test_officer_writes_and_citizen_finishes(client, findings, joint_run, department):
    page = reverse("manage_findings_of_session", args=[joint_run.code, 1])
    client.force_login(officer_of(department))
    assert client.post(page, typed()).status_code == 302
    draft = draft_of(findings)
    assert draft.content.learned == ("鍵は二本", "表がない")
    assert [step.who for step in draft.content.steps] == ["防災課"]
    client.post(page, {"act": "approve", "number": "1"})
    client.logout()
    own = findings_path(findings)
    shown = client.get(own)
    assert "職員側</strong> ✓" in shown.content.decode()
    assert (shown["X-Robots-Tag"], shown["Referrer-Policy"]) == ("noindex", "same-origin")
    client.post(own, {"act": "approve", "number": "1"})
    publish = reverse("manage_findings_publish", args=[joint_run.code, 1])
    assert client.post(publish).status_code == 302
    assert SharedFindings.objects.get().published is None
    client.force_login(officer_of(department))
    assert "公開する</button>" in client.get(page).content.decode()
    client.post(publish)
    assert SharedFindings.objects.get().published.number == 1
    key = NextStep.objects.get().key
    follow = {"act": "follow", "key": key, "done_on": "2026-12-01", "note": "決まった"}
    client.post(own, follow)
    step = NextStep.objects.get()
    assert (str(step.done_on), step.note) == ("2026-12-01", "決まった")


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("ko@example.jp", "市民側で書く方へ、メールを送ります。"),
        ("", "「郵送・電話」の一覧に加えました。"),
    ],
)
def test_officer_reads_how_the_citizen_is_asked(
    client, evening, citizen, joint_run, department, officer, email, said
):
    own = Application.objects.filter(pk=citizen.application_id)
    own.update(email=email, phone="0420-12-3456")
    client.force_login(officer_of(department))
    page = reverse("manage_findings_of_session", args=[joint_run.code, 1])
    named = client.post(page, {"act": "name", "citizen": citizen.pk}, follow=True)

    assert said in named.content.decode()


def test_two_steps_never_have_one_key(client, findings, joint_run, department):
    """A damaged form: each step is followed by its key after the publication."""
    client.force_login(officer_of(department))
    page = reverse("manage_findings_of_session", args=[joint_run.code, 1])
    key = str(uuid4())
    rows = {"steps-0-key": key, "steps-1-key": key, "steps-1-what": "知らせる"}
    assert client.post(page, typed(**rows)).status_code == 302
    keys = [step.key for step in draft_of(findings).content.steps]
    assert len(set(keys)) == len(keys) == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_steps_have_days_that_can_be_meant(client, findings, joint_run, department, day):
    client.force_login(officer_of(department))
    page = reverse("manage_findings_of_session", args=[joint_run.code, 1])
    answer = client.post(page, typed(**{"steps-0-due_on": day}))
    assert answer.status_code == 422
    assert "2000年から2100年まで" in answer.content.decode()


def test_what_was_typed_stays_when_somebody_was_faster(
    client, findings, staff, joint_run, department, afterwards
):
    write_findings(findings=findings, content=SAID, seen=0, author=staff, at=afterwards)
    client.force_login(officer_of(department))
    page = reverse("manage_findings_of_session", args=[joint_run.code, 1])
    answer = client.post(page, typed(seen=0))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "鍵は二本\n・表がない" in html
    assert "担当が決まっていない" in html
    assert '<input type="hidden" name="seen" value="1">' in html
    assert client.post(page, typed(seen=1)).status_code == 302


@pytest.mark.parametrize("who", ["anonymous", "resident", "citizen", "other", "own"])
def test_who_opens_which_page(client, findings, joint_run, account, department, who):
    users = {
        "resident": UserFactory,
        "citizen": lambda: account,
        "other": lambda: officer_of(DepartmentFactory()),
        "own": lambda: officer_of(department),
    }
    if who in users:
        client.force_login(users[who]())
    office = reverse("manage_findings_of_session", args=[joint_run.code, 1])
    publish = reverse("manage_findings_publish", args=[joint_run.code, 1])
    mine = reverse("my_findings", args=[findings.public_id])
    opened = client.get(office).status_code
    assert (opened == 200) == (who == "own")
    assert opened in (200, 302, 403)
    assert client.post(office, typed()).status_code == (302 if who == "own" else opened)
    assert draft_of(findings).number == (1 if who == "own" else 0)
    client.post(publish)
    assert SharedFindings.objects.get().published is None
    answer = client.get(mine)
    leads = answer.status_code == 302 and answer["Location"] == findings_path(findings)
    assert leads == (who == "citizen")
    assert answer.status_code == (302 if who in ("anonymous", "citizen") else 404)


def test_forged_link_opens_nothing(client, findings):
    token = findings_path(findings).rstrip("/").rpartition("/")[2]
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert client.get(reverse("findings", args=[forged])).status_code == 404


def test_named_citizen_finds_the_way_from_the_own_application(client, findings):
    from enrollments.domain.links import application_path

    page = client.get(application_path(findings.citizen.application))
    assert findings_path(findings) in page.content.decode()


def test_published_findings_name_nobody(
    client, findings, staff, resident, officer, afterwards
):
    write_findings(findings=findings, content=SAID, seen=0, author=resident, at=afterwards)
    for author in (staff, resident):
        approve(findings=findings, number=1, author=author, at=afterwards)
    publish_findings(findings=findings, by=officer, at=afterwards)
    from enrollments.domain.shared_findings.reading import told_of, words_of

    words = words_of(told_of([findings.course]))
    assert words.splitlines() == ["鍵は二本ある", "担当が決まっていない", "担当を決める"]


def test_before_the_end_the_tab_says_when(client, evening, department, time_machine, now):
    time_machine.move_to(now)
    client.force_login(officer_of(department))
    page = reverse("manage_findings", args=[evening.run.code])
    assert "その回が終わってから書けます" in client.get(page).content.decode()
    assert not SharedFindings.objects.exists()
