"""受付票 as facts: what a person is handed at the counter or sent by post."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.qr import qr_svg
from courses.domain.wording import moment_words, yen_words
from courses.models import CourseRun, Session
from courses.models.localised import in_english
from enrollments.domain.printing.heading import session_words, when_words
from enrollments.enums import ApplicationState
from enrollments.exchange.prints.printout import Printout
from enrollments.models import Application


def receipt_sheet(
    application: Application,
    run: CourseRun,
    sessions: Sequence[Session],
    *,
    position: int | None,
    next_words: str,
    at: datetime,
) -> Printout:
    """`next_words`: what happens next, as the person's own page says it."""
    state = application.get_state_display()
    if position:
        state += "　" + _("%(position)s番目") % {"position": position}
    facts: dict[str, Fact] = {
        "to": _("%(name)s 様") % {"name": application.full_name},
        "number_label": _("受付番号"),
        "number": application.receipt_number,
        "state": state,
        "lines": _lines(application, run, sessions, at),
        "codes_label": _("受付で見せるQRコード"),
        "codes": _codes(application),
        "next_label": _("これからのこと"),
        "next": next_words,
        "withdraw": _withdraw_words(run, at=at),
        "contact": f"{run.course.department.name}　{run.course.department.phone}".strip(),
    }
    return Printout("receipt", _("受付票"), facts, 1, for_residents=True)


def _lines(
    application: Application, run: CourseRun, sessions: Sequence[Session], at: datetime
) -> list[Fact]:
    people = "\n".join(one.full_name for one in application.participants.all())
    received = moment_words(
        application.received_at, today=timezone.localdate(at), english=in_english()
    )
    told = [
        (_("講座"), str(run)),
        (_("日時"), _when(sessions, at=at)),
        (_("費用"), _fee(run)),
        (_("持ち物"), run.bring),
        (_("参加する方"), people),
        (_("受付日時"), f"{received}（{application.get_channel_display()}）"),
    ]
    return [[label, words] for label, words in told if words]


def _codes(application: Application) -> list[Fact]:
    """What the door reads instead of a name; for those who have a place."""
    if application.state != ApplicationState.ACCEPTED:
        return []
    return [
        {"name": one.full_name, "code": one.door_code, "qr": qr_svg(one.door_code)}
        for one in application.participants.all()
    ]


def _when(sessions: Sequence[Session], *, at: datetime) -> str:
    held = [one for one in sessions if one.is_held]
    if not held:
        return _("日程は決まりしだいお知らせします。")
    say = when_words if len(held) == 1 else session_words
    return "\n".join(f"{say(one, at=at)}　{one.place}".strip() for one in held)


def _fee(run: CourseRun) -> str:
    fee = yen_words(run.fee, english=in_english()) if run.fee else ""
    return " ".join(filter(None, [fee, run.fee_note])) or _("無料")


def _withdraw_words(run: CourseRun, *, at: datetime) -> str:
    words = _("取り消すときは、受付番号をそえて担当課へご連絡ください。")
    if run.withdraw_until is None:
        return words
    today = timezone.localdate(at)
    until = moment_words(run.withdraw_until, today=today, english=in_english())
    return words + _("取り消しは %(until)s までにお願いします。") % {"until": until}
