"""Who may take out what: by section, by role, and by the permissions given to a person."""

import pytest

from accounts.models import AccessLog
from courses.models import Course
from tests.cms.exports.taking import address, names, rows_of, take
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    StaffProfileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OF = {"run": "2026-0001"}
ALL_OF_RUN = ["applications", "participants", "attendance", "waiting", "learning"]


@pytest.fixture
def people(officer, run):
    """By what each is to the run."""
    groups = officer.groups.all()

    def staff(role="officer", **of):
        user = StaffProfileFactory(role=role, **of).user
        user.groups.set(groups)
        return user

    host = DepartmentFactory(name="福祉課")
    run.course.co_hosts.add(host)
    return {
        "own": officer,
        "head": staff("head", department=run.course.department),
        "administrator": UserFactory(is_superuser=True),
        "co-host": staff(department=host),
        "other": staff(department=DepartmentFactory(name="税務課")),
        "other head": staff("head", department=DepartmentFactory(name="広報課")),
        "resident": UserFactory(),
    }


@pytest.mark.parametrize("kind", ALL_OF_RUN)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("own", 200),
        ("head", 200),
        ("administrator", 200),
        ("co-host", 403),
        ("other", 403),
        ("other head", 403),
        ("resident", 403),
    ],
)
def test_a_runs_lists_are_its_sections(client, people, kind, who, status):
    client.force_login(people[who])
    assert _status(client.get(address(kind, **OF))) == status
    answer = take(client, kind, ["receipt_number", "full_name"], of=OF)
    assert _status(answer) == status
    assert AccessLog.objects.filter(kind="export").exists() is (status == 200)


def _status(answer):
    """Wagtail sends residents who are signed in to its own front page."""
    return 403 if answer.status_code == 302 else answer.status_code


def test_visitors_sign_in(client, run):
    for asked in (
        "/manage/exports/",
        address("applications", **OF),
        "/manage/runs/2026-0001/exports/",
        "/manage/access-log/",
    ):
        assert "login" in client.get(asked)["Location"]


def test_list_of_a_section_holds_nobody_elses(client, people, run, now):
    client.force_login(people["other"])
    answer = take(client, "applications", ["full_name"])
    assert rows_of(answer) == [["氏名"]]
    client.force_login(people["own"])
    assert rows_of(take(client, "applications", ["full_name"]))[1:] == [["山田 花子"]]


SENSITIVE = {"birth_date", "postal_code", "address", "staff_note", "screening_notes"}


def test_sensitive_columns_need_their_permission(client, people, run, now, may):
    own = people["own"]
    shown = set(names("applications", own, now, run=run))
    assert not shown & (SENSITIVE | {"support"})
    with_notes = set(names("applications", may(own, may.sensitive), now, run=run))
    assert with_notes - shown == SENSITIVE
    with_support = set(names("applications", may(own, may.support), now, run=run))
    assert with_support - with_notes == {"support"}


def test_column_that_is_not_offered_is_not_given_out(client, people, run):
    client.force_login(people["own"])
    answer = take(client, "applications", ["full_name", "address"], of=OF)
    assert answer.status_code == 422
    assert "北町" not in answer.content.decode()


def test_with_the_permission_it_is_not_ticked_by_itself(client, people, run, may):
    client.force_login(may(people["own"], may.sensitive))
    page = client.get(address("applications", **OF)).content.decode()
    assert 'name="columns" value="address">' in page
    assert 'name="columns" value="full_name" checked>' in page
    answer = take(client, "applications", ["address", "staff_note"], of=OF)
    assert rows_of(answer)[1:] == [["北町1-2-3", "階段が苦手"]]


def test_statistics_of_others_hide_small_numbers(client, people, run):
    columns = ["run_code", "by", "applied"]
    client.force_login(people["own"])
    own = rows_of(take(client, "statistics", columns, of=OF))
    assert own[1] == ["2026-0001", "全体", "2"]
    client.force_login(people["other"])
    other = rows_of(take(client, "statistics", columns, of=OF))
    assert other[1] == ["2026-0001", "全体", "5未満"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("own", 403), ("head", 200), ("administrator", 200), ("resident", 403)],
)
def test_record_is_for_heads_and_administrators(client, people, who, status):
    client.force_login(people[who])
    assert _status(client.get("/manage/access-log/")) == status
    assert _status(client.get("/manage/exports/accesses/")) == status


def test_heads_see_their_own_people_only(client, people, run):
    client.force_login(people["own"])
    take(client, "applications", ["full_name"], of=OF)
    seen = {}
    for who in ("head", "other head", "administrator"):
        client.force_login(people[who])
        seen[who] = "申込みの出力 2026-0001" in (
            client.get("/manage/access-log/").content.decode()
        )
        rows = rows_of(take(client, "accesses", ["subject"]))
        seen[f"{who}, file"] = ["申込みの出力 2026-0001"] in rows
    assert seen == {
        "head": True,
        "head, file": True,
        "other head": False,
        "other head, file": False,
        "administrator": True,
        "administrator, file": True,
    }


def test_record_taken_out_is_recorded_too(client, people, run):
    client.force_login(people["head"])
    take(client, "accesses", ["subject"])
    line = AccessLog.objects.get()
    assert line.subject.startswith("個人情報の閲覧・出力の記録の出力")


def test_record_is_narrowed_by_person_kind_and_day(client, people, run):
    client.force_login(people["own"])
    take(client, "applications", ["full_name"], of=OF)
    client.force_login(people["administrator"])
    line = "申込みの出力 2026-0001"

    def shown(query):
        return line in client.get(f"/manage/access-log/?{query}").content.decode()

    own, section = people["own"].pk, run.course.department_id
    assert {
        query: shown(query)
        for query in (
            f"user={own}",
            f"department={section}",
            "kind=export",
            "kind=read",
            "since=2026-11-21",
            "since=2026-11-22",
            "until=2026-11-21",
            "until=2026-11-20",
        )
    } == {
        f"user={own}": True,
        f"department={section}": True,
        "kind=export": True,
        "kind=read": False,
        "since=2026-11-21": True,
        "since=2026-11-22": False,
        "until=2026-11-21": True,
        "until=2026-11-20": False,
    }


def test_tab_of_the_run_leads_to_its_lists(client, people, run):
    client.force_login(people["own"])
    page = client.get("/manage/runs/2026-0001/").content.decode()
    assert 'href="/manage/runs/2026-0001/exports/"' in page
    lists = client.get("/manage/runs/2026-0001/exports/").content.decode()
    assert 'href="/manage/exports/applications/?run=2026-0001"' in lists


def test_another_sections_course_stays_out_of_the_list_of_courses(client, people, run):
    CourseRunFactory(course=CourseFactory(department=DepartmentFactory()))
    client.force_login(people["own"])
    rows = rows_of(take(client, "courses", ["title"]))
    assert rows[1:] == [["はじめての防災"]]
    assert Course.objects.count() == 2
