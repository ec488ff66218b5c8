"""保育・支援 in every state, the city's own wording of one message, and who has the
permissions for both."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import Group

from accounts.models import User
from cms.demo.accounts import Accounts
from cms.permissions import SUPPORTERS
from courses.enums import SupportKind as Kind
from courses.models import SupportOffer
from enrollments.domain.message_starting import starting_wording
from enrollments.domain.message_templates import save_wording
from enrollments.domain.support_promises import arrange, confirm, decline
from enrollments.domain.support_requests import (
    ChildWish,
    ask_for_support,
    withdraw_request,
)
from enrollments.enums import ApplicationState, MessageKind, NotificationState
from enrollments.enums import SupportState as State
from enrollments.models import Application, Notification, SupportRequest

CHILDREN = (
    (ChildWish("みお", 20, "卵アレルギー"),),
    (ChildWish("そうた", 33), ChildWish("ゆい", 18, "牛乳アレルギー")),
    (ChildWish("はると", 27),),
)
NEEDS = {
    Kind.SIGN_LANGUAGE: "前のほうの席で、通訳者が見えるようにお願いします。",
    Kind.CAPTIONING: "投影でなく、手元の画面で読みたいです。",
    Kind.WHEELCHAIR: "電動車いすです。通路側の席をお願いします。",
    Kind.BRAILLE: "資料を点字でいただけると助かります。",
}
TURNS: dict[Kind, tuple[State, ...]] = {
    Kind.CHILDCARE: (State.ASKED, State.CONFIRMED, State.ARRANGED),
    Kind.SIGN_LANGUAGE: (State.ARRANGED,),
    Kind.CAPTIONING: (State.DECLINED,),
    Kind.WHEELCHAIR: (State.CONFIRMED,),
    Kind.BRAILLE: (State.WITHDRAWN,),
    Kind.HEARING_LOOP: (State.CONFIRMED,),
}
ASKED_AGO = timedelta(days=3)


def build_promises(accounts: Accounts, *, at: datetime) -> None:
    """The roles and applications have to be there."""
    for account in (accounts.officer, accounts.officer2):
        officer = _carer(account)
        turns = {kind: iter(states) for kind, states in TURNS.items()}
        for wish in list(_wishes(officer, at)):
            state = next(turns[Kind(wish.kind)], State.ASKED)
            _answer(wish, state, officer, at - timedelta(days=1))
    Notification.objects.filter(
        kind=MessageKind.SUPPORT, state=NotificationState.PENDING
    ).update(state=NotificationState.SENT, attempts=1, settled_at=at - timedelta(days=1))
    _word_a_message(accounts.admin, at)


def _carer(account: User) -> User:
    """Read anew: permissions are remembered from when they were first asked for."""
    account.groups.add(Group.objects.get(name=SUPPORTERS))
    return User.objects.get(pk=account.pk)


def _wishes(officer: User, at: datetime) -> Iterator[SupportRequest]:
    """Those that people with a place made for what runs offer, then two more."""
    people = _people(officer, at)
    offers = SupportOffer.objects.filter(run__in=people.values("run")).order_by("pk")
    children = iter(CHILDREN)
    used: set[int] = set()
    for offer in offers:
        found = people.filter(run=offer.run_id).exclude(pk__in=used)
        for application in found[: 3 if offer.kind == Kind.CHILDCARE else 1]:
            wished = next(children, ()) if offer.kind == Kind.CHILDCARE else ()
            if offer.kind == Kind.CHILDCARE and not wished:
                continue
            used.add(application.pk)
            yield _ask(application, Kind(offer.kind), wished, at)
    more = people.exclude(pk__in=used)[:2]
    for application, kind in zip(more, (Kind.WHEELCHAIR, Kind.BRAILLE), strict=False):
        yield _ask(application, kind, (), at)


def _people(officer: User, at: datetime):
    section = officer.staff_profile.department_id
    return (
        Application.objects.filter(
            run__course__department=section,
            state=ApplicationState.ACCEPTED,
            run__sessions__starts_at__gt=at,
            received_at__lt=at - ASKED_AGO,
        )
        .distinct()
        .order_by("run__code", "received_at", "tie")
    )


def _ask(
    application: Application, kind: Kind, children: tuple[ChildWish, ...], at: datetime
) -> SupportRequest:
    return ask_for_support(
        application=application,
        kind=kind,
        needs=NEEDS.get(kind, ""),
        children=children,
        by=None,
        at=at - ASKED_AGO,
        override_reason="申込みと同時に希望",
    )


def _answer(wish: SupportRequest, state: State, officer: User, at: datetime) -> None:
    if state == State.ARRANGED:
        arrange(request=wish, by=officer, at=at, why="派遣をお願いしました")
    elif state == State.CONFIRMED:
        confirm(request=wish, by=officer, at=at)
    elif state == State.DECLINED:
        decline(
            request=wish,
            by=officer,
            at=at,
            alternative="会場の磁気ループと、文字の資料をお使いいただけます",
        )
    elif state == State.WITHDRAWN:
        withdraw_request(request=wish, by=None, at=at)


def _word_a_message(admin: User, at: datetime) -> None:
    kind = MessageKind.WITHDRAWN
    subject, body = starting_wording(kind=kind, language="ja")
    thanks = (
        "お知らせくださり、ありがとうございました。空いた席は、お待ちの方にご案内します。"
    )
    save_wording(
        kind=kind,
        language="ja",
        subject=subject,
        body=body.replace("{申込みの内容}", f"{thanks}\n\n{{申込みの内容}}"),
        by=admin,
        at=at - timedelta(days=20),
    )
