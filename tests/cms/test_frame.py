"""The frame around every page: header, languages, refusals."""

import re

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.domain.rate_limit import TooManyRequests
from accounts.models import User
from cms.middleware import RefusalMiddleware
from cms.views.errors import server_error


def render(source: str, **context) -> str:
    return Template("{% load manabiba frame %}" + source).render(Context(context))


def header(path: str) -> str:
    return render("{% page_header %}", request=RequestFactory().get(path))


def languages(path: str) -> list[tuple[str, str]]:
    html = header(path)
    return re.findall(r'<a href="([^"]*)" lang="\w+" hreflang="\w+">([^<]*)</a>', html)


@pytest.mark.django_db
def test_skip_link_leads_to_the_main_part(client):
    html = client.get("/no-such-page/").content.decode()

    assert 'class="skip-link" href="#main"' in html
    assert '<main id="main"' in html


@pytest.mark.django_db
def test_page_says_its_language(client):
    assert '<html lang="ja">' in client.get("/no-such-page/").content.decode()
    assert '<html lang="en">' in client.get("/en/no-such-page/").content.decode()


def test_language_link_leads_to_the_same_page_in_the_other_language():
    assert languages("/courses/bousai/?page=2") == [
        ("/en/courses/bousai/?page=2", "English")
    ]


def test_language_link_is_named_in_its_own_language():
    with translation.override("en"):
        assert languages("/en/courses/bousai/") == [("/courses/bousai/", "日本語")]


def test_language_link_is_left_out_where_there_is_one_address_only():
    assert languages("/calendar.ics") == []


def test_navigation_marks_where_the_reader_is():
    assert '<a href="/courses/" aria-current="true">' in header("/courses/bousai/")
    assert '<a href="/courses/" aria-current="page">' in header("/courses/")
    assert "aria-current" not in header("/accounts/login/")


def test_kept_header_says_nothing_of_another_reader():
    """Each process keeps the header; the page's own address is put in anew."""
    secret, member = RequestFactory().get("/calendar/?key=geheim"), User()
    signed_in = RequestFactory().get("/calendar/")
    signed_in.user = member

    assert 'href="/en/calendar/?key=geheim"' in render("{% page_header %}", request=secret)
    assert "サインアウト" in render("{% page_header %}", request=signed_in)
    assert "geheim" not in (after := header("/calendar/"))
    assert "サインアウト" not in after


def test_address_of_the_reader_cannot_break_out_of_the_header():
    request = RequestFactory().get("/calendar/", {"q": "1"})
    request.META["QUERY_STRING"] = 'q="><b>&x=1'

    html = render("{% page_header %}", request=request)

    assert "<b>" not in html
    assert 'href="/en/calendar/?q=%22%3E%3Cb%3E&amp;x=1"' in html


@pytest.mark.django_db
def test_missing_page_says_what_to_do_next(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    html = response.content.decode()
    assert "<h1>ページが見つかりません</h1>" in html
    assert 'href="/courses/">講座をさがす</a>' in html


@pytest.mark.django_db
def test_missing_page_does_not_repeat_the_address(client):
    html = client.get("/nowhere/s3cret-t0ken/").content.decode()

    assert "s3cret-t0ken" not in html
    assert '<a href="/en/" lang="en"' in html


@pytest.mark.django_db
def test_form_without_its_token_is_refused_with_a_way_on():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})

    assert response.status_code == 403
    assert "画面の有効期限が切れました" in response.content.decode()


def test_failure_page_needs_neither_database_nor_request():
    """No database mark here: a query would fail the test."""
    response = server_error(HttpRequest())

    assert response.status_code == 500
    assert "<h1>表示できませんでした</h1>" in response.content.decode()


@pytest.mark.django_db
def test_too_many_requests_says_when_to_come_back(rf):
    middleware = RefusalMiddleware(lambda request: None)

    response = middleware.process_exception(rf.post("/"), TooManyRequests(120))

    assert response.status_code == 429
    assert response["Retry-After"] == "120"
    assert "<h1>少し時間をおいてください</h1>" in response.content.decode()


def test_other_faults_are_not_hidden(rf):
    middleware = RefusalMiddleware(lambda request: None)

    assert middleware.process_exception(rf.get("/"), ValueError()) is None
