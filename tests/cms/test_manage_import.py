"""An event list through the back office: looked at, then taken over once and whole."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Site

from cms.event_list_uploads import forget_expired
from cms.models import CoursePage, EventListUpload, PublishingSettings
from cms.permissions import set_up_roles
from courses.exchange.event_list.columns import RECOMMENDED
from courses.models import Course, CourseRun, Session
from tests.courses.event_rows import DATA, as_csv, event, events
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    RoomFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
SECTION = {"code": "bosai", "name": "防災課"}


@pytest.fixture
def section(site):
    return DepartmentFactory(**SECTION)


def signed_in(client, department, role="officer"):
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=department, role=role).user
    user.groups.add(officers)
    client.force_login(user)
    return user


@pytest.fixture
def officer(client, section):
    return signed_in(client, section)


def send(client, content: bytes, *, name="list.csv", key=None, department=None):
    department = department or Course.department.field.related_model.objects.get(
        code="bosai"
    )
    data = {
        "form_key": key or uuid4(),
        "file": SimpleUploadedFile(name, content),
        "department": department.pk if department else "",
    }
    return client.post("/manage/import/", data)


def looked_at(client, *rows):
    """The address of the plan for a list of these rows, and the page."""
    response = send(client, as_csv(*rows))
    assert response.status_code == 302, response.content.decode()
    return response["Location"], client.get(response["Location"])


def apply(client, url, page, **more):
    data = {"seen": page.context["mark"], **more}
    return client.post(f"{url}apply/", data, follow=True)


def test_nothing_is_written_before_somebody_agreed(client, officer):
    _url, page = looked_at(client, event(), event(3, name="茶道"))

    assert (page.status_code, Course.objects.count()) == (200, 0)
    words = page.content.decode()
    assert "まだ何も取り込んでいません" in words
    assert "行 2（取り込む 2、取り込めない 0）" in words
    assert "防災入門" in words
    assert "2月6日（土）10:00〜12:00" in words


def test_taking_over_makes_drafts_of_the_section(client, officer, section):
    url, page = looked_at(client, event(), event(3, name="茶道"))

    done = apply(client, url, page)

    assert "2行のうち2行です。" in done.content.decode()
    assert [p.title for p in done.context["drafts"]] == ["茶道", "防災入門"]
    course = Course.objects.get(title="防災入門")
    assert (course.department, course.is_public) == (section, False)
    assert course.runs.get().created_by == officer
    page = CoursePage.objects.get(course=course)
    assert (page.live, page.owner) == (False, officer)
    assert f'href="/manage/courses/{course.pk}/"' in done.content.decode()


def test_sent_twice_it_is_done_once(client, officer):
    url, page = looked_at(client, event())

    first = apply(client, url, page)
    again = apply(client, url, page)

    assert (Course.objects.count(), Session.objects.count()) == (1, 1)
    assert first.context["drafts"] == again.context["drafts"]


def test_the_same_form_is_one_upload(client, officer):
    key = uuid4()
    first = send(client, as_csv(event()), key=key)
    again = send(client, as_csv(event()), key=key)
    assert first["Location"] == again["Location"]
    assert EventListUpload.objects.count() == 1


def test_file_is_forgotten_once_it_is_taken_over(client, officer):
    url, page = looked_at(client, event())
    apply(client, url, page)
    assert EventListUpload.objects.get().content is None


def test_refused_rows_come_first_with_line_and_reason(client, officer):
    _url, page = looked_at(
        client, event(), event(3, name=""), event(4, start_date="さくら")
    )

    words = page.content.decode()
    assert [entry.row for entry in page.context["page_obj"]][:2] == [3, 4]
    assert words.index("名称がありません。") < words.index(">防災入門<")
    assert "<strong>4行目</strong> 開始日「さくら」を日付として読めません。" in words


def test_changes_are_shown_field_by_field(client, officer):
    url, page = looked_at(client, event(venue="東会館"))
    apply(client, url, page)

    url, page = looked_at(client, event(venue="東会館", fee="500"), event(3, name="茶道"))

    words = " ".join(page.content.decode().split())
    assert "費用（円）: <del>「0」</del>" in words
    assert "<ins>「500」</ins>" in words
    apply(client, url, page)
    assert CourseRun.objects.get(course__title="防災入門").fee == 500


def test_a_plan_made_stale_is_shown_anew_and_not_applied(client, officer):
    url, page = looked_at(client, event(venue="東会館", fee="500"))
    other, second = looked_at(client, event(venue="東会館"))
    apply(client, other, second)

    stale = apply(client, url, page)

    assert stale.status_code == 409
    assert "ほかの変更がありました" in stale.content.decode()
    assert CourseRun.objects.get().fee == 0
    apply(client, url, stale)
    assert CourseRun.objects.get().fee == 500


def test_without_having_seen_the_plan_nothing_happens(client, officer):
    url, _page = looked_at(client, event())
    assert client.post(f"{url}apply/").status_code == 409
    assert Course.objects.count() == 0


def test_a_taken_room_is_a_refused_row_that_names_who_has_it(client, officer):
    room = RoomFactory(name="和室", venue=VenueFactory(name="東会館"))
    run = CourseRunFactory(course__title="茶道の会")
    starts_at = NOON.replace(year=2027, month=2, day=6, hour=11)
    SessionFactory(run=run, room=room, starts_at=starts_at)

    _url, page = looked_at(client, event(venue="東会館　和室"), event(3, name="茶道"))

    assert (
        "部屋「和室」は、2月6日（土）11:00〜13:00に「茶道の会」で使われます。"
        in page.content.decode()
    )


def test_a_namesake_is_pointed_out(client, officer):
    CourseFactory(title="防災入門")
    _url, page = looked_at(client, event())
    assert "同じ名前の講座がすでにあります。" in page.content.decode()


def test_pages_go_live_only_if_asked(client, officer):
    url, page = looked_at(client, event())
    assert page.context["may_publish"]
    done = apply(client, url, page, publish="1")
    assert [p.title for p in done.context["published"]] == ["防災入門"]
    assert Course.objects.get().is_public


def test_who_may_not_publish_gets_drafts(client, officer):
    PublishingSettings.objects.create(
        site=Site.objects.get(is_default_site=True), needs_approval=True
    )
    url, page = looked_at(client, event())
    assert not page.context["may_publish"]
    done = apply(client, url, page, publish="1")
    assert "公開できないページは下書きにしました。" in done.content.decode()
    assert not Course.objects.get().is_public


def test_new_run_of_a_public_course_waits_for_the_head(client, officer):
    url, page = looked_at(client, event())
    apply(client, url, page, publish="1")
    PublishingSettings.objects.create(
        site=Site.objects.get(is_default_site=True), needs_approval=True
    )

    url, page = looked_at(client, *events("2027-03-10", "2027-03-17"))
    apply(client, url, page)

    states = CourseRun.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["announced", "planned", "planned"]


def test_another_sections_course_is_refused(client, officer, section):
    url, page = looked_at(client, event(fee="0", venue="東会館"))
    apply(client, url, page)
    other = DepartmentFactory(code="other")
    signed_in(client, other)

    response = send(client, as_csv(event(fee="500", venue="東会館")), department=other)
    page = client.get(response["Location"])

    assert "「防災入門」はほかの担当課の講座です。" in page.content.decode()
    assert not page.context["does_something"]


def test_a_list_is_seen_by_its_section_only(client, officer):
    url, page = looked_at(client, event())
    signed_in(client, DepartmentFactory(code="other"))

    assert client.get(url).status_code == 404
    assert client.post(f"{url}apply/", {"seen": page.context["mark"]}).status_code == 404
    assert client.post(f"{url}discard/").status_code == 302
    assert EventListUpload.objects.count() == 1
    assert "list.csv" not in client.get("/manage/import/").content.decode()


def test_nobody_brings_a_list_for_another_section(client, officer):
    other = DepartmentFactory(code="other")
    response = send(client, as_csv(event()), department=other)
    assert response.status_code == 422
    assert EventListUpload.objects.count() == 0


@pytest.mark.parametrize("path", ["/manage/import/", "/manage/open-data/"])
def test_residents_and_strangers_are_kept_out(client, site, path):
    assert client.get(path).status_code == 302
    client.force_login(UserFactory())
    assert client.get(path).status_code == 403


def test_an_administrator_may_leave_the_section_to_the_list(client, section):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    data = {"form_key": uuid4(), "file": SimpleUploadedFile("l.csv", as_csv(event()))}
    url = client.post("/manage/import/", data)["Location"]
    apply(client, url, client.get(url))
    assert Course.objects.get().department == section


def test_discarding_forgets_the_file(client, officer):
    url, _page = looked_at(client, event())
    said = client.post(f"{url}discard/", follow=True).content.decode()
    assert "何も取り込んでいません。" in said
    assert EventListUpload.objects.count() == 0
    assert client.get(url).status_code == 404


def test_after_a_week_the_file_is_gone(client, officer):
    url, page = looked_at(client, event())
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        assert "もうありません" in client.get(url, follow=True).content.decode()
        assert apply(client, url, page).status_code in (200, 404)
        assert forget_expired(at=NOON + timedelta(days=8)) in (0, 1)
    assert (EventListUpload.objects.count(), Course.objects.count()) == (0, 0)


def test_both_shapes_and_both_encodings_are_read(client, officer):
    for name in ("base_registry.csv", "recommended_cp932.csv"):
        response = send(client, (DATA / name).read_bytes(), name=name)
        assert response.status_code == 302
        assert client.get(response["Location"]).context["plan"].used_rows


def wide(columns: int) -> bytes:
    return ",".join(f"列{number}" for number in range(columns)).encode() + b"\r\n1\r\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + b"x" * 50, "Excel（.xlsx） のファイルです。"),
        (b"%PDF-1.7", "PDF のファイルです。"),
        (b"<html><script>alert(1)</script>", "HTML / XML のファイルです。"),
        (b"\x00\x01\x02" * 100, "文字ではないデータが入っています。"),
        ("名称,開始日\r\n一\0二,2027-02-06\r\n".encode(), "文字ではないデータが"),
        (b"x" * (50 * 1024 * 1024), "ファイルが大きすぎます（5MBまで）。"),
        (wide(400_000), "イベント一覧の見出し（名称、開始日）がありません。"),
        ("名称,開始日\r\n".encode(), "取り込める行がありません。"),
        (b"", "ファイルが空です。"),
        ("あいうえお".encode(), "イベント一覧の見出し（名称、開始日）がありません。"),
    ],
    ids=[
        "xlsx",
        "pdf",
        "html",
        "binary",
        "nul",
        "50MB",
        "wide",
        "no rows",
        "empty",
        "text",
    ],
)
def test_what_is_no_list_gets_a_sentence(client, officer, content, sentence):
    response = send(client, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert EventListUpload.objects.count() == 0


def test_too_many_rows_are_refused(client, officer):
    rows = [event(number, name=f"講座{number}") for number in range(2, 1003)]
    response = send(client, as_csv(*rows))
    assert "行が多すぎます（1001行）。" in response.content.decode()


def test_what_is_written_into_a_list_cannot_run(client, officer):
    hostile = '=HYPERLINK("http://evil.example")<script>alert(1)</script>'
    response = send(client, as_csv(event(name=hostile)), name="<b>../../x.csv")
    page = client.get(response["Location"])
    words = page.content.decode()

    assert "<script>alert(1)" not in words
    assert "&lt;script&gt;alert(1)" in words
    assert "&lt;b&gt;" not in words
    assert EventListUpload.objects.get().file_name == "x.csv"
    assert client.get(f"{response['Location']}?p=999&x=').alert").status_code == 200


def test_a_list_of_the_second_shape_with_signs_loses_its_marks(client, officer):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(
        [
            [heading for heading, _field in RECOMMENDED],
            [
                {"name": "'=防災", "start_date": "2027-02-06", "name_kana": "ボ"}.get(
                    field, ""
                )
                for _heading, field in RECOMMENDED
            ],
        ]
    )
    response = send(client, out.getvalue().encode("utf-8-sig"))
    url = response["Location"]
    apply(client, url, client.get(url))
    assert Course.objects.get().title == "=防災"


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_takes_a_fixed_number_of_queries(
    client, officer, number, django_assert_max_num_queries
):
    url, _page = looked_at(client, *[event(n + 2, name=f"会{n}") for n in range(number)])
    with django_assert_max_num_queries(60) as found:
        client.get(url)
    seen.setdefault("queries", len(found))
    assert len(found) == seen["queries"]


seen: dict[str, int] = {}
