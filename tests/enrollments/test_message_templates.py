"""A city's own wording of its messages: checked when saved, used when sent."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import translation

from accounts.domain.refusal import NotAllowed
from accounts.models import User
from courses.enums import SelectionMode
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import withdraw
from enrollments.domain.message_placeholders import EDITABLE
from enrollments.domain.message_samples import made_up
from enrollments.domain.message_starting import starting_wording
from enrollments.domain.message_templates import (
    WordingRefused,
    doubts_of,
    faults_of,
    filled,
    return_to_standard,
    save_wording,
    standard_wording,
)
from enrollments.enums import MessageKind as Kind
from enrollments.models import MessageTemplate, Notification
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import UserFactory

GOOD = "{氏名} 様\n{申込みの内容}\n{確認と取り消し}\n{問い合わせ}"


@pytest.fixture
def writer(db) -> User:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_messagetemplate"))
    return User.objects.get(pk=user.pk)


def save(writer, now, subject="決まりました", body=GOOD, **more):
    wanted = {"kind": Kind.ACCEPTED, "language": "ja", **more}
    return save_wording(subject=subject, body=body, by=writer, at=now, **wanted)


def body_after_applying(run, now, **wishes) -> Notification:
    application = apply_for_seat(
        run=run, request=request_by(HANAKO, **wishes), by=None, at=now
    )
    return application.notifications.get()


def test_own_wording_is_what_is_sent(run, writer, now):
    save(
        writer,
        now,
        "{講座名}へようこそ",
        "{氏名} 様\n{回の一覧}\n{担当課} {電話}\n{リンク}",
    )

    told = body_after_applying(run, now)
    assert told.subject == "防災入門へようこそ"
    first, session, contact, link = told.body.splitlines()
    assert (first, contact) == ("山田 花子 様", "市民活動推進課 0420-00-0000")
    assert session == "第1回: 12月5日（土）12:00〜14:00"
    assert "/applications/" in link


def test_wording_of_one_language_leaves_the_other_alone(run, writer, now):
    save(writer, now, "{講座名}へようこそ")

    assert body_after_applying(run, now, language="en").subject != "防災入門へようこそ"


def test_message_keeps_the_words_it_was_made_with(run, writer, now):
    told = body_after_applying(run, now)
    before = told.body
    save(writer, now)

    told.refresh_from_db()
    assert told.body == before


def test_braces_in_a_name_mean_nothing(run, writer, now):
    save(writer, now, "{講座名}")
    run.course.title = "{リンク}を学ぶ"
    run.course.save()

    assert body_after_applying(run, now).subject == "{リンク}を学ぶ"


def test_line_of_empty_placeholders_is_left_out(run, writer, now):
    save(writer, now, body=f"持ち物: {{持ち物}}\n{GOOD}")

    assert "持ち物" not in body_after_applying(run, now).body


def test_no_template_language_runs_from_the_database(run, writer, now):
    save(writer, now, "件名 %(title)s", GOOD + "\n%(x)s 100%")

    assert body_after_applying(run, now).subject == "件名 %(title)s"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{指名} 様", "「{指名}」という差込みはありません。「{氏名}」でしょうか。"),
        (
            "{xyz} 様",
            "「{xyz}」という差込みはありません。下の一覧から選んでください。",
        ),
        (
            "{{ settings }}",
            "{ と } は、差込みの前後にだけ、組にして使ってください。",
        ),
        ("{氏名 様", "{ と } は、差込みの前後にだけ、組にして使ってください。"),
        ("", "件名と本文の両方を書いてください。"),
    ],
)
def test_wording_that_cannot_be_used_is_refused_with_a_sentence(
    writer, now, body, sentence
):
    with pytest.raises(WordingRefused) as refused:
        save(writer, now, body=body)

    assert sentence in refused.value.faults
    assert not MessageTemplate.objects.exists()


def test_placeholder_of_another_kind_is_unknown(writer, now):
    with pytest.raises(WordingRefused):
        save(writer, now, body="{手配の結果}")


def test_message_without_what_it_is_for_is_refused(writer, now):
    with pytest.raises(WordingRefused) as refused:
        save(writer, now, body=GOOD, kind=Kind.SUPPORT)

    assert refused.value.faults == (
        "「{手配の結果}」がありません。これがないと、お知らせの用が足りません。",
    )
    assert save(writer, now, body=GOOD + "{手配の結果}", kind=Kind.SUPPORT).pk


def test_missing_link_is_a_doubt_but_not_after_the_end():
    plain = {"subject": "件名", "body": "{氏名} {申込みの内容} {問い合わせ}"}

    assert doubts_of(kind=Kind.ACCEPTED, **plain) == [
        "「{確認と取り消し}」か「{リンク}」がありません。"
    ]
    assert doubts_of(kind=Kind.WITHDRAWN, **plain) == []


def test_braces_of_a_japanese_keyboard_are_understood(writer, now):
    assert save(writer, now, body="｛ 氏名 ｝ 様").body == "{氏名} 様"


def test_only_those_with_the_permission_word_messages(officer, now):
    with pytest.raises(NotAllowed):
        save(officer, now)
    with pytest.raises(NotAllowed):
        return_to_standard(kind=Kind.ACCEPTED, language="ja", by=officer)


def test_return_to_standard(run, writer, now):
    save(writer, now)
    assert return_to_standard(kind=Kind.ACCEPTED, language="ja", by=writer)

    assert body_after_applying(run, now).subject == "受講が決まりました：防災入門"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", EDITABLE)
def test_starting_wording_is_good_and_says_what_the_standard_says(kind, language, now):
    """A city that saves it unchanged sends what the product would have sent."""
    subject, body = starting_wording(kind=kind, language=language)
    assert faults_of(kind=kind, subject=subject, body=body) == []
    assert doubts_of(kind=kind, subject=subject, body=body) == []

    with translation.override(language):
        context = made_up(language=language, at=now)
        own, standard = (
            filled(kind=kind, subject=subject, body=body, context=context),
            standard_wording(kind=kind, context=context),
        )
    words = [line.split() for line in own[1].splitlines() if line]
    whole = [line.split() for line in standard[1].splitlines() if line]
    assert [line for line in words if line not in whole] == []


def test_person_without_mail_is_asked_to_telephone(run, now):
    told = body_after_applying(run, now, email="", phone="0420-11-2222")

    assert "/applications/" not in told.body
    assert "取り消すときや、ご不明な点は、下の問い合わせ先へお電話ください。" in told.body
    assert "電話: 0420-00-0000" in told.body
    assert "自動で" not in told.body


def test_received_says_when_the_result_comes(run, now):
    run.selection_mode, run.results_at = SelectionMode.LOTTERY, now
    run.save()

    assert (
        "結果は、11月21日（土）12:00にお知らせします。"
        in body_after_applying(run, now).body
    )


def test_message_has_number_course_dates_link_and_telephone(run, now):
    told = body_after_applying(run, now)

    number = told.application.receipt_number
    for words in (
        f"受付番号: {number}",
        "講座: 防災入門",
        "第1回: 12月5日（土）12:00〜14:00",
        "申込みの確認と取り消しは、次のページからできます。",
        "電話: 0420-00-0000",
    ):
        assert words in told.body
    withdraw(application=told.application, by=None, at=now)
    last = Notification.objects.get(kind=Kind.WITHDRAWN)
    assert "申込みの内容は、次のページで確認できます。" in last.body
