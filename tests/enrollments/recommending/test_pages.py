"""The pages: one's own, the table for everybody, and who may see what."""

import html
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress

from enrollments.domain.recommending.rules import LEFT_OUT_WORDS, RULES
from enrollments.models import Interests
from tests.enrollments.recommending.test_person import offered
from tests.factories import NOON, ThemeFactory, VenueFactory


@pytest.fixture
def theme(db):
    return ThemeFactory(name="防災")


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(client, hanako):
    client.force_login(hanako)
    return client


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def test_the_public_page_says_the_weights_by_which_courses_are_ranked(client, db):
    said = client.get("/recommendations/").content.decode()
    rows = re.findall(
        r'<tr><td>(.*?)</td><td class="points" data-label="点数">(\d+)</td></tr>', said
    )
    assert rows == [
        (html.escape(str(row.means)), str(row.weight))
        for ground in (True, False)
        for row in RULES
        if row.is_ground == ground
    ]
    assert all(str(words) in html.unescape(said) for words in LEFT_OUT_WORDS.values())


@pytest.mark.parametrize("path", ["/my/recommendations/", "/my/"])
def test_whoever_is_not_signed_in_is_asked_to(client, db, path):
    response = client.get(path)
    assert (response.status_code, response["Location"].split("?")[1]) == (
        302,
        f"next={path}",
    )


def test_choosing_a_theme_recommends_with_all_reasons(signed_in, hanako, theme):
    offered("避難所の運営", themes=[theme], venue=VenueFactory(area="北部"))
    sent = {"wants_recommendations": "on", "themes": [theme.pk], "area": "北部"}
    assert signed_in.post("/my/recommendations/", sent).status_code == 302
    for path in ("/my/recommendations/", "/my/"):
        said = text_of(signed_in.get(path))
        assert "避難所の運営" in said
        assert "関心のあるテーマ「防災」です お住まいの地区「北部」で開かれます" in said
        assert "あなただけに表示しています" in said
    assert Interests.objects.get().user == hanako


def test_who_wants_none_is_shown_none(signed_in, hanako, theme):
    offered("避難所の運営", themes=[theme])
    signed_in.post("/my/recommendations/", {"themes": [theme.pk]})
    for path in ("/my/recommendations/", "/my/"):
        said = text_of(signed_in.get(path))
        assert "避難所の運営" not in said
        assert "おすすめは表示しない設定です" in said


def test_the_area_goes_when_it_is_taken_back(signed_in, hanako):
    VenueFactory(area="北部")
    signed_in.post("/my/recommendations/", {"area": "北部"})
    own = Interests.objects.get()
    assert (own.area, own.area_told_at) == ("北部", NOON)
    signed_in.post("/my/recommendations/", {"area": ""})
    own.refresh_from_db()
    assert (own.area, own.area_told_at) == ("", None)


@pytest.mark.parametrize("sent", [{"area": "どこか"}, {"themes": ["0"]}])
def test_what_is_not_offered_is_refused(signed_in, hanako, sent):
    assert signed_in.post("/my/recommendations/", sent).status_code == 422
    assert not Interests.objects.exists()


def test_without_a_confirmed_address_no_mail_is_ordered(signed_in, hanako):
    response = signed_in.post("/my/recommendations/", {"wants_monthly": "on"})
    assert response.status_code == 409
    assert "メールアドレスの確認がまだ済んでいません" in text_of(response)
    EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True)
    signed_in.post("/my/recommendations/", {"wants_monthly": "on"})
    assert Interests.objects.get().wants_monthly


def test_what_somebody_chose_goes_with_the_account(signed_in, hanako, theme):
    signed_in.post("/my/recommendations/", {"themes": [theme.pk]})
    hanako.delete()
    assert not Interests.objects.exists()
