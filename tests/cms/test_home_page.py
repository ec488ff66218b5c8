"""The front page: what can be learned now."""

from datetime import timedelta

from wagtail.models import Page

from cms.models import NewsIndexPage, NewsPage
from courses.models import Course, Series, SeriesUnit, Stage, Theme
from tests.factories import NOON, SessionFactory
from tests.pages import publish_series

DAY = timedelta(days=1)


def home(client, language: str = ""):
    response = client.get(f"/{language}")
    assert response.status_code == 200
    return response


def open_titles(client) -> list[str]:
    return [card.title for card in home(client).context["open_cards"]]


def test_soonest_deadline_comes_first(client, offer):
    offer("あとの締切", applications_close_at=NOON + 9 * DAY)
    offer("先の締切", applications_close_at=NOON + 2 * DAY, days=30)

    assert open_titles(client) == ["先の締切", "あとの締切"]


def test_six_courses_are_shown(client, offer):
    for number in range(7):
        offer(f"講座{number}", applications_close_at=NOON + (number + 1) * DAY)

    assert open_titles(client) == [f"講座{number}" for number in range(6)]


def test_only_what_takes_an_application_now_is_shown(client, offer):
    offer("受付前", applications_open_at=NOON + DAY)
    offer("満員", places=2, taken=2, waiting_list=False)
    offer("申込不要", selection_mode="open")
    offer("中止", state="cancelled")
    offer("職員研修", course={"kind": "staff_training"})
    offer("キャンセル待ち", places=2, taken=2)

    assert open_titles(client) == ["キャンセル待ち"]


def test_stages_lead_to_their_pages(client, site):
    html = home(client).content.decode()

    for stage in Stage.objects.all():
        assert f'href="/stages/{stage.key}/"' in html
        assert stage.name in html


def test_stages_are_never_a_fixed_number(client, site):
    before = Stage.objects.count()
    Stage.objects.create(key="own", name="市独自のステージ", sort_order=0)

    response = home(client)

    assert len(response.context["stages"]) == before + 1
    assert response.context["stages"][0].key == "own"
    assert "市独自のステージ" in response.content.decode()


def test_this_week_lists_sessions_and_says_what_is_called_off(client, offer):
    offer("あさって", days=2)
    offer("中止の回", days=3, session={"state": "cancelled"})
    offer("中止の開催", days=4, state="cancelled")
    offer("延期の中の中止", days=5, state="postponed", session={"state": "cancelled"})
    offer("来月", days=30)
    offer("職員研修", days=1, course={"kind": "staff_training"})

    response = home(client)

    week = [session.run.course.title for session in response.context["this_week"]]
    assert week == ["あさって", "中止の回", "中止の開催", "延期の中の中止"]
    html = response.content.decode()
    assert (html.count("【中止】"), html.count("【延期】")) == (3, 0)


def test_next_joint_session_is_shown(client, offer):
    joint = {"kind": "joint_session"}
    offer("中止の合同", days=1, course=joint, state="cancelled")
    offer("中止の回の合同", days=2, course=joint, session={"state": "cancelled"})
    run = offer("合同学習会", days=5, course=joint)
    SessionFactory(run=run, number=2, starts_at=NOON + 3 * DAY)

    session = home(client).context["joint_session"]

    assert (session.run.course.title, session.number) == ("合同学習会", 2)


def test_series_tell_where_they_stand(client, offer):
    run = offer("備え", days=5)
    make_series("防災シリーズ", run.course)

    html = home(client).content.decode()

    assert "次は第1単元（全1単元）「備え」" in html
    assert "11月26日（木）" in html


def test_three_newest_lines_of_news_are_shown(client, site):
    index = NewsIndexPage.objects.get()
    for number in range(4):
        page = NewsPage(title=f"お知らせ{number}", slug=f"n{number}")
        page.dated_on = (NOON + number * DAY).date()
        index.add_child(instance=page)
    index.add_child(instance=NewsPage(title="下書き", slug="draft", live=False))

    assert [page.title for page in home(client).context["news"]] == [
        "お知らせ3",
        "お知らせ2",
        "お知らせ1",
    ]


def test_news_for_a_closed_circle_stay_away(client, site):
    page = NewsPage.objects.get()
    page.view_restrictions.create(restriction_type="login")

    assert list(home(client).context["news"]) == []
    assert list(client.get("/news/").context["page_obj"]) == []


def test_empty_site_says_what_to_do(client, site):
    html = home(client).content.decode()

    assert "いま受付中の講座はありません。" in html
    assert "これからの講座を見る" in html
    assert "この一週間の予定はありません。" in html


def test_english_home_leads_to_english_pages(client, site):
    html = home(client, "en/").content.decode()

    assert '<html lang="en">' in html
    assert 'href="/en/courses/?open=1"' in html
    assert "Becoming interested" in html


def test_search_box_leads_to_the_catalogue(client, site):
    html = home(client).content.decode()

    assert 'action="/courses/" method="get"' in html
    assert 'type="search" name="q"' in html


def make_series(slug: str, *courses: Course) -> Series:
    series = Series.objects.create(
        slug=slug,
        title=slug,
        theme=Theme.objects.get(key="disaster"),
        department=courses[0].department,
    )
    for position, course in enumerate(courses, start=1):
        SeriesUnit.objects.create(series=series, course=course, position=position)
    publish_series(series)
    return series


def test_home_takes_as_many_queries_for_three_rows_as_for_one(
    client, offer, django_assert_max_num_queries
):
    def fill(number: int) -> int:
        for at in range(number):
            slug = f"{number}-{at}"
            course = offer(slug, days=3, course={"kind": "joint_session"}).course
            course.stages.add(Stage.objects.first())
            make_series(slug, course)
        client.get("/")  # fills the caches of the frame
        with django_assert_max_num_queries(19) as counted:
            client.get("/")
        return len(counted)

    assert fill(1) == fill(2)


def test_home_is_the_only_one(site):
    assert Page.objects.get(depth=2).specific == site
