"""The flyer of a run: one A4 sheet, whatever stands on it."""

import pytest
import time_machine
from django.urls import reverse

from tests.enrollments.back_office import officer_of
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    PublicInstructorFactory,
    SeatPoolFactory,
    SessionFactory,
)
from tests.papers import fonts_of, page_sizes, reader, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    department = DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")
    course = CourseFactory(
        slug="bosai",
        title="防災入門",
        summary="となりの人と助け合うために。",
        department=department,
    )
    run = CourseRunFactory(course=course, audience="市内に住む方", code="2026-0001")
    SeatPoolFactory(run=run, capacity=30)
    SessionFactory(run=run)
    return run


def flyer(client, run) -> bytes:
    with time_machine.travel(NOON, tick=False):
        answer = client.get(reverse("manage_flyer", args=[run.code]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def test_flyer_says_what_when_who_how_and_whom_to_ask(client, run):
    client.force_login(officer_of(run.course.department))
    said = text_of(flyer(client, run))

    for words in (
        "防災入門",
        "となりの人と助け合うために。",
        "12月5日（土）",
        "市内に住む方",
        "30名（申込順）",
        "参加無料",
        "https://manabiba.example/apply/2026-0001",
        "市民活動推進課電話0420-00-0000",
        "みどり野市",
    ):
        assert words in said


def test_flyer_leads_to_the_course_s_page(client, run, monkeypatch):
    asked = []
    from courses.exchange import flyer as made

    drawn = made.qr_svg
    monkeypatch.setattr(made, "qr_svg", lambda it: asked.append(it) or drawn(it))
    client.force_login(officer_of(run.course.department))
    flyer(client, run)

    assert asked == ["https://manabiba.example/courses/bosai/"]


@pytest.mark.parametrize("length", [0, 1, 40])
def test_flyer_is_one_page_however_long(client, run, length):
    run.note = "雨の日も行います。" * length * 5
    run.bring = "筆記用具、" * length
    run.how_to_apply = "はがきに住所を書いてください。" * length
    run.save()
    run.course.title = "まちの備え方をはじめから学ぶ講座 " * min(length, 8) or "防災"
    run.course.save()
    client.force_login(officer_of(run.course.department))
    made = flyer(client, run)

    assert len(reader(made).pages) == 1
    assert page_sizes(made) == {(210, 297)}
    assert fonts_of(made) == {"NotoSansJP-Regular", "NotoSansJP-Bold"}
    assert "電話0420-00-0000" in text_of(made)


def test_flyer_names_only_public_lecturers_and_no_clerk(client, run):
    officer = officer_of(run.course.department)
    officer.last_name = "担当"
    officer.save()
    hidden = InstructorFactory(family_name="非公開")
    shown = PublicInstructorFactory(family_name="公開")
    run.course.instructors.add(hidden, shown)
    client.force_login(officer)
    said = text_of(flyer(client, run))

    assert "公開" in said
    assert "非公開" not in said
    assert "担当" not in said


def test_title_is_never_markup(client, run):
    run.course.title = '#panic("x") $1$ \\ *防災*'
    run.course.save()
    client.force_login(officer_of(run.course.department))

    assert '#panic("x")$1$\\*防災*' in text_of(flyer(client, run))


def test_flyer_is_for_those_who_see_the_course(client, run):
    address = reverse("manage_flyer", args=[run.code])
    assert client.get(address).status_code == 302

    other = DepartmentFactory()
    client.force_login(officer_of(other))
    assert client.get(address).status_code == 403
    run.course.co_hosts.add(other)
    assert client.get(address).status_code == 200
