"""A course's page and the front page where seeing is hard or the line is slow: 320
pixels, text at 200 %, forced colours, more contrast, paper, and the weight of it all."""

import gzip
from datetime import timedelta
from urllib.request import urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response, expect

from courses.models import Stage, Theme
from tests.browser.axe import assert_fits, violations
from tests.browser.slow_line import served_in_pieces
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/", "/courses/bosai/", "/courses/over/"]
DAY = timedelta(days=1)
PARAGRAPH = "<p>" + "まちを歩き、備えを確かめます。" * 20 + "</p>"
SHIFT = """() => new Promise(done => {
  let sum = 0;
  const add = list => list.getEntries().forEach(entry => { sum += entry.value; });
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 500);
})"""
# Bigger letters, as browsers make them when somebody asks for text only.
BIG = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def site(transactional_db):
    """Twelve courses, of which one is full of facts and one is over."""
    now = timezone.now()
    build_site()
    department = DepartmentFactory(phone="0420-00-0000")
    for number in range(12):
        slug = {0: "bosai", 1: "over"}.get(number, f"course-{number}")
        course = CourseFactory(
            title=f"はじめての防災 わがまちの備え {number}",
            slug=slug,
            published_at=None,
            department=department,
        )
        course.stages.add(Stage.objects.first())
        course.themes.add(Theme.objects.get(key="disaster"))
        run = CourseRunFactory(
            course=course,
            venue=VenueFactory(access="駅から5分", accessibility="段差がありません。"),
            applications_open_at=now - 40 * DAY,
            applications_close_at=now + (-30 if slug == "over" else 10) * DAY,
            has_childcare=True,
            has_sign_language=True,
        )
        SeatPoolFactory(run=run, capacity=20)
        for lecture in range(1, 6):
            days = lecture - 20 if slug == "over" else 14 + lecture
            SessionFactory(run=run, number=lecture, starts_at=now + days * DAY)
        publish_page(course, intro="備えを考えます。", body=[("paragraph", PARAGRAPH)])


def opened(chromium: Browser, address: str, **how) -> Page:
    page = chromium.new_context(locale="ja-JP", **how).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_320_pixels(chromium, live_server, site, path):
    page = opened(chromium, live_server.url + path, viewport={"width": 320, "height": 640})

    assert_fits(page)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_page_holds_text_twice_as_large(chromium, live_server, site, path, width):
    page = opened(
        chromium, live_server.url + path, viewport={"width": width, "height": 900}
    )
    page.evaluate(BIG)

    assert_fits(page)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("how", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_page_holds_the_readers_own_colours(chromium, live_server, site, path, how):
    page = opened(
        chromium, live_server.url + path, viewport={"width": 390, "height": 844}, **how
    )

    assert violations(page) == []
    drawn = page.evaluate(
        """() => [...document.querySelectorAll("a.button, button, input.input, .card")]
        .filter(element => element.offsetParent)
        .map(element => getComputedStyle(element))
        .filter(style => style.borderTopStyle === "none" || style.borderTopWidth === "0px")
        .length"""
    )
    assert drawn == 0, "a control without a border cannot be seen in forced colours"


def test_printed_course_has_its_facts_and_no_controls(chromium, live_server, site):
    page = opened(
        chromium,
        live_server.url + "/courses/bosai/",
        viewport={"width": 800, "height": 1000},
    )
    page.emulate_media(media="print")

    assert page.get_by_role("heading", name="開催のご案内").is_visible()
    assert page.get_by_text("段差がありません。").is_visible()
    for hidden in (".sticky-action", ".site-header nav", ".aside-box", ".again"):
        assert page.locator(hidden).locator("visible=true").count() == 0


@pytest.mark.parametrize(
    ("path", "limit"), [("/courses/bosai/", 60_000), ("/courses/", 150_000)]
)
def test_page_is_light(chromium, live_server, site, path, limit):
    """Everything but pictures, packed as the site sends it, to somebody who is new. The
    server of the tests sends it unpacked."""
    page = chromium.new_context(locale="ja-JP").new_page()
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type != "image":
            sizes[response.url] = len(gzip.compress(response.body(), 6))

    page.on("response", weigh)
    page.goto(live_server.url + path, wait_until="networkidle")

    assert len(sizes) > 4
    assert sum(sizes.values()) < limit, sizes


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_the_page_loads(chromium, live_server, site, path):
    page = opened(chromium, live_server.url + path, viewport={"width": 390, "height": 844})

    assert page.evaluate(SHIFT) == 0
    unsized = "img:not([width]), img:not([height])"
    assert page.locator(unsized).count() == 0


def test_nothing_moves_while_the_header_comes_in_pieces(chromium, live_server, site):
    """Over a slow line the header would be painted by halves, and the first half moved."""
    html = urlopen(live_server.url + "/courses/bosai/").read()  # noqa: S310
    html = html.replace(b'"/static/', f'"{live_server.url}/static/'.encode())
    middle = html.index(b"</a>", html.index(b'class="site-tools"')) + len(b"</a>")
    with served_in_pieces(html[:middle], html[middle:]) as address:
        page = opened(chromium, address, viewport={"width": 390, "height": 844})

        assert page.evaluate(SHIFT) == 0


def test_linked_data_pass_the_content_security_policy(chromium, live_server, site):
    """A block of data is not run, so the policy has nothing to refuse."""
    page = chromium.new_context(locale="ja-JP").new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    response = page.goto(live_server.url + "/courses/bosai/")

    assert "script-src 'self'" in response.headers["content-security-policy"]
    block = page.locator('script[type="application/ld+json"]').text_content()
    names = page.evaluate(
        "text => JSON.parse(text)['@graph'].map(one => one['@type'])", block
    )
    assert names == ["Course"] + ["EducationEvent"] * 5
    assert complaints == []


def test_somebody_asks_to_be_told_from_the_page(phone, live_server, site):
    phone.goto(live_server.url + "/courses/over/")
    phone.get_by_label("メールアドレス").fill("hanako@example.jp")
    phone.get_by_role("button", name="知らせてもらう").click()

    expect(
        phone.get_by_role("heading", name="確認のメールをお送りしました")
    ).to_be_visible()
    assert violations(phone) == []
    assert_fits(phone)
