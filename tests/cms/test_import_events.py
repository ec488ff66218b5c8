"""`manage.py import_events`: from a file to drafts or live pages, or to a sentence."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from wagtail.models import Page, Site

from cms.models import CatalogueIndexPage, CoursePage, HomePage
from cms.pages_for_courses import paragraphs
from courses.models import Course, CourseRun, Session
from enrollments.models import Application
from tests.courses.event_rows import DATA, NOW, as_csv, event, tokyo
from tests.factories import CourseFactory, DepartmentFactory

pytestmark = pytest.mark.django_db
BASE = DATA / "base_registry.csv"
SECOND = DATA / "recommended_cp932.csv"


@pytest.fixture
def catalogue():
    root = Page.get_first_root_node()
    home = HomePage(title="まなびば", slug="manabiba")
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    index = CatalogueIndexPage(title="講座をさがす", slug="courses")
    home.add_child(instance=index)
    return index


def run(*arguments) -> str:
    out = StringIO()
    call_command("import_events", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def file_of(tmp_path, *rows, name="list.csv"):
    path = tmp_path / name
    path.write_bytes(as_csv(*rows))
    return path


def test_import_makes_drafts(catalogue):
    told = run(BASE)

    assert "行 15（取り込む 12、取り込めない 3）" in told
    assert "講座 新しい 8、変わる 0、そのまま 0" in told
    assert "取り込みました。8件のページを下書きでつくりました。" in told
    assert (Course.objects.count(), Course.objects.public().count()) == (8, 0)
    assert CoursePage.objects.filter(live=False).count() == 8


def test_draft_is_not_shown_to_visitors(catalogue, client):
    run(BASE)
    page = CoursePage.objects.first()

    assert client.get(f"/courses/{page.slug}/").status_code == 404


def test_publish_makes_courses_public(catalogue, client):
    told = run(BASE, "--publish")
    page = CoursePage.objects.get(title="親と子の教室")

    assert "8件のページを公開しました。" in told
    assert Course.objects.public().count() == 8
    response = client.get(page.url)
    assert response.status_code == 200
    assert "2回目以降は、親と子がそれぞれ活動します。" in response.content.decode()


def test_publish_later_takes_the_drafts_live(catalogue):
    run(BASE)
    told = run(BASE, "--publish")

    assert "8件のページを公開しました。" in told
    assert Course.objects.public().count() == 8


def test_publish_leaves_down_what_was_taken_down(catalogue):
    run(BASE, "--publish")
    CoursePage.objects.get(title="親と子の教室").unpublish()

    told = run(BASE, "--publish")

    assert Course.objects.public().count() == 7
    assert "変わるものはありませんでした。" in told


def test_second_import_changes_nothing(catalogue):
    run(BASE, SECOND)
    pages = list(CoursePage.objects.order_by("pk").values("pk", "latest_revision"))

    told = run(BASE, SECOND)

    assert "講座 新しい 0、変わる 0、そのまま 10" in told
    assert "変わるものはありませんでした。" in told
    assert pages == list(CoursePage.objects.order_by("pk").values("pk", "latest_revision"))


def test_dry_run_shows_the_plan_and_changes_nothing(catalogue):
    told = run(BASE, "--dry-run")

    assert "・親と子の教室（講座、担当課未定、4、5行目）" in told
    assert "＋2027年" not in told
    assert "base_registry.csv 12行目 名称が「#NAME?」になっています。" in told
    assert "試しに読んだだけです。何も変えていません。" in told
    assert (Course.objects.count(), CoursePage.objects.count()) == (0, 0)


def test_change_is_shown_with_its_words(catalogue, tmp_path):
    run(file_of(tmp_path, event(venue="東会館", contact_phone="1")))
    told = run(file_of(tmp_path, event(venue="東会館", contact_phone="2", fee="500")))

    assert "■ 変わる講座" in told
    assert "費用（円）: 「0」 → 「500」" in told
    assert "問い合わせ先の電話: 「1」 → 「2」" in told
    assert CourseRun.objects.get().fee == 500


def test_nothing_that_was_written_into_a_list_can_run(catalogue, client):
    run(BASE, "--publish")
    page = CoursePage.objects.get(title__startswith="=HYPERLINK")
    body = client.get(page.url).content.decode()

    assert "<script>alert" not in body
    assert "&lt;b&gt;太字&lt;/b&gt;" in body
    assert "javascript:" not in body
    assert 'href="http://evil.example"' not in body


def test_paragraphs_are_escaped():
    assert paragraphs("一<b>\n二\n\n\n三&") == "<p>一&lt;b&gt;<br/>二</p><p>三&amp;</p>"


def test_page_takes_an_address_that_is_free(catalogue, tmp_path):
    other = CoursePage(title="別", slug="防災入門", course=CourseFactory(slug="betsu"))
    catalogue.add_child(instance=other)

    run(file_of(tmp_path, event()), "--publish")

    assert CoursePage.objects.get(title="防災入門").slug == "防災入門-2"


def test_run_that_somebody_applied_for_is_not_changed(
    catalogue, tmp_path, django_user_model
):
    run(file_of(tmp_path, event()))
    course_run = CourseRun.objects.get()
    Application.objects.create(
        run=course_run, pool=course_run.pools.get(), received_at=NOW, tie=1, phone="090"
    )

    told = run(file_of(tmp_path, event(fee="500", end_time="13:00")))

    assert "この開催は申込みを受け付けているため変えていません。" in told
    assert CourseRun.objects.get().fee == 0
    assert Session.objects.get().ends_at == tokyo(2, 6, 12)


def test_given_section_owns_the_courses(catalogue):
    section = DepartmentFactory(code="gakushu", name="生涯学習課")
    run(SECOND, "--department", "gakushu")

    assert set(Course.objects.values_list("department", flat=True)) == {section.pk}


def test_unknown_section_is_refused_with_the_known_ones(catalogue):
    DepartmentFactory(code="gakushu")

    with pytest.raises(CommandError, match="「nanika」はありません。使えるコード: gakushu"):
        run(SECOND, "--department", "nanika")


def test_same_file_twice_is_read_once(catalogue, tmp_path):
    copy = tmp_path / "copy.csv"
    copy.write_bytes(BASE.read_bytes())

    told = run(BASE, BASE, copy)

    assert "行 15（" in told
    assert (
        "copy.csv base_registry.csvと同じ内容のファイルです。一度だけ読みました。" in told
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "PDF のファイルです。"),
        (b"", "ファイルが空です。"),
        (
            "名前,日付\n防災,2027".encode(),
            "イベント一覧の見出し（名称、開始日）がありません。",
        ),
    ],
    ids=["pdf", "empty", "other"],
)
def test_nothing_readable_is_an_error_with_a_sentence(
    catalogue, tmp_path, content, sentence
):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    out = StringIO()

    with pytest.raises(CommandError, match="取り込める一覧がありませんでした。"):
        call_command("import_events", str(path), stdout=out, stderr=out)

    assert f"wrong.csv {sentence}" in out.getvalue()


def test_missing_file_beside_a_good_one_is_reported(catalogue, tmp_path):
    told = run(tmp_path / "nowhere.csv", tmp_path, SECOND)

    assert "nowhere.csv ファイルがありません。" in told
    assert f"{tmp_path.name} ファイルを開けません。" in told
    assert Course.objects.count() == 2


def test_large_file_is_not_even_read(catalogue, tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)

    with pytest.raises(CommandError):
        run(path)


def test_clash_with_somebody_else_is_a_sentence(catalogue, tmp_path, monkeypatch):
    def clash(**kwargs):
        raise IntegrityError

    monkeypatch.setattr("cms.event_lists.apply_plan", clash)
    with pytest.raises(CommandError, match="もう一度実行してください。"):
        run(SECOND)


def test_without_a_catalogue_the_cure_is_said():
    with pytest.raises(CommandError, match="「講座の一覧」のページがありません。"):
        run(SECOND)

    assert Course.objects.count() == 0


def test_imported_course_is_found_by_searching(catalogue):
    from cms.search.query import matching_course_ids

    run(BASE, "--publish")

    assert matching_course_ids("ピタゴラス") == [
        Course.objects.get(title__contains="ピタゴラス").pk
    ]
