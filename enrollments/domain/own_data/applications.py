"""What somebody applied for, with what they said and what became of it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.domain.own_data import Chapter, Row, Whose
from accounts.models import Consent
from enrollments.domain.own_data.whose import applications, is_said, people
from enrollments.enums import ApplicationState
from enrollments.models import (
    Answer,
    Application,
    Correction,
    DrawEntry,
    Offer,
    ParticipantChange,
    Refund,
    Transition,
)

NUMBER = ("receipt_number", _("受付番号"))
COURSE = ("course", _("講座"))
SAID = (
    "phone",
    "email",
    "postal_code",
    "address",
    "group_name",
    "message",
    "wants_reminders",
    "wants_surveys",
)


def _applications(whose: Whose) -> Iterable[Row]:
    found = applications(whose).select_related(
        "run__course",
        "bundle__series",
        "department",
        "consent__notice",
        "terms_consent__notice",
    )
    for one in found:
        yield {
            "receipt_number": one.receipt_number,
            "course": is_said(one),
            "series": one.bundle.series.title if one.bundle else "",
            "received_at": one.received_at,
            "channel": one.get_channel_display(),
            "state": one.get_state_display(),
            "name": one.full_name,
            "name_kana": one.full_name_kana,
            "seats": one.seats,
            "residency": one.get_residency_display(),
            "contact_by": one.get_contact_by_display(),
            "section": one.department.name if one.department else "",
            "postmarked_on": one.postmarked_on,
            "consent": _agreed(one.consent),
            "terms": _agreed(one.terms_consent),
            **{name: getattr(one, name) for name in SAID},
        }


def _agreed(consent: Consent | None) -> str:
    """Which version of the text, and when."""
    if consent is None:
        return ""
    return f"{consent.notice.version} {consent.given_at:%Y-%m-%d}"


def _participants(whose: Whose) -> Iterable[Row]:
    for one in people(whose).select_related("application__run__course"):
        yield {
            "receipt_number": one.application.receipt_number,
            "course": is_said(one.application),
            "name": one.full_name,
            "name_kana": one.full_name_kana,
            "is_applicant": one.is_applicant,
            "birth_date": one.birth_date,
            "school_year": one.get_school_year_display() or "",
        }


def _answers(whose: Whose) -> Iterable[Row]:
    found = Answer.objects.filter(application__in=applications(whose))
    for one in found.select_related("application", "question").order_by("pk"):
        yield {
            "receipt_number": one.application.receipt_number,
            "question": one.question.label,
            "answer": one.value,
        }


def _steps(whose: Whose) -> Iterable[Row]:
    found = Transition.objects.filter(application__in=applications(whose))
    for one in found.select_related("application").order_by("at", "pk"):
        yield {
            "receipt_number": one.application.receipt_number,
            "at": one.at,
            "state": str(ApplicationState(one.to_state).label),
        }


def _offers(whose: Whose) -> Iterable[Row]:
    found = Offer.objects.filter(application__in=applications(whose))
    for one in found.select_related("application").order_by("made_at", "pk"):
        yield {
            "receipt_number": one.application.receipt_number,
            "made_at": one.made_at,
            "reply_by": one.reply_by,
            "state": one.get_state_display(),
        }


def _draws(whose: Whose) -> Iterable[Row]:
    found = DrawEntry.objects.filter(application__in=applications(whose))
    for one in found.select_related("application__run__course").order_by("pk"):
        yield {
            "receipt_number": one.number,
            "course": is_said(one.application),
            "tier": one.tier,
            "rank": one.rank,
            "outcome": one.get_outcome_display(),
        }


def _corrections(whose: Whose) -> Iterable[Row]:
    found = Correction.objects.filter(application__in=applications(whose))
    for one in found.select_related("application").order_by("at", "pk"):
        for name, before, after in one.fields:
            label = Application._meta.get_field(name)
            yield {
                "receipt_number": one.application.receipt_number,
                "at": one.at,
                "field": str(getattr(label, "verbose_name", name)),
                "before": before,
                "after": after,
            }


def _exchanges(whose: Whose) -> Iterable[Row]:
    found = ParticipantChange.objects.filter(
        application__in=applications(whose).filter(sends_members=False)
    )
    for one in found.select_related("application").order_by("at", "pk"):
        yield {
            "receipt_number": one.application.receipt_number,
            "at": one.at,
            "name": one.full_name,
            "name_kana": one.full_name_kana,
            "has_left": one.has_left,
        }


def _refunds(whose: Whose) -> Iterable[Row]:
    found = Refund.objects.filter(application__in=applications(whose))
    for one in found.select_related("application").order_by("noted_at", "pk"):
        yield {
            "receipt_number": one.application.receipt_number,
            "amount": one.amount,
            "why": one.why,
            "noted_at": one.noted_at,
            "settled_at": one.settled_at,
        }


CHAPTERS = (
    Chapter(
        "applications",
        _("申込み"),
        (
            NUMBER,
            COURSE,
            ("series", _("シリーズ")),
            ("received_at", _("受付日時")),
            ("channel", _("受付方法")),
            ("state", _("状態")),
            ("name", _("氏名")),
            ("name_kana", _("氏名（カナ）")),
            ("seats", _("席の数")),
            ("email", _("メールアドレス")),
            ("phone", _("電話番号")),
            ("postal_code", _("郵便番号")),
            ("address", _("住所")),
            ("residency", _("区分")),
            ("contact_by", _("連絡方法")),
            ("group_name", _("団体名")),
            ("section", _("所属する課")),
            ("postmarked_on", _("消印の日")),
            ("message", _("連絡事項")),
            ("wants_reminders", _("開催前のお知らせを受け取る")),
            ("wants_surveys", _("アンケートのお願いを受け取る")),
            ("consent", _("利用目的を示した版と日")),
            ("terms", _("受講規約に同意した版と日")),
        ),
        _applications,
        ("enrollments.Application", "accounts.Consent", "enrollments.Bundle"),
    ),
    Chapter(
        "participants",
        _("参加する方"),
        (
            NUMBER,
            COURSE,
            ("name", _("氏名")),
            ("name_kana", _("氏名（カナ）")),
            ("is_applicant", _("申込者本人")),
            ("birth_date", _("生年月日")),
            ("school_year", _("学年")),
        ),
        _participants,
        ("enrollments.Participant",),
    ),
    Chapter(
        "answers",
        _("申込みのときの質問への答え"),
        (NUMBER, ("question", _("質問")), ("answer", _("答え"))),
        _answers,
        ("enrollments.Answer",),
    ),
    Chapter(
        "application_steps",
        _("申込みの経過"),
        (NUMBER, ("at", _("日時")), ("state", _("状態"))),
        _steps,
        ("enrollments.Transition",),
    ),
    Chapter(
        "offers",
        _("繰上げのご案内"),
        (
            NUMBER,
            ("made_at", _("ご案内の日時")),
            ("reply_by", _("回答期限")),
            ("state", _("状態")),
        ),
        _offers,
        ("enrollments.Offer",),
    ),
    Chapter(
        "draws",
        _("抽選"),
        (
            NUMBER,
            COURSE,
            ("tier", _("優先の区分")),
            ("rank", _("順位")),
            ("outcome", _("結果")),
        ),
        _draws,
        ("enrollments.DrawEntry",),
    ),
    Chapter(
        "corrections",
        _("申込みの訂正"),
        (
            NUMBER,
            ("at", _("日時")),
            ("field", _("項目")),
            ("before", _("訂正の前")),
            ("after", _("訂正の後")),
        ),
        _corrections,
        ("enrollments.Correction",),
    ),
    Chapter(
        "exchanged_people",
        _("参加者の変更"),
        (
            NUMBER,
            ("at", _("日時")),
            ("name", _("前の方の氏名")),
            ("name_kana", _("氏名（カナ）")),
            ("has_left", _("参加をやめた")),
        ),
        _exchanges,
        ("enrollments.ParticipantChange",),
    ),
    Chapter(
        "refunds",
        _("返金"),
        (
            NUMBER,
            ("amount", _("金額（円）")),
            ("why", _("理由")),
            ("noted_at", _("記録日時")),
            ("settled_at", _("返金した日時")),
        ),
        _refunds,
        ("enrollments.Refund",),
    ),
)
