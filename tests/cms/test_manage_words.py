"""The back office speaks Japanese, its scripts included."""

import pytest

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_scripts_have_japanese_where_wagtail_has_none(client):
    words = client.get("/manage/jsi18n/").content.decode()

    assert "\\u6587\\u7ae0\\u3092\\u66f8\\u304f\\u304b" in words or "文章を書くか" in words


def test_account_page_is_in_japanese(client, site):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    page = client.get("/manage/account/").content.decode()

    assert "プロフィール" in page
    assert "Profile picture" not in page
    assert "Theme preferences" not in page
