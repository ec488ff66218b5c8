"""The form of a series, the receipt of what was applied for, and /my/."""

import pytest
from django.urls import reverse

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.links import bundle_token
from enrollments.domain.series.own import own_series
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Bundle
from tests.enrollments.requests import TARO, request_by
from tests.enrollments.series.sent import send
from tests.factories import UserFactory
from tests.learning_paths.completions import complete
from tests.learning_paths.series import series_of


def test_form_shows_each_unit_with_what_can_be_had(client, address, runs):
    page = client.get(address).content.decode()
    assert page.index("第1単元") < page.index("第2単元")
    assert page.count('name="runs"') == 2
    assert page.count("checked") >= 2


def test_units_are_looked_over_before_they_are_sent(client, address, runs):
    response = send(client, address, runs, step="check")
    page = response.content.decode()
    assert response.status_code == 200
    assert "この内容で申し込みますか" in page
    assert "2単元に申し込む" in page
    assert not Application.objects.exists()


def test_sent_form_leads_to_one_receipt_of_all(client, address, runs):
    response = send(client, address, runs)
    bundle = Bundle.objects.get()
    where = reverse("series_application", args=[bundle_token(bundle)])
    assert response["Location"] == where

    page = client.get(where).content.decode()
    for application in bundle.applications.all():
        assert application.receipt_number in page
    assert "すべての単元を取り消す" in page


def test_receipt_says_what_could_not_be_had(client, address, runs, now):
    apply_for_seat(run=runs[1], request=request_by(TARO), by=None, at=now)
    CourseRun.objects.filter(pk=runs[1].pk).update(waiting_list=False)
    page = client.get(address).content.decode()
    assert "定員に達しました。キャンセル待ちも受け付けていません。" in page
    response = send(client, address, runs[:1])
    assert response.status_code == 302


def test_all_or_none_is_refused_on_the_form_with_the_unit(client, address, runs, now):
    apply_for_seat(run=runs[1], request=request_by(TARO), by=None, at=now)
    response = send(client, address, runs, way="together")
    page = response.content.decode()
    assert response.status_code == 409
    assert "満員のため、キャンセル待ちになります。" in page
    assert 'value="花子"' in page
    assert Application.objects.count() == 1


def test_nothing_chosen_is_said_at_the_units(client, address, runs):
    response = send(client, address, [])
    assert response.status_code == 422
    assert "申し込む単元を一つ以上えらんでください。" in response.content.decode()


def test_questions_are_needed_of_chosen_units_only(client, address, runs):
    question = runs[1].questions.create(
        label="交通手段", kind="text", position=1, is_required=True
    )
    assert send(client, address, runs, step="check").status_code == 422
    assert send(client, address, runs[:1], step="check").status_code == 200
    answered = {f"question_{question.pk}": "バス"}
    assert send(client, address, runs, **answered).status_code == 302
    assert Application.objects.get(run=runs[1]).answers.get().value == "バス"


def test_same_form_twice_is_one_receipt(client, address, runs):
    key = {"submission_key": "6f1c6a3e-54a3-4f0e-9a53-0d6a3f9d7c11"}
    first, again = (send(client, address, runs, **key) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Application.objects.count() == 2


def test_overlap_with_what_one_has_is_said(client, address, runs, now):
    user = UserFactory()
    session = runs[0].sessions.get()
    other = runs[1].sessions.get()
    other.starts_at, other.ends_at = session.starts_at, session.ends_at
    other.save()
    apply_for_seat(run=runs[1], request=request_by(TARO), by=user, at=now)
    client.force_login(user)
    page = client.get(address).content.decode()
    assert "「第2単元」と時間が重なります。" in page
    assert "申込み済みです。" in page


def test_one_unit_or_all_are_withdrawn(client, address, runs):
    where = send(client, address, runs)["Location"]
    client.post(f"{where}withdraw/all/")
    states = Application.objects.values_list("state", flat=True)
    assert set(states) == {State.WITHDRAWN}
    assert "すべての単元を取り消す" not in client.get(where).content.decode()


def test_forged_links_are_unknown(client, address, runs):
    where = send(client, address, runs)["Location"]
    forged = where.rstrip("/")[:-2] + "xx/"
    assert client.get(forged).status_code == 404
    assert client.post(f"{forged}withdraw/all/").status_code == 404
    assert Application.objects.filter(state=State.WITHDRAWN).count() == 0


def test_series_without_public_units_has_no_form(client, address, series, runs):
    for unit in series.units.all():
        unit.course.published_at = None
        unit.course.save()
    assert client.get(address).status_code == 404


def test_my_page_shows_the_way_through_the_series(client, series, runs, now):
    series.needed_units = 1
    series.save()
    user = UserFactory()
    client.force_login(user)
    assert "シリーズの歩み" not in client.get(reverse("my_page")).content.decode()

    complete(runs[0].course, user=user)
    page = client.get(reverse("my_page")).content.decode()
    assert "シリーズの歩み" in page
    assert "2単元のうち1単元を修了しました。" in page
    assert "修了証は、担当課が発行してお知らせします。" in page


def test_my_page_leads_to_what_was_sent_with_one_form(client, address, runs):
    user = UserFactory()
    client.force_login(user)
    where = send(client, address, runs)["Location"]
    assert where in client.get(reverse("my_page")).content.decode()


@pytest.mark.django_db
def test_own_series_take_the_same_number_of_queries(django_assert_max_num_queries):
    user, taken = UserFactory(), []
    for _ in range(3):
        complete(series_of(2).units.first().course, user=user)
        with django_assert_max_num_queries(8) as asked:
            own_series(user)
        taken.append(len(asked))
    assert taken[0] == taken[2]
