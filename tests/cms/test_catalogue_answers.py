"""How the catalogue answers: in part to a script, and whatever was asked."""

import re

import pytest

from tests.cms.catalogue import BY_SCRIPT, look, titles


def test_changed_checkbox_is_answered_with_what_changes(client, offer):
    offer("土曜", days=14)
    offer("日曜", days=15)

    response = look(client, "weekday=6&q=&from=&utm=1", BY_SCRIPT)
    html = response.content.decode()

    assert (response.status_code, titles(response)) == (200, ["土曜"])
    assert "<html" not in html
    assert "<h1" not in html
    assert '<div hx-swap-oob="innerHTML:#total">' in html
    assert '<span id="n-weekday-6" hx-swap-oob="true" class="choices__count">1<' in html
    assert response["HX-Push-Url"] == "/courses/?weekday=6"
    assert response["Cache-Control"] == "no-store"
    assert "HX-Request" in response["Vary"]


def test_all_counts_have_their_place_in_the_whole_page(client, offer, north):
    offer("講座", venue=north)
    whole = look(client, weekday="6").content.decode()
    part = look(client, "weekday=6", BY_SCRIPT).content.decode()

    changed = re.findall(r'id="([^"]+)" hx-swap-oob', part)
    assert len(changed) > 40
    assert [name for name in changed if f'id="{name}"' not in whole] == []
    assert whole.count('id="total"') == whole.count('id="results"') == 1
    assert part.count('id="total"') == part.count('id="results"') == 0


def test_going_back_and_plain_visits_get_the_whole_page(client, offer):
    offer("講座")
    back = {**BY_SCRIPT, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}

    assert "<html" in look(client, "weekday=6", back).content.decode()
    plain = look(client, "weekday=6")
    assert "<html" in plain.content.decode()
    assert "HX-Request" in plain["Vary"]
    assert "HX-Push-Url" not in plain


def test_part_in_english_stays_in_english(client, offer):
    offer("講座")
    response = client.get("/en/courses/?weekday=6", **BY_SCRIPT)

    assert response["HX-Push-Url"] == "/en/courses/?weekday=6"
    assert 'href="/en/courses/"' in response.content.decode()


def test_total_is_said_in_a_region_that_stays(client, site):
    html = look(client).content.decode()

    assert '<p id="total" role="status" aria-live="polite">' in html
    assert "hx-swap-oob" not in html


def test_both_feeds_are_named_in_the_head(client, site):
    html = look(client, "stage=growth&view=month&sort=newest").content.decode()

    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*'
        r'href="/courses/feed.atom\?stage=growth">',
        html,
    )
    assert re.search(
        r'<link rel="alternate" type="text/calendar"[^>]*'
        r'href="https?://[^/]+/calendar.ics\?stage=growth">',
        html,
    )


@pytest.mark.parametrize(
    "query",
    [
        "weekday=%00&weekday=%EF%BC%96&weekday=8&weekday=0&weekday=-1&weekday=",
        "time=ｍｏｒｎｉｎｇ&time=night",
        "area=%00%27%3B--&area=" + "長" * 10_000,
        "venue=..%2F..%2Fetc&venue=north%0d%0aX-A:1",
        "near=%F0%9F%8C%8D&near=北&near=南",
        "sort=%27&sort=newest&sort=closing",
        "view=month&month=9999-99",
        "view=month&month=%00&page=2",
        "view=month&from=2030-01-01&to=1990-01-01",
        "view=calendar&month=2026-12",
        "fee=free&fee=paid&fee=" + "x" * 10_000,
        "delivery=hybrid&delivery=HYBRID",
        "childcare=yes&sign=%EF%BC%91&open=true&open=0",
        "page=999&page=-1",
        "page=%EF%BC%92&sort=near",
        "page=1e9",
        "page=" + "9" * 10_000,
        "from=２０２６-１２-０５&to=%00",
        "&".join(f"weekday={n % 9}" for n in range(900)),
        "&".join(f"x{n}=1" for n in range(900)),
        "q=" + "%E3%81%82" * 4_000,
        "q=%ED%A0%80%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9&weekday=6",
        "q=%22%29%20OR%201%3D1%20--&stage[]=growth",
        "%00=%00&=&&&==",
        "weekday=6;area=北",
        "stage=%FF%FE&theme=%C0%80&kind=%E0%80",
        "audience=anyone&audience=anyone&audience=%",
        "from=-1&to=99999999999999999999",
        "month=2026-12",
        "view=month&month=2026-1&weekday=7&area=北&sort=closing&near=北",
    ],
)
@pytest.mark.parametrize("headers", [{}, BY_SCRIPT])
def test_no_query_breaks_the_page(client, offer, north, query, headers):
    offer("防災", venue=north)

    response = look(client, query, headers)

    assert response.status_code == 200
    assert "X-A" not in response
