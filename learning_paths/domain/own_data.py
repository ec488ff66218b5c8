"""What somebody is in groups, what they want to learn and what they asked for, for them to
take along. A group's own facts, and its other members, are the group's."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.domain.own_data import Chapter, Row, Whose, contribute, leave_out
from learning_paths.models import (
    InstructorRequest,
    LearningVoice,
    Membership,
    OutreachRequest,
)

STATE = ("state", _("状態"))
WAYS = (("email", _("メールアドレス")), ("phone", _("電話番号")))


def _memberships(whose: Whose) -> Iterable[Row]:
    found = Membership.objects.filter(user__isnull=False, user=whose.user)
    for one in found.select_related("group").order_by("invited_at", "pk"):
        yield {
            "group": one.group.name,
            "role": one.get_role_display(),
            "state": one.get_state_display(),
            "email": one.email,
            "phone": one.phone,
            "invited_at": one.invited_at,
            "joined_at": one.joined_at,
            "left_at": one.left_at,
        }


def _voices(whose: Whose) -> Iterable[Row]:
    found = LearningVoice.objects.filter(user__isnull=False, user=whose.user)
    for one in found.select_related("request").order_by("asked_at", "pk"):
        yield {
            "title": one.request.title,
            "began_it": one.began_it,
            "asked_at": one.asked_at,
            "confirmed_at": one.confirmed_at,
            "name": one.name,
            "email": one.email,
            "phone": one.phone,
            "state": one.request.get_state_display(),
        }


SAID = ("people", "purpose", "group_name", "place", "address", "equipment", "message")


def _outreach(whose: Whose) -> Iterable[Row]:
    found = OutreachRequest.objects.filter(user__isnull=False, user=whose.user)
    loaded = found.select_related("entry__course").prefetch_related("dates")
    for one in loaded.order_by("asked_at", "pk"):
        dates = (f"{day.starts_at:%Y-%m-%d %H:%M}" for day in one.dates.all())
        yield {
            "number": one.number,
            "course": one.entry.course.title,
            "asked_at": one.asked_at,
            "state": one.get_state_display(),
            "name": one.contact_name,
            "email": one.email,
            "phone": one.phone,
            "dates": "\n".join(dates),
            "answer": one.answer,
            **{name: getattr(one, name) for name in SAID},
        }


def _instructors(whose: Whose) -> Iterable[Row]:
    """What was asked; the instructor's own address is nobody else's."""
    found = InstructorRequest.objects.filter(user__isnull=False, user=whose.user)
    for one in found.select_related("instructor").order_by("received_at", "pk"):
        yield {
            "instructor": one.instructor.full_name,
            "received_at": one.received_at,
            "state": one.get_state_display(),
            "name": one.name,
            "organisation": one.organisation,
            "email": one.email,
            "phone": one.phone,
            "purpose": one.purpose,
            "dates": one.dates,
            "place": one.place,
            "people": one.people,
            "fee_idea": one.fee_idea,
            "reply": one.reply,
        }


MEMBERSHIPS = Chapter(
    "groups",
    _("団体"),
    (
        ("group", _("団体")),
        ("role", _("役割")),
        STATE,
        *WAYS,
        ("invited_at", _("招待日時")),
        ("joined_at", _("参加日時")),
        ("left_at", _("退会日時")),
    ),
    _memberships,
    ("learning_paths.Membership",),
)
VOICES = Chapter(
    "learning_requests",
    _("学びたいこと"),
    (
        ("title", _("学びたいこと")),
        ("began_it", _("はじめに書いた人")),
        ("asked_at", _("受付日時")),
        ("confirmed_at", _("確認日時")),
        ("name", _("お名前")),
        *WAYS,
        ("state", _("状況")),
    ),
    _voices,
    ("learning_paths.LearningVoice",),
)
OUTREACH = Chapter(
    "outreach_requests",
    _("出前講座の申込み"),
    (
        ("number", _("受付番号")),
        ("course", _("講座")),
        ("asked_at", _("受付日時")),
        ("state", _("状況")),
        ("name", _("連絡する方のお名前")),
        *WAYS,
        ("group_name", _("団体や集まりの名前")),
        ("people", _("参加する人数")),
        ("purpose", _("集まりの目的")),
        ("dates", _("希望の日時")),
        ("place", _("会場と部屋")),
        ("address", _("会場の住所")),
        ("equipment", _("会場にあるもの")),
        ("message", _("伝えたいこと")),
        ("answer", _("担当課からのことば")),
    ),
    _outreach,
    ("learning_paths.OutreachRequest", "learning_paths.OutreachDate"),
)
INSTRUCTORS = Chapter(
    "instructor_requests",
    _("講師への依頼"),
    (
        ("instructor", _("講師")),
        ("received_at", _("受付日時")),
        STATE,
        ("name", _("お名前")),
        ("organisation", _("団体・学校など")),
        *WAYS,
        ("purpose", _("お願いしたいこと")),
        ("dates", _("希望の日時")),
        ("place", _("場所")),
        ("people", _("人数")),
        ("fee_idea", _("謝金の考え")),
        ("reply", _("講師からのひとこと")),
    ),
    _instructors,
    ("learning_paths.InstructorRequest",),
)
STEPS = "経過の記録で、本人の内容は依頼や申込みにあります。"


def contribute_groups_and_requests() -> None:
    contribute(MEMBERSHIPS, VOICES, OUTREACH, INSTRUCTORS)
    leave_out(
        {
            "learning_paths.Group": "団体の登録で、一人のものではありません。",
            "learning_paths.InstructorRequestMove": STEPS,
            "learning_paths.OutreachMove": STEPS,
        }
    )
