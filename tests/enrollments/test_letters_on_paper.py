"""Letters and postcards as PDF: what stands where, and that they count as printed."""

import re
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from accounts.exchange.paper import typesetting
from accounts.models import AccessLog
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.outbox import write_message
from enrollments.domain.printing.postcard import postcode_lefts
from enrollments.enums import ContactBy, MessageKind
from enrollments.models import Application, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import NOON, UserFactory
from tests.papers import MM, page_sizes, reader, text_of_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def message(client, department, run, now) -> Notification:
    client.force_login(officer_of(department))
    wishes = {
        "email": "",
        "postal_code": "1234567",
        "address": "緑町1丁目2番3号",
        "contact_by": ContactBy.POST,
    }
    request = request_by(HANAKO, **wishes)
    application = apply_for_seat(run=run, request=request, by=None, at=now)
    return application.notifications.get()


def printed(client, message, form) -> bytes:
    chosen = {"message": message.pk, "form": form, "pdf": "1"}
    answer = client.post(reverse("manage_letters_print"), chosen)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def places_of(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each text of the first page with its place in mm from the upper left corner."""
    page, found = reader(pdf).pages[0], []

    def note(text, matrix, text_matrix, _font, _size):
        x = text_matrix[4] * matrix[0] + matrix[4]
        y = text_matrix[5] * matrix[3] + matrix[5]
        if text.strip():
            found.append((text.strip(), x / MM, (float(page.mediabox.height) - y) / MM))

    page.extract_text(visitor_text=note)
    return found


def lines_of(pdf: bytes) -> list[str]:
    """Of the first page, from above."""
    found: dict[float, str] = {}
    for text, _x, y in sorted(places_of(pdf), key=lambda one: (round(one[2], 1), one[1])):
        found[round(y, 1)] = found.get(round(y, 1), "") + "".join(text.split())
    return list(found.values())


def test_boxes_of_the_postcode_are_where_the_post_reads_them():
    lefts = postcode_lefts()

    assert lefts == [44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3]
    assert round(lefts[-1] + 5.7, 1) == 100 - 8


def test_page_to_print_has_the_same_boxes():
    css = Path(settings.BASE_DIR, "cms/static/cms/manage/print_postcard.css").read_text()
    start = float(re.search(r"card__postcode \{[^}]*left: ([\d.]+)mm", css)[1])
    steps = re.findall(r"nth-child\(\d\) \{ left: ([\d.]+)mm", css)

    assert [round(start + float(step), 1) for step in ["0", *steps]] == postcode_lefts()


@pytest.mark.parametrize("form", ["postcard", "postcard_printed"])
def test_digits_stand_in_their_boxes(client, message, form):
    pdf = printed(client, message, form)
    digits = [one for one in places_of(pdf) if len(one[0]) == 1 and one[0].isdigit()][:7]

    assert page_sizes(pdf) == {(100, 148)}
    assert [digit for digit, _x, _y in digits] == list("1234567")
    for (_digit, x, y), left in zip(digits, postcode_lefts(), strict=True):
        assert left < x < left + 5.7
        assert 12 < y < 12 + 8


def test_postcard_has_the_address_on_one_side_and_the_text_on_the_other(client, message):
    front, back = text_of_pages(printed(client, message, "postcard"))

    assert "緑町1丁目2番3号" in front
    assert "山田花子様" in front
    assert "市民活動推進課" in front
    assert "緑町" not in back
    assert "防災入門" in back


def test_sama_stays_with_its_name(client, message):
    Application.objects.update(family_name="勅使河原", given_name="長左衛門之介")

    assert "勅使河原長左衛門之介様" in lines_of(printed(client, message, "postcard"))


def test_text_of_a_card_takes_smaller_letters_before_a_second_page(client, message):
    Notification.objects.update(body="お知らせします。\n" * 26)

    assert len(reader(printed(client, message, "postcard")).pages) == 2


@pytest.mark.parametrize("form", ["postcard", "letter"])
def test_notes_for_clerks_are_on_a_page_that_stays(client, message, form):
    Application.objects.update(address="緑町1丁目🐈")

    *sent, last = text_of_pages(printed(client, message, form))
    assert "字体にない" not in "".join(sent)
    assert "この紙は送りません" in last
    assert "山田花子様U+1F408" in last


def test_long_address_is_broken_where_it_was_written_so(client, message):
    lines = ("みどり野市緑が丘三丁目12番地の345", "グリーンヒルズ一二〇三号室")
    Application.objects.update(address="\n".join(lines))

    said = lines_of(printed(client, message, "postcard"))
    assert [line for line in said if line in lines] == list(lines)


def test_letter_s_address_shows_in_the_window(client, message):
    pdf = printed(client, message, "letter")
    address = next(one for one in places_of(pdf) if "緑町" in one[0])

    assert page_sizes(pdf) == {(210, 297)}
    assert 20 < address[1] < 100
    assert 20 < address[2] < 60
    assert "〒123-4567" in text_of_pages(pdf)[0]


def test_printing_counts_and_is_written_down(client, message):
    printed(client, message, "letter")

    message.refresh_from_db()
    assert message.printed_at == NOON
    log = AccessLog.objects.get(kind="export")
    assert (log.people, log.columns) == (1, "氏名\n住所")


def test_what_could_not_be_made_does_not_count_as_printed(client, message, monkeypatch):
    monkeypatch.setattr(typesetting, "MEMORY", 1024)
    chosen = {"message": message.pk, "form": "letter", "pdf": "1", "run": ""}
    answer = client.post(reverse("manage_letters_print"), chosen, follow=True)

    assert "印刷するファイルを作れませんでした" in answer.content.decode()
    message.refresh_from_db()
    assert message.printed_at is None


def test_what_is_about_no_application_is_told_elsewhere(client, message, now):
    """A wish that was telephoned in; administrators see messages of all kinds."""
    write_message(
        kind=MessageKind.REQUEST, occasion="wish", subject="学びたい", body="", at=now
    )
    client.force_login(UserFactory(is_superuser=True))
    shown = client.get(reverse("manage_letters_section"))

    assert shown.status_code == 200
    assert message.subject in shown.content.decode()
    assert "電話番号も住所もありません" not in shown.content.decode()
