"""The link that answers a survey is for whoever was asked, and nobody else."""

import pytest

from cms.log_redaction import redact
from cms.templatetags.delivery import without_tickets

TOKEN = "aB3-_" * 8 + "xyz"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/surveys/{TOKEN}/", "/surveys/***/"),
        (f"/en/surveys/{TOKEN}/", "/en/surveys/***/"),
        ("/surveys/stop/ab.cd/", "/surveys/stop/***/"),
        ("/surveys/done/", "/surveys/done/"),
        ("/manage/surveys/12/edit/", "/manage/surveys/12/edit/"),
    ],
)
def test_logs_hold_no_ticket(path, logged):
    assert redact(f"GET {path} HTTP/1.1") == f"GET {logged} HTTP/1.1"


def test_staff_who_read_a_message_get_no_ticket():
    body = f"https://example.jp/surveys/{TOKEN}/\nhttps://example.jp/applications/x/"

    assert without_tickets(body) == (
        "https://example.jp/surveys/…/\nhttps://example.jp/applications/x/"
    )
